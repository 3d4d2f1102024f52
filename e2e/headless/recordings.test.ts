import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scoreLogs } from '../../web/cli/oracle/log-score';
import { replay } from '../../web/cli/oracle/replay';

/** Recordings that need only what is simulated: topics, the console tools, groups, zookeeper-shell, offsets and dumps; and the laptop. */
const CLUSTER = /^(0[1-9]|1[0-8]|2[125678]|36|39|40|42|43)-/;
const LAPTOP = /^(7\d|8[01])-/;
const LEAST_TOGETHER = 95;
const LEAST_EACH = 85;

const files = readdirSync('e2e/oracle').filter((name) => CLUSTER.test(name) || LAPTOP.test(name));
const scores = new Map<string, { identical: number; total: number }>();

test.each(files)('%s is printed as recorded', (file) => {
  const { scores: commands } = replay(readFileSync(`e2e/oracle/${file}`, 'utf8'), 1);
  const identical = commands.reduce((sum, each) => sum + each.identical, 0);
  const total = commands.reduce((sum, each) => sum + each.total, 0);
  scores.set(file, { identical, total });
  const differences = commands.flatMap((each) => (each.difference.length > 0 ? [`$ ${each.command}`, ...each.difference] : []));
  expect((100 * identical) / total, differences.join('\n')).toBeGreaterThanOrEqual(LEAST_EACH);
});

test('all recordings together', () => {
  const all = [...scores.values()];
  expect(all.length).toBe(files.length);
  const identical = all.reduce((sum, each) => sum + each.identical, 0);
  const total = all.reduce((sum, each) => sum + each.total, 0);
  expect((100 * identical) / total).toBeGreaterThanOrEqual(LEAST_TOGETHER);
});

test('the logs of a first broker are those of the real servers', () => {
  const { logs } = replay(readFileSync('e2e/oracle/logs/first-broker.txt', 'utf8'), 1);
  for (const [service, least] of [['kafka', 95], ['zookeeper', 90]] as const) {
    const score = scoreLogs(readFileSync(`e2e/oracle/logs/first-broker/${service}.log`, 'utf8'), logs.get(service) ?? '');
    const differences = [...score.differences].flatMap(([logger, lines]) => [`== ${logger}`, ...lines]);
    expect((100 * score.identical) / score.total, differences.join('\n').slice(0, 4000)).toBeGreaterThanOrEqual(least);
  }
});
