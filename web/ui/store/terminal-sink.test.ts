import { describe, expect, it } from 'vitest';
import { cut, TerminalSink } from './terminal-sink';

describe('the way of output to the screen', () => {
  it('keeps what comes before the terminal is drawn', () => {
    const sink = new TerminalSink(() => undefined);
    sink.push('one ');
    sink.push('two');
    const shown: string[] = [];
    sink.attach((text, done) => { shown.push(text); done(); });
    expect(shown).toEqual(['one two']);
  });

  it('hands a flood on in parts and says when it is through', () => {
    let drained = 0;
    const sink = new TerminalSink(() => { drained += 1; });
    const waiting: (() => void)[] = [];
    let length = 0;
    sink.attach((text, done) => { length += text.length; waiting.push(done); });
    const flood = 3 * 1024 * 1024;
    for (let sent = 0; sent < flood; sent += 64 * 1024) sink.push('x'.repeat(64 * 1024));
    expect(length).toBeLessThan(flood);
    expect(sink.backlog).toBe(flood);
    while (waiting.length > 0) waiting.shift()!();
    expect(length).toBe(flood);
    expect(sink.backlog).toBe(0);
    expect(drained).toBeGreaterThan(0);
  });

  it('does not cut a character in two', () => {
    expect(cut('a😀b', 2)).toBe(1);
    expect(cut('a😀b', 3)).toBe(3);
  });
});
