import { YamlDate, YamlFloat, type YamlMap, type YamlValue, pythonFloat, resolvePlain } from './yaml-value';

const WIDTH = 80;

/**
 * Writes a value as PyYAML's `safe_dump(..., default_flow_style=False, indent=2, width=80)` does: keys sorted, scalars plain where they can be.
 * @source PyYAML 3.12 lib3/yaml/emitter.py, representer.py
 */
export function dumpYaml(value: YamlValue): string {
  return `${block(value, 0, 'root')}\n`;
}

/** `where` decides what stands before a nested collection: nothing at the root, a line break after a key. */
function block(value: YamlValue, indent: number, where: 'root' | 'map' | 'sequence'): string {
  const pad = ' '.repeat(indent);
  if (value instanceof Map) {
    if (value.size === 0) return where === 'root' ? '{}' : ' {}';
    const lines = sortedEntries(value).map(([key, each]) => `${scalar(key, indent, true)}:${after(each, indent, 'map')}`);
    return where === 'sequence' ? ` ${lines.join(`\n${pad}`)}` : `${where === 'map' ? `\n${pad}` : ''}${lines.join(`\n${pad}`)}`;
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return where === 'root' ? '[]' : ' []';
    const lines = value.map((each) => `-${after(each, indent, 'sequence')}`);
    return where === 'sequence' ? ` ${lines.join(`\n${pad}`)}` : `${where === 'map' ? `\n${pad}` : ''}${lines.join(`\n${pad}`)}`;
  }
  return where === 'root' ? scalar(value, indent, false) : ` ${scalar(value, indent + 2, false)}`;
}

/** What follows a key's colon or an item's dash. A list under a key is not indented further. */
function after(value: YamlValue, indent: number, within: 'map' | 'sequence'): string {
  if (within === 'sequence') return block(value, indent + 2, 'sequence');
  return block(value, Array.isArray(value) ? indent : indent + 2, 'map');
}

function sortedEntries(map: YamlMap): [YamlValue, YamlValue][] {
  return [...map].sort(([a], [b]) => {
    const left = String(a);
    const right = String(b);
    return left < right ? -1 : left > right ? 1 : 0;
  });
}

function scalar(value: YamlValue, indent: number, isKey: boolean): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return String(value);
  if (value instanceof YamlFloat) return pythonFloat(value.value).replace(/^-?(inf|nan)$/, (text) => `.${text}`);
  if (value instanceof YamlDate) return value.text;
  return string(String(value), indent, isKey);
}

const BOOLEAN_WORDS = new Set(['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false']);

/** Compose quotes what looks like a boolean, and doubles dollar signs. */
function string(raw: string, indent: number, isKey: boolean): string {
  const text = raw.replaceAll('$', '$$$$');
  if (BOOLEAN_WORDS.has(text.toLowerCase())) return doubleQuoted(text);
  const style = styleOf(text);
  const folds = !isKey;
  if (style === 'plain') return typeof resolvePlain(text) === 'string' ? fold(text, indent, folds, (part) => part) : singleQuoted(text, indent, folds);
  return style === 'single' ? singleQuoted(text, indent, folds) : doubleQuoted(text);
}

function styleOf(text: string): 'plain' | 'single' | 'double' {
  if (text === '') return 'single';
  if (/[\x00-\x08\x0b-\x1f\x7f\x85\ufeff]/.test(text)) return 'double';
  const breaks = text.includes('\n');
  if (breaks && (/ \n|\n /.test(text) || / $/.test(text))) return /\n | \n/.test(text) ? 'double' : 'single';
  const indicators = /^[,?[\]{}#&*!|>'"%@`]|^-$|^[-?:](?=\s|$)|^:|^---|^\.\.\./.test(text) || /:(?=\s|$)|\s#/.test(text);
  const edges = /^\s|\s$/.test(text);
  if (/\t/.test(text)) return 'double';
  return indicators || edges || breaks ? 'single' : 'plain';
}

/** Breaks a long text at single blanks, as the emitter does past the width. */
function fold(text: string, indent: number, allowed: boolean, encode: (part: string) => string): string {
  if (!allowed) return encode(text);
  const words = text.split(/(?<=[^ ]) (?=[^ ])/);
  let out = '';
  let column = indent + 2;
  for (const [index, word] of words.entries()) {
    const piece = encode(word);
    if (index > 0) {
      if (column > WIDTH) {
        out += `\n${' '.repeat(indent)}`;
        column = indent;
      } else {
        out += ' ';
        column += 1;
      }
    }
    out += piece;
    column += piece.length;
  }
  return out;
}

function singleQuoted(text: string, indent: number, folds: boolean): string {
  const body = fold(text, indent, folds, (part) => part.replaceAll("'", "''"));
  return `'${body.replace(/\n+/g, (breaks) => `${breaks}\n${' '.repeat(indent)}`)}'`;
}

const NAMED: Readonly<Record<string, string>> = { '\0': '\\0', '\x07': '\\a', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\v': '\\v', '\f': '\\f', '\r': '\\r', '\x1b': '\\e', '"': '\\"', '\\': '\\\\', '\x85': '\\N' };

function doubleQuoted(text: string): string {
  const body = [...text].map((letter) => NAMED[letter] ?? (letter < ' ' || letter === '\x7f' ? `\\x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}` : letter)).join('');
  return `"${body}"`;
}
