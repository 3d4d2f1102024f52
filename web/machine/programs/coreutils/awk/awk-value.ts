import { formatFloat } from '../../lib/c-format';

/** Text from outside (a field, getline, -v): a number too when it looks like one. */
export class Input {
  private number: number | undefined | null = null;

  constructor(readonly text: string) {}

  /** Its number when all of it is one; undefined otherwise. */
  get numeric(): number | undefined {
    if (this.number === null) this.number = smallInteger(this.text) ?? (NUMERIC.test(this.text) ? toNumber(this.text) : undefined);
    return this.number;
  }
}

/** Undefined is a variable that nobody set: "" and 0. Strings are binary: a character a byte. */
export type Value = number | string | Input | undefined;

const NUMERIC = /^[ \t\n\r\f\v]*[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|0[xX][0-9a-fA-F]+|inf(?:inity)?|nan)[ \t\n\r\f\v]*$/i;
const LEADING_NUMBER = /^[ \t\n\r\f\v]*([-+]?(?:0[xX][0-9a-fA-F]+|\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|inf(?:inity)?|nan))/i;
const MAX_INTEGER = 2147483647;

/** The usual case at once: a few digits. */
function smallInteger(text: string): number | undefined {
  if (text.length === 0 || text.length > 15) return undefined;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  if (typeof value !== 'string') return value.numeric ?? toNumber(value.text);
  const small = smallInteger(value);
  if (small !== undefined) return small;
  const match = LEADING_NUMBER.exec(value);
  if (match === null) return 0;
  const text = (match[1] as string).toLowerCase();
  const magnitude = text.replace(/^[-+]/, '');
  const number = magnitude.startsWith('inf') ? Infinity : magnitude === 'nan' ? NaN : Number(magnitude);
  return text.startsWith('-') ? -number : number;
}

/** A number as text: whole ones as they are, others by CONVFMT or OFMT. */
export function numberToText(value: number, format: string): string {
  if (Number.isInteger(value) && Math.abs(value) <= MAX_INTEGER) return String(value);
  if (Number.isNaN(value)) return 'nan';
  const match = /^%([-+ #0]*)(\d*)(?:\.(\d+))?([eEfFgGdi])$/.exec(format);
  if (match === null) return String(value);
  const [, flags = '', width = '', precision, letter = 'g'] = match;
  if (letter === 'd' || letter === 'i') return String(Math.trunc(value));
  return formatFloat(value, { flags, width: width === '' ? undefined : Number(width), precision: precision === undefined ? undefined : Number(precision), letter });
}

export function toText(value: Value, convfmt: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberToText(value, convfmt);
  return value === undefined ? '' : value.text;
}

export function toBoolean(value: Value): boolean {
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string') return value !== '';
  if (value === undefined) return false;
  const { numeric } = value;
  return numeric === undefined ? value.text !== '' : numeric !== 0;
}

/** Less than, equal to or greater than zero: as numbers when both are, else as text. */
export function compare(a: Value, b: Value, convfmt: string): number {
  const x = typeof a === 'number' ? a : a === undefined ? 0 : typeof a === 'string' ? undefined : a.numeric;
  const y = typeof b === 'number' ? b : b === undefined ? 0 : typeof b === 'string' ? undefined : b.numeric;
  if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : x === y ? 0 : 1;
  const s = toText(a, convfmt);
  const t = toText(b, convfmt);
  return s < t ? -1 : s > t ? 1 : 0;
}

export class AwkArray {
  readonly entries = new Map<string, Value>();

  /** The keys in the order in which mawk's `for (k in a)` meets them: by its hash (FNV-1a), in a table that doubles at 12 entries a list. */
  keys(): string[] {
    let mask = 63;
    while (this.entries.size > (mask + 1) * 12) mask = mask * 2 + 1;
    return [...this.entries.keys()].reverse().map((key) => ({ key, list: hash(key) & mask })).sort((a, b) => a.list - b.list).map(({ key }) => key);
  }
}

function hash(text: string): number {
  let value = 2166136261;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  return value >>> 0;
}

/** A place for a value or an array. One that is passed to a function before it is either hands the array back to where it came from. */
export class Cell {
  content: Value | AwkArray = undefined;

  constructor(private readonly origin?: Cell) {}

  array(): AwkArray {
    if (this.content instanceof AwkArray) return this.content;
    const array = this.origin === undefined ? new AwkArray() : this.origin.array();
    this.content = array;
    return array;
  }
}
