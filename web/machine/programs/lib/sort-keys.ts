import { quoteLocale } from './quoting';

export type KeyFlags = ReadonlySet<string>;

/** A `-k` of sort: where the key begins and ends, counted from 1; `endField` 0 is the end of the line. */
export interface SortKey {
  readonly startField: number;
  readonly startCharacter: number;
  readonly endField: number;
  readonly endCharacter: number;
  readonly skipStart: boolean;
  readonly skipEnd: boolean;
  readonly flags: KeyFlags;
  readonly hasBlankFlag: boolean;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const SUFFIXES = 'KMGTPEZY';

/** Reads `2`, `2,2n`, `1.3,1.5`; or the message that sort gives. */
export function parseKey(text: string): SortKey | string {
  const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?(.*)$/s.exec(text);
  if (match === null) {
    return /^\d*$/.test(text) || !/^\d/.test(text) ? `invalid number at field start: invalid count at start of ${quoteLocale(text)}` : `stray character in field spec: invalid field specification ${quoteLocale(text)}`;
  }
  const [, startField, startCharacter, startFlags = '', endField, endCharacter, endFlags = '', rest = ''] = match;
  if (Number(startField) === 0) return `field number is zero: invalid field specification ${quoteLocale(text)}`;
  if (startCharacter !== undefined && Number(startCharacter) === 0) return `character offset is zero: invalid field specification ${quoteLocale(text)}`;
  if (rest !== '' && rest.startsWith(',')) return `invalid number after ',': invalid count at start of ${quoteLocale(rest.slice(1))}`;
  if (rest !== '' || /[^bdfghiMnRrV]/.test(startFlags + endFlags)) return `stray character in field spec: invalid field specification ${quoteLocale(text)}`;
  const flags = new Set([...startFlags, ...endFlags].filter((flag) => flag !== 'b'));
  return {
    startField: Number(startField),
    startCharacter: Number(startCharacter ?? 1),
    endField: Number(endField ?? 0),
    endCharacter: Number(endCharacter ?? 0),
    skipStart: startFlags.includes('b'),
    skipEnd: endFlags.includes('b'),
    flags,
    hasBlankFlag: `${startFlags}${endFlags}`.includes('b'),
  };
}

/** Where each field begins and ends. Without a separator, blanks belong to the field that follows them. */
function fieldsOf(line: string, separator: string | undefined): { start: number; end: number }[] {
  const fields: { start: number; end: number }[] = [];
  if (separator !== undefined) {
    for (let start = 0; ; ) {
      const end = line.indexOf(separator, start);
      fields.push({ start, end: end < 0 ? line.length : end });
      if (end < 0) return fields;
      start = end + separator.length;
    }
  }
  const pattern = /[ \t]*[^ \t]*/y;
  while (pattern.lastIndex < line.length) {
    const start = pattern.lastIndex;
    pattern.exec(line);
    fields.push({ start, end: pattern.lastIndex });
  }
  return fields;
}

function skipBlanks(line: string, at: number, end: number): number {
  let here = at;
  while (here < end && (line[here] === ' ' || line[here] === '\t')) here += 1;
  return here;
}

function keyText(line: string, key: SortKey, separator: string | undefined): string {
  const plain = key.startField === 1 && key.startCharacter === 1 && key.endField === 0;
  if (plain) return key.skipStart ? line.slice(skipBlanks(line, 0, line.length)) : line;
  const fields = fieldsOf(line, separator);
  const first = fields[key.startField - 1];
  if (first === undefined) return '';
  const blankStart = key.skipStart ? skipBlanks(line, first.start, line.length) : first.start;
  const start = Math.min(line.length, blankStart + key.startCharacter - 1);
  let end = line.length;
  if (key.endField > 0) {
    const last = fields[key.endField - 1];
    if (last !== undefined) {
      const from = key.skipEnd ? skipBlanks(line, last.start, line.length) : last.start;
      end = key.endCharacter === 0 ? last.end : Math.min(line.length, from + key.endCharacter);
    }
  }
  return end > start ? line.slice(start, end) : '';
}

type Compare = (a: string, b: string) => number;

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares numbers of any length as text: sign, digits, fraction. */
function numericValue(text: string): { sign: number; whole: string; fraction: string } {
  const match = /^[ \t]*(-?)(\d*)(?:\.(\d*))?/.exec(text) as RegExpExecArray;
  const whole = (match[2] as string).replace(/^0+/, '');
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  return { sign: whole === '' && fraction === '' ? 0 : match[1] === '-' ? -1 : 1, whole, fraction };
}

function byNumber(a: string, b: string): number {
  const x = numericValue(a);
  const y = numericValue(b);
  if (x.sign !== y.sign) return x.sign - y.sign;
  const size = x.whole.length - y.whole.length || byText(x.whole, y.whole) || byText(x.fraction, y.fraction);
  return size * (x.sign === 0 ? 1 : x.sign);
}

function byHumanNumber(a: string, b: string): number {
  const power = (text: string): number => {
    const match = /^[ \t]*-?[\d.]+([KkMGTPEZY])?/.exec(text);
    return match?.[1] === undefined ? 0 : SUFFIXES.indexOf(match[1].toUpperCase()) + 1;
  };
  const x = numericValue(a);
  const y = numericValue(b);
  if (x.sign !== y.sign) return x.sign - y.sign;
  const order = power(a) - power(b);
  return order !== 0 ? order * (x.sign < 0 ? -1 : 1) : byNumber(a, b);
}

function byGeneralNumber(a: string, b: string): number {
  const value = (text: string): number => {
    const match = /^\s*[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|inf(?:inity)?)/i.exec(text);
    return match === null ? -Infinity : Number(match[0].trim().replace(/inf(inity)?/i, 'Infinity'));
  };
  return value(a) - value(b) || 0;
}

function byMonth(a: string, b: string): number {
  const month = (text: string): number => MONTHS.indexOf(text.trimStart().slice(0, 3).toUpperCase());
  return month(a) - month(b);
}

/** GNU's version order: digits by value, letters before other characters, `~` before everything. */
export function byVersion(a: string, b: string): number {
  const rank = (character: string | undefined): number => {
    if (character === undefined || /\d/.test(character)) return 0;
    if (character === '~') return -1;
    return /[A-Za-z]/.test(character) ? character.charCodeAt(0) : character.charCodeAt(0) + 256;
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !/\d/.test(a[i] as string)) || (j < b.length && !/\d/.test(b[j] as string))) {
      const order = rank(a[i]) - rank(b[j]);
      if (order !== 0) return order;
      i += 1;
      j += 1;
    }
    const x = /^\d*/.exec(a.slice(i))?.[0] ?? '';
    const y = /^\d*/.exec(b.slice(j))?.[0] ?? '';
    const order = byNumber(x, y);
    if (order !== 0) return order;
    i += x.length;
    j += y.length;
  }
  return 0;
}

