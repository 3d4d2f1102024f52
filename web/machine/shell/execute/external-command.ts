import { FileError } from '../../os/file-error';
import type { Program } from '../../os/program';
import { decodeText } from '../../os/text';
import type { Op } from '../../../engine/kernel/task';
import { controlledTerminal, waitForeground } from '../jobs/foreground';
import { commandText } from '../print/command-text';
import { findProgram } from './command-search';
import { ExecProgram } from './control-flow';
import { startProgram } from './fork';
import type { Shell } from './shell';

const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

interface Executable {
  readonly path: string;
  readonly program: Program;
  readonly argv: readonly string[];
}

/** Runs a program and waits for it; with `exec` this process becomes the program (throws ExecProgram). Prints bash's message when it cannot. */
export function* runExternal(
  shell: Shell,
  words: readonly string[],
  options: { exec: boolean; standardPath?: boolean; argv0?: string; env?: ReadonlyMap<string, string>; asBuiltin?: boolean },
): Op<number> {
  const found = yield* resolve(shell, words, options);
  if (typeof found === 'number') return found;
  const env = new Map(options.env ?? shell.environment());
  if (options.env === undefined) env.set('_', found.path);
  if (options.exec) throw new ExecProgram(found.program, found.argv, env);
  const own = shell.options.has('monitor');
  const process = yield* startProgram(shell, { ...found, env }, { group: own ? 'new' : undefined });
  const text = shell.command === undefined ? words.join(' ') : commandText(shell.command.source, shell.command.node);
  const job = shell.jobs.add([{ process, text }], text, { pgid: controlledTerminal(shell) === undefined ? undefined : process.pid, foreground: true });
  return yield* waitForeground(shell, job);
}

function* resolve(
  shell: Shell, words: readonly string[], options: { standardPath?: boolean; argv0?: string; asBuiltin?: boolean },
): Op<Executable | number> {
  const name = words[0] as string;
  const path = name === '' ? undefined : findProgram(shell, name, options.standardPath);
  if (path === undefined) {
    const handler = shell.functions.get('command_not_found_handle');
    if (handler !== undefined) return yield* shell.interpreter.callFunction(shell, handler, words);
    yield* shell.error(options.asBuiltin === true ? `exec: ${name}: not found` : `${name}: command not found`);
    return NOT_FOUND;
  }
  const node = shell.process.files.tryStat(path);
  if (node?.kind === 'directory') {
    yield* shell.error(`${name}: Is a directory`);
    return NOT_EXECUTABLE;
  }
  const argv = [options.argv0 ?? name, ...words.slice(1)];
  try {
    return { path, ...shell.process.machine.resolveExecutable(path, argv, shell.process) };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return yield* notExecutable(shell, path, argv, error);
  }
}

function* notExecutable(shell: Shell, path: string, argv: readonly string[], error: FileError): Op<Executable | number> {
  const shown = argv[0]?.includes('/') === true ? argv[0] : path;
  if (error.code === 'ENOEXEC') {
    const text = decodeText(shell.process.files.readFile(path).subarray(0, 80));
    if (!text.includes('\0') && !text.startsWith('\x7fELF')) return { path, program: shell.process.program, argv: [shell.name, path, ...argv.slice(1)] };
    yield* shell.error(`${shown}: cannot execute binary file: Exec format error`);
    return NOT_EXECUTABLE;
  }
  if (error.code === 'ENOENT' && shell.process.files.tryStat(path) !== undefined) {
    yield* shell.error(`${shown}: cannot execute: required file not found`);
    return NOT_FOUND;
  }
  yield* shell.error(`${shown}: ${error.message}`);
  return error.code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE;
}
