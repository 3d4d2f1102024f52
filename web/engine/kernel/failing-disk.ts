import { type Chunk, type Disk, type DiskFile, DiskFullError } from './disk';
import { MemoryDisk } from './memory-disk';

/** What a file system says when a directory is missing. */
class MissingError extends Error {
  readonly code = 'ENOENT';

  constructor(readonly path: string) {
    super('No such file or directory');
  }
}

/** For tests: a memory disk that is full, or lacks a directory, wherever `isFull` and `isGone` say so, from one moment to the next. */
export class FailingDisk implements Disk {
  isFull: (path: string) => boolean = () => false;
  isGone: (path: string) => boolean = () => false;
  private readonly disk = new MemoryDisk();

  exists(path: string): boolean {
    return this.disk.exists(path);
  }

  list(path: string): string[] {
    return this.disk.list(path);
  }

  makeDirectories(path: string): void {
    this.disk.makeDirectories(path);
  }

  create(path: string): DiskFile {
    this.check(path);
    if (this.isGone(path)) throw new MissingError(path);
    return new FailingFile(this.disk.create(path), () => this.check(path));
  }

  open(path: string): DiskFile | undefined {
    const file = this.isGone(path) ? undefined : this.disk.open(path);
    return file === undefined ? undefined : new FailingFile(file, () => this.check(path));
  }

  rename(from: string, to: string): void {
    this.disk.rename(from, to);
  }

  remove(path: string): void {
    this.disk.remove(path);
  }

  private check(path: string): void {
    if (this.isFull(path)) throw new DiskFullError();
  }
}

class FailingFile implements DiskFile {
  constructor(
    private readonly file: DiskFile,
    private readonly check: () => void,
  ) {}

  get chunks(): readonly Chunk[] {
    return this.file.chunks;
  }

  get sizeInBytes(): number {
    return this.file.sizeInBytes;
  }

  append(chunk: Chunk): void {
    this.check();
    this.file.append(chunk);
  }

  truncate(count: number): void {
    this.file.truncate(count);
  }

  replace(chunks: readonly Chunk[]): void {
    this.check();
    this.file.replace(chunks);
  }

  allocate(sizeInBytes: number): void {
    this.file.allocate(sizeInBytes);
  }
}
