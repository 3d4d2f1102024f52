import { FileError } from './file-error';
import { type DirectoryNode, type FileNode, RegularFile } from './file-node';
import type { Device } from './open-file';
import type { Program } from './program';
import type { Storage } from './storage';
import { toBytes } from './text';

const MAX_SYMLINKS = 40;

/** What a path leads to: its directory, its name there, and the node when there is one. */
export interface Located {
  readonly parent: DirectoryNode;
  readonly name: string;
  readonly node: FileNode | undefined;
  /** The path without symbolic links. */
  readonly path: string;
}

/** Makes a path absolute and takes `.` and `..` out (without looking at symbolic links). */
export function normalisePath(path: string, cwd = '/'): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function parentPath(path: string): string {
  const at = path.lastIndexOf('/');
  return at <= 0 ? '/' : path.slice(0, at);
}

/** One tree of files. Paths are absolute; errors are FileError. Who may do what is checked by `FileAccess`, not here. */
export class FileSystem {
  readonly root: DirectoryNode;
  private nextInode = 2;

  constructor(
    readonly storage: Storage,
    readonly clock: { dateMs(): number },
  ) {
    this.root = this.newDirectory(0o755, 0);
  }

  /** Throws ENOENT for a missing parent, ENOTDIR, ELOOP. `follow` resolves a symbolic link at the end too. */
  locate(path: string, follow = true, depth = 0): Located {
    if (depth > MAX_SYMLINKS) throw new FileError('ELOOP', path);
    const parts = path.split('/').filter((part) => part !== '' && part !== '.');
    const trail: { node: DirectoryNode; name: string }[] = [{ node: this.root, name: '' }];
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] as string;
      if (part === '..') {
        if (trail.length > 1) trail.pop();
        continue;
      }
      const parent = (trail.at(-1) as { node: DirectoryNode }).node;
      const here = `${trail.map((each) => each.name).join('/')}/${part}`;
      const node = parent.entries.get(part);
      const last = i === parts.length - 1;
      if (node?.kind === 'symlink' && (!last || follow)) {
        const rest = parts.slice(i + 1).join('/');
        return this.locate(`${normalisePath(node.target, parentPath(here))}/${rest}`, follow, depth + 1);
      }
      if (last) return { parent, name: part, node, path: here };
      if (node === undefined) throw new FileError('ENOENT', path);
      if (node.kind !== 'directory') throw new FileError('ENOTDIR', path);
      trail.push({ node, name: part });
    }
    const node = (trail.at(-1) as { node: DirectoryNode }).node;
    const parent = (trail.at(-2) ?? (trail[0] as { node: DirectoryNode })).node;
    return { parent, name: (trail.at(-1) as { name: string }).name, node, path: trail.map((each) => each.name).join('/') || '/' };
  }

  /** The node, or undefined when there is none (also when a parent is missing). */
  find(path: string, follow = true): FileNode | undefined {
    try {
      return this.locate(path, follow).node;
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }

  get(path: string, follow = true): FileNode {
    const { node } = this.locate(path, follow);
    if (node === undefined) throw new FileError('ENOENT', path);
    return node;
  }

  directory(path: string): DirectoryNode {
    const node = this.get(path);
    if (node.kind !== 'directory') throw new FileError('ENOTDIR', path);
    return node;
  }

  regular(path: string): RegularFile {
    const node = this.get(path);
    if (node.kind === 'directory') throw new FileError('EISDIR', path);
    if (node.kind !== 'regular') throw new FileError('EINVAL', path);
    return node;
  }

  makeDirectory(path: string, mode = 0o755, uid = 0): DirectoryNode {
    const { parent, name, node } = this.locate(path);
    if (node !== undefined) throw new FileError('EEXIST', path);
    const directory = this.newDirectory(mode, uid);
    this.add(parent, name, directory);
    return directory;
  }

  /** `mkdir -p`. */
  makeDirectories(path: string, mode = 0o755, uid = 0): DirectoryNode {
    const parts = path.split('/').filter((part) => part !== '');
    let at = '';
    for (const part of parts) {
      at += `/${part}`;
      const node = this.find(at);
      if (node === undefined) this.makeDirectory(at, mode, uid);
      else if (node.kind !== 'directory') throw new FileError('ENOTDIR', path);
    }
    return this.directory(path === '' ? '/' : path);
  }

  /** Makes an empty file; throws EEXIST when something is there. */
  createFile(path: string, mode = 0o644, uid = 0): RegularFile {
    const { parent, name, node } = this.locate(path);
    if (node !== undefined) throw new FileError('EEXIST', path);
    if (name === '') throw new FileError('EISDIR', path);
    const file = new RegularFile(this.storage, this.clock, this.nextInode++, mode, uid, uid, this.clock.dateMs());
    this.add(parent, name, file);
    return file;
  }

  /** Writes the whole content, making the file and its directories when they are missing. For images and set-up. */
  writeFile(path: string, content: string | Uint8Array, options: { mode?: number; uid?: number } = {}): RegularFile {
    this.makeDirectories(parentPath(path), 0o755, options.uid ?? 0);
    const found = this.find(path);
    const file = found?.kind === 'regular' ? found : this.createFile(path, options.mode ?? 0o644, options.uid ?? 0);
    file.write(toBytes(content));
    return file;
  }

  /** An executable of ours; `content` is what `cat` shows. */
  installProgram(path: string, program: Program, content: string | Uint8Array = '\x7fELF'): void {
    this.writeFile(path, content, { mode: 0o755 }).program = program;
  }

  symlink(target: string, path: string, uid = 0): void {
    const { parent, name, node } = this.locate(path, false);
    if (node !== undefined) throw new FileError('EEXIST', path);
    this.add(parent, name, { kind: 'symlink', target, ...this.attributes(0o777, uid) });
  }

  link(from: string, to: string): void {
    const node = this.get(from);
    if (node.kind !== 'regular') throw new FileError('EPERM', from);
    const target = this.locate(to);
    if (target.node !== undefined) throw new FileError('EEXIST', to);
    node.links += 1;
    this.add(target.parent, target.name, node);
  }

  makeDevice(path: string, device: Device): void {
    const { parent, name } = this.locate(path, false);
    this.add(parent, name, { kind: 'device', device, ...this.attributes(0o666, 0) });
  }

  /** Removes a file or link, not a directory. */
  unlink(path: string): void {
    const { parent, name, node } = this.locate(path, false);
    if (node === undefined) throw new FileError('ENOENT', path);
    if (node.kind === 'directory') throw new FileError('EISDIR', path);
    this.drop(parent, name, node);
  }

  removeDirectory(path: string): void {
    const { parent, name, node } = this.locate(path, false);
    if (node === undefined) throw new FileError('ENOENT', path);
    if (node.kind !== 'directory') throw new FileError('ENOTDIR', path);
    if (node.entries.size > 0) throw new FileError('ENOTEMPTY', path);
    if (node === this.root) throw new FileError('EBUSY', path);
    this.drop(parent, name, node);
  }

  /** `rm -rf`; does nothing when there is none. */
  removeTree(path: string): void {
    const found = this.find(path, false);
    if (found === undefined) return;
    const { parent, name } = this.locate(path, false);
    const forget = (node: FileNode): void => {
      if (node.kind === 'directory') for (const child of node.entries.values()) forget(child);
      else if (node.kind === 'regular') node.unlinked();
    };
    forget(found);
    parent.entries.delete(name);
    parent.mtimeMs = this.clock.dateMs();
  }

  rename(from: string, to: string): void {
    const source = this.locate(from, false);
    if (source.node === undefined) throw new FileError('ENOENT', from);
    const target = this.locate(to, false);
    if (target.node === source.node) return;
    if (`${target.path}/`.startsWith(`${source.path}/`)) throw new FileError('EINVAL', to);
    if (target.node !== undefined) {
      if (target.node.kind === 'directory') {
        if (source.node.kind !== 'directory') throw new FileError('EISDIR', to);
        if (target.node.entries.size > 0) throw new FileError('ENOTEMPTY', to);
      } else if (source.node.kind === 'directory') throw new FileError('ENOTDIR', to);
      this.drop(target.parent, target.name, target.node);
    }
    source.parent.entries.delete(source.name);
    source.parent.mtimeMs = this.clock.dateMs();
    this.add(target.parent, target.name, source.node);
  }

  /** Puts one tree of another file system (a volume, a shared image directory) at a path. */
  mount(path: string, node: FileNode): void {
    this.makeDirectories(parentPath(path));
    const { parent, name } = this.locate(path, false);
    parent.entries.set(name, node);
  }

  private add(parent: DirectoryNode, name: string, node: FileNode): void {
    parent.entries.set(name, node);
    parent.mtimeMs = this.clock.dateMs();
  }

  private drop(parent: DirectoryNode, name: string, node: FileNode): void {
    parent.entries.delete(name);
    parent.mtimeMs = this.clock.dateMs();
    if (node.kind === 'regular') node.unlinked();
  }

  newDirectory(mode: number, uid: number): DirectoryNode {
    return { kind: 'directory', entries: new Map(), ...this.attributes(mode, uid) };
  }

  private attributes(mode: number, uid: number): { inode: number; mode: number; uid: number; gid: number; mtimeMs: number } {
    return { inode: this.nextInode++, mode, uid, gid: uid, mtimeMs: this.clock.dateMs() };
  }
}

