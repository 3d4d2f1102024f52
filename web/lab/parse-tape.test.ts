import { expect, test } from 'vitest';
import { parseTape, TapeError } from './parse-tape';

test('words, options and quotes become steps with their lines', () => {
  const steps = parseTape(['# a tape', 'Terminal 2', 'Type@10ms "echo hi"', 'Enter', 'Wait+Line@5s /hi$/', 'Ctrl+C', 'Check 3', 'Fault cut kafka1 kafka2', 'Sleep 500ms'].join('\n'));
  expect(steps).toEqual([
    { kind: 'terminal', terminal: 2, line: 2 },
    { kind: 'keys', keys: 'echo hi', delayMs: 10, line: 3 },
    { kind: 'keys', keys: '\r', delayMs: null, line: 4 },
    { kind: 'wait', scope: 'line', pattern: 'hi$', timeoutMs: 5000, line: 5 },
    { kind: 'keys', keys: '\x03', delayMs: null, line: 6 },
    { kind: 'check', step: 3, line: 7 },
    { kind: 'fault', name: 'cut', args: ['kafka1', 'kafka2'], line: 8 },
    { kind: 'sleep', ms: 500, line: 9 },
  ]);
});

test('a line that says nothing we know names its line', () => {
  expect(() => parseTape('Type "a"\nDance 3')).toThrow(TapeError);
  try {
    parseTape('Type "a"\nDance 3');
  } catch (error) {
    expect((error as TapeError).line).toBe(2);
  }
});
