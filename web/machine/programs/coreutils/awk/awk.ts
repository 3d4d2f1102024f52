import type { Op } from '../../../../engine/kernel/task';
import { FileError } from '../../../os/file-error';
import type { Process } from '../../../os/process';
import { BrokenPipeError } from '../../../os/open-file';
import type { Program } from '../../../os/program';
import { bytesToText, textToBinary } from '../../lib/byte-text';
import { unescapeString } from './awk-lexer';
import { AwkSyntaxError } from './awk-node';
import { AwkParser } from './awk-parser';
import { AwkRuntime, SLOTS } from './awk-runtime';
import { AwkError } from './awk-streams';
import { type Action, type Code, type Outcome, Unwind, run, valueOf } from './awk-code';
import { AwkCompiler } from './awk-compiler';
import { type Cell, Input, type Value, toBoolean } from './awk-value';

const USAGE = `Usage: mawk [Options] [Program] [file ...]

Program:
    -f file    program text in a file
    program    program text, when there is no -f

Options:
    -F value   field separator FS
    -v var=val sets var before the program runs
    -W version what this is
    --         ends the options
`;

interface Arguments {
  readonly text: string;
  readonly assignments: readonly (readonly [string, string])[];
  readonly separator: string | undefined;
  readonly operands: readonly string[];
}

/** Stops with a message; what follows `awk: `. */
class Refusal extends Error {}

/**
 * mawk 1.3.4's awk: bytes, not characters; its messages; its order of `for (k in a)`.
 *
 * Simplified: numbers of lines in messages are those of the token; srand does not change what rand gives.
 */
export const awk: Program = {
  name: 'awk',
  *main(process) {
    const complain = function* (message: string) {
      yield* process.err(`${process.argv[0]}: ${message}\n`);
    };
    if (process.args.length === 0) {
      yield* process.err(USAGE);
      return 2;
    }
    if (process.args[0] === '-W' && process.args[1]?.startsWith('v') === true) {
      yield* process.out('mawk 1.3.4 20200120\n');
      return 0;
    }
    try {
      const given = yield* readArguments(process);
      return yield* execute(process, given);
    } catch (error) {
      if (!(error instanceof Refusal) && !(error instanceof AwkSyntaxError)) throw error;
      yield* complain(error.message);
      return 2;
    }
  },
};

function* readArguments(process: Process): Op<Arguments> {
  const args = [...process.args];
  const texts: string[] = [];
  const assignments: [string, string][] = [];
  let separator: string | undefined;
  while (args[0] !== undefined && args[0].startsWith('-') && args[0] !== '-') {
    const word = args.shift() as string;
    if (word === '--') break;
    const letter = word[1] as string;
    if (!'Ffv'.includes(letter)) throw new Refusal(`not an option: ${word}`);
    const value = word.length > 2 ? word.slice(2) : args.shift();
    if (value === undefined) throw new Refusal(`option -${letter} lacks argument`);
    if (letter === 'F') separator = unescapeString(textToBinary(value));
    else if (letter === 'f') texts.push(yield* programFile(process, value));
    else {
      const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(value);
      if (match === null) throw new Refusal(`improper assignment: -v ${value}`);
      assignments.push([match[1] as string, unescapeString(textToBinary(match[2] as string))]);
    }
  }
  if (texts.length === 0) {
    const text = args.shift();
    if (text === undefined) throw new Refusal('program text is missing');
    texts.push(text);
  }
  return { text: textToBinary(texts.join('\n')), assignments, separator, operands: args.map(textToBinary) };
}

function* programFile(process: Process, name: string): Op<string> {
  try {
    yield* process.spend(0);
    return bytesToText(process.files.readFile(name));
  } catch (error) {
    if (error instanceof FileError) throw new Refusal(`cannot open ${name} (${error.message})`);
    throw error;
  }
}

interface CompiledRule {
  readonly kind: 'begin' | 'end' | 'pattern' | 'range';
  readonly patterns: readonly Code[];
  readonly action: Action;
  inRange: boolean;
}

