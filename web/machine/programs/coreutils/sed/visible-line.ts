import { textToBytes } from '../../lib/byte-text';

const ESCAPES: Readonly<Record<number, string>> = { 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r', 92: '\\\\' };

/** sed's `l`: unseen bytes as escapes, long lines folded with a backslash, `$` at the end. */
export function visibleLine(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const byte of textToBytes(text)) {
    const shown = ESCAPES[byte] ?? (byte < 32 || byte > 126 ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte));
    if (width > 1 && line.length + shown.length > width - 1) {
      lines.push(`${line}\\`);
      line = '';
    }
    line += shown;
  }
  return [...lines, `${line}$`].join('\n');
}
