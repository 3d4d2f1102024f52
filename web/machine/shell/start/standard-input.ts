import type { Op } from '../../../engine/kernel/task';
import { readLine } from '../builtins/line-reader';
import { AbortCommand } from '../execute/control-flow';
import { runStatements } from '../execute/interpreter';
import { readOptions, reportSyntaxError, showSource, warnOpenHereDocuments } from '../execute/run-text';
import type { Shell } from '../execute/shell';
import { readCommand } from '../parse/command-reader';

/** Reads commands from standard input, no byte further than it needs: what follows is theirs to read. */
export function* runStandardInput(shell: Shell): Op<number> {
  shell.textDepth = 1;
  let text = '';
  let firstLine = 1;
  let line = 0;
  let status = 0;
  for (;;) {
    const next = yield* readLine(shell, 0);
    const ended = next.ended;
    if (!ended || next.text !== '') {
      text += `${next.text}\n`;
      line += 1;
      if (shell.options.has('verbose')) yield* showSource(shell, `${next.text}\n`);
    }
    if (ended && text.trim() === '') return status;
    const command = readCommand(text, 0, firstLine, readOptions(shell));
    const more = command !== undefined && (command.kind === 'error' ? command.incomplete : command.openHereDocuments.length > 0);
    if (more && !ended) continue;
    if (command?.kind === 'error') {
      yield* reportSyntaxError(shell, command);
      return command.status;
    }
    text = '';
    firstLine = line + 1;
    if (command !== undefined) {
      shell.source = command.source;
      yield* warnOpenHereDocuments(shell, command);
      try {
        status = yield* runStatements(shell, command.statements);
      } catch (error) {
        if (!(error instanceof AbortCommand) || error.fatal) throw error;
        status = error.status;
      }
      shell.lastStatus = status;
    }
    if (ended) return status;
  }
}
