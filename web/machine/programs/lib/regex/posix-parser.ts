import { type CharacterSet, type RegexNode, RegexError, SPACE, WORD, negate } from './regex-node';

/** `extended` is grep's, which takes a repeat of nothing for nothing; `strict` is regcomp's own. */
export type PosixSyntax = 'basic' | 'extended' | 'strict' | 'awk';

const MAX_REPEAT = 32767;

const CLASSES: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  alnum: [...WORD.ranges.filter(([low]) => low !== 95)],
  alpha: [...WORD.ranges.filter(([low]) => low !== 95 && low !== 48)],
  blank: [[9, 9], [32, 32]],
  cntrl: [[0, 31], [127, 159]],
  digit: [[48, 57]],
  graph: [[33, 126], [0xa1, 0xd7ff], [0xe000, 0x10ffff]],
  lower: [[97, 122], [0xdf, 0xf6], [0xf8, 0xff]],
  print: [[32, 126], [0xa0, 0xd7ff], [0xe000, 0x10ffff]],
  punct: [[33, 47], [58, 64], [91, 96], [123, 126], [0xa1, 0xa9], [0xab, 0xb4], [0xb6, 0xb9], [0xbb, 0xbf], [0x2010, 0x2027]],
  space: SPACE.ranges,
  upper: [[65, 90], [0xc0, 0xd6], [0xd8, 0xde]],
  xdigit: [[48, 57], [65, 70], [97, 102]],
};

const GNU_ESCAPES: Readonly<Record<string, RegexNode>> = {
  w: { kind: 'set', set: WORD },
  W: { kind: 'set', set: negate(WORD) },
  s: { kind: 'set', set: SPACE },
  S: { kind: 'set', set: negate(SPACE) },
  b: { kind: 'assertion', where: 'wordBoundary' },
  B: { kind: 'assertion', where: 'notWordBoundary' },
  '<': { kind: 'assertion', where: 'wordStart' },
  '>': { kind: 'assertion', where: 'wordEnd' },
  '`': { kind: 'assertion', where: 'textStart' },
  "'": { kind: 'assertion', where: 'textEnd' },
};

const AWK_ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, '\\': 92, '"': 34, '/': 47, a: 7, b: 8, f: 12, v: 11 };

/** Reads basic, extended or awk's regular expressions with GNU's extensions into a tree. Throws RegexError with regcomp's message. */
export class PosixParser {
  private at = 0;
  groupCount = 0;
  private readonly openGroups: number[] = [];
  private readonly closedGroups = new Set<number>();
  private readonly characters: readonly string[];

  constructor(
    source: string,
    private readonly syntax: PosixSyntax,
  ) {
    this.characters = [...source];
  }

  parse(): RegexNode {
    const node = this.alternatives();
    if (this.at < this.characters.length) {
      if (this.syntax === 'basic') throw new RegexError('Unmatched ) or \\)');
      this.at += 1;
      throw new RegexError('Unmatched ) or \\)');
    }
    return node;
  }

  private get extended(): boolean {
    return this.syntax !== 'basic';
  }

  private peek(offset = 0): string | undefined {
    return this.characters[this.at + offset];
  }

  /** An operator as this syntax writes it: `|` or `\|`. */
  private sees(operator: string): boolean {
    return this.extended ? this.peek() === operator : this.peek() === '\\' && this.peek(1) === operator;
  }

  private skipOperator(): void {
    this.at += this.extended ? 1 : 2;
  }

  private alternatives(): RegexNode {
    const options = [this.sequence()];
    while (this.sees('|')) {
      this.skipOperator();
      options.push(this.sequence());
    }
    return options.length === 1 ? (options[0] as RegexNode) : { kind: 'alternatives', options };
  }

  private atSequenceEnd(): boolean {
    if (this.at >= this.characters.length || this.sees('|')) return true;
    if (!this.sees(')')) return false;
    // An extended `)` without its `(` stands for itself.
    return !this.extended || this.openGroups.length > 0 || this.syntax !== 'extended';
  }

  private sequence(): RegexNode {
    const parts: RegexNode[] = [];
    while (!this.atSequenceEnd()) {
      const atom = this.atom(parts.length === 0);
      parts.push(this.repeats(atom));
    }
    if (parts.length === 0) return { kind: 'empty' };
    return parts.length === 1 ? (parts[0] as RegexNode) : { kind: 'sequence', parts };
  }

  private atom(first: boolean): RegexNode {
    const character = this.peek() as string;
    if (character === '\\') return this.escape();
    this.at += 1;
    if (first && this.syntax === 'strict' && /[*+?{]/.test(character)) throw new RegexError('Invalid preceding regular expression');
    switch (character) {
      case '.':
        return { kind: 'any' };
      case '[':
        return { kind: 'set', set: this.bracket() };
      case '^':
        if (this.extended || first) return { kind: 'assertion', where: 'lineStart' };
        break;
      case '$':
        if (this.extended || this.atSequenceEnd()) return { kind: 'assertion', where: 'lineEnd' };
        break;
      case '(':
        if (this.extended) return this.group();
        break;
      case '*':
        if (this.extended && first && this.syntax === 'extended') return { kind: 'empty' };
        break;
      case '+':
      case '?':
        if (this.syntax === 'awk' && first) throw new RegexError('missing operand');
        if (this.extended && first) return { kind: 'empty' };
        break;
      case '{':
        if (this.syntax === 'extended' && first && /^\d*,?\d*\}/.test(this.characters.slice(this.at, this.at + 16).join(''))) {
          this.interval();
          return { kind: 'empty' };
        }
        break;
    }
    return { kind: 'character', code: character.codePointAt(0) as number };
  }

