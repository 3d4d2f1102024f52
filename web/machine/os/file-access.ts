import { FileError } from './file-error';
import type { DirectoryNode, FileNode, RegularFile } from './file-node';
import { type FileSystem, normalisePath } from './file-system';
import { type OpenFlags, RegularOpenFile } from './regular-open-file';
import type { OpenFile } from './open-file';
import type { Process } from './process';
import { toBytes } from './text';

const READ = 4;
const WRITE = 2;
const EXECUTE = 1;

/**
 * The file system as one process sees it: relative paths start at its working directory, and permissions are checked for its user.
 * Every method throws FileError (and DiskFullError where it writes).
 */
export class FileAccess {
  constructor(
    private readonly files: FileSystem,
    private readonly process: Process,
  ) {}

  /** Absolute, without `.` and `..`. */
  resolve(path: string): string {
    return normalisePath(path, this.process.cwd);
  }

  /** The node; ENOENT for an empty path. A trailing slash asks for a directory. */
  stat(path: string, follow = true): FileNode {
    if (path === '') throw new FileError('ENOENT', path);
    const node = this.files.get(this.absolute(path), follow || path.endsWith('/'));
    this.checkSearch(path);
    if (path.endsWith('/') && node.kind !== 'directory') throw new FileError('ENOTDIR', path);
    return node;
  }

  exists(path: string): boolean {
    return this.tryStat(path) !== undefined;
  }

  tryStat(path: string, follow = true): FileNode | undefined {
    try {
      return this.stat(path, follow);
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }

  may(node: FileNode, permission: 'read' | 'write' | 'execute'): boolean {
    const bit = permission === 'read' ? READ : permission === 'write' ? WRITE : EXECUTE;
    const { uid } = this.process;
    if (uid === 0) return permission !== 'execute' || node.kind === 'directory' || (node.mode & 0o111) !== 0;
    const shift = node.uid === uid ? 6 : node.gid === uid ? 3 : 0;
    return ((node.mode >> shift) & bit) !== 0;
  }

  /** Names, sorted by their bytes, `.` and `..` not among them. */
  list(path: string): string[] {
    const node = this.stat(path);
    if (node.kind !== 'directory') throw new FileError('ENOTDIR', path);
    this.check(node, 'read', path);
    return [...node.entries.keys()].sort();
  }

  readFile(path: string): Uint8Array {
    const node = this.stat(path);
    this.check(node, 'read', path);
    if (node.kind === 'directory') throw new FileError('EISDIR', path);
    if (node.kind !== 'regular') throw new FileError('EINVAL', path);
    return node.read();
  }

  writeFile(path: string, content: string | Uint8Array): void {
    this.openRegular(path, { write: true, create: true, truncate: true }).file.write(toBytes(content));
  }

  /** Opens a file or a device. */
  open(path: string, flags: OpenFlags): OpenFile {
    const node = this.tryStat(path);
    if (node?.kind === 'device') {
      this.check(node, flags.write === true ? 'write' : 'read', path);
      return node.device.open(this.process);
    }
    return this.openRegular(path, flags);
  }

  openRegular(path: string, flags: OpenFlags): RegularOpenFile {
    if (path === '') throw new FileError('ENOENT', path);
    const located = this.files.locate(this.absolute(path));
    let { node } = located;
    if (node === undefined) {
      if (flags.create !== true) throw new FileError('ENOENT', path);
      if (path.endsWith('/')) throw new FileError('EISDIR', path);
      this.check(located.parent, 'write', path);
      node = this.files.createFile(this.absolute(path), 0o666 & ~this.process.umask, this.process.uid);
    } else if (flags.exclusive === true) throw new FileError('EEXIST', path);
    if (node.kind === 'directory') throw new FileError('EISDIR', path);
    if (node.kind !== 'regular') throw new FileError('ENXIO', path);
    if (flags.write === true) this.check(node, 'write', path);
    if (flags.read !== false && flags.write !== true) this.check(node, 'read', path);
    if (flags.truncate === true) node.replace([]);
    return new RegularOpenFile(node, this.resolve(path), flags);
  }

  makeDirectory(path: string, mode = 0o777): DirectoryNode {
    const absolute = this.absolute(path);
    const located = this.files.locate(absolute);
    if (located.node !== undefined) throw new FileError('EEXIST', path);
    this.check(located.parent, 'write', path);
    return this.files.makeDirectory(absolute, mode & ~this.process.umask, this.process.uid);
  }

  unlink(path: string): void {
    this.checkEntry(path);
    this.files.unlink(this.absolute(path));
  }

  removeDirectory(path: string): void {
    this.checkEntry(path);
    this.files.removeDirectory(this.absolute(path));
  }

  rename(from: string, to: string): void {
    this.checkEntry(from);
    this.check(this.files.locate(this.absolute(to), false).parent, 'write', to);
    this.files.rename(this.absolute(from), this.absolute(to));
  }

  symlink(target: string, path: string): void {
    this.check(this.files.locate(this.absolute(path), false).parent, 'write', path);
    this.files.symlink(target, this.absolute(path), this.process.uid);
  }

  link(from: string, to: string): void {
    this.check(this.files.locate(this.absolute(to), false).parent, 'write', to);
    this.files.link(this.absolute(from), this.absolute(to));
  }

  changeMode(path: string, mode: number): void {
    const node = this.stat(path);
    if (this.process.uid !== 0 && this.process.uid !== node.uid) throw new FileError('EPERM', path);
    node.mode = mode;
  }

  /** `readlink -f`: the path without symbolic links. */
  realPath(path: string): string {
    const located = this.files.locate(this.absolute(path));
    return located.path;
  }

  /** The regular file to execute; EACCES without permission, EISDIR never (bash says so itself). */
  executable(path: string): RegularFile {
    const node = this.stat(path);
    if (node.kind !== 'regular' || !this.may(node, 'execute')) throw new FileError('EACCES', path);
    return node;
  }

  /** Absolute, with `..` left to the file system, which follows symbolic links first. */
  private absolute(path: string): string {
    return path.startsWith('/') ? path : `${this.process.cwd}/${path}`;
  }

  private check(node: FileNode, permission: 'read' | 'write' | 'execute', path: string): void {
    if (!this.may(node, permission)) throw new FileError('EACCES', path);
  }

  /** The directories above must be searchable. */
  private checkSearch(path: string): void {
    if (this.process.uid === 0) return;
    const parts = this.resolve(path).split('/').filter((part) => part !== '');
    for (let i = 0; i < parts.length; i++) {
      const above = this.files.find(`/${parts.slice(0, i).join('/')}`);
      if (above?.kind === 'directory' && !this.may(above, 'execute')) throw new FileError('EACCES', path);
    }
  }

  private checkEntry(path: string): void {
    const { parent, node } = this.files.locate(this.absolute(path), false);
    if (node === undefined) throw new FileError('ENOENT', path);
    this.check(parent, 'write', path);
    const sticky = (parent.mode & 0o1000) !== 0;
    if (sticky && this.process.uid !== 0 && node.uid !== this.process.uid && parent.uid !== this.process.uid) throw new FileError('EPERM', path);
  }
}
