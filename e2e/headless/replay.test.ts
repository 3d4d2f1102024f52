import { readFileSync } from 'node:fs';
import * as fflate from 'fflate';
import { expect, test } from 'vitest';
import { TapePlayer, Transcript } from '../../web/cli/tape/play-tape';
import { readLabs } from '../../web/lab/build/read-labs';
import { parseTape } from '../../web/lab/parse-tape';
import { furnishLaptop, provideLibraries } from '../../web/session/furniture';
import { InputLog } from '../../web/session/input-log';
import { Session } from '../../web/session/session';
import { TraceHash } from '../../web/session/trace-hash';

interface Run {
  readonly session: Session;
  readonly hash: TraceHash;
  readonly transcripts: Map<number, Transcript>;
}

function begin(): Run {
  provideLibraries({ fflate });
  const transcripts = new Map([1, 2, 3, 4].map((number) => [number, new Transcript()] as const));
  const session = new Session({ seed: 3, labs: readLabs('labs'), labId: '01-verify-installation', onOutput: (terminal, text) => transcripts.get(terminal)?.add(text) });
  return { session, hash: new TraceHash(session.sim), transcripts };
}

test('a saved log gives the same run again, whenever the laptop is furnished', () => {
  const first = begin();
  first.session.apply({ kind: 'terminal.open', terminal: 1, columns: 131, rows: 24 });
  first.session.run(first.session.sim.nowUs + 300_000);
  first.session.furnish(furnishLaptop);
  new TapePlayer(first.session, first.transcripts).play(parseTape(readFileSync('e2e/tapes/lab-01.tape', 'utf8')));

  const saved = InputLog.parse(first.session.logLines(0).join('\n'));
  const second = begin();
  second.session.furnish(furnishLaptop);
  for (const entry of saved.inputs) {
    while (!second.session.runTo(entry, 1000));
    second.session.apply(entry.input);
  }
  second.session.run(first.session.sim.nowUs);

  expect(second.session.sim.eventNumber).toBe(first.session.sim.eventNumber);
  expect(second.hash.value).toBe(first.hash.value);
  for (const number of [1, 2, 3]) expect(second.transcripts.get(number)?.text).toBe(first.transcripts.get(number)?.text);
});

test('a log that was cut off in its last line keeps what came before', () => {
  const { session } = begin();
  session.apply({ kind: 'note', text: 'one' });
  session.apply({ kind: 'note', text: 'two' });
  const text = session.logLines(0).join('\n');
  expect(InputLog.parse(text.slice(0, -5)).inputs).toHaveLength(1);
  expect(() => InputLog.parse('no session')).toThrow('This is not a saved session.');
});
