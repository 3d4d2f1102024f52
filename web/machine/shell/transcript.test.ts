import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runProgram, testMachine } from '../os/testing';
import { COREUTILS } from '../programs/coreutils/programs';
import { bash } from './bash';

interface Recorded {
  command: string;
  stdout: string;
  stderr: string;
  code: number;
}

/** Reads a transcript: `$ command` (of one or more lines), `O| ` and `E| ` lines, `rc=N`. */
function readTranscript(name: string): Recorded[] {
  const out: Recorded[] = [];
  let present: Recorded | undefined;
  let inCommand = false;
  for (const line of readFileSync(new URL(`./recordings/${name}`, import.meta.url), 'utf8').split('\n')) {
    const output = /^([OE])(\\?)\| ?([\s\S]*)$/.exec(line);
    if (line.startsWith('$ ')) {
      present = { command: line.slice(2), stdout: '', stderr: '', code: 0 };
      inCommand = true;
      out.push(present);
    } else if (present !== undefined && output !== null) {
      inCommand = false;
      present[output[1] === 'O' ? 'stdout' : 'stderr'] += `${output[3] as string}${output[2] === '' ? '\n' : ''}`;
    } else if (present !== undefined && line.startsWith('rc=')) {
      inCommand = false;
      present.code = Number(line.slice(3));
    } else if (present !== undefined && inCommand) present.command += `\n${line}`;
  }
  return out;
}

describe('bash does what the real one did', () => {
  it.each(readTranscript('language.txt'))('$command', ({ command, stdout, stderr, code }) => {
    const machine = testMachine();
    for (const program of COREUTILS) machine.files.installProgram(`/usr/bin/${program.name}`, program);
    machine.files.installProgram('/usr/bin/bash', bash);
    machine.files.makeDirectories('/home/student/w', 0o755, 1000);
    const result = runProgram(machine, bash, ['bash', '-c', command], { cwd: '/home/student/w', forUs: 20_000_000 });
    expect({ stdout: result.stdout, stderr: result.stderr, status: result.status }).toEqual({ stdout, stderr, status: { code } });
  });
});
