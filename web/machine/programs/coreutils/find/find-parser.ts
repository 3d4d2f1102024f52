import type { Op } from '../../../../engine/kernel/task';
import type { FileNode } from '../../../os/file-node';
import type { Process } from '../../../os/process';
import { changedMode } from '../../lib/file-mode';
import { globMatches } from '../../lib/glob';
import { quoteLocale } from '../../lib/quoting';
import { Pattern } from '../../lib/regex/pattern';
import { RegexError } from '../../lib/regex/regex-node';
import { deleteAction, execAction, listAction, printAction, printfAction } from './find-actions';
import type { FindContext, FindExpression, FindTest } from './find-tests';

/** A mistake in the expression; `message` is what follows `find: `. */
export class FindSyntaxError extends Error {}

const TYPES: Readonly<Record<string, FileNode['kind']>> = { f: 'regular', d: 'directory', l: 'symlink', c: 'device', p: 'fifo' };
const SIZE_UNITS: Readonly<Record<string, number>> = { b: 512, c: 1, w: 2, k: 1024, M: 1048576, G: 1073741824 };
const IGNORED = new Set(['-mount', '-xdev', '-noleaf', '-daystart', '-follow', '-warn', '-nowarn', '-ignore_readdir_race']);
const ACTIONS = new Set(['-print', '-print0', '-printf', '-ls', '-exec', '-execdir', '-ok', '-delete', '-quit']);

/** A plain test: no waiting. */
function plain(test: (context: FindContext) => boolean): FindTest {
  return function* (context) {
    return test(context);
  };
}

/** Reads find's expression: operators, tests and actions. Throws FindSyntaxError. */
export class FindParser {
  private at = 0;
  private minDepth = 0;
  private maxDepth = Infinity;
  private depthFirst = false;
  private acted = false;
  private readonly finishers: ((context: FindContext) => Op<void>)[] = [];

  constructor(
    private readonly args: readonly string[],
    private readonly process: Process,
  ) {}

  parse(): FindExpression {
    let test = this.args.length === 0 ? plain(() => true) : this.or();
    if (this.at < this.args.length) {
      const word = this.args[this.at] as string;
      if (word === ')') throw new FindSyntaxError("you have too many ')'");
      throw this.badWord(word);
    }
    if (!this.acted) {
      const inner = test;
      const print = printAction('\n');
      test = function* (context) {
        return (yield* inner(context)) && (yield* print(context));
      };
    }
    const { finishers } = this;
    return {
      minDepth: this.minDepth,
      maxDepth: this.maxDepth,
      depthFirst: this.depthFirst,
      test,
      *finish(context) {
        for (const finisher of finishers) yield* finisher(context);
      },
    };
  }

