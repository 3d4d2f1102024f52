import type { Op } from '../../engine/kernel/task';
import { makePipe } from '../os/pipe';
import type { Process } from '../os/process';
import { decodeText } from '../os/text';
import { bash } from '../shell/bash';

/** `$(eval "$command")` of a script: what the command prints, without its last newlines. */
export function* commandOutput(process: Process, command: string): Op<string> {
  const { reader, writer } = makePipe();
  const fds = new Map(process.fds);
  fds.set(1, writer);
  const child = process.spawn({ program: bash, argv: ['bash', '-c', command], fds });
  writer.release();
  let text = '';
  for (;;) {
    const bytes = yield* reader.read(65536, process);
    if (bytes === null) break;
    text += decodeText(bytes);
  }
  reader.release();
  yield* process.waitFor(child);
  return text.replace(/\n+$/, '');
}
