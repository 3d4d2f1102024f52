import type { Coproc } from 'unbash';
import type { Op } from '../../../engine/kernel/task';
import { makePipe } from '../../os/pipe';
import { commandText } from '../print/command-text';
import { IndexedArray } from '../variables/arrays';
import { forkShell } from './fork';
import type { Shell } from './shell';

const FIRST_DESCRIPTOR = 60;

/** `coproc NAME { ...; }`: a background job whose input and output are `${NAME[1]}` and `${NAME[0]}`. */
export function* runCoprocess(shell: Shell, node: Coproc): Op<number> {
  const name = node.name?.text ?? 'COPROC';
  const toChild = makePipe();
  const fromChild = makePipe();
  const fds = new Map(shell.process.fds).set(0, toChild.reader).set(1, fromChild.writer);
  const { body } = node;
  const process = yield* forkShell(shell, { fds, background: true, group: shell.options.has('monitor') ? 'new' : undefined }, (child) =>
    body.type === 'CompoundList' ? child.interpreter.runList(child, body) : child.interpreter.runStage(child, body),
  );
  toChild.reader.release();
  fromChild.writer.release();
  const read = place(shell, fromChild.reader);
  const write = place(shell, toChild.writer);
  const variable = shell.variables.global(name);
  variable.array = IndexedArray.of([String(read), String(write)]);
  shell.variables.set(`${name}_PID`, String(process.pid));
  shell.lastBackgroundPid = process.pid;
  const text = commandText(shell.source, node);
  const job = shell.jobs.add([{ process, text }], text, { pgid: process.pgid, foreground: false });
  if (shell.interactive) yield* shell.process.err(`[${job.number}] ${process.pid}\n`);
  return 0;
}

function place(shell: Shell, file: ReturnType<typeof makePipe>['reader']): number {
  let fd = FIRST_DESCRIPTOR;
  while (shell.process.fds.has(fd)) fd -= 1;
  shell.process.setDescriptor(fd, file);
  return fd;
}
