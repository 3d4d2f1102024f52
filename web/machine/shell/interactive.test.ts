import { describe, expect, it } from 'vitest';
import type { Machine } from '../os/machine';
import { program, testMachine } from '../os/testing';
import { Terminal } from '../os/terminal';
import { DirectDisplay } from '../os/terminal-display';
import { sleep } from '../programs/coreutils/sleep';
import { cat } from '../programs/coreutils/cat';
import { bash } from './bash';

/** A terminal with bash in it; `type` lets time pass after the keys. */
class Session {
  readonly machine: Machine = testMachine();
  readonly terminal: Terminal;
  private shown = '';

  constructor(columns = 60) {
    for (const each of [sleep, cat]) this.machine.files.installProgram(`/usr/bin/${each.name}`, each);
    this.machine.files.installProgram('/usr/bin/greet', {
      ...program('greet', function* (process) {
        yield* process.out(`hello ${process.args.join(' ')}\n`);
        return 0;
      }),
      complete: (context) => (context.words[context.index - 1] === '--topic' ? context.names('topic') : ['--topic', '--help']),
    });
    this.machine.completionNames = (kind) => (kind === 'topic' ? ['orders', 'payments'] : []);
    this.machine.files.writeFile('/home/student/.bashrc', "PS1='$ '\n", { uid: 1000 });
    this.terminal = new Terminal(this.machine, new DirectDisplay((text) => { this.shown += text; }), columns, 20);
    const file = this.terminal.open();
    this.machine.start({
      program: bash, argv: ['bash'], env: new Map([['HOME', '/home/student'], ['PATH', '/usr/bin']]), cwd: '/home/student', uid: 1000,
      umask: 0o022, fds: new Map([[0, file], [1, file.retain()], [2, file.retain()]]), parent: undefined, group: 'new', terminal: this.terminal,
    });
    this.wait();
  }

  wait(us = 1_000_000): void {
    this.machine.sim.run(this.machine.sim.nowUs + us);
  }

  /** What appeared after the keys, without control sequences. */
  type(keys: string, us?: number): string {
    this.shown = '';
    this.terminal.input(keys);
    this.wait(us);
    return this.shown.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').replaceAll('\r', '').replaceAll('\x07', '');
  }
}

describe('an interactive bash', () => {
  it('echoes what is typed, runs it and shows the prompt again', () => {
    expect(new Session().type('echo hi\r')).toBe('echo hi\nhi\n$ ');
  });

  it('handles keys without letting time pass', () => {
    const session = new Session();
    const before = session.machine.sim.nowUs;
    session.terminal.input('abc');
    expect(session.terminal.takesAtOnce('abc')).toBe(true);
    expect(session.machine.sim.nowUs).toBe(before);
    expect(session.machine.sim.pending).toBe(0);
  });

  it('edits with emacs keys', () => {
    const session = new Session();
    expect(session.type('cho one two\x01e\x05 three\x17four\x02\x02\x04\r')).toContain('\none two for\n$ ');
    expect(session.type('echo a\x15echo b\x19\r')).toContain('\nbecho a\n');
  });

  it('walks and searches the history', () => {
    const session = new Session();
    session.type('echo first\r');
    session.type('echo second\r');
    expect(session.type('\x1b[A\x1b[A\r')).toContain('\nfirst\n');
    expect(session.type('\x12seco\r')).toContain('\nsecond\n');
    expect(session.type('!!\r')).toBe('!!\necho second\nsecond\n$ ');
    expect(session.type('!nope\r')).toBe('!nope\nbash: !nope: event not found\n$ ');
  });

  it('asks for more while a command is not complete', () => {
    const session = new Session();
    expect(session.type('for i in 1 2\rdo echo $i\rdone\r')).toBe('for i in 1 2\n> do echo $i\n> done\n1\n2\n$ ');
    expect(session.type('\x1b[A')).toBe('for i in 1 2; do echo $i; done');
  });

  it('gives up the line, a program or a loop at ^C', () => {
    const session = new Session();
    expect(session.type('abc')).toBe('abc');
    expect(session.type('\x03')).toBe('^C\n$ ');
    session.type('sleep 100; echo not me\r');
    expect(session.type('\x03')).toBe('^C\n$ ');
    expect(session.type('echo $?\r')).toContain('\n130\n');
    session.type('while :; do :; done\r');
    expect(session.type('\x03')).toBe('^C\n$ ');
  });

  it('controls jobs', () => {
    const session = new Session();
    session.type('sleep 100\r');
    expect(session.type('\x1a')).toBe('^Z\n[1]+  Stopped                 sleep 100\n$ ');
    expect(session.type('bg\r')).toBe('bg\n[1]+ sleep 100 &\n$ ');
    expect(session.type('jobs\r')).toBe('jobs\n[1]+  Running                 sleep 100 &\n$ ');
    expect(session.type('kill %1\r')).toBe('kill %1\n[1]+  Terminated              sleep 100\n$ ');
    expect(session.type('cat &\r')).toMatch(/^cat &\n\[1\] \d+\n\n\[1\]\+ {2}Stopped {17}cat\n\$ $/);
    expect(session.type('exit\r')).toBe('exit\nexit\nThere are stopped jobs.\n$ ');
  });

  it('completes commands, options of programs, names and files', () => {
    const session = new Session();
    session.machine.files.writeFile('/home/student/a file', 'x\n', { uid: 1000 });
    expect(session.type('gree\t--t\to\t\r')).toBe('greet --topic orders \nhello --topic orders\n$ ');
    expect(session.type('greet --topic \t\t')).toContain('\norders    payments\n$ greet --topic ');
    session.type('\x03');
    expect(session.type('cat a\t\r')).toBe('cat a\\ file \nx\n$ ');
  });

  it('takes a paste as a whole', () => {
    const session = new Session();
    expect(session.type('\x1b[200~echo one\necho two\x1b[201~')).toBe('echo one\necho two');
    expect(session.type('\r')).toBe('\none\ntwo\n$ ');
  });

  it('ends at ^D and saves its history', () => {
    const session = new Session();
    session.type('echo kept\r');
    expect(session.type('\x04')).toBe('\nexit\n');
    expect(new TextDecoder().decode(session.machine.files.regular('/home/student/.bash_history').read())).toBe('echo kept\n');
  });
});
