import type { AndOr, CommandNode, Pipeline } from 'unbash';
import type { Op } from '../../../engine/kernel/task';
import { openNull } from '../../os/devices';
import type { OpenFile } from '../../os/open-file';
import { makePipe } from '../../os/pipe';
import { controlledTerminal, waitForeground } from '../jobs/foreground';
import type { Job, JobProcess } from '../jobs/job-table';
import { commandText } from '../print/command-text';
import { forkShell } from './fork';
import type { Shell } from './shell';
import { runSimpleCommand } from './simple-command';
import { redirectForGood } from './redirection';

/** A pipeline of two or more commands in the foreground: each a process of its own, all at once. */
export function* runPipeline(shell: Shell, node: Pipeline): Op<number> {
  const processes = yield* startStages(shell, node, false);
  const job = addJob(shell, processes, commandText(shell.source, { ...node, prefixes: [] } as Pipeline), true);
  return yield* waitForeground(shell, job);
}

/** A `( ... )`. */
export function* runSubshellNode(shell: Shell, node: CommandNode, run: (child: Shell) => Op<number>): Op<number> {
  if (!shell.runningTrap) shell.command = { source: shell.source, node };
  const process = yield* forkShell(shell, { group: shell.options.has('monitor') ? 'new' : undefined }, run);
  const text = commandText(shell.source, node);
  return yield* waitForeground(shell, addJob(shell, [{ process, text }], text, true));
}

/** `command &`. */
export function* startBackground(shell: Shell, node: CommandNode | Pipeline | AndOr): Op<number> {
  const text = commandText(shell.source, node);
  let processes: JobProcess[];
  if (node.type === 'Pipeline' && node.commands.length > 1 && node.prefixes.length === 0) processes = yield* startStages(shell, node, true);
  else processes = [{ process: yield* startOne(shell, node), text }];
  const job = addJob(shell, processes, text, false);
  const { pid } = (processes.at(-1) as JobProcess).process;
  shell.lastBackgroundPid = pid;
  if (shell.interactive) yield* shell.process.err(`[${job.number}] ${pid}\n`);
  return 0;
}

function addJob(shell: Shell, processes: readonly JobProcess[], text: string, foreground: boolean): Job {
  const pgid = controlledTerminal(shell) === undefined ? undefined : processes[0]?.process.pid;
  return shell.jobs.add(processes, text, { pgid, foreground });
}

function* startOne(shell: Shell, node: CommandNode | Pipeline | AndOr) {
  const own = shell.options.has('monitor');
  const fds = own ? undefined : new Map(shell.process.fds).set(0, openNull());
  const process = yield* forkShell(shell, { fds, group: own ? 'new' : undefined, background: true }, (child) => runStage(child, node));
  fds?.get(0)?.release();
  return process;
}

function* startStages(shell: Shell, node: Pipeline, background: boolean): Op<JobProcess[]> {
  const started: JobProcess[] = [];
  const own = shell.options.has('monitor');
  let input: OpenFile | undefined = background && !own ? openNull() : undefined;
  for (let i = 0; i < node.commands.length; i++) {
    const command = node.commands[i] as CommandNode;
    const fds = new Map(shell.process.fds);
    if (input !== undefined) fds.set(0, input);
    const pipe = i < node.commands.length - 1 ? makePipe() : undefined;
    if (pipe !== undefined) fds.set(1, pipe.writer);
    if (pipe !== undefined && node.operators[i] === '|&') fds.set(2, pipe.writer);
    const group = own ? (started[0]?.process.pid ?? 'new') : undefined;
    try {
      const process = yield* forkShell(shell, { fds, group, background }, (child) => runStage(child, command));
      started.push({ process, text: commandText(shell.source, command) });
    } finally {
      input?.release();
      pipe?.writer.release();
      input = pipe?.reader;
    }
  }
  return started;
}

/** What a forked process does with its command: it becomes the program, when the command is just that. */
export function* runStage(shell: Shell, node: CommandNode | Pipeline | AndOr): Op<number> {
  if (node.type === 'Command') return yield* runSimpleCommand(shell, node, true);
  if (node.type === 'Redirected' && node.command.type === 'Subshell') {
    yield* redirectForGood(shell, node.redirects);
    return yield* shell.interpreter.runList(shell, node.command.body);
  }
  if (node.type === 'Subshell') {
    shell.subshellDepth += 1;
    return yield* shell.interpreter.runList(shell, node.body);
  }
  return yield* shell.interpreter.runNode(shell, node);
}
