import type { Disk, DiskFile } from '../../engine/kernel/disk';
import { inDirectoryOrder } from './directory-order';
import type { FileSystem } from './file-system';

/** A server's disk: the file system of its machine, so that what it writes is there for `ls`, `cat` and `rm`. */
export class SystemDisk implements Disk {
  constructor(
    private readonly files: FileSystem,
    private readonly uid = 0,
  ) {}

  exists(path: string): boolean {
    return this.files.find(path) !== undefined;
  }

  list(path: string): string[] {
    const node = this.files.find(path);
    return node?.kind === 'directory' ? inDirectoryOrder([...node.entries.keys()]) : [];
  }

  makeDirectories(path: string): void {
    this.files.makeDirectories(path, 0o755, this.uid);
  }

  create(path: string): DiskFile {
    const node = this.files.find(path);
    if (node?.kind === 'regular') {
      node.replace([]);
      return node;
    }
    return this.files.createFile(path, 0o644, this.uid);
  }

  open(path: string): DiskFile | undefined {
    const node = this.files.find(path);
    return node?.kind === 'regular' ? node : undefined;
  }

  rename(from: string, to: string): void {
    this.files.rename(from, to);
  }

  remove(path: string): void {
    this.files.removeTree(path);
  }
}
