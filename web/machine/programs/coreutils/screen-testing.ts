import type { Machine } from '../../os/machine';
import type { OpenFile } from '../../os/open-file';
import type { Process } from '../../os/process';
import type { Program } from '../../os/program';
import { testMachine } from '../../os/testing';
import { Terminal } from '../../os/terminal';
import { DirectDisplay } from '../../os/terminal-display';
import { bash } from '../../shell/bash';
import { COREUTILS } from './programs';

/** A program on a terminal whose screen is really drawn: enough of a terminal to see what a person would. */
export class ScreenSession {
  readonly machine: Machine;
  readonly terminal: Terminal;
  readonly process: Process;
  private grid: string[][] = [];
  private row = 0;
  private column = 0;

  constructor(program: Program, argv: readonly string[], options: { files?: Readonly<Record<string, string>>; columns?: number; rows?: number; stdin?: OpenFile } = {}) {
    this.machine = testMachine();
    for (const each of COREUTILS) this.machine.files.installProgram(`/usr/bin/${each.name}`, each);
    this.machine.files.installProgram('/bin/sh', bash);
    for (const [name, text] of Object.entries(options.files ?? {})) this.machine.files.writeFile(`/home/student/${name}`, text, { uid: 1000 });
    this.terminal = new Terminal(this.machine, new DirectDisplay((text) => this.show(text)), options.columns ?? 80, options.rows ?? 24);
    const file = this.terminal.open();
    this.process = this.machine.start({
      program, argv, env: new Map([['HOME', '/home/student'], ['PATH', '/usr/bin'], ['TERM', 'xterm-256color']]), cwd: '/home/student', uid: 1000,
      umask: 0o022, fds: new Map([[0, options.stdin ?? file], [1, file.retain()], [2, file.retain()]]), parent: undefined, group: 'new', terminal: this.terminal,
    });
    this.terminal.foregroundGroup = this.process.pgid;
    this.wait();
  }

  wait(us = 100_000): void {
    this.machine.sim.run(this.machine.sim.nowUs + us);
  }

  /** Types keys, one after the other; returns the screen. */
  type(...keys: readonly string[]): string {
    for (const key of keys) {
      this.terminal.input(key);
      this.wait();
    }
    return this.text;
  }

  resize(columns: number, rows: number): void {
    this.grid = [];
    this.terminal.resize(columns, rows);
    this.wait();
  }

  /** The rows of the screen, blanks at their ends left out. */
  get lines(): string[] {
    return Array.from({ length: this.terminal.rows }, (_, row) => (this.grid[row] ?? []).map((cell) => cell ?? ' ').join('').trimEnd());
  }

  get text(): string {
    return this.lines.join('\n').trimEnd();
  }

  get cursor(): { row: number; column: number } {
    return { row: this.row, column: this.column };
  }

  private show(text: string): void {
    for (let at = 0; at < text.length; ) {
      const sequence = /^\x1b(?:\[([\d;?]*)([A-Za-z])|\([A-Z]|[c78])/.exec(text.slice(at));
      if (sequence !== null) {
        if (sequence[2] !== undefined) this.control(sequence[1] as string, sequence[2]);
        at += sequence[0].length;
        continue;
      }
      const [character] = text.slice(at);
      at += (character as string).length;
      if (character === '\n') this.row += 1;
      else if (character === '\r') this.column = 0;
      else if ((character as string) >= ' ') {
        (this.grid[this.row] ??= [])[this.column] = character as string;
        this.column += 1;
      }
      if (this.row >= this.terminal.rows) {
        this.grid.shift();
        this.row -= 1;
      }
    }
  }

  private control(parameters: string, letter: string): void {
    const [first = 1, second = 1] = parameters.split(';').map((part) => Number(part) || 1);
    if (letter === 'H') [this.row, this.column] = [first - 1, second - 1];
    else if (letter === 'K') this.grid[this.row] = this.filled(this.row).slice(0, this.column);
    else if (letter === 'J') {
      if (parameters === '2') this.grid = [];
      else {
        this.grid[this.row] = this.filled(this.row).slice(0, this.column);
        this.grid.length = Math.min(this.grid.length, this.row + 1);
      }
    } else if (letter === 'h' && parameters === '?1049') this.grid = [];
  }

  private filled(row: number): string[] {
    return Array.from(this.grid[row] ?? [], (cell) => cell ?? ' ');
  }
}
