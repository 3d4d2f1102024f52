import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import { makePipe } from '../../os/pipe';
import { exitCodeOf } from '../../os/exit-status';
import type { Process } from '../../os/process';
import { concatBytes } from '../../os/text';
import { bytesToText } from '../lib/byte-text';
import { displayWidth } from '../lib/column-layout';
import { formatDate } from '../lib/date-format';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { startCommand, startShellCommand } from '../lib/run-command';
import { Screen } from '../lib/screen';

/** Runs a command again and again and shows what it prints. Simplified: -d marks changed lines' characters by place. */
export const watch = gnuProgram({
  name: 'watch',
  usage: ['[options] command'],
  about: 'Execute a program periodically, showing output fullscreen.',
  version: 'from procps-ng 4.0.2',
  options: {
    short: '+bcd::egtn:pxwrqh',
    long: { beep: 'b', color: 'c', differences: 'd::', errexit: 'e', chgexit: 'g', interval: 'n:', precise: 'p', 'no-title': 't', exec: 'x', 'no-wrap': 'w' },
  },
  *run(tool) {
    const { options, operands, process } = tool;
    if (operands.length === 0) tool.usageError('');
    const text = options.value('n') ?? '2';
    const seconds = Number(text.replace(',', '.'));
    if (!Number.isFinite(seconds) || text.trim() === '') tool.fail(`failed to parse argument: '${text}': Invalid argument`);
    const intervalUs = Math.max(1e5, seconds * 1e6);
    const screen = Screen.open(process, { alternate: true, signals: true });
    if (screen === undefined) return tool.fail('Error opening terminal: unknown.');
    yield* screen.enter();
    let before: string | undefined;
    for (;;) {
      const { output, code } = yield* runOnce(tool);
      yield* draw(tool, screen, { output, before, seconds: intervalUs / 1e6 });
      if (options.has('g') && before !== undefined && before !== output) return 0;
      if (options.has('e') && code !== 0) return 8;
      before = output;
      const key = yield* screen.key(intervalUs);
      if (key === null || key === 'q') return 0;
      if (key === 'Resize') yield* screen.write('\x1b[2J');
    }
  },
});

function* runOnce(tool: GnuTool): Op<{ output: string; code: number }> {
  const { process, operands, options } = tool;
  const pipe = makePipe();
  const fds = new Map([[1, pipe.writer], [2, pipe.writer]]);
  let child: Process;
  try {
    child = options.has('x') ? startCommand(process, operands, { fds }) : startShellCommand(process, operands.join(' '), fds);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { output: `${tool.name}: unable to execute '${operands[0] as string}': ${error.message}\n`, code: 4 };
  }
  pipe.writer.release();
  const parts: Uint8Array[] = [];
  for (let bytes = yield* pipe.reader.read(65536, process); bytes !== null; bytes = yield* pipe.reader.read(65536, process)) parts.push(bytes.slice());
  pipe.reader.release();
  const code = exitCodeOf(yield* process.waitFor(child));
  return { output: bytesToText(concatBytes(parts)), code };
}

function* draw(tool: GnuTool, screen: Screen, what: { output: string; before: string | undefined; seconds: number }): Op<void> {
  const { process, operands, options } = tool;
  const { columns, rows } = screen;
  const lines: string[] = [];
  if (!options.has('t')) {
    const right = `${process.machine.hostname}: ${formatDate('%a %b %e %H:%M:%S %Y', process.machine.sim.dateMs())}`;
    const left = `Every ${what.seconds.toFixed(1)}s: ${operands.join(' ')}`;
    const room = columns - right.length - 1;
    lines.push(`${left.length > room ? `${left.slice(0, Math.max(0, room - 3))}...` : left}`.padEnd(Math.max(0, columns - right.length)) + right, '');
  }
  const wrap = (text: string): string[] => text.replace(/\n$/, '').split('\n').flatMap((line) => fold(clean(line, options.has('c')), columns, options.has('w')));
  const now = wrap(what.output);
  const old = what.before === undefined || !options.has('d') ? undefined : wrap(what.before);
  for (const [i, line] of now.entries()) {
    if (lines.length >= rows) break;
    lines.push(old === undefined ? line : marked(line, old[i] ?? ''));
  }
  yield* screen.write(`\x1b[?25l\x1b[H${lines.map((line) => `${line}\x1b[K`).join('\r\n')}\x1b[J`);
}

function clean(line: string, colors: boolean): string {
  const plain = colors ? line : line.replace(/\x1b\[[\d;?]*[A-Za-z]/g, '');
  let out = '';
  for (const character of plain) out += character === '\t' ? ' '.repeat(8 - (displayWidth(out) % 8)) : character < ' ' && character !== '\x1b' ? '' : character;
  return out;
}

function fold(line: string, columns: number, cut: boolean): string[] {
  if (displayWidth(line) <= columns) return [line];
  const out: string[] = [];
  for (let rest = line; rest !== ''; rest = rest.slice(columns)) out.push(rest.slice(0, columns));
  return cut ? out.slice(0, 1) : out;
}

/** Characters that differ from before, in reverse video. */
function marked(line: string, before: string): string {
  let out = '';
  let on = false;
  for (let i = 0; i < line.length; i++) {
    const differs = line[i] !== (before[i] ?? ' ');
    if (differs !== on) out += differs ? '\x1b[7m' : '\x1b[27m';
    on = differs;
    out += line[i] as string;
  }
  return on ? `${out}\x1b[27m` : out;
}
