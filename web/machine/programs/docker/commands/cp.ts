import { prepareFiles } from '../../../docker/container-files';
import type { Container } from '../../../docker/container';
import type { DockerEngine } from '../../../docker/docker-engine';
import { type FileSystem, baseName, normalisePath } from '../../../os/file-system';
import type { FileNode } from '../../../os/file-node';
import { type DockerCommand, StatusError } from '../cli/docker-command';

interface Place {
  readonly files: FileSystem;
  readonly path: string;
  readonly container: Container | undefined;
  readonly uid: number;
}

/**
 * `docker cp`.
 *
 * Simplified: `-` (a tar archive on standard input or output) is not simulated.
 */
export const cp: DockerCommand = {
  use: 'cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH',
  short: 'Copy files/folders between a container and the local filesystem',
  args: { min: 2, max: 2 },
  flags: [
    { name: 'archive', short: 'a', kind: 'bool', usage: 'Archive mode (copy all uid/gid information)' },
    { name: 'follow-link', short: 'L', kind: 'bool', usage: 'Always follow symbol link in SRC_PATH' },
  ],
  completes: 'container',
  *run({ process, engine, args }) {
    const [from, to] = args.map((word) => placeOf(engine, word, process.cwd, process.uid)) as [Place, Place];
    if (from.container !== undefined && to.container !== undefined) throw new StatusError('copying between containers is not supported', 1);
    if (from.container === undefined && to.container === undefined) throw new StatusError('must specify at least one container source', 1);
    if (args.includes('-')) throw new StatusError('docker cp with a tar archive is not simulated yet.', 1);
    const source = from.files.find(from.path);
    if (source === undefined) {
      throw from.container === undefined
        ? new StatusError(`lstat ${from.path}: no such file or directory`, 1)
        : new StatusError(`Error: No such container:path: ${args[0] as string}`, 1);
    }
    const target = to.files.find(to.path);
    const into = target?.kind === 'directory' ? `${to.path === '/' ? '' : to.path}/${baseName(from.path)}` : to.path;
    if (target === undefined && to.files.find(to.path.replace(/\/[^/]*$/, '') || '/') === undefined) throw new StatusError(to.container === undefined ? `invalid output path: directory "${to.path.replace(/\/[^/]*$/, '')}" does not exist` : `Error: No such container:path: ${args[1] as string}`, 1);
    copy(source, to.files, into, to.uid);
    yield* process.sleep(5000);
    return 0;
  },
};

function placeOf(engine: DockerEngine, word: string, cwd: string, uid: number): Place {
  const at = word.indexOf(':');
  if (at <= 0 || word.startsWith('/') || word.startsWith('.')) return { files: engine.laptop.files, path: normalisePath(word, cwd), container: undefined, uid };
  const container = engine.findContainer(word.slice(0, at));
  if (container === undefined) throw new StatusError(`Error: No such container:path: ${word}`, 1);
  prepareFiles(container, engine.laptop.files);
  return { files: container.machine.files, path: normalisePath(word.slice(at + 1), '/'), container, uid: 0 };
}

function copy(node: FileNode, files: FileSystem, path: string, uid: number): void {
  if (node.kind === 'directory') {
    files.makeDirectories(path, node.mode, uid);
    for (const [name, child] of node.entries) copy(child, files, `${path}/${name}`, uid);
  } else if (node.kind === 'symlink') files.symlink(node.target, path, uid);
  else if (node.kind === 'regular') {
    const copied = files.writeFile(path, node.read(), { mode: node.mode, uid });
    copied.program = node.program;
  }
}
