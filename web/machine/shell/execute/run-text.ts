import type { Statement } from 'unbash';
import type { Op } from '../../../engine/kernel/task';
import { type CommandError, type CompleteCommand, readCommand } from '../parse/command-reader';
import { encodeBytes } from '../byte-text';
import { AbortCommand } from './control-flow';
import { deep } from './deep-call';
import type { Shell } from './shell';

/** How deep `eval` and sourced files may nest when EVALNEST and SOURCENEST do not say. */
const MAX_TEXT_DEPTH = 1000;

export type RunStatements = (shell: Shell, statements: readonly Statement[]) => Op<number>;

/** Runs text command by command in this shell, as `eval`, traps and sourced files do. A syntax error ends it with status 2. */
export function runText(
  shell: Shell, text: string, options: { inputName: string; firstLine?: number; run: RunStatements; discards?: boolean },
): Op<number> {
  return deep(runCommands(shell, text, options));
}

function* runCommands(
  shell: Shell, text: string, options: { inputName: string; firstLine?: number; run: RunStatements; discards?: boolean },
): Op<number> {
  const { source, position, inputName } = shell;
  if (shell.textDepth >= MAX_TEXT_DEPTH) {
    const what = options.inputName === 'eval' ? 'eval' : 'source';
    yield* shell.error(`${what}: maximum ${what} nesting level exceeded (${MAX_TEXT_DEPTH})`);
    throw new AbortCommand(1, true);
  }
  shell.textDepth += 1;
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  shell.inputName = options.inputName;
  let status = 0;
  try {
    for (let pos = 0; ; ) {
      const command = readCommand(whole, pos, options.firstLine ?? 1, readOptions(shell));
      if (command === undefined) return status;
      if (shell.options.has('verbose')) yield* showSource(shell, whole.slice(pos, command.kind === 'error' ? undefined : command.end));
      if (command.kind === 'error') {
        yield* reportSyntaxError(shell, command);
        return command.status;
      }
      status = yield* runComplete(shell, command, options);
      pos = command.end;
    }
  } finally {
    shell.textDepth -= 1;
    shell.source = source;
    shell.position = position;
    shell.inputName = inputName;
  }
}

function* runComplete(shell: Shell, command: CompleteCommand, options: { run: RunStatements; discards?: boolean }): Op<number> {
  shell.source = command.source;
  yield* warnOpenHereDocuments(shell, command);
  try {
    return yield* options.run(shell, command.statements);
  } catch (error) {
    if (!(error instanceof AbortCommand) || error.fatal || options.discards !== true) throw error;
    shell.lastStatus = error.status;
    return error.status;
  }
}

export function readOptions(shell: Shell): { alias: (name: string) => string | undefined; extendedGlob: boolean } {
  return {
    alias: (name) => (shell.options.shopt('expand_aliases') ? shell.aliases.get(name) : undefined),
    extendedGlob: shell.options.shopt('extglob'),
  };
}

export function* showSource(shell: Shell, text: string): Op<void> {
  yield* shell.process.err(encodeBytes(text));
}

export function* warnOpenHereDocuments(shell: Shell, command: CompleteCommand): Op<void> {
  for (const each of command.openHereDocuments) {
    const place = shell.settings.interactive ? '' : `line ${each.atLine}: `;
    const reason = `here-document at line ${each.line} delimited by end-of-file (wanted \`${each.delimiter}')`;
    yield* shell.process.err(`${shell.name}: ${place}warning: ${reason}\n`);
  }
}

/** `bash: -c: line 1: syntax error ...`, and the line itself. */
export function* reportSyntaxError(shell: Shell, error: CommandError): Op<void> {
  if (error.message === '') return;
  const source = shell.frames.at(-1)?.sourceName ?? shell.name;
  const nested = shell.inputName !== source;
  if (shell.settings.interactive && !nested) {
    yield* shell.process.err(`${shell.name}: ${error.message}\n`);
    return;
  }
  const prefix = `${shell.settings.interactive ? shell.name : source}: ${nested ? `${shell.inputName}: ` : ''}line ${error.line}: `;
  yield* shell.process.err(`${prefix}${error.message}\n`);
  if (error.shownLine !== undefined) yield* shell.process.err(`${prefix}\`${error.shownLine}'\n`);
}
