import { describe, expect, it } from 'vitest';
import type { Machine } from '../../os/machine';
import { testMachine } from '../../os/testing';
import { FILES } from './fixture-files';
import { ROWS as AWK } from './fixtures/awk';
import { ROWS as DUMPS } from './fixtures/dumps-and-sums';
import { ROWS as FILE_TOOLS } from './fixtures/files';
import { ROWS as FIND } from './fixtures/find-diff-test';
import { ROWS as GREP } from './fixtures/grep';
import { ROWS as SED } from './fixtures/sed';
import { ROWS as TEXT } from './fixtures/text-tools';
import { runLine } from './line-testing';
import { COREUTILS } from './programs';

function furnished(): Machine {
  const machine = testMachine();
  for (const program of COREUTILS) machine.files.installProgram(`/usr/bin/${program.name}`, program);
  for (const [name, content] of Object.entries(FILES)) {
    const slash = name.lastIndexOf('/');
    if (slash > 0) machine.files.makeDirectories(`/home/student/${name.slice(0, slash)}`, 0o755, 1000);
    machine.files.writeFile(`/home/student/${name}`, content, { uid: 1000 });
  }
  return machine;
}

const TABLES = { 'text tools': TEXT, grep: GREP, sed: SED, awk: AWK, 'file tools': FILE_TOOLS, 'find, diff and test': FIND, 'dumps and sums': DUMPS };

describe.each(Object.entries(TABLES))('%s print what the real ones print', (_, rows) => {
  it.each(rows)('%s', (line, stdout, stderr, rc) => {
    expect(runLine(furnished(), line)).toEqual({ stdout, stderr, rc });
  });
});
