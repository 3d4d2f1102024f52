import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import type { Process } from '../../os/process';
import { decodeBytes } from '../byte-text';
import { ExecProgram } from '../execute/control-flow';
import { runDeep } from '../execute/deep-call';
import { INTERPRETER, runStatements } from '../execute/interpreter';
import { SET_OPTIONS } from '../execute/options';
import { runText } from '../execute/run-text';
import { Shell } from '../execute/shell';
import { installSignals } from '../execute/signals';
import { becomeProgram, untilExit } from '../execute/subshell';
import { History } from '../editor/history';
import { JobTable } from '../jobs/job-table';
import { setInitialVariables } from './initial-variables';
import { runInteractive } from './interactive';
import { type Invocation, parseInvocation } from './invocation';
import { runStandardInput } from './standard-input';
import { readStartupFiles } from './startup-files';

/** The main of bash: reads its arguments and runs a command line, a script, its standard input or a session. */
export function* runBash(process: Process, version: string): Op<number> {
  const invocation = parseInvocation(process.argv, process.isTerminal(0) && process.isTerminal(2));
  const name = process.argv[0] as string;
  if (invocation.show === 'version') {
    yield* process.out(`GNU bash, version ${version}(1)-release (x86_64-pc-linux-gnu)\n`);
    return 0;
  }
  if (invocation.invalid !== undefined) {
    yield* process.err(`${name}: ${invocation.invalid}\n`);
    return 2;
  }
  const shell = makeShell(process, invocation, version);
  try {
    return yield* runDeep(untilExit(shell, (each) => runShell(each, invocation)));
  } catch (error) {
    if (!(error instanceof ExecProgram)) throw error;
    return yield* becomeProgram(shell, error);
  }
}

function makeShell(process: Process, invocation: Invocation, version: string): Shell {
  const argv0 = process.argv[0] as string;
  const shell = new Shell(process, {
    interactive: invocation.interactive,
    login: invocation.login,
    name: invocation.zero ?? argv0,
    version,
    interpreter: INTERPRETER,
    jobs: new JobTable(),
    history: new History(),
  });
  const { options } = shell;
  options.invocationFlags = (invocation.interactive ? 'i' : '') + (invocation.command !== undefined ? 'c' : '') + (invocation.command === undefined && invocation.script === undefined ? 's' : '');
  shell.isScript = invocation.script !== undefined;
  if (invocation.command !== undefined) shell.sourceName = 'environment';
  else if (invocation.script === undefined) shell.sourceName = 'main';
  for (const { name, on } of invocation.set) if (SET_OPTIONS.some((each) => each.name === name)) options.set(name, on);
  for (const { name, on } of invocation.shopt) options.setShopt(name, on);
  if (invocation.login) options.setShopt('login_shell', true);
  if (invocation.interactive && process.terminal === undefined) options.set('monitor', false);
  shell.positional = [...invocation.args];
  setInitialVariables(shell);
  installSignals(shell);
  return shell;
}

function* runShell(shell: Shell, invocation: Invocation): Op<number> {
  for (const text of shell.importedFunctions) yield* runText(shell, text, { inputName: 'environment', run: runStatements });
  if (invocation.script !== undefined && !invocation.interactive) {
    yield* readStartupFiles(shell, invocation);
    return yield* runScript(shell, invocation.script);
  }
  yield* readStartupFiles(shell, invocation);
  if (invocation.command !== undefined) return yield* runText(shell, invocation.command, { inputName: '-c', run: runStatements, discards: true });
  if (invocation.interactive) return yield* runInteractive(shell, invocation.lineEditing);
  return yield* runStandardInput(shell);
}

function* runScript(shell: Shell, path: string): Op<number> {
  let bytes: Uint8Array;
  const { process } = shell;
  const shown = process.argv[0] as string;
  try {
    if (process.files.stat(path).kind === 'directory') {
      yield* process.err(`${path}: ${path}: Is a directory\n`);
      return 126;
    }
    bytes = process.files.readFile(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    yield* process.err(`${shown}: ${path}: ${error.message}\n`);
    return error.code === 'ENOENT' ? 127 : 126;
  }
  if (bytes.subarray(0, 80).includes(0) || decodeBytes(bytes.subarray(0, 4)) === '\x7fELF') {
    yield* process.err(`${path}: ${path}: cannot execute binary file\n`);
    return 126;
  }
  return yield* runText(shell, decodeBytes(bytes), { inputName: path, run: runStatements, discards: true });
}
