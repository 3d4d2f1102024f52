import { describe, expect, it } from 'vitest';
import { ScreenSession } from '../screen-testing';
import { testMachine, runProgram } from '../../../os/testing';
import { less } from './less';

const NUMBERS = `${Array.from({ length: 100 }, (_, i) => `line ${i + 1}`).join('\n')}\n`;

function open(...args: readonly string[]): ScreenSession {
  return new ScreenSession(less, ['less', ...args], { files: { numbers: NUMBERS, short: 'one\ntwo\n' }, rows: 11 });
}

describe('less', () => {
  it('shows a screen, then the next, and goes back', () => {
    const session = open('numbers');
    expect(session.lines[0]).toBe('line 1');
    expect(session.lines[10]).toBe('numbers');
    session.type(' ');
    expect(session.lines[0]).toBe('line 11');
    expect(session.lines[10]).toBe(':');
    session.type('j', 'j', 'k');
    expect(session.lines[0]).toBe('line 12');
    session.type('b');
    expect(session.lines[0]).toBe('line 2');
  });

  it('goes to the end and the beginning', () => {
    const session = open('numbers');
    session.type('G');
    expect(session.lines.slice(9)).toEqual(['line 100', '(END)']);
    session.type(' ');
    expect(session.lines[0]).toBe('line 91');
    session.type('g');
    expect(session.lines[0]).toBe('line 1');
  });

  it('searches forwards and again', () => {
    const session = open('numbers');
    session.type('/', '5$', '\r');
    expect(session.lines[0]).toBe('line 5');
    session.type('n');
    expect(session.lines[0]).toBe('line 15');
    expect(session.type('/', 'nope', '\r')).toContain('Pattern not found');
  });

  it('fills a short screen with tildes and ends at q with the terminal as it was', () => {
    const session = open('short');
    expect(session.lines.slice(0, 4)).toEqual(['one', 'two', '~', '~']);
    session.type('q');
    expect(session.process.exit).toEqual({ code: 0 });
    expect(session.terminal.modes.canonical).toBe(true);
  });

  it('copies its input when its output is no terminal', () => {
    expect(runProgram(testMachine(), less, ['less'], { stdin: NUMBERS }).stdout).toBe(NUMBERS);
  });

  it('says what is wrong with a file', () => {
    const session = open('nosuch');
    expect(session.text).toBe('nosuch: No such file or directory');
    expect(session.process.exit).toEqual({ code: 1 });
  });
});
