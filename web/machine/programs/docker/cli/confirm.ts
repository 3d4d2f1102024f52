import type { Op } from '../../../../engine/kernel/task';
import type { Process } from '../../../os/process';
import { decodeText } from '../../../os/text';

/** One line of standard input, without its newline; what there is at the end of input. */
export function* readLine(process: Process): Op<string> {
  let line = '';
  for (;;) {
    const bytes = yield* process.read(0, 1);
    if (bytes === null) return line;
    const text = decodeText(bytes);
    if (text === '\n') return line;
    line += text;
  }
}

/** Asks `Are you sure you want to continue? [y/N]` and hears `y`. */
export function* confirm(process: Process, message: string): Op<boolean> {
  yield* process.out(`${message} [y/N] `);
  return (yield* readLine(process)).trim().toLowerCase() === 'y';
}
