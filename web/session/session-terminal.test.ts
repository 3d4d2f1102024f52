import { describe, expect, it } from 'vitest';
import * as fflate from 'fflate';
import { readLabs } from '../lab/build/read-labs';
import { furnishLaptop, provideLibraries } from './furniture';
import { Session } from './session';

const SECOND_US = 1_000_000;
const TOOLS = { producer: 'kafka-console-producer.sh --broker-list kafka:9092 --topic t', consumer: 'kafka-console-consumer.sh --bootstrap-server kafka:9092 --topic t --from-beginning --timeout-ms 4000' };

/** Terminals that the clients of one line, typed in terminal 2, are said to come from. */
function terminalsOf(line: string): (number | null)[] {
  provideLibraries({ fflate });
  const session = new Session({ seed: 1, labs: readLabs('labs'), labId: '01-verify-installation', onOutput: () => undefined });
  session.furnish(furnishLaptop);
  for (const terminal of [1, 2]) session.apply({ kind: 'terminal.open', terminal, columns: 131, rows: 24 });
  session.run(session.sim.nowUs + SECOND_US);
  session.apply({ kind: 'terminal.data', terminal: 1, data: 'docker-compose up -d\r' });
  session.run(session.sim.nowUs + 40 * SECOND_US);
  session.apply({ kind: 'terminal.data', terminal: 2, data: `${line}\r` });
  const seen = new Set<number | null>();
  for (let moment = 0; moment < 200; moment++) {
    session.run(session.sim.nowUs + SECOND_US / 20);
    for (const client of session.frame({ paused: false, speed: 1 }).snapshot.clients) seen.add(client.terminal);
  }
  return [...seen];
}

describe('a client carries the number of its terminal', () => {
  it.each([
    ['at the end of a pipe in the container', `docker-compose exec kafka bash -c "(seq 3; sleep 2) | ${TOOLS.producer}"`],
    ['at the end of a pipe into the container', `(seq 3; sleep 2) | docker-compose exec -T kafka ${TOOLS.producer}`],
    ['in the middle of a pipe', `docker-compose exec -T kafka ${TOOLS.consumer} | head -3 > read.txt`],
    ['in a container of its own', `docker run --rm --network 01verifyinstallation_default wurstmeister/kafka:1.1.0 ${TOOLS.consumer}`],
    ['in the background', `docker-compose exec -T kafka ${TOOLS.consumer} > read.txt &`],
  ])('%s', (_where, line) => expect(terminalsOf(line)).toEqual([2]));
});
