import type { HereDoc, Redirect, Redirection } from 'unbash';
import type { Op } from '../../../engine/kernel/task';
import { DiskFullError } from '../../../engine/kernel/disk';
import { FileError } from '../../os/file-error';
import type { OpenFile } from '../../os/open-file';
import type { OpenFlags } from '../../os/regular-open-file';
import { encodeBytes } from '../byte-text';
import { expandToString } from '../expand/text';
import { expandWords } from '../expand/words';
import { ExecProgram } from './control-flow';
import { HereText } from './here-text';
import type { Shell } from './shell';

/** A redirection that failed; its message was printed. */
export class RedirectionFailed {}

/** Descriptors that the shell opens for itself start here. */
const FIRST_OWN_DESCRIPTOR = 10;

const FLAGS: Readonly<Record<string, OpenFlags>> = {
  '<': { read: true },
  '>': { read: false, write: true, create: true, truncate: true },
  '>|': { read: false, write: true, create: true, truncate: true },
  '&>': { read: false, write: true, create: true, truncate: true },
  '>>': { read: false, write: true, create: true, append: true },
  '&>>': { read: false, write: true, create: true, append: true },
  '<>': { read: true, write: true, create: true },
};

/** What stood at the descriptors that were redirected. */
type Saved = Map<number, OpenFile | undefined>;

/** Runs `body` with redirections in place and undoes them after it. Returns 1 when one fails (its message is printed). */
export function* withRedirections(shell: Shell, redirections: readonly Redirection[], body: () => Op<number>): Op<number> {
  if (redirections.length === 0) return yield* body();
  const saved: Saved = new Map();
  let keep = false;
  try {
    for (const each of redirections) yield* redirect(shell, each, saved);
    return yield* body();
  } catch (error) {
    if (error instanceof RedirectionFailed) return 1;
    keep = error instanceof ExecProgram;
    throw error;
  } finally {
    if (keep) for (const file of saved.values()) file?.release();
    else restore(shell, saved);
  }
}

/** Redirections that stay: `exec > file`. Throws RedirectionFailed. */
export function* redirectForGood(shell: Shell, redirections: readonly Redirection[]): Op<void> {
  const saved: Saved = new Map();
  try {
    for (const each of redirections) yield* redirect(shell, each, saved);
  } finally {
    for (const file of saved.values()) file?.release();
  }
}

function restore(shell: Shell, saved: Saved): void {
  for (const [fd, file] of [...saved].reverse()) {
    if (file === undefined) shell.process.closeDescriptor(fd);
    else shell.process.setDescriptor(fd, file);
  }
}

function save(shell: Shell, fd: number, saved: Saved): void {
  if (!saved.has(fd)) saved.set(fd, shell.process.fds.get(fd)?.retain());
}

function* redirect(shell: Shell, node: Redirection, saved: Saved): Op<void> {
  if (node.type === 'HereDoc' || node.type === 'HereString') {
    const text = node.type === 'HereDoc' ? yield* hereDocument(shell, node) : `${yield* expandToString(shell, node.target?.text ?? '')}\n`;
    place(shell, yield* descriptorOf(shell, node, 0), new HereText(encodeBytes(text)), saved);
    return;
  }
  if (node.operator === '>&' || node.operator === '<&') {
    yield* duplicate(shell, node, saved);
    return;
  }
  const path = yield* targetPath(shell, node);
  const file = yield* open(shell, path, node.operator);
  const fd = yield* descriptorOf(shell, node, node.operator.startsWith('<') ? 0 : 1);
  place(shell, fd, file, saved);
  if (node.operator.startsWith('&')) place(shell, 2, file.retain(), saved);
}

function place(shell: Shell, fd: number, file: OpenFile, saved: Saved): void {
  save(shell, fd, saved);
  shell.process.setDescriptor(fd, file);
}

function* hereDocument(shell: Shell, node: HereDoc): Op<string> {
  const text = node.operator === '<<-' ? node.body.text.replace(/^\t+/gm, '') : node.body.text;
  return node.delimiter?.quoted === true ? text : yield* expandToString(shell, text, 'here');
}

/** The descriptor in front of the operator; `{name}` gets a free one. */
function* descriptorOf(shell: Shell, node: Redirection, normal: number): Op<number> {
  const { descriptor } = node;
  if (descriptor === undefined) return normal;
  if (descriptor.type === 'FileDescriptor') return descriptor.value;
  let fd = FIRST_OWN_DESCRIPTOR;
  while (shell.process.fds.has(fd)) fd += 1;
  shell.variables.set(descriptor.name, String(fd));
  return fd;
}

function* targetPath(shell: Shell, node: Redirect): Op<string> {
  const text = node.target?.text ?? '';
  const words = yield* expandWords(shell, [text]);
  if (words.length !== 1) return yield* fail(shell, `${text}: ambiguous redirect`);
  return words[0] as string;
}

function* open(shell: Shell, path: string, operator: string): Op<OpenFile> {
  const flags = FLAGS[operator] as OpenFlags;
  const { files } = shell.process;
  try {
    if ((operator === '>' || operator === '&>') && shell.options.has('noclobber') && files.tryStat(path)?.kind === 'regular') {
      return yield* fail(shell, `${path}: cannot overwrite existing file`);
    }
    return files.open(path, flags);
  } catch (error) {
    if (error instanceof FileError || error instanceof DiskFullError) return yield* fail(shell, `${path}: ${error.message}`);
    throw error;
  }
}

function* fail(shell: Shell, message: string): Op<never> {
  yield* shell.error(message);
  throw new RedirectionFailed();
}

/** `2>&1`, `<&3`, `3>&-`, `3>&1-`, and `>& file`. */
function* duplicate(shell: Shell, node: Redirect, saved: Saved): Op<void> {
  const target = yield* targetPath(shell, node);
  const fd = yield* closingDescriptor(shell, node, target);
  if (target === '-') {
    save(shell, fd, saved);
    shell.process.closeDescriptor(fd);
    return;
  }
  const match = /^(\d+)(-?)$/.exec(target);
  if (match === null) {
    if (node.operator === '<&' || node.descriptor !== undefined) return yield* fail(shell, `${target}: ambiguous redirect`);
    const file = yield* open(shell, target, '&>');
    place(shell, 1, file, saved);
    place(shell, 2, file.retain(), saved);
    return;
  }
  const from = Number(match[1]);
  const file = shell.process.fds.get(from);
  if (file === undefined) return yield* fail(shell, `${from}: Bad file descriptor`);
  if (from !== fd) place(shell, fd, file.retain(), saved);
  if (match[2] === '-' && from !== fd) {
    save(shell, from, saved);
    shell.process.closeDescriptor(from);
  }
}

/** `{fd}>&-` closes the descriptor that the variable holds. */
function* closingDescriptor(shell: Shell, node: Redirect, target: string): Op<number> {
  if (target === '-' && node.descriptor?.type === 'FileDescriptorVariable') {
    return Number(shell.variables.get(node.descriptor.name) ?? -1);
  }
  return yield* descriptorOf(shell, node, node.operator === '<&' ? 0 : 1);
}
