import { expect, test } from 'vitest';
import { program, testMachine } from './testing';
import { Terminal } from './terminal';
import { DirectDisplay } from './terminal-display';
import type { Process } from './process';

interface Bench {
  readonly terminal: Terminal;
  readonly shown: () => string;
  readonly reads: string[];
  readonly process: Process;
  run(us?: number): void;
}

/** A terminal with a program that reads lines from it and remembers them. */
function bench(): Bench {
  const machine = testMachine();
  let shown = '';
  const terminal = new Terminal(machine, new DirectDisplay((text) => (shown += text)), 80, 24);
  const reads: string[] = [];
  const reader = program('reader', function* (process) {
    for (;;) {
      const bytes = yield* process.read(0);
      if (bytes === null) return 0;
      reads.push(new TextDecoder().decode(bytes));
    }
  });
  const process = machine.start({
    program: reader, argv: ['reader'], env: new Map(), cwd: '/', uid: 1000, umask: 0o022,
    fds: new Map([[0, terminal.open()]]), parent: undefined, group: 'new', terminal,
  });
  terminal.foregroundGroup = process.pgid;
  const run = (us = 1000): void => {
    machine.sim.run(machine.sim.nowUs + us);
  };
  run();
  return { terminal, shown: () => shown, reads, process, run };
}

test('a line reaches its reader at Enter, with what was erased left out', () => {
  const { terminal, shown, reads, run } = bench();
  terminal.input('helo');
  terminal.input('\x7flo\r');
  run();
  expect(reads).toEqual(['hello\n']);
  expect(shown()).toBe('helo\b \blo\r\n');
});

test('typing costs no simulated time until Enter', () => {
  const { terminal, reads, run } = bench();
  expect(terminal.takesAtOnce('abc')).toBe(true);
  expect(terminal.takesAtOnce('abc\r')).toBe(false);
  terminal.input('abc');
  run();
  expect(reads).toEqual([]);
});

test('^C shows ^C, drops the line and interrupts the foreground', () => {
  const { terminal, shown, process } = bench();
  terminal.input('abc');
  terminal.input('\x03');
  expect(shown()).toBe('abc^C');
  expect(process.exit).toEqual({ signal: 'SIGINT' });
});

test('^D at the start of a line is the end of the input, in its middle it hands over what is there', () => {
  const { terminal, reads, process, run } = bench();
  terminal.input('ab\x04');
  run();
  expect(reads).toEqual(['ab']);
  terminal.input('\x04');
  run();
  expect(process.exit).toEqual({ code: 0 });
});

test('a canonical line ends at 4,095 bytes; what is typed past it is dropped', () => {
  const { terminal, reads, run } = bench();
  terminal.input(`${'x'.repeat(5000)}\r`);
  run(10_000);
  expect(reads.join('').length).toBe(4096);
  expect(reads.join('').endsWith('x\n')).toBe(true);
});

test('a paste of 3 MB flows through with nothing lost', () => {
  const { terminal, reads, run } = bench();
  const line = `${'0123456789'.repeat(9)}\n`;
  const count = Math.ceil(3_000_000 / line.length);
  terminal.input(line.repeat(count));
  for (let i = 0; i < 2000 && reads.length < count; i++) run(10_000);
  expect(reads.length).toBe(count);
  expect(new Set(reads)).toEqual(new Set([line]));
});

test('wide characters are erased by two columns', () => {
  const { terminal, shown } = bench();
  terminal.input('\u4e2d\x7f');
  expect(shown()).toBe('\u4e2d\b \b\b \b');
});

test('a background reader is stopped instead of taking the foreground\'s line', () => {
  const { terminal, process, run } = bench();
  terminal.foregroundGroup = process.pgid + 1;
  terminal.input('x\r');
  run();
  expect(process.state).toBe('stopped');
});
