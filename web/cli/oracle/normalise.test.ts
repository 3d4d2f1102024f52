import { expect, test } from 'vitest';
import { normaliseOutput } from './normalise';
import { scoreCommand } from './score';

test('times, ids and repeated warnings do not count', () => {
  const lines = [
    'E| [2018-06-20 10:00:00,001] WARN x {a=LEADER_NOT_AVAILABLE} with correlation id 3 (A)',
    'E| [2018-06-20 10:00:00,101] WARN x {a=LEADER_NOT_AVAILABLE} with correlation id 4 (A)',
    'E| \tat java.lang.Thread.run(Thread.java:1)',
    'rc=0',
  ];
  expect(normaliseOutput(lines, 'x', ['x'])).toEqual(['E| [TS] WARN x {a=LEADER_NOT_AVAILABLE} with correlation id N (A)', 'rc=0']);
});

test('a timestamp that stands in a command stays', () => {
  expect(normaliseOutput(['O| 1529488800123 1600000000000'], 'x 1529488800000', ['x 1529488800000'])).toEqual(['O| 1529488800123 MS']);
});

test('rows under a table head are sorted, what follows is not', () => {
  const lines = ['O| TOPIC     PARTITION', 'O| b 1', 'O| a 1', 'E| z', 'E| a'];
  expect(normaliseOutput(lines, 'x', [])).toEqual(['O| TOPIC     PARTITION', 'O| a 1', 'O| b 1', 'E| z', 'E| a']);
});

test('a missing and a wrong line cost two lines of the longer side', () => {
  const score = scoreCommand('x', ['x'], ['O| a', 'O| b', 'O| c', 'rc=0'], ['O| a', 'O| x', 'rc=0']);
  expect([score.identical, score.total]).toEqual([2, 4]);
  expect(score.difference).toContain('- O| b');
});
