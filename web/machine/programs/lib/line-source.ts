import type { Op } from '../../../engine/kernel/task';
import type { Process } from '../../os/process';
import { concatBytes } from '../../os/text';
import { bytesToText } from './byte-text';

const NEWLINE = 10;

/** The lines of a descriptor, all that a chunk completed at once: programs stay fast on long inputs and prompt on slow ones. */
export class LineSource {
  private pending: Uint8Array[] = [];
  private ended = false;
  /** True once the last line turned out to have no delimiter. */
  missingDelimiter = false;

  constructor(
    private readonly process: Process,
    private readonly fd: number,
    private readonly delimiter = NEWLINE,
    private readonly decode: (bytes: Uint8Array) => string = bytesToText,
  ) {}

  /** The next lines, without their delimiters; null at the end. */
  *batch(): Op<string[] | null> {
    while (!this.ended) {
      const chunk = yield* this.process.read(this.fd);
      if (chunk === null) {
        this.ended = true;
        if (this.pending.length === 0) return null;
        this.missingDelimiter = true;
        const rest = this.decode(concatBytes(this.pending));
        this.pending = [];
        return [rest];
      }
      const end = chunk.lastIndexOf(this.delimiter);
      if (end < 0) {
        if (chunk.length > 0) this.pending.push(chunk);
        continue;
      }
      this.pending.push(chunk.subarray(0, end));
      const text = this.decode(concatBytes(this.pending));
      this.pending = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
      return text.split(String.fromCharCode(this.delimiter));
    }
    return null;
  }

  /** All lines that are left. */
  *all(): Op<string[]> {
    const lines: string[] = [];
    for (let batch = yield* this.batch(); batch !== null; batch = yield* this.batch()) for (const line of batch) lines.push(line);
    return lines;
  }
}
