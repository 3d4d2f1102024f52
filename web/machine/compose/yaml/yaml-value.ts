/** What a YAML file holds, with Python's kinds of values. Whole numbers are JavaScript's. */
export type YamlValue = null | boolean | number | string | YamlFloat | YamlDate | YamlValue[] | YamlMap;

export type YamlKey = null | boolean | number | string;
export type YamlMap = Map<YamlKey, YamlValue>;

/** A number with a fraction or an exponent. */
export class YamlFloat {
  constructor(readonly value: number) {}
}

/** A date or a time. Kept as it was written. */
export class YamlDate {
  constructor(readonly text: string) {}
}

const BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const TRUE_WORDS = new Set(['yes', 'true', 'on']);
const INTEGER = /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT = /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const DATE = /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;

/**
 * The value of a plain scalar by YAML 1.1: `yes` is true, `010` is eight, and `22:22` is 1342, a number in base 60.
 * @source PyYAML 3.12 lib3/yaml/resolver.py, constructor.py
 */
export function resolvePlain(text: string): YamlValue {
  if (BOOLEAN.test(text)) return TRUE_WORDS.has(text.toLowerCase());
  if (FLOAT.test(text)) return new YamlFloat(floatOf(text));
  if (INTEGER.test(text)) return integerOf(text);
  if (NULL.test(text)) return null;
  if (DATE.test(text)) return new YamlDate(text);
  return text;
}

function integerOf(text: string): number {
  const digits = text.replaceAll('_', '');
  const sign = digits.startsWith('-') ? -1 : 1;
  const bare = digits.replace(/^[-+]/, '');
  if (bare === '0') return 0;
  if (bare.startsWith('0b')) return sign * Number.parseInt(bare.slice(2), 2);
  if (bare.startsWith('0x')) return sign * Number.parseInt(bare.slice(2), 16);
  if (bare.startsWith('0')) return sign * Number.parseInt(bare, 8);
  return sign * sexagesimal(bare);
}

function floatOf(text: string): number {
  const digits = text.replaceAll('_', '').toLowerCase();
  const sign = digits.startsWith('-') ? -1 : 1;
  const bare = digits.replace(/^[-+]/, '');
  if (bare === '.inf') return sign * Infinity;
  if (bare === '.nan') return Number.NaN;
  return sign * sexagesimal(bare);
}

function sexagesimal(text: string): number {
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** Python's `repr`. */
export function pythonRepr(value: YamlValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return reprString(value);
  if (value instanceof YamlFloat) return pythonFloat(value.value);
  if (value instanceof YamlDate) return `datetime.date(${value.text.slice(0, 10).split('-').map(Number).join(', ')})`;
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  return `{${[...value].map(([key, each]) => `${pythonRepr(key)}: ${pythonRepr(each)}`).join(', ')}}`;
}

function reprString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = [...text].map((letter) => {
    if (letter === '\\' || letter === quote) return `\\${letter}`;
    if (letter === '\n') return '\\n';
    if (letter === '\r') return '\\r';
    if (letter === '\t') return '\\t';
    return letter < ' ' || letter === '\x7f' ? `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}` : letter;
  }).join('');
  return quote + body + quote;
}

/** Python's `str` of a float. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  return Number.isInteger(value) && value < 1e16 ? `${value}.0` : String(value);
}

/** Python's name of a value's type. */
export function pythonType(value: YamlValue): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'int';
  if (typeof value === 'string') return 'str';
  if (value instanceof YamlFloat) return 'float';
  if (value instanceof YamlDate) return 'datetime.date';
  return Array.isArray(value) ? 'list' : 'dict';
}
