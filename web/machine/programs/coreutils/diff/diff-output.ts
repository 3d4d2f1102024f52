import type { GnuTool } from '../../lib/gnu-tool';
import { displayWidth } from '../../lib/column-layout';
import type { Hunk } from './edit-script';

export interface DiffSide {
  readonly name: string;
  /** Its time, for -u. */
  readonly stamp: string;
  readonly lines: readonly string[];
  /** False when the last line has no newline. */
  readonly complete: boolean;
}

const NO_NEWLINE = '\\ No newline at end of file\n';

function lineOf(side: DiffSide, index: number, mark: string): string {
  const line = `${mark}${side.lines[index] as string}\n`;
  return index === side.lines.length - 1 && !side.complete ? line + NO_NEWLINE : line;
}

function painter(tool: GnuTool): (text: string, color: string) => string {
  const when = tool.options.value('color') ?? (tool.options.has('color') ? 'auto' : 'never');
  const on = when === 'always' || (when === 'auto' && tool.process.isTerminal(1));
  return on ? (text, color) => text.replace(/^(?!\\ No)[^\n]+/gm, (line) => `\x1b[${color}m${line}\x1b[0m`) : (text) => text;
}

/** `1,2c3`: the lines, counted from 1; where nothing stands, the line before. */
export function normalDiff(tool: GnuTool, a: DiffSide, b: DiffSide, hunks: readonly Hunk[]): string {
  const range = (start: number, end: number): string => (end - start <= 1 ? String(end === start ? start : start + 1) : `${start + 1},${end}`);
  const paint = painter(tool);
  let out = '';
  for (const hunk of hunks) {
    const removes = hunk.leftEnd > hunk.leftStart;
    const adds = hunk.rightEnd > hunk.rightStart;
    out += paint(`${range(hunk.leftStart, hunk.leftEnd)}${removes && adds ? 'c' : removes ? 'd' : 'a'}${range(hunk.rightStart, hunk.rightEnd)}\n`, '36');
    for (let i = hunk.leftStart; i < hunk.leftEnd; i++) out += paint(lineOf(a, i, '< '), '31');
    if (removes && adds) out += '---\n';
    for (let j = hunk.rightStart; j < hunk.rightEnd; j++) out += paint(lineOf(b, j, '> '), '32');
  }
  return out;
}

export function unifiedDiff(tool: GnuTool, a: DiffSide, b: DiffSide, hunks: readonly Hunk[], context: number): string {
  const paint = painter(tool);
  const labels = tool.options.values('label');
  let out = paint(`--- ${labels[0] ?? `${a.name}\t${a.stamp}`}\n+++ ${labels[1] ?? `${b.name}\t${b.stamp}`}\n`, '1');
  for (let i = 0; i < hunks.length; ) {
    let last = i;
    while (last + 1 < hunks.length && (hunks[last + 1] as Hunk).leftStart - (hunks[last] as Hunk).leftEnd <= 2 * context) last += 1;
    out += unifiedGroup(a, b, hunks.slice(i, last + 1), context, paint);
    i = last + 1;
  }
  return out;
}

function unifiedGroup(a: DiffSide, b: DiffSide, hunks: readonly Hunk[], context: number, paint: (text: string, color: string) => string): string {
  const first = hunks[0] as Hunk;
  const last = hunks.at(-1) as Hunk;
  const before = Math.min(context, first.leftStart);
  const leftStart = first.leftStart - before;
  const rightStart = first.rightStart - before;
  const after = Math.min(context, a.lines.length - last.leftEnd);
  const leftEnd = last.leftEnd + after;
  const rightEnd = last.rightEnd + after;
  const range = (start: number, end: number): string => (end - start === 1 ? String(start + 1) : `${end === start ? start : start + 1},${end - start}`);
  let out = paint(`@@ -${range(leftStart, leftEnd)} +${range(rightStart, rightEnd)} @@\n`, '36');
  let at = leftStart;
  for (const hunk of hunks) {
    for (; at < hunk.leftStart; at++) out += lineOf(a, at, ' ');
    for (; at < hunk.leftEnd; at++) out += paint(lineOf(a, at, '-'), '31');
    for (let j = hunk.rightStart; j < hunk.rightEnd; j++) out += paint(lineOf(b, j, '+'), '32');
  }
  for (; at < leftEnd; at++) out += lineOf(a, at, ' ');
  return out;
}

/** `diff -y`: two columns with a mark between them. */
export function sideBySide(a: DiffSide, b: DiffSide, hunks: readonly Hunk[], tool: GnuTool): string {
  const width = Number(tool.options.value('W') ?? 130);
  const half = Math.floor((width - 3) / 2);
  const rightColumn = Math.ceil((width + 1) / 2 / 8) * 8 > half + 3 ? Math.floor((half + 3) / 8) * 8 : Math.ceil((half + 3) / 8) * 8;
  const leftWidth = rightColumn - 3;
  const row = (left: string | undefined, mark: string, right: string | undefined): string => {
    const shown = (left ?? '').slice(0, leftWidth);
    if (mark === ' ' || right === undefined) {
      const start = shown + pad(displayWidth(shown), mark === ' ' ? rightColumn : leftWidth + 1);
      return mark === ' ' ? `${start}${(right ?? '').slice(0, leftWidth)}\n` : `${start}${mark}\n`;
    }
    return `${shown}${pad(displayWidth(shown), leftWidth + 1)}${mark}\t${right.slice(0, leftWidth)}\n`;
  };
  let out = '';
  let i = 0;
  let j = 0;
  for (const hunk of [...hunks, { leftStart: a.lines.length, leftEnd: a.lines.length, rightStart: b.lines.length, rightEnd: b.lines.length }]) {
    for (; i < hunk.leftStart; i++, j++) if (!tool.options.has('suppress')) out += row(a.lines[i], ' ', b.lines[j]);
    for (; i < hunk.leftEnd && j < hunk.rightEnd; i++, j++) out += row(a.lines[i], '|', b.lines[j]);
    for (; i < hunk.leftEnd; i++) out += row(a.lines[i], '<', undefined);
    for (; j < hunk.rightEnd; j++) out += row('', '>', b.lines[j]);
  }
  return out;
}

function pad(from: number, to: number): string {
  let out = '';
  let at = from;
  while (at < to) {
    const next = at + 8 - (at % 8);
    if (next <= to) {
      out += '\t';
      at = next;
    } else {
      out += ' '.repeat(to - at);
      at = to;
    }
  }
  return out;
}
