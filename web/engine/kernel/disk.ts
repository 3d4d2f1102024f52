/** A piece of a file: bytes, or something that becomes bytes when somebody reads it (a record batch). Immutable. */
export interface Chunk {
  readonly sizeInBytes: number;
  encode(): Uint8Array;
}

/** Plain bytes as a chunk. */
export class Bytes implements Chunk {
  readonly sizeInBytes: number;

  constructor(private readonly bytes: Uint8Array) {
    this.sizeInBytes = bytes.length;
  }

  encode(): Uint8Array {
    return this.bytes;
  }
}

/** The disk is full (ENOSPC). */
export class DiskFullError extends Error {
  constructor() {
    super('No space left on device');
  }
}

/** One regular file: a list of chunks. */
export interface DiskFile {
  readonly chunks: readonly Chunk[];
  /** What `ls -l` shows: the sum of the chunks, or `allocate`d size when that is larger. */
  readonly sizeInBytes: number;
  /** Throws DiskFullError. */
  append(chunk: Chunk): void;
  /** Keeps the first `count` chunks. */
  truncate(count: number): void;
  /** Throws DiskFullError. */
  replace(chunks: readonly Chunk[]): void;
  /** Makes the file appear at least this large, as a memory-mapped index does; 0 trims it to its chunks. */
  allocate(sizeInBytes: number): void;
}

/**
 * Where brokers and ZooKeeper keep what must survive them. The machine's file system implements it, so what a server wrote can be
 * listed, read, edited and removed in a shell. Paths are absolute.
 */
export interface Disk {
  exists(path: string): boolean;
  /** Names in a directory, in the order in which the file system hands them out; empty when there is no such directory. */
  list(path: string): string[];
  makeDirectories(path: string): void;
  /** Makes an empty file, or empties the one that is there. Its directory must exist. */
  create(path: string): DiskFile;
  open(path: string): DiskFile | undefined;
  rename(from: string, to: string): void;
  /** Removes a file, or a directory with all in it; does nothing when there is none. */
  remove(path: string): void;
}

/** The whole content of a file. */
export function readFile(file: DiskFile): Uint8Array {
  const parts = file.chunks.map((chunk) => chunk.encode());
  if (parts.length === 1) return parts[0] as Uint8Array;
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
