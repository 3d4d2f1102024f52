import type { History } from './history';

/** `!foo: event not found`, without the `bash: ` in front. */
export class HistoryExpansionError extends Error {}

export interface Expanded {
  readonly text: string;
  readonly changed: boolean;
  /** `:p`: only shown and remembered. */
  readonly printOnly: boolean;
}

/** Replaces `!!`, `!n`, `!text`, `!$`, `^a^b^` and their modifiers in a line. Throws HistoryExpansionError. */
export function expandHistory(line: string, history: History): Expanded {
  const quick = /^\^([^^]+)\^([^^]*)\^?(.*)$/s.exec(line);
  if (quick !== null) return quickSubstitution(quick as unknown as [string, string, string, string], history);
  let out = '';
  let changed = false;
  let printOnly = false;
  let double = false;
  for (let pos = 0; pos < line.length; ) {
    const c = line[pos] as string;
    if (c === '\\') {
      out += line.slice(pos, pos + 2);
      pos += 2;
    } else if (c === "'" && !double) {
      const end = line.indexOf("'", pos + 1);
      const stop = end < 0 ? line.length : end + 1;
      out += line.slice(pos, stop);
      pos = stop;
    } else if (c === '!' && !/^(?:[\s=(]|$)/.test(line.slice(pos + 1)) && !(double && line[pos + 1] === '"')) {
      const designator = readDesignator(line, pos, history, out);
      out += designator.text;
      pos = designator.end;
      changed = true;
      printOnly ||= designator.printOnly;
    } else {
      if (c === '"') double = !double;
      out += c;
      pos += 1;
    }
  }
  return { text: out, changed, printOnly };
}

function quickSubstitution([, from, to, rest]: [string, string, string, string], history: History): Expanded {
  const last = history.get(history.nextNumber - 1) ?? '';
  if (!last.includes(from)) throw new HistoryExpansionError(`:s^${from}^${to}^: substitution failed`);
  return { text: last.replace(from, () => to) + rest, changed: true, printOnly: false };
}

function readDesignator(line: string, start: number, history: History, before: string): { text: string; end: number; printOnly: boolean } {
  const event = readEvent(line, start, history, before);
  let text = event.line;
  let pos = event.end;
  const word = /^(?::(\d+-\d*|\d+\*?|\^|\$|\*|-\d*|%)|([\^$*%]))/.exec(line.slice(pos));
  if (word !== null) {
    text = selectWords(text, (word[1] ?? word[2]) as string, line.slice(start, pos + word[0].length));
    pos += word[0].length;
  }
  let printOnly = false;
  for (let modifier = readModifier(line, pos); modifier !== undefined; modifier = readModifier(line, pos)) {
    pos += modifier.length;
    if (modifier.print) printOnly = true;
    else text = modifier.apply(text);
  }
  return { text, end: pos, printOnly };
}

function readEvent(line: string, start: number, history: History, before: string): { line: string; end: number } {
  const rest = line.slice(start + 1);
  const find = (number: number, end: number): { line: string; end: number } => {
    const entry = history.get(number);
    if (entry === undefined) throw new HistoryExpansionError(`${line.slice(start, end)}: event not found`);
    return { line: entry, end };
  };
  if (rest.startsWith('!')) return find(history.nextNumber - 1, start + 2);
  if (rest.startsWith('#')) return { line: before, end: start + 2 };
  const number = /^-?\d+/.exec(rest)?.[0];
  if (number !== undefined) {
    const value = Number(number);
    return find(value < 0 ? history.nextNumber + value : value, start + 1 + number.length);
  }
  if (/^[$^*:%]/.test(rest)) return find(history.nextNumber - 1, start + 1);
  const inside = /^\?([^?\n]+)\??/.exec(rest);
  const text = inside === null ? (/^[^\s:;&|<>()'"^$*%]+/.exec(rest)?.[0] ?? '') : (inside[1] as string);
  const end = start + 1 + (inside === null ? text.length : inside[0].length);
  const found = history.list().findLast((each) => (inside === null ? each.line.startsWith(text) : each.line.includes(text)));
  if (found === undefined) throw new HistoryExpansionError(`${line.slice(start, end)}: event not found`);
  return { line: found.line, end };
}

function wordsOf(line: string): string[] {
  return line.match(/(?:\\.|'[^']*'|"(?:[^"\\]|\\.)*"|[^\s;&|<>()])+|&&|\|\||[;&|<>()]+/g) ?? [];
}

function selectWords(line: string, which: string, shown: string): string {
  const words = wordsOf(line);
  const last = words.length - 1;
  const pick = (from: number, to: number): string => {
    if (from > last + 1 || to > last || from < 0) throw new HistoryExpansionError(`${shown}: bad word specifier`);
    return words.slice(from, to + 1).join(' ');
  };
  if (which === '^') return pick(1, 1);
  if (which === '$') return pick(last, last);
  if (which === '*') return last < 1 ? '' : pick(1, last);
  const range = /^(\d*)-(\d*)$/.exec(which);
  if (range !== null) return pick(Number(range[1]), range[2] === '' ? last - 1 : Number(range[2]));
  if (which.endsWith('*')) return pick(Number(which.slice(0, -1)), last);
  return pick(Number(which), Number(which));
}

interface Modifier {
  readonly length: number;
  readonly print: boolean;
  apply(text: string): string;
}

function readModifier(line: string, pos: number): Modifier | undefined {
  const rest = line.slice(pos);
  const simple = /^:([phtreq])/.exec(rest);
  if (simple !== null) return { length: 2, print: simple[1] === 'p', apply: SIMPLE[simple[1] as string] ?? ((text) => text) };
  const substitution = /^:(g?)s(.)((?:(?!\2).)+)\2((?:(?!\2).)*)\2?/.exec(rest);
  if (substitution === null) return undefined;
  const [whole, global, , from, to] = substitution as unknown as [string, string, string, string, string];
  return {
    length: whole.length,
    print: false,
    apply: (text) => {
      if (!text.includes(from)) throw new HistoryExpansionError(`${whole}: substitution failed`);
      return global === '' ? text.replace(from, () => to) : text.replaceAll(from, () => to);
    },
  };
}

const SIMPLE: Readonly<Record<string, (text: string) => string>> = {
  h: (text) => text.replace(/\/[^/]*$/, ''),
  t: (text) => text.replace(/^.*\//s, ''),
  r: (text) => text.replace(/\.[^./]*$/, ''),
  e: (text) => /\.[^./]*$/.exec(text)?.[0] ?? text,
  q: (text) => `'${text.replaceAll("'", "'\\''")}'`,
};
