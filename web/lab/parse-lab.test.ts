import { expect, test } from 'vitest';
import { readLabs } from './build/read-labs';
import { LabError, parseLab } from './parse-lab';
import { LabProgress } from './lab-progress';
import type { WorldView } from './world-view';

const FRONT = '---\ntitle: T\nchapter: 1\nminutes: 5\nterminals: 1\nrelease: 1.1.0\nfolder: X\n---\n';

const EMPTY: WorldView = { images: () => [], containers: () => [], brokers: () => [], topics: () => [], groups: () => [], recordsConsumed: () => 0, programs: () => [] };

test('every lab of the course parses and each of its steps has a check', () => {
  const labs = readLabs('labs');
  expect(labs.map((lab) => lab.document.id)).toContain('01-verify-installation');
  for (const lab of labs) for (const checks of lab.checks) expect(checks.length).toBeGreaterThan(0);
});

test('blocks keep their terminal and prose keeps kafka:9092 as text', () => {
  const { document } = parseLab('x', `${FRONT}\n## One\n\nAsk kafka:9092 at 10:30.\n\n\`\`\`sh terminal=2\nls\n\`\`\`\n`);
  expect(document.steps[0]?.body).toEqual([
    { kind: 'prose', nodes: [{ tag: 'p', children: ['Ask kafka:9092 at 10:30.'] }] },
    { kind: 'sh', terminal: 2, text: 'ls' },
  ]);
});

test('a check that no kind knows is named with its line', () => {
  expect(() => parseLab('x', `${FRONT}\n## One\n\n\`\`\`check\n- topc: a\n\`\`\`\n`)).toThrow(LabError);
});

test('a script in the prose is dropped', () => {
  const { document } = parseLab('x', `${FRONT}\n## One\n\nText <script>alert(1)</script> [x](javascript:alert(1))\n`);
  expect(JSON.stringify(document)).not.toMatch(/script>|javascript:/);
});

test('a step that was met stays met and a later one waits for it', () => {
  const progress = new LabProgress([[{ topic: 'orders' }], [{ containers: 0 }]]);
  expect(progress.update(EMPTY)).toEqual([]);
  expect(progress.steps[0]?.differs).toBe('There is no topic orders yet.');
  const there = { ...EMPTY, topics: () => [{ name: 'orders', replicationFactor: 1, partitions: [{ partition: 0, leader: 1, records: 0 }] }] };
  expect(progress.update(there)).toEqual([0, 1]);
  progress.update(EMPTY);
  expect(progress.current).toBe(2);
});
