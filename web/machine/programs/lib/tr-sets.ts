import { textToBytes } from './byte-text';
import { quoteLocale } from './quoting';

export class TrSetError extends Error {}

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };

const between = (low: number, high: number): number[] => Array.from({ length: high - low + 1 }, (_, i) => low + i);
const DIGITS = between(48, 57);
const UPPER = between(65, 90);
const LOWER = between(97, 122);
const CLASSES: Readonly<Record<string, readonly number[]>> = {
  alnum: [...DIGITS, ...UPPER, ...LOWER],
  alpha: [...UPPER, ...LOWER],
  blank: [9, 32],
  cntrl: [...between(0, 31), 127],
  digit: DIGITS,
  graph: between(33, 126),
  lower: LOWER,
  print: between(32, 126),
  punct: [...between(33, 47), ...between(58, 64), ...between(91, 96), ...between(123, 126)],
  space: [...between(9, 13), 32],
  upper: UPPER,
  xdigit: [...DIGITS, ...between(65, 70), ...between(97, 102)],
};

/** One byte of the set, escaped or not. */
interface Item {
  readonly byte: number;
  readonly escaped: boolean;
}

/** The bytes of a set of tr: ranges, classes, `[x*3]` (in the second set; `[x*]` fills up to `length`). Throws TrSetError. */
export function expandSet(text: string, role: { second: boolean; length: number | undefined }): number[] {
  const items = unescape(text);
  const out: number[] = [];
  let fillAt: { index: number; byte: number } | undefined;
  for (let at = 0; at < items.length; at++) {
    const item = items[at] as Item;
    const special = item.byte === 91 && !item.escaped ? bracket(items, at, role.second) : undefined;
    if (special !== undefined) {
      if (special.fill !== undefined) fillAt = { index: out.length, byte: special.fill };
      out.push(...special.bytes);
      at = special.end;
      continue;
    }
    const dash = items[at + 1];
    const to = items[at + 2];
    if (dash !== undefined && dash.byte === 45 && !dash.escaped && to !== undefined) {
      if (to.byte < item.byte) {
        const name = String.fromCharCode(item.byte, 45, to.byte);
        throw new TrSetError(`range-endpoints of '${name}' are in reverse collating sequence order`);
      }
      out.push(...between(item.byte, to.byte));
      at += 2;
    } else out.push(item.byte);
  }
  if (fillAt !== undefined) {
    const count = Math.max(0, (role.length ?? 0) - out.length);
    out.splice(fillAt.index, 0, ...new Array<number>(count).fill(fillAt.byte));
  }
  return out;
}

function unescape(text: string): Item[] {
  const bytes = textToBytes(text);
  const items: Item[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    const next = bytes[at + 1];
    if (byte !== 92 || next === undefined) {
      items.push({ byte, escaped: false });
      continue;
    }
    const octal = /^[0-7]{1,3}/.exec(String.fromCharCode(...bytes.subarray(at + 1, at + 4)))?.[0];
    if (octal !== undefined) {
      items.push({ byte: parseInt(octal, 8) & 0xff, escaped: true });
      at += octal.length;
    } else {
      items.push({ byte: ESCAPES[String.fromCharCode(next)] ?? next, escaped: true });
      at += 1;
    }
  }
  return items;
}

/** `[:class:]`, `[=x=]` or `[x*n]` that begins at `at`; undefined when it is a plain bracket. */
function bracket(items: readonly Item[], at: number, second: boolean): { bytes: readonly number[]; end: number; fill?: number } | undefined {
  const text = items.slice(at).map((item) => (item.escaped ? '\x80' : String.fromCharCode(item.byte))).join('');
  const named = /^\[:([^:\]]*):\]/.exec(text);
  if (named !== null) {
    const bytes = CLASSES[named[1] as string];
    if (bytes === undefined) throw new TrSetError(`invalid character class ${quoteLocale(named[1] as string)}`);
    return { bytes, end: at + named[0].length - 1 };
  }
  if (/^\[=.=\]/s.test(text)) return { bytes: [(items[at + 2] as Item).byte], end: at + 4 };
  const repeated = second ? /^\[.\*(\d*)\]/s.exec(text) : null;
  if (repeated === null) return undefined;
  const { byte } = items[at + 1] as Item;
  const digits = repeated[1] as string;
  const count = digits === '' ? 0 : digits.startsWith('0') ? parseInt(digits, 8) : Number(digits);
  const end = at + repeated[0].length - 1;
  return count === 0 ? { bytes: [], end, fill: byte } : { bytes: new Array<number>(count).fill(byte), end };
}
