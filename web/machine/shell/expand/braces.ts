import { Grammar } from '../parse/grammar';

const OPTIONS = { alias: () => undefined, extendedGlob: true };
const SEQUENCE = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/;
/** More items than this are left as they stand, as bash does when memory runs out. */
const MAX_ITEMS = 100_000;
const MAX_NESTING = 150;

/** Brace expansion: the texts that a word's text stands for, quotes and expansions untouched. */
export function expandBraces(text: string, depth = 0): string[] {
  if (!text.includes('{') || depth > MAX_NESTING) return [text];
  const { lexer } = new Grammar(text, OPTIONS);
  const skip = (pos: number): number => lexer.skipUnit(pos);
  for (let open = 0; open < text.length; ) {
    if (text[open] !== '{') {
      open = skip(open);
      continue;
    }
    const group = readGroup(text, open, skip, depth);
    if (group !== undefined) {
      const heads = text.slice(0, open);
      const tails = expandBraces(text.slice(group.end), depth + 1);
      const out: string[] = [];
      for (const item of group.items) for (const tail of tails) out.push(heads + item + tail);
      return out;
    }
    open += 1;
  }
  return [text];
}

/** The items of the braces at `open`; undefined when they are plain text. */
function readGroup(
  text: string, open: number, skip: (pos: number) => number, depth: number,
): { items: string[]; end: number } | undefined {
  const parts: string[] = [];
  let level = 0;
  let from = open + 1;
  for (let pos = open; pos < text.length; ) {
    const c = text[pos];
    if (c === '{') level += 1;
    if (c === ',' && level === 1) {
      parts.push(text.slice(from, pos));
      from = pos + 1;
    }
    if (c === '}' && --level === 0) {
      const last = text.slice(from, pos);
      if (parts.length > 0) return { items: [...parts, last].flatMap((part) => expandBraces(part, depth + 1)), end: pos + 1 };
      const items = sequence(last);
      return items === undefined ? undefined : { items, end: pos + 1 };
    }
    pos = skip(pos);
  }
  return undefined;
}

function sequence(text: string): string[] | undefined {
  const match = SEQUENCE.exec(text);
  if (match === null) return undefined;
  const [, first, last, step] = match as unknown as [string, string, string, string | undefined];
  const letters = /[A-Za-z]/.test(first);
  if (letters !== /[A-Za-z]/.test(last)) return undefined;
  const start = letters ? first.charCodeAt(0) : Number(first);
  const end = letters ? last.charCodeAt(0) : Number(last);
  const by = Math.max(1, Math.abs(Number(step ?? 1)));
  const count = Math.floor(Math.abs(end - start) / by) + 1;
  if (count > MAX_ITEMS) return undefined;
  const padded = !letters && (/^-?0\d/.test(first) || /^-?0\d/.test(last));
  const width = padded ? Math.max(first.length, last.length) : 0;
  return Array.from({ length: count }, (_, i) => {
    const value = start <= end ? start + i * by : start - i * by;
    return letters ? String.fromCharCode(value) : pad(value, width);
  });
}

function pad(value: number, width: number): string {
  return value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0');
}