function hash(text: string, salt: number): number {
  let value = salt | 0;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

function comparisonOf(flags: KeyFlags, salt: number): Compare {
  if (flags.has('n')) return byNumber;
  if (flags.has('h')) return byHumanNumber;
  if (flags.has('g')) return byGeneralNumber;
  if (flags.has('M')) return byMonth;
  if (flags.has('V')) return byVersion;
  if (flags.has('R')) return (a, b) => hash(a, salt) - hash(b, salt) || byText(a, b);
  return byText;
}

function normalised(text: string, flags: KeyFlags): string {
  let out = text;
  if (flags.has('d')) out = out.replace(/[^A-Za-z0-9 \t]/g, '');
  if (flags.has('i')) out = out.replace(/[\0-\x1f\x7f]/g, '');
  return flags.has('f') ? out.toUpperCase() : out;
}

/** A line with its keys, worked out once. */
export interface KeyedLine {
  readonly line: string;
  readonly keys: readonly string[];
  /** Of numeric keys: a number that decides unless two are equal. */
  readonly numbers: readonly number[];
}

export interface KeyOrder {
  prepare(line: string): KeyedLine;
  compare(a: KeyedLine, b: KeyedLine): number;
}

/** How these keys, in their order, order lines. */
export function keyOrder(keys: readonly SortKey[], separator: string | undefined, salt: number): KeyOrder {
  const parts = keys.map((key) => ({ key, numeric: key.flags.has('n'), compare: comparisonOf(key.flags, salt), sign: key.flags.has('r') ? -1 : 1 }));
  return {
    prepare(line) {
      const texts = parts.map(({ key }) => normalised(keyText(line, key, separator), key.flags));
      return { line, keys: texts, numbers: parts.map(({ numeric }, i) => (numeric ? roughNumber(texts[i] as string) : 0)) };
    },
    compare(a, b) {
      for (let i = 0; i < parts.length; i++) {
        const { compare, sign } = parts[i] as (typeof parts)[number];
        const order = (a.numbers[i] as number) - (b.numbers[i] as number) || compare(a.keys[i] as string, b.keys[i] as string);
        if (order !== 0) return order * sign;
      }
      return 0;
    },
  };
}

function roughNumber(text: string): number {
  return Number(/^[ \t]*(-?\d*\.?\d*)/.exec(text)?.[1] ?? 0) || 0;
}
