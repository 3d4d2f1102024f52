import * as fflate from 'fflate';
import { expect, it } from 'vitest';
import { readLabs } from '../lab/build/read-labs';
import { furnishLaptop, provideLibraries } from './furniture';
import { Session } from './session';
import type { Snapshot } from './snapshot';

const SECOND_US = 1_000_000;

/** A laptop on which each line is typed and has so many simulated seconds. */
function laptop(): (line: string, seconds: number) => Snapshot {
  provideLibraries({ fflate });
  const session = new Session({ seed: 1, labs: readLabs('labs'), labId: '01-verify-installation', onOutput: () => undefined });
  session.furnish(furnishLaptop);
  session.apply({ kind: 'terminal.open', terminal: 1, columns: 131, rows: 24 });
  session.run(session.sim.nowUs + SECOND_US);
  return (line, seconds) => {
    session.apply({ kind: 'terminal.data', terminal: 1, data: `${line}\r` });
    // As the page does, the world is looked at all the time.
    for (let frame = 0; frame < seconds * 10; frame++) {
      session.run(session.sim.nowUs + SECOND_US / 10);
      session.frame({ paused: false, speed: 1 });
    }
    return session.frame({ paused: false, speed: 1 }).snapshot;
  };
}

const valuesOf = (snapshot: Snapshot) => snapshot.topics.find(({ topic }) => topic === 't')?.partitions[0]?.records.map(({ value }) => value);

it('a killed broker keeps its place and its records in the picture until its container is gone', () => {
  const type = laptop();
  type('docker-compose up -d', 40);
  type('docker-compose exec kafka bash -c "seq 3 | kafka-console-producer.sh --broker-list kafka:9092 --topic t"', 10);
  const killed = type('docker-compose kill kafka', 2);
  expect(killed.brokers.map(({ state }) => state)).toEqual(['stopped']);
  expect(killed.zookeepers[0]?.sessions[0]?.connected).toBe(false);
  expect(valuesOf(killed)).toEqual(['1', '2', '3']);
  const expired = type('', 10);
  expect(expired.zookeepers[0]?.sessions).toEqual([]);
  expect(expired.zookeepers[0]?.brokerIds).toEqual([]);
  expect(valuesOf(expired)).toEqual(['1', '2', '3']);
  const down = type('docker-compose down', 30);
  expect([down.brokers, down.zookeepers, down.topics]).toEqual([[], [], []]);
});

it('a broker without ZooKeeper still shows what it serves', () => {
  const type = laptop();
  type('docker-compose up -d', 40);
  type('docker-compose exec kafka bash -c "seq 3 | kafka-console-producer.sh --broker-list kafka:9092 --topic t"', 10);
  const alone = type('docker-compose kill zookeeper', 4);
  expect(alone.zookeepers.map(({ running }) => running)).toEqual([false]);
  expect(alone.brokers.map(({ state }) => state)).toEqual(['running']);
  expect(valuesOf(alone)).toEqual(['1', '2', '3']);
});