function* execute(process: Process, given: Arguments): Op<number> {
  const program = new AwkParser(given.text).parse();
  const runtime = new AwkRuntime(process, program.globals);
  const compiler = new AwkCompiler(runtime, program);
  try {
    setUp(runtime, process, given);
    const rules: CompiledRule[] = program.rules.map((rule) => ({
      kind: rule.kind,
      patterns: rule.patterns.map((pattern) => compiler.expression(pattern)),
      action: compiler.statement(rule.action ?? { kind: 'print', args: [], to: undefined }),
      inRange: false,
    }));
    yield* runRules(runtime, rules);
    yield* runtime.closeAll();
    return compiler.exitCode;
  } catch (error) {
    if (!(error instanceof AwkError)) {
      if (error instanceof BrokenPipeError) process.signal('SIGPIPE');
      throw error;
    }
    yield* runtime.flush();
    const place = `\tFILENAME="${runtime.text(SLOTS.FILENAME)}" FNR=${runtime.text(SLOTS.FNR)} NR=${runtime.text(SLOTS.NR)}`;
    yield* process.err(`${process.argv[0]}: ${error.isRunTime ? `run time error: ${error.message}\n${place}` : error.message}\n`);
    return 2;
  }
}

function setUp(runtime: AwkRuntime, process: Process, given: Arguments): void {
  const argv = (runtime.globals[SLOTS.ARGV] as Cell).array().entries;
  argv.set('0', process.argv[0]);
  given.operands.forEach((operand, i) => argv.set(String(i + 1), new Input(operand)));
  runtime.set(SLOTS.ARGC, given.operands.length + 1);
  const environment = (runtime.globals[SLOTS.ENVIRON] as Cell).array().entries;
  for (const [name, value] of process.env) environment.set(textToBinary(name), new Input(textToBinary(value)));
  if (given.separator !== undefined) runtime.set(SLOTS.FS, given.separator);
  for (const [name, value] of given.assignments) runtime.assign(name, new Input(value));
}

function* runRules(runtime: AwkRuntime, rules: readonly CompiledRule[]): Op<void> {
  const perRecord = rules.filter((rule) => rule.kind === 'pattern' || rule.kind === 'range');
  const end = rules.filter((rule) => rule.kind === 'end');
  for (const rule of rules) if (rule.kind === 'begin' && (yield* runGuarded(rule.action)) === 'exit') return yield* runEnd(end);
  if (perRecord.length > 0 || end.length > 0) {
    const now = perRecord.every((rule) => rule.action.now !== undefined && rule.patterns.every((pattern) => pattern.now !== undefined));
    for (;;) {
      const record = runtime.tryNextRecord() ?? (yield* runtime.nextRecord());
      if (record === undefined) break;
      runtime.setRecord(record);
      const outcome = now ? runRecordNow(perRecord) : yield* runRecord(perRecord);
      if (outcome === 'nextfile') runtime.skipFile();
      if (outcome === 'exit') break;
      if (runtime.outputIsFull) yield* runtime.maybeFlush();
    }
  }
  yield* runEnd(end);
}

function* runEnd(rules: readonly CompiledRule[]): Op<void> {
  for (const rule of rules) if ((yield* runGuarded(rule.action)) === 'exit') return;
}

function* runRecord(rules: readonly CompiledRule[]): Op<Outcome> {
  for (const rule of rules) {
    if (!(yield* selects(rule))) continue;
    const outcome = rule.action.now === undefined ? yield* runGuarded(rule.action) : rule.action.now();
    if (outcome === 'next') return 'normal';
    if (outcome === 'exit' || outcome === 'nextfile') return outcome;
  }
  return 'normal';
}

/** The same for rules that never wait. */
function runRecordNow(rules: readonly CompiledRule[]): Outcome {
  for (const rule of rules) {
    const [first, last] = rule.patterns;
    const holds = (code: Code): boolean => toBoolean((code.now as () => Value)());
    if (first !== undefined && !(rule.kind === 'range' && rule.inRange) && !holds(first)) continue;
    if (rule.kind === 'range') rule.inRange = !holds(last as Code);
    const outcome = (rule.action.now as () => Outcome)();
    if (outcome === 'next') return 'normal';
    if (outcome === 'exit' || outcome === 'nextfile') return outcome;
  }
  return 'normal';
}

function* selects(rule: CompiledRule): Op<boolean> {
  const [first, last] = rule.patterns;
  if (first === undefined) return true;
  if (rule.kind === 'pattern') return toBoolean(first.now === undefined ? yield* first.wait() : first.now());
  if (!rule.inRange && !toBoolean(yield* valueOf(first))) return false;
  rule.inRange = !toBoolean(yield* valueOf(last as Code));
  return true;
}

function* runGuarded(action: Action): Op<Outcome> {
  try {
    return yield* run(action);
  } catch (error) {
    if (error instanceof Unwind) return error.outcome;
    throw error;
  }
}
