import { characterClass } from './character-class';

type Item =
  | { readonly type: 'char'; readonly char: string }
  | { readonly type: 'any' }
  | { readonly type: 'star' }
  | { readonly type: 'set'; readonly test: (char: string) => boolean }
  | { readonly type: 'group'; readonly operator: string; readonly choices: readonly (readonly Item[])[] };

export interface PatternOptions {
  readonly ignoreCase?: boolean;
  /** `?(`, `*(`, `+(`, `@(`, `!(` are groups. */
  readonly extended?: boolean;
}

/** A glob pattern, compiled. Backslashes quote the next character. Works on characters, not on UTF-16 units. */
export class Pattern {
  private readonly items: readonly Item[];

  constructor(
    text: string,
    private readonly options: PatternOptions = {},
  ) {
    this.items = new PatternParser(text, options).parse();
  }

  /** True when the pattern is plain text. */
  get literal(): string | undefined {
    return this.items.every((item) => item.type === 'char') ? this.items.map((item) => (item as { char: string }).char).join('') : undefined;
  }

  matches(text: string): boolean {
    const chars = [...text];
    return matchHere(this.items, 0, this.fold(chars), 0, chars.length, (end) => end === chars.length);
  }

  /** Ends of all matches that start at `start`, as positions in the characters. */
  matchEnds(chars: readonly string[], start: number): number[] {
    const ends = new Set<number>();
    matchHere(this.items, 0, this.fold(chars), start, chars.length, (end) => {
      ends.add(end);
      return false;
    });
    return [...ends].sort((a, b) => a - b);
  }

  private fold(chars: readonly string[]): readonly string[] {
    return this.options.ignoreCase === true ? chars.map((char) => char.toLowerCase()) : chars;
  }
}

/** Calls `done` with the ends of matches until it says true. */
function matchHere(
  items: readonly Item[], at: number, chars: readonly string[], start: number, limit: number, done: (end: number) => boolean,
): boolean {
  let pos = start;
  for (let i = at; i < items.length; i++) {
    const item = items[i] as Item;
    switch (item.type) {
      case 'star':
        return matchStar(items, i, chars, pos, limit, done);
      case 'group':
        return matchGroup(item, chars, pos, limit, (end) => matchHere(items, i + 1, chars, end, limit, done));
      case 'char':
        if (pos >= limit || chars[pos] !== item.char) return false;
        break;
      case 'set':
        if (pos >= limit || !item.test(chars[pos] as string)) return false;
        break;
      case 'any':
        if (pos >= limit) return false;
        break;
    }
    pos += 1;
  }
  return done(pos);
}

function matchStar(
  items: readonly Item[], at: number, chars: readonly string[], start: number, limit: number, done: (end: number) => boolean,
): boolean {
  let next = at + 1;
  while (items[next]?.type === 'star') next += 1;
  const following = items[next];
  for (let end = start; end <= limit; end++) {
    if (following?.type === 'char' && chars[end] !== following.char) continue;
    if (matchHere(items, next, chars, end, limit, done)) return true;
  }
  return false;
}

function matchGroup(
  group: Extract<Item, { type: 'group' }>, chars: readonly string[], start: number, limit: number, done: (end: number) => boolean,
): boolean {
  const one = (from: number, then: (end: number) => boolean): boolean =>
    group.choices.some((choice) => matchHere(choice, 0, chars, from, limit, then));
  switch (group.operator) {
    case '@':
      return one(start, done);
    case '?':
      return one(start, done) || done(start);
    case '!': {
      for (let end = limit; end >= start; end--) {
        const excluded = group.choices.some((choice) => matchHere(choice, 0, chars, start, end, (stop) => stop === end));
        if (!excluded && done(end)) return true;
      }
      return false;
    }
    default:
      return repeatedEnds(one, start, group.operator === '*').some(done);
  }
}

