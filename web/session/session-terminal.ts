import type { Machine } from '../machine/os/machine';
import type { Process } from '../machine/os/process';
import type { OpenFile } from '../machine/os/open-file';
import { Terminal } from '../machine/os/terminal';
import { DirectDisplay } from '../machine/os/terminal-display';
import { bash } from '../machine/shell/bash';

const STUDENT_UID = 1000;
const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['USER', 'student'],
  ['LOGNAME', 'student'],
  ['HOME', '/home/student'],
  ['SHELL', '/bin/bash'],
  ['TERM', 'xterm-256color'],
  ['LANG', 'C.UTF-8'],
  ['PATH', '/usr/local/bin:/usr/bin:/bin'],
];

/** One window of the page: a terminal with a shell in it. When the shell ends, Enter opens another. */
export class SessionTerminal {
  readonly terminal: Terminal;
  private shell: Process | undefined;

  constructor(
    readonly number: number,
    private readonly laptop: Machine,
    private readonly folder: string,
    size: { columns: number; rows: number },
    onText: (text: string) => void,
  ) {
    this.terminal = new Terminal(laptop, new DirectDisplay(onText), size.columns, size.rows, `/dev/pts/${number - 1}`);
    this.openShell();
  }

  close(): void {
    this.terminal.hangUp();
    this.shell?.signal('SIGHUP');
  }

  /** The process whose program has the terminal now: the one that is attached to a container when there is one, else the first of the group. */
  get foreground(): Process | undefined {
    let found: Process | undefined;
    for (const process of this.laptop.processes.values()) {
      if (process.terminal !== this.terminal || process.pgid !== this.terminal.foregroundGroup || !process.alive) continue;
      if (process.attachedTo?.alive === true) return process;
      found ??= process;
    }
    return found ?? this.shell;
  }

  /** The foreground programs from the laptop inwards: what runs here, and what it is attached to in a container. */
  get foregroundChain(): readonly Process[] {
    const chain: Process[] = [];
    for (let process = this.foreground; process !== undefined; process = process.attachedTo?.alive === true ? foregroundOf(process.attachedTo) : undefined) chain.push(process);
    return chain;
  }

  /** True for a process of this terminal, in the foreground or not: one that was started here, or in a container by what is attached here. */
  runs(host: string, pid: number): boolean {
    for (const process of this.laptop.processes.values()) {
      if (process.terminal !== this.terminal || !process.alive) continue;
      if (this.laptop.hostname === host && process.pid === pid) return true;
      const { attachedTo } = process;
      if (attachedTo?.alive === true && attachedTo.machine.hostname === host && belongsTo(attachedTo, pid)) return true;
    }
    return false;
  }

  private openShell(): void {
    const file = this.terminal.open();
    const fds = new Map<number, OpenFile>([[0, file], [1, file.retain()], [2, file.retain()]]);
    const shell = this.laptop.start({
      program: bash,
      argv: ['bash'],
      env: new Map([...ENVIRONMENT, ['PWD', this.folder]]),
      cwd: this.folder,
      uid: STUDENT_UID,
      umask: 0o022,
      fds,
      parent: undefined,
      group: 'new',
      terminal: this.terminal,
    });
    this.shell = shell;
    this.terminal.leader = shell;
    this.terminal.foregroundGroup = shell.pgid;
    shell.atExit(() => this.shellEnded());
  }

  private shellEnded(): void {
    if (this.terminal.hungUp) return;
    this.terminal.setModes({ canonical: true, echo: true, signals: true, outputNewlines: true });
    this.terminal.print('\r\n[The shell has ended. Enter opens a new one.]\r\n');
    this.terminal.setKeyReader((keys) => {
      const at = keys.search(/[\r\n]/);
      if (at < 0) return '';
      this.terminal.setKeyReader(undefined);
      this.openShell();
      return keys.slice(at + 1);
    });
  }
}

/** What a container's terminal has in its foreground: the process that leads the group, else the one that was started. */
function foregroundOf(started: Process): Process {
  const { terminal, machine } = started;
  if (terminal === undefined) return started;
  for (const process of machine.processes.values()) {
    if (process.alive && process.terminal === terminal && process.pgid === terminal.foregroundGroup) return process;
  }
  return started;
}

/** True for what was started in a container, and for what it has started since. */
function belongsTo(started: Process, pid: number): boolean {
  const process = started.machine.processes.get(pid);
  if (process === undefined) return false;
  return process === started || (process.terminal !== undefined && process.terminal === started.terminal) || hasAncestor(process, started);
}

function hasAncestor(process: Process, ancestor: Process): boolean {
  for (let each = process.parent; each !== undefined; each = each.parent) if (each === ancestor) return true;
  return false;
}
