import type { FileNode } from '../../os/file-node';
import type { Process } from '../../os/process';
import { quoteLocale } from './quoting';

/** A mistake in a test; `message` is what follows `test: `. */
export class TestSyntaxError extends Error {}

type UnaryTest = (process: Process, text: string) => boolean;

const onFile = (check: (node: FileNode, process: Process) => boolean): UnaryTest => (process, path) => {
  const node = process.files.tryStat(path);
  return node !== undefined && check(node, process);
};

const UNARY: Readonly<Record<string, UnaryTest>> = {
  '-n': (_, text) => text !== '',
  '-z': (_, text) => text === '',
  '-e': onFile(() => true),
  '-f': onFile((node) => node.kind === 'regular'),
  '-d': onFile((node) => node.kind === 'directory'),
  '-s': onFile((node) => node.kind !== 'regular' || node.sizeInBytes > 0),
  '-r': onFile((node, process) => process.files.may(node, 'read')),
  '-w': onFile((node, process) => process.files.may(node, 'write')),
  '-x': onFile((node, process) => process.files.may(node, 'execute')),
  '-c': onFile((node) => node.kind === 'device'),
  '-p': onFile((node) => node.kind === 'fifo'),
  '-b': () => false,
  '-S': () => false,
  '-g': onFile((node) => (node.mode & 0o2000) !== 0),
  '-u': onFile((node) => (node.mode & 0o4000) !== 0),
  '-k': onFile((node) => (node.mode & 0o1000) !== 0),
  '-O': onFile((node, process) => node.uid === process.uid),
  '-G': onFile((node, process) => node.gid === process.uid),
  '-L': (process, path) => process.files.tryStat(path, false)?.kind === 'symlink',
  '-h': (process, path) => process.files.tryStat(path, false)?.kind === 'symlink',
  '-t': (process, text) => process.isTerminal(integer(text)),
};

const NUMERIC: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};

const TEXTUAL: Readonly<Record<string, (a: string, b: string) => boolean>> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
};

function integer(text: string): number {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new TestSyntaxError(`invalid integer ${quoteLocale(text)}`);
  return Number(text);
}

function isBinary(word: string | undefined): boolean {
  return word !== undefined && (word in NUMERIC || word in TEXTUAL || ['-nt', '-ot', '-ef'].includes(word));
}

function binary(process: Process, [left, operator, right]: readonly [string, string, string]): boolean {
  const numeric = NUMERIC[operator];
  if (numeric !== undefined) return numeric(integer(left), integer(right));
  const textual = TEXTUAL[operator];
  if (textual !== undefined) return textual(left, right);
  const a = process.files.tryStat(left);
  const b = process.files.tryStat(right);
  if (operator === '-ef') return a !== undefined && a === b;
  const [newer, older] = operator === '-nt' ? [a, b] : [b, a];
  return newer !== undefined && (older === undefined || newer.mtimeMs > older.mtimeMs);
}

/** POSIX's rules by the number of words, then the grammar with -a, -o, ! and parentheses. Throws TestSyntaxError. */
export function evaluateTest(process: Process, words: readonly string[]): boolean {
  const [a = '', b = '', c = '', d = ''] = words;
  switch (words.length) {
    case 0:
      return false;
    case 1:
      return a !== '';
    case 2:
      if (a === '!') return b === '';
      if (UNARY[a] !== undefined) return UNARY[a](process, b);
      throw new TestSyntaxError(a.startsWith('-') && a.length === 2 ? `${quoteLocale(a)}: unary operator expected` : `missing argument after ${quoteLocale(b)}`);
    case 3:
      if (isBinary(b)) return binary(process, [a, b, c]);
      if (a === '!') return !evaluateTest(process, [b, c]);
      if (a === '(' && c === ')') return b !== '';
      if (b === '-a') return a !== '' && c !== '';
      if (b === '-o') return a !== '' || c !== '';
      throw new TestSyntaxError(`${quoteLocale(b)}: binary operator expected`);
    case 4:
      if (a === '!') return !evaluateTest(process, [b, c, d]);
      if (a === '(' && d === ')') return evaluateTest(process, [b, c]);
  }
  const parser = new Parser(process, words);
  const result = parser.or();
  parser.end();
  return result;
}

class Parser {
  private at = 0;

  constructor(
    private readonly process: Process,
    private readonly words: readonly string[],
  ) {}

  end(): void {
    const word = this.words[this.at];
    if (word !== undefined) throw new TestSyntaxError(`extra argument ${quoteLocale(word)}`);
  }

  or(): boolean {
    let result = this.and();
    while (this.words[this.at] === '-o') {
      this.at += 1;
      const right = this.and();
      result ||= right;
    }
    return result;
  }

  private and(): boolean {
    let result = this.term();
    while (this.words[this.at] === '-a') {
      this.at += 1;
      const right = this.term();
      result &&= right;
    }
    return result;
  }

  private next(): string {
    const word = this.words[this.at++];
    if (word === undefined) throw new TestSyntaxError(`missing argument after ${quoteLocale(this.words.at(-1) ?? '')}`);
    return word;
  }

  private term(): boolean {
    const word = this.next();
    if (word === '!') return !this.term();
    if (word === '(') {
      const result = this.or();
      if (this.words[this.at] !== ')') throw new TestSyntaxError(`${quoteLocale(')')} expected`);
      this.at += 1;
      return result;
    }
    const operator = this.words[this.at];
    if (isBinary(operator) && this.words[this.at + 1] !== undefined) {
      this.at += 2;
      return binary(this.process, [word, operator as string, this.words[this.at - 1] as string]);
    }
    const unary = UNARY[word];
    if (unary !== undefined && operator !== undefined) {
      this.at += 1;
      return unary(this.process, operator);
    }
    return word !== '';
  }
}