/** Where repetitions of a group can end, the furthest first. */
function repeatedEnds(one: (from: number, then: (end: number) => boolean) => boolean, start: number, orNone: boolean): number[] {
  const ends = new Set<number>();
  const open = [start];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    one(from, (end) => {
      if (!ends.has(end)) open.push(end);
      ends.add(end);
      return false;
    });
  }
  if (orNone) ends.add(start);
  return [...ends].sort((a, b) => b - a);
}

class PatternParser {
  private pos = 0;
  private readonly chars: readonly string[];

  constructor(
    text: string,
    private readonly options: PatternOptions,
  ) {
    this.chars = [...text];
  }

  parse(closing = ''): Item[] {
    const items: Item[] = [];
    while (this.pos < this.chars.length && !closing.includes(this.chars[this.pos] as string)) items.push(this.item());
    return items;
  }

  private item(): Item {
    const c = this.chars[this.pos] as string;
    const next = this.chars[this.pos + 1];
    if (this.options.extended === true && next === '(' && '?*+@!'.includes(c)) {
      const group = this.group(c);
      if (group !== undefined) return group;
    }
    this.pos += 1;
    if (c === '\\' && next !== undefined) {
      this.pos += 1;
      return this.char(next);
    }
    if (c === '*') return { type: 'star' };
    if (c === '?') return { type: 'any' };
    if (c === '[') return this.bracket() ?? this.char(c);
    return this.char(c);
  }

  private char(char: string): Item {
    return { type: 'char', char: this.options.ignoreCase === true ? char.toLowerCase() : char };
  }

  private group(operator: string): Item | undefined {
    const start = this.pos;
    this.pos += 2;
    const choices: Item[][] = [];
    for (;;) {
      choices.push(this.parse('|)'));
      const c = this.chars[this.pos];
      this.pos += 1;
      if (c === ')') return { type: 'group', operator, choices };
      if (c === undefined) {
        this.pos = start;
        return undefined;
      }
    }
  }

  /** After `[`; undefined (and nothing read) when no `]` follows. */
  private bracket(): Item | undefined {
    const start = this.pos;
    const negated = this.chars[this.pos] === '!' || this.chars[this.pos] === '^';
    if (negated) this.pos += 1;
    const tests: ((char: string) => boolean)[] = [];
    for (let first = true; ; first = false) {
      const c = this.chars[this.pos];
      if (c === undefined || c === '/') {
        this.pos = start;
        return undefined;
      }
      if (c === ']' && !first) break;
      tests.push(this.member());
    }
    this.pos += 1;
    const fold = this.options.ignoreCase === true;
    const test = (char: string): boolean => tests.some((each) => each(char) || (fold && each(char.toUpperCase())));
    return { type: 'set', test: negated ? (char) => !test(char) : test };
  }

  private member(): (char: string) => boolean {
    const named = /^\[:(\w+):\]/.exec(this.chars.slice(this.pos, this.pos + 14).join(''));
    const test = named === null ? undefined : characterClass(named[1] as string);
    if (named !== null && test !== undefined) {
      this.pos += named[0].length;
      return test;
    }
    const low = this.memberChar();
    if (this.chars[this.pos] !== '-' || this.chars[this.pos + 1] === ']' || this.chars[this.pos + 1] === undefined) return (char) => char === low;
    this.pos += 1;
    const high = this.memberChar();
    return (char) => compare(char, low) >= 0 && compare(char, high) <= 0;
  }

  private memberChar(): string {
    if (this.chars[this.pos] === '\\' && this.chars[this.pos + 1] !== undefined) this.pos += 1;
    const char = this.chars[this.pos] as string;
    this.pos += 1;
    return char;
  }
}

function compare(a: string, b: string): number {
  return (a.codePointAt(0) as number) - (b.codePointAt(0) as number);
}

/** True when the text holds something that makes it a pattern. */
export function isPattern(text: string, extended: boolean): boolean {
  const plain = text.replace(/\\[\s\S]/g, '');
  return /[*?]|\[[\s\S]*\]/.test(plain) || (extended && /[+@!]\(/.test(plain));
}

/** Quotes what would be special in a pattern. */
export function quotePattern(text: string): string {
  return text.replace(/[\\*?[\]()|!@+^-]/g, '\\$&');
}