  private badWord(word: string): FindSyntaxError {
    if (word.startsWith('-')) return new FindSyntaxError(`unknown predicate \`${word}'`);
    return new FindSyntaxError(`paths must precede expression: \`${word}'${this.at > 0 ? `\nfind: possible unquoted pattern after predicate \`${this.args[this.at - 2] ?? ''}'?` : ''}`);
  }

  private or(): FindTest {
    let left = this.and();
    while (this.args[this.at] === '-o' || this.args[this.at] === '-or' || this.args[this.at] === ',') {
      const comma = this.args[this.at] === ',';
      this.at += 1;
      const [first, second] = [left, this.and()];
      left = function* (context) {
        const result = yield* first(context);
        return comma || !result ? yield* second(context) : true;
      };
    }
    return left;
  }

  private and(): FindTest {
    let left = this.not();
    for (;;) {
      const word = this.args[this.at];
      if (word === undefined || word === '-o' || word === '-or' || word === ')' || word === ',') return left;
      if (word === '-a' || word === '-and') this.at += 1;
      const [first, second] = [left, this.not()];
      left = function* (context) {
        return (yield* first(context)) && (yield* second(context));
      };
    }
  }

  private not(): FindTest {
    const word = this.args[this.at];
    if (word === undefined) throw new FindSyntaxError("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
    if (word === '!' || word === '-not') {
      this.at += 1;
      const inner = this.not();
      return function* (context) {
        return !(yield* inner(context));
      };
    }
    if (word === '(') {
      this.at += 1;
      if (this.args[this.at] === ')') throw new FindSyntaxError('invalid expression; empty parentheses are not allowed.');
      const inner = this.or();
      if (this.args[this.at] !== ')') throw new FindSyntaxError("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
      this.at += 1;
      return inner;
    }
    return this.primary(word);
  }

  private value(option: string): string {
    const value = this.args[this.at++];
    if (value === undefined) throw new FindSyntaxError(`missing argument to \`${option}'`);
    return value;
  }

  private primary(word: string): FindTest {
    this.at += 1;
    if (IGNORED.has(word)) return plain(() => true);
    if (ACTIONS.has(word)) {
      this.acted = true;
      return this.action(word);
    }
    const make = TESTS[word];
    if (make === undefined) {
      this.at -= 1;
      throw this.badWord(word);
    }
    return make({ option: word, value: () => this.value(word), process: this.process, parser: this });
  }

  setDepth(option: string, text: string): FindTest {
    if (!/^\d+$/.test(text)) throw new FindSyntaxError(`Expected a positive decimal integer argument to ${option}, but got ${quoteLocale(text)}`);
    if (option === '-maxdepth') this.maxDepth = Number(text);
    else this.minDepth = Number(text);
    return plain(() => true);
  }

  setDepthFirst(): FindTest {
    this.depthFirst = true;
    return plain(() => true);
  }

  private action(word: string): FindTest {
    switch (word) {
      case '-print':
        return printAction('\n');
      case '-print0':
        return printAction('\0');
      case '-printf':
        return printfAction(this.value(word));
      case '-ls':
        return listAction();
      case '-delete':
        this.depthFirst = true;
        return deleteAction();
      case '-quit':
        return function* (context) {
          yield* context.quit();
          return true;
        };
      default:
        return this.execute(word);
    }
  }

  private execute(word: string): FindTest {
    const command: string[] = [];
    for (;;) {
      const next = this.args[this.at++];
      if (next === undefined) throw new FindSyntaxError(`missing argument to \`${word}'`);
      if (next === ';') break;
      if (next === '+' && command.at(-1) === '{}') {
        const gathered: string[] = [];
        const run = execAction(command.slice(0, -1), { many: gathered, ask: false });
        this.finishers.push(function* (context) {
          if (gathered.length > 0) yield* run(context);
        });
        return plain(({ path }) => {
          gathered.push(path);
          return true;
        });
      }
      command.push(next);
    }
    if (command.length === 0) throw new FindSyntaxError(`invalid argument \`;' to \`${word}'`);
    return execAction(command, { many: undefined, ask: word === '-ok' });
  }
}

interface TestSource {
  readonly option: string;
  readonly process: Process;
  readonly parser: FindParser;
  value(): string;
}

