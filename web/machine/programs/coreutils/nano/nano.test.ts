import { describe, expect, it } from 'vitest';
import { ScreenSession } from '../screen-testing';
import { nano } from './nano';

const UP = '\x1b[A';
const DOWN = '\x1b[B';
const CTRL = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 64);
const COMPOSE = "version: '2'\nservices:\n  kafka:\n";

function open(...args: readonly string[]): ScreenSession {
  return new ScreenSession(nano, ['nano', ...args], { files: { 'compose.yml': COMPOSE } });
}

function fileOf(session: ScreenSession, name: string): string {
  return new TextDecoder().decode(session.machine.files.regular(`/home/student/${name}`).read());
}

describe('nano', () => {
  it('shows the file with its title, how much it read and what the keys do', () => {
    const { lines } = open('compose.yml');
    expect(lines[0]).toMatch(/^ {2}GNU nano 7\.2 +compose\.yml$/);
    expect(lines.slice(1, 4)).toEqual(["version: '2'", 'services:', '  kafka:']);
    expect(lines[21]?.trim()).toBe('[ Read 3 lines ]');
    expect(lines[22]).toBe('^G Help      ^O Write Out ^W Where Is  ^K Cut       ^T Execute   ^C Location');
    expect(lines[23]).toBe('^X Exit      ^R Read File ^\\ Replace   ^U Paste     ^J Justify   ^/ Go To Line');
  });

  it('writes what was typed and leaves without asking when it was saved', () => {
    const session = open('compose.yml');
    session.type('#', ' hé', '\r');
    expect(session.lines[0]).toMatch(/Modified$/);
    expect(session.type(CTRL('O'))).toContain('File Name to Write: compose.yml');
    expect(session.type('\r')).toContain('[ Wrote 4 lines ]');
    session.type(CTRL('X'));
    expect(session.process.exit).toEqual({ code: 0 });
    expect(fileOf(session, 'compose.yml')).toBe(`# hé\n${COMPOSE}`);
  });

  it('asks before it throws changes away', () => {
    const session = open('compose.yml');
    expect(session.type('x', CTRL('X'))).toContain('Save modified buffer?');
    expect(session.type(CTRL('C'))).toContain('[ Cancelled ]');
    session.type(CTRL('X'), 'n');
    expect(session.process.exit).toEqual({ code: 0 });
    expect(fileOf(session, 'compose.yml')).toBe(COMPOSE);
  });

  it('cuts lines that follow one another and pastes them together', () => {
    const session = open('compose.yml');
    session.type(CTRL('K'), CTRL('K'), DOWN, CTRL('U'));
    expect(session.lines.slice(1, 4)).toEqual(['  kafka:', "version: '2'", 'services:']);
  });

  it('finds text, says when there is none and where the cursor is', () => {
    const session = open('compose.yml');
    session.type(CTRL('W'), 'kafka', '\r');
    expect(session.cursor).toEqual({ row: 3, column: 2 });
    expect(session.type(CTRL('C'))).toContain('[ line 3/4 (75%), col 3/9 (33%), char 25/32 (78%) ]');
    expect(session.type(CTRL('W'), 'zookeeper', '\r')).toContain('"zookeeper" not found');
  });

  it('undoes and redoes', () => {
    const session = open('compose.yml');
    session.type('a', 'b', UP, DOWN, 'c');
    session.type('\x1bu');
    expect(session.lines[2]).toBe('services:');
    session.type('\x1bu');
    expect(session.lines[1]).toBe("version: '2'");
    session.type('\x1be');
    expect(session.lines[1]).toBe("abversion: '2'");
  });

  it('draws itself anew in another size', () => {
    const session = open('compose.yml');
    session.resize(60, 12);
    expect(session.lines[0]).toMatch(/GNU nano 7\.2 +compose\.yml$/);
    expect(session.lines[11]).toBe('^X Exit     ^R Read File^\\ Replace  ^U Paste    ^J Justify');
  });

  it('begins a new file and gives the terminal back as it was', () => {
    const session = open('new.txt');
    expect(session.text).toContain('[ New File ]');
    session.type('a', CTRL('X'), 'y', '\r');
    expect(fileOf(session, 'new.txt')).toBe('a\n');
    expect(session.terminal.modes).toMatchObject({ canonical: true, echo: true, signals: true });
  });

  it('says why it cannot write', () => {
    const session = open('/etc/nope');
    expect(session.type('a', CTRL('O'), '\r')).toMatch(/Error writing \/etc\/nope: (Permission denied|No such file or directory)/);
  });
});
