import type { Op } from '../../../engine/kernel/task';
import { makePipe } from '../../os/pipe';
import { forkShell } from './fork';
import { type RunStatements, runText } from './run-text';
import type { Shell } from './shell';

const HIGHEST_DESCRIPTOR = 63;

/** `<(...)` and `>(...)`: a command at the other end of a pipe that has a name, `/dev/fd/63`. */
export function* substituteProcess(shell: Shell, text: string, operator: '<' | '>', run: RunStatements): Op<string> {
  const { reader, writer } = makePipe();
  const [theirs, ours] = operator === '<' ? [writer, reader] : [reader, writer];
  const fds = new Map(shell.process.fds).set(operator === '<' ? 1 : 0, theirs);
  const process = yield* forkShell(shell, { fds, background: true }, (child) => runText(child, text, { inputName: child.inputName, run }));
  theirs.release();
  shell.lastBackgroundPid = process.pid;
  let fd = HIGHEST_DESCRIPTOR;
  while (shell.process.fds.has(fd)) fd -= 1;
  shell.process.setDescriptor(fd, ours);
  shell.processSubstitutions.push(fd);
  return `/dev/fd/${fd}`;
}

/** Closes the pipes that were opened since `keep` were open. */
export function closeProcessSubstitutions(shell: Shell, keep: number): void {
  while (shell.processSubstitutions.length > keep) shell.process.closeDescriptor(shell.processSubstitutions.pop() as number);
}
