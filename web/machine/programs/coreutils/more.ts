import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import type { Program } from '../../os/program';
import { bytesToText, textToBytes } from '../lib/byte-text';
import { Screen } from '../lib/screen';
import { rowsOf } from './less/pager-text';

/** The pager more: a screen at a time, forwards only. */
export const more: Program = {
  name: 'more',
  *main(process) {
    const names = process.args.filter((word) => !/^[-+]./.test(word));
    if (names.length === 0 && process.isTerminal(0)) {
      yield* process.err("more: bad usage\nTry 'more --help' for more information.\n");
      return 1;
    }
    let status = 0;
    for (const name of names.length === 0 ? ['-'] : names) {
      let text: string;
      try {
        text = name === '-' ? yield* readInput(process) : bytesToText(process.files.readFile(name));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        yield* process.err(textToBytes(error.code === 'EISDIR' ? `\n*** ${name}: directory ***\n\n` : `more: cannot open ${name}: ${error.message}\n`));
        status = 1;
        continue;
      }
      if (names.length > 1) text = `::::::::::::::\n${name}\n::::::::::::::\n${text}`;
      if (!process.isTerminal(1)) yield* process.out(textToBytes(text));
      else if (yield* show(process, text)) return 0;
    }
    return status;
  },
};

function* readInput(process: Parameters<Program['main']>[0]): Op<string> {
  let text = '';
  for (let chunk = yield* process.read(0); chunk !== null; chunk = yield* process.read(0)) text += bytesToText(chunk);
  return text;
}

/** True when the reader quit. */
function* show(process: Parameters<Program['main']>[0], text: string): Op<boolean> {
  const screen = Screen.open(process, { alternate: false, signals: true });
  if (screen === undefined) return false;
  const lines = text.replace(/\n$/, '').split('\n');
  const rows = lines.flatMap((line) => rowsOf(line, { columns: screen.columns, chop: false, shift: 0, colors: true }));
  let at = 0;
  let count = screen.rows - 1;
  for (;;) {
    yield* screen.write(rows.slice(at, at + count).map((row) => `${row}\n`).join(''));
    at += count;
    if (at >= rows.length) break;
    yield* screen.write(`\x1b[7m--More--(${Math.floor((100 * at) / rows.length)}%)\x1b[27m`);
    count = 0;
    while (count === 0) {
      const key = yield* screen.key();
      if (key === 'q' || key === 'Q' || key === null) {
        yield* screen.write('\r\x1b[K');
        screen.leave();
        return true;
      }
      if (key === ' ' || key === 'f' || key === 'z' || key === 'PageDown') count = screen.rows - 1;
      else if (key === 'Enter' || key === 'j' || key === 'Down') count = 1;
      else if (key === 'd' || key === 'Ctrl+D') count = 11;
      else if (key === 'b' || key === 'Ctrl+B') {
        at = Math.max(0, at - 2 * (screen.rows - 1));
        count = screen.rows - 1;
      }
    }
    yield* screen.write('\r\x1b[K');
  }
  screen.leave();
  return false;
}
