import { readdirSync, readFileSync } from 'node:fs';
import * as fflate from 'fflate';
import { expect, test } from 'vitest';
import { playTapeText } from '../../web/cli/tape/play-tape-text';
import { Random } from '../../web/engine/kernel/random';
import { readLabs } from '../../web/lab/build/read-labs';
import { parseTape } from '../../web/lab/parse-tape';

/** `SEEDS=1..200 npx vitest run --config e2e/vitest.config.ts random-typing` types longer. */
const [FIRST, LAST] = (process.env.SEEDS ?? '1..6').split('..').map(Number) as [number, number];
const ACTIONS = 50;
const PAUSES_MS = [50, 300, 1000, 3000, 8000];
const KEYS = ['Ctrl+C', 'Ctrl+D', 'Ctrl+Z', 'Ctrl+R', 'Ctrl+X', 'Ctrl+U', 'Ctrl+W', 'Ctrl+\\', 'Escape', 'Up', 'Down 3', 'Left 4', 'PageDown', 'Alt+b', 'Backspace 5'];

/** Every line that the tapes type. */
const LINES = [...new Set(readdirSync('e2e/tapes').flatMap((file) => parseTape(readFileSync(`e2e/tapes/${file}`, 'utf8')).flatMap((step) => (step.kind === 'keys' && step.keys.length > 1 && !step.keys.includes('`') && /^[ -~]+$/.test(step.keys) ? [step.keys] : []))))];

function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.below(from.length)] as T;
}

/** What somebody with a plan, but no patience, would type into four terminals. */
function randomTape(seed: number): string {
  const random = new Random(seed, 'typing');
  const tape = ['Lab 01-verify-installation', 'Terminal 1', 'Type "docker-compose up -d"', 'Enter', 'Sleep 40s'];
  for (let i = 0; i < ACTIONS; i++) {
    if (random.below(4) === 0) tape.push(`Terminal ${random.between(1, 4)}`);
    const dice = random.below(20);
    if (dice < 11) tape.push(`Type \`${pick(random, LINES)}\``, 'Enter');
    else if (dice < 13) tape.push('Ctrl+C', 'Ctrl+C');
    else if (dice < 15) tape.push(`Type \`${pick(random, LINES).slice(0, random.between(1, 30))}\``, 'Tab', 'Tab', 'Enter');
    else if (dice < 16) tape.push('Type "docker-compose up -d"', 'Enter', 'Sleep 8s');
    else tape.push(pick(random, KEYS));
    tape.push(`Sleep ${pick(random, PAUSES_MS)}ms`);
  }
  return tape.join('\n');
}

test.each(Array.from({ length: LAST - FIRST + 1 }, (_, index) => FIRST + index))('random typing with seed %i never ends the run', (seed) => {
  const { failure, events } = playTapeText(randomTape(seed), { seed, labs: readLabs('labs'), libraries: { fflate } });
  expect(failure?.message).toBeUndefined();
  expect(events).toBeGreaterThan(0);
});
