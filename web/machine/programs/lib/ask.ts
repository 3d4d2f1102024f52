import type { Op } from '../../../engine/kernel/task';
import { decodeText } from '../../os/text';
import type { GnuTool } from './gnu-tool';

/** Asks on standard error and reads a line of standard input: true when it begins with y or Y. */
export function* askYesNo(tool: GnuTool, question: string): Op<boolean> {
  yield* tool.drain();
  yield* tool.process.err(`${tool.name}: ${question}`);
  let answer = '';
  while (!answer.includes('\n')) {
    const bytes = yield* tool.process.read(0, 1);
    if (bytes === null) break;
    answer += decodeText(bytes);
  }
  return /^[yY]/.test(answer);
}
