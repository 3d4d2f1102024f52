import { lineBreakWords } from './java-line-break';
import { arranged, type OptionSpec } from './joptsimple-spec';

const OVERALL_WIDTH = 80;
const SEPARATOR_WIDTH = 2;
const INDENT = '  ';

interface Row {
  readonly option: string;
  readonly description: string;
}

/**
 * The help table: two columns, folded to 80.
 *
 * @source jopt-simple 5.0.4 joptsimple/BuiltinHelpFormatter.java, internal/Rows.java, internal/Columns.java
 */
export function formatHelp(specs: readonly OptionSpec[]): string {
  const sorted = [...specs].sort((a, b) => compare(firstName(a), firstName(b)));
  const rows = [
    ...headers(sorted),
    ...sorted.map((spec) => ({ option: optionColumn(spec), description: descriptionColumn(spec) })),
  ];
  const optionWidth = columnOfOptions(rows);
  const descriptionWidth = columnOfDescriptions(rows, optionWidth);
  const fitted = rows.flatMap((row) => fit(row, optionWidth, descriptionWidth));
  const left = columnOfOptions(fitted);
  const right = columnOfDescriptions(fitted, left);
  return fitted
    .map((row) => `${row.option.padEnd(left)}${' '.repeat(SEPARATOR_WIDTH)}${row.description.padEnd(right)}\n`)
    .join('');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function firstName(spec: OptionSpec): string {
  return arranged(spec.names)[0] as string;
}

function headers(specs: readonly OptionSpec[]): Row[] {
  const required = specs.some((spec) => spec.required === true);
  return [
    { option: required ? 'Option (* = required)' : 'Option', description: 'Description' },
    { option: required ? '---------------------' : '------', description: '-----------' },
  ];
}

function optionColumn(spec: OptionSpec): string {
  const names = arranged(spec.names).map((name) => (name.length > 1 ? `--${name}` : `-${name}`));
  const { argument } = spec;
  const mark = spec.required === true ? '* ' : '';
  if (argument === undefined) return mark + names.join(', ');
  const inside =
    argument.label === undefined || argument.label === ''
      ? (argument.type ?? 'String')
      : `${argument.type ?? 'String'}: ${argument.label}`;
  return `${mark}${names.join(', ')} ${argument.required === false ? `[${inside}]` : `<${inside}>`}`;
}

function descriptionColumn(spec: OptionSpec): string {
  const defaults = spec.argument?.defaults ?? [];
  if (defaults.length === 0) return spec.description;
  const shown = defaults.length === 1 ? defaults[0] : `[${defaults.join(', ')}]`;
  return `${spec.description} (default: ${shown})`.trim();
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, text.length), 0);
}

function columnOfOptions(rows: readonly Row[]): number {
  return Math.min(Math.floor((OVERALL_WIDTH - SEPARATOR_WIDTH) / 2), widest(rows.map((row) => row.option)));
}

function columnOfDescriptions(rows: readonly Row[], optionWidth: number): number {
  return Math.min(OVERALL_WIDTH - optionWidth - SEPARATOR_WIDTH, widest(rows.map((row) => row.description)));
}

function fit(row: Row, optionWidth: number, descriptionWidth: number): Row[] {
  const options = piecesOf(row.option, optionWidth);
  const descriptions = piecesOf(row.description, descriptionWidth);
  return Array.from({ length: Math.max(options.length, descriptions.length) }, (_, i) => ({
    option: options[i] ?? '',
    description: descriptions[i] ?? '',
  }));
}

function piecesOf(text: string, width: number): string[] {
  const lines = javaTrim(text).replace(/\n+$/, '').split('\n');
  return lines.flatMap((line) => foldLine(line, width));
}

function foldLine(line: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const word of lineBreakWords(line)) {
    if (piece.length + word.length > width) {
      pieces.push(piece.replace(/\s+$/, ''));
      piece = INDENT + word;
    } else {
      piece += word;
    }
  }
  return piece === '' ? pieces : [...pieces, piece];
}

/** `String.trim`: everything up to the space goes. */
function javaTrim(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && text.charCodeAt(from) <= 32) from++;
  while (to > from && text.charCodeAt(to - 1) <= 32) to--;
  return text.slice(from, to);
}
