import type { Op } from '../../../engine/kernel/task';
import { AbortCommand, Interrupted } from '../execute/control-flow';
import { runStatements } from '../execute/interpreter';
import { readOptions, reportSyntaxError } from '../execute/run-text';
import type { Shell } from '../execute/shell';
import { runPendingTraps } from '../execute/trap-runner';
import { reportJobs } from '../jobs/job-report';
import { stoppedJobsKeep } from '../jobs/stopped-jobs';
import { type CompleteCommand, readCommand } from '../parse/command-reader';
import { HistoryExpansionError, expandHistory } from '../editor/history-expansion';
import { expandPrompt } from '../prompt';
import { EditedLines, type LineSource, PlainLines } from './line-source';

const INTERRUPTED_STATUS = 130;

/** A session: prompts, line editing, job messages, history. */
export function* runInteractive(shell: Shell, lineEditing: boolean): Op<number> {
  const { process } = shell;
  const terminal = process.fds.get(0)?.terminal;
  const lines: LineSource = terminal !== undefined && lineEditing ? new EditedLines(shell, terminal) : new PlainLines(shell);
  if (terminal !== undefined && process.terminal === terminal) terminal.foregroundGroup = process.pgid;
  shell.textDepth = 1;
  shell.history.load(process, shell.variables.get('HISTFILE') ?? '');
  process.onSignal('SIGHUP', () => hangUp(shell));
  try {
    for (;;) {
      const ended = yield* turn(shell, lines);
      if (ended) return shell.lastStatus;
    }
  } finally {
    saveHistory(shell);
  }
}

/** One prompt and the command that follows it. True at the end of the input. */
function* turn(shell: Shell, lines: LineSource): Op<boolean> {
  try {
    yield* runPendingTraps(shell);
    yield* reportJobs(shell);
    windowSize(shell);
    yield* runPromptCommand(shell);
    const read = yield* readComplete(shell, lines);
    if (read === 'end') return yield* endOfInput(shell);
    if (read === 'interrupted') shell.lastStatus = INTERRUPTED_STATUS;
    else if (read !== undefined) yield* executeAll(shell, read);
  } catch (error) {
    if (error instanceof Interrupted) {
      yield* shell.process.err('\n');
      shell.lastStatus = INTERRUPTED_STATUS;
    } else if (error instanceof AbortCommand) shell.lastStatus = error.status;
    else throw error;
    settle(shell);
  }
  return false;
}

/** After a command that was given up: no loops, functions or conditions are left. */
function settle(shell: Shell): void {
  shell.loopDepth = 0;
  shell.errexitSuppressed = 0;
  shell.frames = [];
  if (shell.process.terminal !== undefined) shell.process.terminal.foregroundGroup = shell.process.pgid;
}

/** A paste may hold several commands. */
function* executeAll(shell: Shell, text: string): Op<void> {
  for (let pos = 0; ; ) {
    const command = readCommand(text, pos, 1, readOptions(shell));
    if (command === undefined) return;
    if (command.kind === 'error') {
      yield* reportSyntaxError(shell, command);
      shell.lastStatus = command.status;
      return;
    }
    yield* execute(shell, command);
    pos = command.end;
  }
}

function* execute(shell: Shell, command: CompleteCommand): Op<void> {
  shell.source = command.source;
  shell.commandNumber += 1;
  if (command.statements.length > 0) shell.exitWarned = false;
  shell.lastStatus = yield* runStatements(shell, command.statements);
}

function* runPromptCommand(shell: Shell): Op<void> {
  const commands = shell.variables.find('PROMPT_COMMAND');
  const texts = commands?.array?.values() ?? [commands?.value ?? ''];
  const { lastStatus, pipeStatus } = shell;
  for (const text of texts) if (text.trim() !== '') yield* shell.interpreter.runText(shell, text, 'PROMPT_COMMAND');
  shell.lastStatus = lastStatus;
  shell.pipeStatus = pipeStatus;
}

function windowSize(shell: Shell): void {
  const { terminal } = shell.process;
  if (terminal === undefined || !shell.options.shopt('checkwinsize')) return;
  shell.variables.set('COLUMNS', String(terminal.columns));
  shell.variables.set('LINES', String(terminal.rows));
}

