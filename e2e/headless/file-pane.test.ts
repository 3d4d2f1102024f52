import * as fflate from 'fflate';
import { expect, test } from 'vitest';
import { readLabs } from '../../web/lab/build/read-labs';
import { furnishLaptop, provideLibraries } from '../../web/session/furniture';
import { Session } from '../../web/session/session';

const FOLDER = '/home/student/kafka-labs/labs/01-Verify-Installation';

function student() {
  provideLibraries({ fflate });
  let shown = '';
  const session = new Session({ seed: 1, labs: readLabs('labs'), labId: '01-verify-installation', onOutput: (_terminal, text) => (shown += text) });
  session.furnish(furnishLaptop);
  session.apply({ kind: 'terminal.open', terminal: 1, columns: 120, rows: 24 });
  const type = (line: string, seconds = 2): string => {
    shown = '';
    session.apply({ kind: 'terminal.data', terminal: 1, data: `${line}\r` });
    session.run(session.sim.nowUs + seconds * 1_000_000);
    return shown;
  };
  const save = (text: string): void => session.apply({ kind: 'file.save', path: `${FOLDER}/docker-compose.yml`, text });
  return { session, type, save };
}

test('what the file pane saves is what docker-compose reads', () => {
  const { session, type, save } = student();
  const text = session.readLaptopFile('docker-compose.yml') ?? '';
  save(text.replace('9092:9092', '19092:9092'));
  expect(type('docker-compose config')).toContain('- 19092:9092/tcp');
  save(`${text}oops\n`);
  expect(type('docker-compose config')).toContain("could not find expected ':'");
  save(text);
  expect(type('ls -l docker-compose.yml')).toContain(`student student ${text.length} `);
});

test('a file that cannot be saved leaves the session alive', () => {
  const { type, save } = student();
  type('rm docker-compose.yml; mkdir docker-compose.yml');
  save('version: "2"\n');
  expect(type('ls -d docker-compose.yml/')).toContain('docker-compose.yml/');
  type('rmdir docker-compose.yml; cd; rm -rf kafka-labs; echo x > kafka-labs');
  save('version: "2"\n');
  expect(type('cat kafka-labs')).toContain('x\r\n');
  type('yes > full', 120);
  type('\x03', 2);
  type('rm kafka-labs');
  save('version: "2"\n'.repeat(100_000));
  expect(type('echo still here')).toContain('still here');
});