function baseName(path: string): string {
  const trimmed = path.replace(/(.)\/+$/, '$1');
  return trimmed === '/' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

function nameTest(ignoreCase: boolean, whole: boolean): (source: TestSource) => FindTest {
  return (source) => {
    const glob = source.value();
    return plain(({ path }) => globMatches(glob, whole ? path : baseName(path), { ignoreCase }));
  };
}

/** `+n`, `-n`, `n` against a number that is counted in units, rounded up. */
function numberTest(source: TestSource, pattern: RegExp, measure: (context: FindContext, unit: string) => number): FindTest {
  const text = source.value();
  const match = pattern.exec(text);
  if (match === null) throw new FindSyntaxError(`invalid argument \`${text}' to \`${source.option}'`);
  const [, sign = '', digits = '', unit = ''] = match;
  const wanted = Number(digits);
  return plain((context) => {
    const actual = measure(context, unit);
    return sign === '+' ? actual > wanted : sign === '-' ? actual < wanted : actual === wanted;
  });
}

function ageTest(unitMs: number): (source: TestSource) => FindTest {
  return (source) => numberTest(source, /^([-+]?)(\d+(?:\.\d+)?)$/, ({ node, process }) => {
    const age = (process.machine.sim.dateMs() - node.mtimeMs) / unitMs;
    return unitMs === 60_000 ? Math.ceil(age) : Math.floor(age);
  });
}

function newerTest(source: TestSource): FindTest {
  const path = source.value();
  const node = source.process.files.tryStat(path);
  if (node === undefined) throw new FindSyntaxError(`${quoteLocale(path)}: No such file or directory`);
  const { mtimeMs } = node;
  return plain((context) => context.node.mtimeMs > mtimeMs);
}

function regexTest(ignoreCase: boolean): (source: TestSource) => FindTest {
  return (source) => {
    try {
      const pattern = Pattern.compile(source.value(), { syntax: 'basic', ignoreCase, whole: 'line' });
      return plain(({ path }) => pattern.test(path));
    } catch (error) {
      if (error instanceof RegexError) throw new FindSyntaxError(error.message);
      throw error;
    }
  };
}

const TESTS: Readonly<Record<string, (source: TestSource) => FindTest>> = {
  '-true': () => plain(() => true),
  '-false': () => plain(() => false),
  '-name': nameTest(false, false),
  '-iname': nameTest(true, false),
  '-path': nameTest(false, true),
  '-wholename': nameTest(false, true),
  '-ipath': nameTest(true, true),
  '-regex': regexTest(false),
  '-iregex': regexTest(true),
  '-regextype': (source) => (source.value(), plain(() => true)),
  '-maxdepth': (source) => source.parser.setDepth('-maxdepth', source.value()),
  '-mindepth': (source) => source.parser.setDepth('-mindepth', source.value()),
  '-depth': (source) => source.parser.setDepthFirst(),
  '-d': (source) => source.parser.setDepthFirst(),
  '-prune': () => plain((context) => (context.prune = true)),
  '-empty': () => plain(({ node }) => (node.kind === 'directory' ? node.entries.size === 0 : node.kind === 'regular' && node.sizeInBytes === 0)),
  '-type': (source) => {
    const letters = source.value().split(',');
    for (const letter of letters) if (TYPES[letter] === undefined && !'bs'.includes(letter)) throw new FindSyntaxError(`Unknown argument to -type: ${letter}`);
    return plain(({ node }) => letters.some((letter) => TYPES[letter] === node.kind));
  },
  '-size': (source) => numberTest(source, /^([-+]?)(\d+)([bcwkMG]?)$/, ({ node }, unit) => Math.ceil((node.kind === 'regular' ? node.sizeInBytes : node.kind === 'directory' ? 4096 : 0) / (SIZE_UNITS[unit === '' ? 'b' : unit] as number))),
  '-mtime': ageTest(86_400_000),
  '-ctime': ageTest(86_400_000),
  '-atime': ageTest(86_400_000),
  '-mmin': ageTest(60_000),
  '-cmin': ageTest(60_000),
  '-newer': newerTest,
  '-links': (source) => numberTest(source, /^([-+]?)(\d+)$/, ({ node }) => (node.kind === 'regular' ? node.links : 1)),
  '-inum': (source) => numberTest(source, /^([-+]?)(\d+)$/, ({ node }) => node.inode),
  '-user': (source) => {
    const name = source.value();
    const { machine } = source.process;
    const found = [...machine.users].find(([uid, user]) => user.name === name || String(uid) === name);
    if (found === undefined) throw new FindSyntaxError(`${quoteLocale(name)} is not the name of a known user`);
    return plain(({ node }) => node.uid === found[0]);
  },
  '-perm': (source) => {
    const text = source.value();
    const kind = /^[-/]/.test(text) ? (text[0] as string) : '';
    const mode = changedMode(text.slice(kind.length), { mode: 0, isDirectory: false, umask: 0 });
    if (mode === undefined) throw new FindSyntaxError(`invalid mode ${quoteLocale(text)}`);
    return plain(({ node }) => (kind === '-' ? (node.mode & mode) === mode : kind === '/' ? mode === 0 || (node.mode & mode) !== 0 : node.mode === mode));
  },
  '-readable': () => plain(({ node, process }) => process.files.may(node, 'read')),
  '-writable': () => plain(({ node, process }) => process.files.may(node, 'write')),
  '-executable': () => plain(({ node, process }) => process.files.may(node, 'execute')),
};
