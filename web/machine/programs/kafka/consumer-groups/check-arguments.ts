import { checkInvalidArgs, checkRequiredArgs, printUsageAndDie } from '../../lib/command-line-utils';
import { OptionParser, type OptionSet } from '../../lib/joptsimple';
import { JoptError } from '../../lib/joptsimple-error';
import { type Jvm, UncaughtException } from '../../lib/jvm';
import { ACTIONS, DESCRIBE_ONLY, ONE_OF_DESCRIBE, OPTIONS, SCENARIOS, USAGE_MESSAGE } from './options';

const MAIN = ['kafka.admin.ConsumerGroupCommand$.main(ConsumerGroupCommand.scala:51)', 'kafka.admin.ConsumerGroupCommand.main(ConsumerGroupCommand.scala)'];
const PARSE = ['kafka.admin.ConsumerGroupCommand$ConsumerGroupCommandOptions.<init>(ConsumerGroupCommand.scala:997)', ...MAIN];

export interface CheckedArguments {
  readonly parser: OptionParser;
  readonly options: OptionSet;
}

/**
 * Reads the command line and finds fault with it in the order of the real tool.
 *
 * Errors: ends the program with 1, or throws UncaughtException.
 */
export function checkArguments(jvm: Jvm): CheckedArguments {
  const parser = new OptionParser(OPTIONS);
  const { args } = jvm.process;
  const options = parse(parser, args);
  if (args.length === 0) printUsageAndDie(jvm, parser, USAGE_MESSAGE);
  if (ACTIONS.filter((each) => options.has(each)).length !== 1) {
    printUsageAndDie(jvm, parser, 'Command must include exactly one action: --list, --describe, --delete, --reset-offsets');
  }
  const checked = { parser, options };
  checkServers(jvm, checked);
  if (options.has('describe')) checkRequiredArgs(jvm, parser, options, ['group']);
  if (options.has('delete') && !options.has('group') && !options.has('topic')) {
    printUsageAndDie(jvm, parser, 'Option [delete] either takes [group], [topic], or both');
  }
  if (options.has('reset-offsets')) checkReset(jvm, checked);
  checkInvalidArgs(jvm, parser, options, { used: 'group', invalid: ['list'] });
  checkInvalidArgs(jvm, parser, options, { used: 'topic', invalid: ['list', 'describe'] });
  return checked;
}

function parse(parser: OptionParser, args: readonly string[]): OptionSet {
  let options: OptionSet;
  try {
    options = parser.parse(args);
  } catch (error) {
    if (error instanceof JoptError) throw new UncaughtException(error.throwable(PARSE));
    throw error;
  }
  const forbidden = unavailableOptions(options);
  if (forbidden.length === 0) return options;
  const frames = ['joptsimple.OptionParser.ensureAllowedOptions(OptionParser.java:434)', 'joptsimple.OptionParser.parse(OptionParser.java:401)', ...PARSE];
  const message = `Option(s) [${forbidden.join(', ')}] are unavailable given other options on the command line`;
  throw new UncaughtException({ text: `joptsimple.UnavailableOptionException: ${message}`, frames });
}

/** Options that need `--describe`, do not go with `--zookeeper`, or exclude each other. */
function unavailableOptions(options: OptionSet): string[] {
  const given = DESCRIBE_ONLY.filter((each) => options.has(each));
  if (!options.has('describe') || options.has('zookeeper')) return given;
  const exclusive = ONE_OF_DESCRIBE.filter((each) => options.has(each));
  return exclusive.length > 1 ? exclusive : [];
}

function checkServers(jvm: Jvm, { parser, options }: CheckedArguments): void {
  if (options.has('zookeeper')) {
    if (options.has('bootstrap-server')) printUsageAndDie(jvm, parser, 'Option [bootstrap-server] is not valid with [zookeeper].');
    if (options.has('new-consumer')) printUsageAndDie(jvm, parser, 'Option [new-consumer] is not valid with [zookeeper].');
    return;
  }
  checkRequiredArgs(jvm, parser, options, ['bootstrap-server']);
  if (options.has('new-consumer')) {
    jvm.err.println(
      'The [new-consumer] option is deprecated and will be removed in a future major release.' +
        'The new consumer is used by default if the [bootstrap-server] option is provided.',
    );
  }
  if (options.has('delete') && options.has('topic')) {
    printUsageAndDie(
      jvm,
      parser,
      'When deleting a consumer group the option [topic] is only valid with [zookeeper]. ' +
        'The new consumer does not support topic-specific offset deletion from a consumer group.',
    );
  }
}

function checkReset(jvm: Jvm, { parser, options }: CheckedArguments): void {
  if (!options.has('dry-run') && !options.has('execute')) {
    jvm.err.println(
      'WARN: In a future major release, the default behavior of this command will be to prompt the user before executing the reset ' +
        'rather than doing a dry run. You should add the --dry-run option explicitly if you are scripting this command and want to keep ' +
        'the current default behavior without prompting.',
    );
  }
  if (options.has('dry-run') && options.has('execute')) {
    printUsageAndDie(jvm, parser, 'Option [reset-offsets] only accepts one of [execute] and [dry-run]');
  }
  checkRequiredArgs(jvm, parser, options, ['group']);
  for (const used of ['to-offset', 'to-datetime', 'by-duration', 'to-earliest', 'to-latest', 'to-current', 'shift-by', 'from-file']) {
    checkInvalidArgs(jvm, parser, options, { used, invalid: SCENARIOS.filter((each) => each !== used) });
  }
}
