import type { Chunk, Disk, DiskFile } from './disk';

class MemoryFile implements DiskFile {
  chunks: Chunk[] = [];
  private bytes = 0;
  private allocated = 0;

  get sizeInBytes(): number {
    return Math.max(this.bytes, this.allocated);
  }

  append(chunk: Chunk): void {
    this.chunks.push(chunk);
    this.bytes += chunk.sizeInBytes;
  }

  truncate(count: number): void {
    this.replace(this.chunks.slice(0, count));
  }

  replace(chunks: readonly Chunk[]): void {
    this.chunks = [...chunks];
    this.bytes = chunks.reduce((sum, chunk) => sum + chunk.sizeInBytes, 0);
  }

  allocate(sizeInBytes: number): void {
    this.allocated = sizeInBytes;
  }
}

/** A disk without a machine around it, for tests and benchmarks of the engine alone. */
export class MemoryDisk implements Disk {
  private readonly files = new Map<string, MemoryFile>();
  private readonly directories = new Set<string>(['/']);

  exists(path: string): boolean {
    return this.files.has(path) || this.directories.has(path);
  }

  list(path: string): string[] {
    const prefix = path === '/' ? '/' : `${path}/`;
    const names = new Set<string>();
    for (const key of [...this.files.keys(), ...this.directories]) {
      if (key.startsWith(prefix) && key.length > prefix.length) names.add(key.slice(prefix.length).split('/')[0] as string);
    }
    return [...names].sort();
  }

  makeDirectories(path: string): void {
    const parts = path.split('/').filter((part) => part !== '');
    for (let i = 1; i <= parts.length; i++) this.directories.add(`/${parts.slice(0, i).join('/')}`);
  }

  create(path: string): DiskFile {
    const file = new MemoryFile();
    this.files.set(path, file);
    return file;
  }

  open(path: string): DiskFile | undefined {
    return this.files.get(path);
  }

  rename(from: string, to: string): void {
    const move = (key: string): string | undefined =>
      key === from ? to : key.startsWith(`${from}/`) ? to + key.slice(from.length) : undefined;
    for (const [key, file] of [...this.files]) {
      const target = move(key);
      if (target === undefined) continue;
      this.files.delete(key);
      this.files.set(target, file);
    }
    for (const key of [...this.directories]) {
      const target = move(key);
      if (target === undefined) continue;
      this.directories.delete(key);
      this.directories.add(target);
    }
  }

  remove(path: string): void {
    for (const key of [...this.files.keys()]) if (key === path || key.startsWith(`${path}/`)) this.files.delete(key);
    for (const key of [...this.directories]) if (key === path || key.startsWith(`${path}/`)) this.directories.delete(key);
  }
}