/** Reads lines until they make complete commands, and returns their text. undefined after a mistake that was told. */
function* readComplete(shell: Shell, lines: LineSource): Op<string | 'end' | 'interrupted' | undefined> {
  let text = '';
  for (let first = true; ; first = false) {
    const prompt = yield* expandPrompt(shell, shell.variables.get(first ? 'PS1' : 'PS2') ?? '');
    const line = yield* lines.read(prompt);
    if (line.kind === 'interrupted') return 'interrupted';
    if (line.kind === 'end' && first) return 'end';
    const ended = line.kind === 'end';
    if (line.kind === 'line') {
      const expanded = yield* expandLine(shell, line.text);
      if (expanded === undefined) return undefined;
      text += `${expanded}\n`;
    }
    if (!ended && needsMore(shell, text)) continue;
    remember(shell, text);
    return text;
  }
}

function needsMore(shell: Shell, text: string): boolean {
  if (/(^|[^\\])(\\\\)*\\\n$/.test(text)) return true;
  for (let pos = 0; ; ) {
    const command = readCommand(text, pos, 1, readOptions(shell));
    if (command === undefined) return false;
    if (command.kind === 'error') return command.incomplete;
    if (command.openHereDocuments.length > 0) return true;
    pos = command.end;
  }
}

/** History expansion of a line; undefined when it fails or is only shown. */
function* expandLine(shell: Shell, line: string): Op<string | undefined> {
  if (!shell.options.has('histexpand') || !/[!^]/.test(line)) return line;
  try {
    const expanded = expandHistory(line, shell.history);
    if (expanded.changed) yield* shell.process.err(`${expanded.text}\n`);
    if (!expanded.printOnly) return expanded.text;
    remember(shell, `${expanded.text}\n`);
    return undefined;
  } catch (error) {
    if (!(error instanceof HistoryExpansionError)) throw error;
    yield* shell.error(error.message);
    return undefined;
  }
}

/** A command of several lines becomes one entry, as `shopt cmdhist` says. */
function remember(shell: Shell, text: string): void {
  if (!shell.options.has('history')) return;
  const lines = text.replace(/\n$/, '').split('\n');
  let entry = lines[0] as string;
  const verbatim = /<<|^[^'"]*(?:'[^']*|"[^"]*)$/.test(entry);
  for (const line of lines.slice(1)) {
    const separator = verbatim ? '\n' : /(^|\s)(do|then|else|in|\{|\()$|[|&;({]\s*$|\\$/.test(entry) ? ' ' : '; ';
    entry = `${entry.replace(/\\$/, '')}${separator}${verbatim ? line : line.trim()}`;
  }
  shell.history.addCommand(entry, shell.variables.get('HISTCONTROL') ?? '');
  shell.history.limit(Number(shell.variables.get('HISTSIZE') ?? 500) || 500);
}

/** ^D at an empty line. */
function* endOfInput(shell: Shell): Op<boolean> {
  if (shell.process.terminal?.hungUp === true) return true;
  if (shell.options.has('ignoreeof') || shell.variables.get('IGNOREEOF') !== undefined) {
    yield* shell.process.err(`Use "${shell.settings.login ? 'logout' : 'exit'}" to leave the shell.\n`);
    return false;
  }
  yield* shell.process.err(shell.settings.login ? 'logout\n' : 'exit\n');
  return !(yield* stoppedJobsKeep(shell));
}

function saveHistory(shell: Shell): void {
  const path = shell.variables.get('HISTFILE');
  if (path !== undefined && path !== '' && shell.options.has('history')) shell.history.save(shell.process, path, 'append');
}

/** The terminal went away: the jobs hear of it, and the shell ends. */
function hangUp(shell: Shell): void {
  saveHistory(shell);
  for (const job of shell.jobs.list) {
    if (job.keepOnHangUp) continue;
    for (const each of job.processes) {
      each.process.signal('SIGHUP');
      if (each.process.state === 'stopped') each.process.signal('SIGCONT');
    }
  }
  shell.process.onSignal('SIGHUP', 'default');
  shell.process.signal('SIGHUP');
}
