import { describe, expect, it } from 'vitest';
import type { FailingDisk } from '../kernel/failing-disk';
import { FatalStartupError } from './startup-error';
import { TestCluster } from './test-cluster';

const DAMAGES: Readonly<Record<string, (text: Uint8Array) => Uint8Array>> = {
  'is emptied': () => new Uint8Array(0),
  'holds a line of text': () => Uint8Array.from([...'hello\n'].map((letter) => letter.charCodeAt(0))),
  'has a byte changed': (bytes) => bytes.map((byte, at) => (at === Math.floor(bytes.length / 2) ? byte ^ 0xff : byte)),
  'lost its second half': (bytes) => bytes.slice(0, Math.floor(bytes.length / 2)),
};

function filesIn(disk: FailingDisk, path: string): string[] {
  return disk.list(path).flatMap((name) => {
    const child = `${path}/${name}`;
    return disk.open(child) === undefined ? filesIn(disk, child) : [child];
  });
}

function clusterWithRecords(): TestCluster {
  const cluster = new TestCluster(1, { 'log.segment.bytes': '300' }).startAll();
  cluster.createTopic('t', 1, 1, new Map([['cleanup.policy', 'compact']]));
  for (let i = 0; i < 10; i++) cluster.produce(1, 't', [`record ${i}`]);
  return cluster;
}

describe('A broker whose files somebody damaged starts, or says why not', () => {
  const all = filesIn(stoppedDisk(clusterWithRecords(), true), '/kafka');

  for (const [damage, change] of Object.entries(DAMAGES)) {
    for (const clean of [true, false]) {
      it(`${clean ? 'after a clean stop' : 'after a kill'}: a file that ${damage}`, () => {
        const failures: string[] = [];
        for (const path of all) {
          const cluster = clusterWithRecords();
          const disk = stoppedDisk(cluster, clean);
          const file = disk.open(path);
          if (file === undefined) continue;
          const bytes = file.chunks.flatMap((chunk) => [...chunk.encode()]);
          cluster.writeFile(1, path, change(Uint8Array.from(bytes)));
          try {
            cluster.restart(1);
            cluster.wait(70);
            if (cluster.exitCode(1) === undefined) cluster.ask(1, 'Fetch', cluster.fetchBody('t', 0));
          } catch (error) {
            const isExpected = error instanceof FatalStartupError || cluster.exitCode(1) !== undefined;
            if (!isExpected) failures.push(`${path}: ${String(error instanceof Error ? error.stack : error)}`);
          }
        }
        expect(failures).toEqual([]);
      });
    }
  }
});

function stoppedDisk(cluster: TestCluster, clean: boolean): FailingDisk {
  if (clean) cluster.stop(1);
  else cluster.kill(1);
  return cluster.diskOf(1);
}
