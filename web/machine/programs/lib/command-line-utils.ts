import { JvmExit, type Jvm } from './jvm';
import type { OptionParser, OptionSet } from './joptsimple';
import { optionText } from './joptsimple-spec';

/**
 * Says what is wrong, shows all options and ends with 1.
 *
 * @source kafka 1.1.0 core/src/main/scala/kafka/utils/CommandLineUtils.scala
 */
export function printUsageAndDie(jvm: Jvm, parser: OptionParser, message: string): never {
  jvm.err.println(message);
  jvm.err.print(parser.help());
  throw new JvmExit(1);
}

/** Ends the program when one of `required` is missing. */
export function checkRequiredArgs(jvm: Jvm, parser: OptionParser, options: OptionSet, required: readonly string[]): void {
  for (const name of required) {
    if (!options.has(name)) printUsageAndDie(jvm, parser, `Missing required argument "${optionText(parser.spec(name))}"`);
  }
}

/** Ends the program when `used` was given together with one of `invalid`. */
export function checkInvalidArgs(
  jvm: Jvm,
  parser: OptionParser,
  options: OptionSet,
  rule: { used: string; invalid: readonly string[] },
): void {
  if (!options.has(rule.used)) return;
  for (const name of rule.invalid) {
    if (!options.has(name)) continue;
    const [used, other] = [parser.spec(rule.used), parser.spec(name)].map(optionText);
    printUsageAndDie(jvm, parser, `Option "${used}" can't be used with option"${other}"`);
  }
}
