import { readdirSync, readFileSync } from 'node:fs';
import * as fflate from 'fflate';
import { expect, test } from 'vitest';
import { playTapeText } from '../../web/cli/tape/play-tape-text';
import { readLabs } from '../../web/lab/build/read-labs';

const options = { seed: 1, labs: readLabs('labs'), libraries: { fflate } };

test.each(readdirSync('e2e/tapes').filter((name) => name.endsWith('.tape')))('%s plays to its end', (file) => {
  const { failure } = playTapeText(readFileSync(`e2e/tapes/${file}`, 'utf8'), options);
  expect(failure === undefined ? undefined : `${file}:${failure.line}: ${failure.message}`).toBeUndefined();
});

test('the same seed gives the same trace, another seed another', () => {
  const tape = readFileSync('e2e/tapes/lab-01.tape', 'utf8');
  const first = playTapeText(tape, options);
  const second = playTapeText(tape, options);
  expect(second.state).toBe(first.state);
  expect(second.events).toBe(first.events);
  expect(playTapeText(tape, { ...options, seed: 2 }).state).not.toBe(first.state);
});