  private group(): RegexNode {
    const index = ++this.groupCount;
    this.openGroups.push(index);
    const body = this.alternatives();
    if (!this.sees(')')) throw new RegexError('Unmatched ( or \\(');
    this.skipOperator();
    this.openGroups.pop();
    this.closedGroups.add(index);
    return { kind: 'group', index, body };
  }

  private escape(): RegexNode {
    const next = this.peek(1);
    if (next === undefined) {
      if (this.syntax === 'awk') {
        this.at += 1;
        return { kind: 'character', code: 92 };
      }
      throw new RegexError('Trailing backslash');
    }
    this.at += 2;
    if (this.syntax === 'awk') return this.awkEscape(next);
    if (!this.extended && next === '(') return this.group();
    if (/[1-9]/.test(next)) {
      if (!this.closedGroups.has(Number(next))) throw new RegexError('Invalid back reference');
      return { kind: 'backreference', group: Number(next) };
    }
    return GNU_ESCAPES[next] ?? { kind: 'character', code: next.codePointAt(0) as number };
  }

  private awkEscape(next: string): RegexNode {
    const octal = /^[0-7]{1,3}/.exec(this.characters.slice(this.at - 1, this.at + 2).join(''))?.[0];
    if (octal !== undefined) {
      this.at += octal.length - 1;
      return { kind: 'character', code: parseInt(octal, 8) & 0xff };
    }
    return { kind: 'character', code: AWK_ESCAPES[next] ?? (next.codePointAt(0) as number) };
  }

  private repeats(atom: RegexNode): RegexNode {
    let node = atom;
    for (;;) {
      const character = this.peek();
      const isLineStart = node.kind === 'assertion' && node.where === 'lineStart';
      if (character === '*' && !(isLineStart && !this.extended)) {
        this.at += 1;
        node = { kind: 'repeat', body: node, min: 0, max: undefined };
        continue;
      }
      if (this.sees('+') || this.sees('?')) {
        const plus = this.sees('+');
        this.skipOperator();
        node = { kind: 'repeat', body: node, min: plus ? 1 : 0, max: plus ? undefined : 1 };
        continue;
      }
      if (!this.sees('{')) return node;
      const start = this.at;
      this.skipOperator();
      const bounds = this.interval();
      if (bounds === undefined) {
        this.at = start;
        return node;
      }
      node = { kind: 'repeat', body: node, ...bounds };
    }
  }

  /** `2,5}` after the brace. Undefined when an extended expression has a `{` that is no interval. */
  private interval(): { min: number; max: number | undefined } | undefined {
    const rest = this.characters.slice(this.at, this.at + 16).join('');
    const match = (this.extended ? /^(\d*)(,?)(\d*)\}/ : /^(\d*)(,?)(\d*)\\\}/).exec(rest);
    if (match === null || (match[1] === '' && match[2] === '')) {
      if (this.extended) {
        // Taken literally by the caller: the brace is an ordinary character.
        this.at -= 1;
        return undefined;
      }
      throw new RegexError(/^\d*,?\d*$/.test(rest) ? 'Unmatched \\{' : 'Invalid content of \\{\\}');
    }
    const min = Number(match[1] === '' ? 0 : match[1]);
    const max = match[2] === '' ? min : match[3] === '' ? undefined : Number(match[3]);
    if (max !== undefined && max < min) throw new RegexError('Invalid content of \\{\\}');
    if (min > MAX_REPEAT || (max ?? 0) > MAX_REPEAT) throw new RegexError('Regular expression too big');
    this.at += match[0].length;
    return { min, max };
  }

  private bracket(): CharacterSet {
    const negated = this.peek() === '^';
    if (negated) this.at += 1;
    const ranges: (readonly [number, number])[] = [];
    for (let first = true; ; first = false) {
      const character = this.peek();
      if (character === undefined) throw new RegexError('Unmatched [, [^, [:, [., or [=');
      if (character === ']' && !first) {
        this.at += 1;
        return { negated, ranges };
      }
      if (character === '[' && this.peek(1) === ':') {
        ranges.push(...this.namedClass());
        continue;
      }
      const low = this.bracketCharacter();
      if (this.peek() === '-' && this.peek(1) !== ']' && this.peek(1) !== undefined) {
        this.at += 1;
        const high = this.bracketCharacter();
        if (high < low) throw new RegexError('Invalid range end');
        ranges.push([low, high]);
      } else ranges.push([low, low]);
    }
  }

  private bracketCharacter(): number {
    const character = this.peek() as string;
    const next = this.peek(1);
    if (character === '[' && (next === '.' || next === '=')) {
      const symbol = this.peek(2);
      if (symbol === undefined || this.peek(3) !== next || this.peek(4) !== ']') throw new RegexError('Invalid collation character');
      this.at += 5;
      return symbol.codePointAt(0) as number;
    }
    this.at += 1;
    if (this.syntax === 'awk' && character === '\\' && next !== undefined) {
      this.at += 1;
      const node = this.awkEscape(next);
      return node.kind === 'character' ? node.code : 92;
    }
    return character.codePointAt(0) as number;
  }

  private namedClass(): readonly (readonly [number, number])[] {
    const end = this.characters.indexOf(']', this.at);
    const text = this.characters.slice(this.at + 2, end < 0 ? undefined : end).join('');
    if (end < 0 || !text.endsWith(':')) throw new RegexError('Unmatched [, [^, [:, [., or [=');
    const found = CLASSES[text.slice(0, -1)];
    if (found === undefined) throw new RegexError('Invalid character class name');
    this.at = end + 1;
    return found;
  }
}
