import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteLocale, quoteShell } from '../lib/quoting';

/** Changes owner and group. Simplified: a group has the name and number of its user. */
export const chown = gnuProgram({
  name: 'chown',
  usage: ['[OPTION]... [OWNER][:[GROUP]] FILE...', '[OPTION]... --reference=RFILE FILE...'],
  about: 'Change the owner and/or group of each FILE to OWNER and/or GROUP.',
  options: { short: 'cfvhRHLP', long: { changes: 'c', quiet: 'f', silent: 'f', verbose: 'v', recursive: 'R', 'no-dereference': 'h' } },
  *run(tool) {
    const [owner, ...paths] = tool.operands;
    if (owner === undefined) tool.usageError('missing operand');
    if (paths.length === 0) tool.usageError(`missing operand after ${quoteLocale(owner as string)}`);
    const match = /^([^:.]*)(?:[:.](.*))?$/.exec(owner as string) as RegExpExecArray;
    const uid = match[1] === '' ? undefined : idOf(tool, match[1] as string, `invalid user: ${quoteLocale(owner as string)}`);
    const gid = match[2] === undefined || match[2] === '' ? (match[2] === '' ? uid : undefined) : idOf(tool, match[2], `invalid group: ${quoteLocale(owner as string)}`);
    for (const path of paths) yield* change(tool, path, { uid, gid });
  },
});

function idOf(tool: GnuTool, name: string, complaint: string): number {
  for (const [uid, user] of tool.process.machine.users) if (user.name === name) return uid;
  return /^\d+$/.test(name) ? Number(name) : tool.fail(complaint);
}

function* change(tool: GnuTool, path: string, to: { uid: number | undefined; gid: number | undefined }): Op<void> {
  const { files, uid } = tool.process;
  try {
    const node = files.stat(path);
    if (uid !== 0 && ((to.uid ?? node.uid) !== node.uid || (to.gid ?? node.gid) !== node.gid || node.uid !== uid)) throw new FileError('EPERM');
    node.uid = to.uid ?? node.uid;
    node.gid = to.gid ?? node.gid;
    if (tool.options.has('R') && node.kind === 'directory') for (const name of files.list(path)) yield* change(tool, `${path}/${name}`, to);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    yield* tool.complain(error.code === 'EPERM' ? `changing ownership of ${quoteShell(path)}: ${error.message}` : `cannot access ${quoteShell(path)}: ${error.message}`);
  }
}
