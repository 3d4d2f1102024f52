import { FileError } from '../../os/file-error';
import type { OpenFile } from '../../os/open-file';
import { openNull } from '../../os/devices';
import { gnuProgram } from '../lib/gnu-tool';
import { quoteShell } from '../lib/quoting';
import { becomeCommand, startFailureCode } from '../lib/run-command';

/** Runs a command that SIGHUP does not end. */
export const nohup = gnuProgram({
  name: 'nohup',
  usage: ['COMMAND [ARG]...', 'OPTION'],
  about: 'Run COMMAND, ignoring hangup signals.',
  failCode: 125,
  options: { short: '+' },
  *run(tool) {
    const { process, operands } = tool;
    if (operands.length === 0) tool.usageError('missing operand');
    const fds = new Map<number, OpenFile>();
    const inputTerminal = process.isTerminal(0);
    if (inputTerminal) fds.set(0, openNull());
    if (process.isTerminal(1)) {
      try {
        fds.set(1, process.files.open('nohup.out', { write: true, create: true, append: true }));
      } catch (error) {
        if (error instanceof FileError) tool.fail(`failed to open 'nohup.out': ${error.message}`);
        throw error;
      }
      yield* tool.complain(`${inputTerminal ? 'ignoring input and ' : ''}appending output to 'nohup.out'`, 0);
    } else if (inputTerminal) yield* tool.complain('ignoring input', 0);
    if (process.isTerminal(2)) fds.set(2, fds.get(1) ?? process.descriptor(1));
    process.onSignal('SIGHUP', 'ignore');
    try {
      return yield* becomeCommand(process, operands, { fds });
    } catch (error) {
      if (error instanceof FileError) return tool.fail(`failed to run command ${quoteShell(operands[0] as string)}: ${error.message}`, startFailureCode(error));
      throw error;
    }
  },
});
