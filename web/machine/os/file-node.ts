import { Bytes, type Chunk, type DiskFile, readFile } from '../../engine/kernel/disk';
import type { Device } from './open-file';
import type { Program } from './program';
import type { Storage } from './storage';

/** What every entry of a file system has. */
export interface NodeAttributes {
  readonly inode: number;
  /** Permission bits only, such as 0o644. */
  mode: number;
  uid: number;
  gid: number;
  mtimeMs: number;
}

export interface DirectoryNode extends NodeAttributes {
  readonly kind: 'directory';
  readonly entries: Map<string, FileNode>;
}

export interface SymlinkNode extends NodeAttributes {
  readonly kind: 'symlink';
  readonly target: string;
}

export interface DeviceNode extends NodeAttributes {
  readonly kind: 'device';
  readonly device: Device;
}

export interface FifoNode extends NodeAttributes {
  readonly kind: 'fifo';
}

export type FileNode = DirectoryNode | RegularFile | SymlinkNode | DeviceNode | FifoNode;

/** A regular file: chunks that become bytes when somebody reads them; `program` makes it an executable of ours. */
export class RegularFile implements NodeAttributes, DiskFile {
  readonly kind = 'regular';
  chunks: Chunk[] = [];
  program: Program | undefined;
  private bytes = 0;
  private allocated = 0;
  /** Names that lead here; content is given back when the last goes. */
  links = 1;

  constructor(
    private readonly storage: Storage,
    private readonly clock: { dateMs(): number },
    readonly inode: number,
    public mode: number,
    public uid: number,
    public gid: number,
    public mtimeMs: number,
  ) {}

  get sizeInBytes(): number {
    return Math.max(this.bytes, this.allocated);
  }

  /** Bytes that were written, preallocation apart. */
  get writtenBytes(): number {
    return this.bytes;
  }

  /** Throws DiskFullError. */
  append(chunk: Chunk): void {
    this.storage.take(chunk.sizeInBytes);
    this.chunks.push(chunk);
    this.bytes += chunk.sizeInBytes;
    this.mtimeMs = this.clock.dateMs();
  }

  truncate(count: number): void {
    this.replace(this.chunks.slice(0, count));
  }

  /** Throws DiskFullError. */
  replace(chunks: readonly Chunk[]): void {
    const size = chunks.reduce((sum, chunk) => sum + chunk.sizeInBytes, 0);
    if (size > this.bytes) this.storage.take(size - this.bytes);
    else this.storage.give(this.bytes - size);
    this.chunks = [...chunks];
    this.bytes = size;
    this.mtimeMs = this.clock.dateMs();
  }

  allocate(sizeInBytes: number): void {
    this.allocated = sizeInBytes;
  }

  read(): Uint8Array {
    return readFile(this);
  }

  /** Throws DiskFullError. */
  write(bytes: Uint8Array): void {
    this.replace(bytes.length === 0 ? [] : [new Bytes(bytes)]);
  }

  unlinked(): void {
    this.links -= 1;
    if (this.links > 0) return;
    this.storage.give(this.bytes);
    this.chunks = [];
    this.bytes = 0;
  }
}
