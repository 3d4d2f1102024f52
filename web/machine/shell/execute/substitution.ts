import type { Op } from '../../../engine/kernel/task';
import { exitCodeOf } from '../../os/exit-status';
import { makePipe } from '../../os/pipe';
import { concatBytes } from '../../os/text';
import { decodeBytes } from '../byte-text';
import { expandToString } from '../expand/text';
import { AbortCommand } from './control-flow';
import { deep } from './deep-call';
import { forkShell } from './fork';
import { type RunStatements, reportSyntaxError, readOptions } from './run-text';
import type { Shell } from './shell';
import { readCommand } from '../parse/command-reader';
import { runStage } from './pipeline';

const READ_BYTES = 65536;

/** `$(...)` and backquotes: a subshell's output, without the newlines at its end. */
export function substitute(shell: Shell, text: string, backquoted: boolean, run: RunStatements): Op<string> {
  return deep(collect(shell, text, backquoted, run));
}

function* collect(shell: Shell, text: string, backquoted: boolean, run: RunStatements): Op<string> {
  const file = /^\s*<\s*(\S+)\s*$/.exec(text);
  if (file !== null && !/[;&|]/.test(text)) return yield* readFile(shell, file[1] as string);
  const { reader, writer } = makePipe();
  const fds = new Map(shell.process.fds).set(1, writer);
  const process = yield* forkShell(shell, { fds }, (child) => runSubstitution(child, text, backquoted, run));
  writer.release();
  const chunks: Uint8Array[] = [];
  for (;;) {
    const bytes = reader.tryRead(READ_BYTES, shell.process) ?? (yield* waitRead(shell, reader));
    if (bytes === null) break;
    chunks.push(bytes);
  }
  reader.release();
  const status = yield* shell.process.waitFor(process);
  shell.substitutionStatus = exitCodeOf(status);
  shell.lastStatus = shell.substitutionStatus;
  return yield* outputText(shell, chunks);
}

function* waitRead(shell: Shell, reader: ReturnType<typeof makePipe>['reader']): Op<Uint8Array | null> {
  return yield* reader.read(READ_BYTES, shell.process);
}

function* outputText(shell: Shell, chunks: readonly Uint8Array[]): Op<string> {
  if (chunks.length === 0) return '';
  const text = decodeBytes(concatBytes(chunks));
  if (!text.includes('\0')) return text.replace(/\n+$/, '');
  yield* shell.process.err(`${shell.messagePrefix}warning: command substitution: ignored null byte in input\n`);
  return text.replaceAll('\0', '').replace(/\n+$/, '');
}

/** A single command may become its program; everything else runs as a list. */
function* runSubstitution(shell: Shell, text: string, backquoted: boolean, run: RunStatements): Op<number> {
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  if (!shell.options.shopt('inherit_errexit') && !shell.options.has('posix')) shell.options.set('errexit', false);
  const firstLine = backquoted ? 1 : shell.line;
  if (backquoted) shell.inputName = 'command substitution';
  shell.textDepth += 1;
  let status = 0;
  for (let pos = 0; ; ) {
    const command = readCommand(whole, pos, firstLine, readOptions(shell));
    if (command === undefined) return status;
    if (command.kind === 'error') {
      yield* reportSyntaxError(shell, command);
      return 2;
    }
    shell.source = command.source;
    const only = command.statements.length === 1 && whole.slice(command.end).trim() === '' ? command.statements[0] : undefined;
    if (only?.command.type === 'Command' && only.background !== true) return yield* runStage(shell, only.command);
    status = yield* run(shell, command.statements);
    pos = command.end;
  }
}

/** `$(< file)`. */
function* readFile(shell: Shell, word: string): Op<string> {
  const path = yield* expandToString(shell, word);
  try {
    const text = decodeBytes(shell.process.files.readFile(path));
    shell.substitutionStatus = 0;
    return text.replaceAll('\0', '').replace(/\n+$/, '');
  } catch (error) {
    if (error instanceof AbortCommand || !(error instanceof Error)) throw error;
    yield* shell.error(`${path}: ${error.message}`);
    shell.substitutionStatus = 1;
    return '';
  }
}
