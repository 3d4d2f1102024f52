import type { Op } from '../../../engine/kernel/task';
import { AbortCommand, ReturnFrom } from '../execute/control-flow';
import { FileError } from '../../os/file-error';
import { decodeBytes } from '../byte-text';
import { expandToString } from '../expand/text';
import type { Shell } from '../execute/shell';
import type { Invocation } from './invocation';

/** Reads what a shell reads when it starts: profile files for a login shell, `.bashrc` for an interactive one, `$BASH_ENV` for a script. */
export function* readStartupFiles(shell: Shell, invocation: Invocation): Op<void> {
  const home = shell.variables.get('HOME') ?? '';
  if (invocation.login) {
    if (!invocation.readsProfile) return;
    yield* readFile(shell, '/etc/profile');
    for (const name of ['.bash_profile', '.bash_login', '.profile']) {
      if (yield* readFile(shell, `${home}/${name}`)) return;
    }
    return;
  }
  if (shell.interactive) {
    if (!invocation.readsRc) return;
    if (invocation.rcFile === undefined) yield* readFile(shell, '/etc/bash.bashrc');
    yield* readFile(shell, invocation.rcFile ?? `${home}/.bashrc`);
    return;
  }
  const environment = shell.variables.get('BASH_ENV');
  if (environment !== undefined && environment !== '') yield* readFile(shell, yield* expandToString(shell, environment, 'here'));
}

/** Runs a file in the shell; false when there is none. */
export function* readFile(shell: Shell, path: string): Op<boolean> {
  let text: string;
  try {
    text = decodeBytes(shell.process.files.readFile(path));
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
  const { sourceName } = shell;
  shell.frames.push({ name: 'source', sourceName: path, callLine: 0 });
  shell.sourceName = path;
  try {
    yield* shell.interpreter.runText(shell, text, path);
  } catch (error) {
    if (!(error instanceof ReturnFrom || error instanceof AbortCommand)) throw error;
  } finally {
    shell.frames.pop();
    shell.sourceName = sourceName;
  }
  return true;
}
