import type { Op } from '../../../engine/kernel/task';
import { COSTS } from '../../os/costs';
import type { OpenFile } from '../../os/open-file';
import { concatBytes } from '../../os/text';
import { decodeBytes } from '../byte-text';
import type { Shell } from '../execute/shell';

const BLOCK_BYTES = 4096;

export interface ReadUntil {
  /** Its byte; -1 for none. */
  readonly delimiter?: number;
  /** Stops after so many characters. */
  readonly maxCharacters?: number;
}

export interface ReadText {
  readonly text: string;
  /** The input ended before the delimiter. */
  readonly ended: boolean;
}

/** Reads up to a delimiter (a newline without other wish) and no byte further, since the next reader wants the rest. */
export function* readLine(shell: Shell, fd: number, until: ReadUntil = {}): Op<ReadText> {
  const delimiter = until.delimiter ?? 10;
  const file = shell.process.descriptor(fd);
  const parts: Uint8Array[] = [];
  const max = until.maxCharacters ?? Infinity;
  for (let characters = 0; characters < max; ) {
    const bytes = isSeekable(file) && max === Infinity ? seekingRead(file, shell, delimiter) : yield* shell.process.read(fd, 1);
    if (bytes === null) return { text: join(parts), ended: true };
    if (bytes.at(-1) === delimiter) {
      parts.push(bytes.subarray(0, -1));
      return { text: join(parts), ended: false };
    }
    parts.push(bytes);
    if (isCharacterStart(bytes[0] as number)) characters += 1;
    if (characters === max) parts.push(...(yield* restOfCharacter(shell, fd, bytes[0] as number)));
  }
  return { text: join(parts), ended: false };
}

function join(parts: readonly Uint8Array[]): string {
  return parts.length === 0 ? '' : decodeBytes(concatBytes(parts)).replaceAll('\0', '');
}

function isCharacterStart(byte: number): boolean {
  return (byte & 0xc0) !== 0x80;
}

function* restOfCharacter(shell: Shell, fd: number, first: number): Op<Uint8Array[]> {
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
  const parts: Uint8Array[] = [];
  for (let i = 0; i < more; i++) {
    const bytes = yield* shell.process.read(fd, 1);
    if (bytes === null) break;
    parts.push(bytes);
  }
  return parts;
}

interface SeekableFile extends OpenFile {
  position: number;
}

/** A file can be read in blocks and set back to what was used. */
function isSeekable(file: OpenFile): file is SeekableFile {
  return file.kind === 'regular' && 'position' in file;
}

function seekingRead(file: SeekableFile, shell: Shell, delimiter: number): Uint8Array | null {
  const start = file.position;
  const bytes = file.tryRead(BLOCK_BYTES, shell.process);
  shell.process.owe(COSTS.systemCallUs);
  if (bytes === null || bytes === undefined) return null;
  const at = bytes.indexOf(delimiter);
  if (at < 0) return bytes;
  file.position = start + at + 1;
  return bytes.subarray(0, at + 1);
}
