import { describe, expect, it } from 'vitest';
import { ScreenSession } from '../screen-testing';
import { bash } from '../../../shell/bash';
import { watch } from '../watch';
import { top } from './top';

function shell(line: string): ScreenSession {
  return new ScreenSession(bash, ['bash', '-c', line], { columns: 100 });
}

describe('ps', () => {
  it('lists the processes of the terminal', () => {
    const { lines } = shell('sleep 100 & ps');
    expect(lines[0]).toBe('    PID TTY          TIME CMD');
    expect(lines.slice(1, 4).map((line) => line.slice(8))).toEqual(['pts/0    00:00:00 bash', 'pts/0    00:00:00 sleep', 'pts/0    00:00:00 ps']);
  });

  it('knows the columns of -ef and aux', () => {
    const { lines } = shell('ps -ef; ps aux');
    expect(lines[0]).toBe('UID          PID    PPID  C STIME TTY          TIME CMD');
    expect(lines[1]).toMatch(/^student +1 +0 +\d+ 10:00 pts\/0 +00:00:00 bash -c ps -ef; ps aux$/);
    expect(lines[3]).toBe('USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND');
  });

  it('prints the columns that -o names', () => {
    expect(shell('ps -o pid,comm').lines[0]).toBe('    PID COMMAND');
    expect(shell('ps -o nope').text).toContain('error: unknown user-defined format specifier "nope"');
  });
});

describe('pgrep and pkill', () => {
  it('find and end processes by name', () => {
    const session = shell('sleep 100 & sleep 200 & pgrep -c sleep; pkill sleep; wait; pgrep -c sleep');
    expect(session.lines.filter((line) => /^\d+$/.test(line))).toEqual(['2', '0']);
  });
});

describe('top', () => {
  it('shows the summary and one line a process, until q', () => {
    const session = new ScreenSession(top, ['top']);
    expect(session.lines[0]).toMatch(/^top - 10:00:00 up 0 min, {2}1 user, {2}load average: /);
    expect(session.lines[6]).toBe('    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND');
    expect(session.lines[7]).toMatch(/^ {6}1 student {3}20 {3}0 +\d+ +\d+ +\d+ R +\d+\.\d +0\.0 +0:00\.\d\d top$/);
    session.type('q');
    expect(session.process.exit).toEqual({ code: 0 });
  });
});

describe('watch', () => {
  it('runs its command every two seconds until ^C', () => {
    const session = new ScreenSession(watch, ['watch', 'date', '+%T']);
    expect(session.lines[0]).toMatch(/^Every 2\.0s: date \+%T +laptop: Wed Jun 20 10:00:00 2018$/);
    expect(session.lines[2]).toBe('10:00:00');
    session.wait(2_100_000);
    expect(session.lines[2]).toBe('10:00:02');
    session.type('\x03');
    expect(session.process.exit).toEqual({ signal: 'SIGINT' });
  });
});
