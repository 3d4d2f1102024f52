import { expect, test } from 'vitest';
import type { LabBlock, LabDocument } from '../../../lab/lab-document';
import { enteredBlocks, labLinesIn } from './typed-lines';

const sh: LabBlock = { kind: 'sh', terminal: 1, text: 'docker -v\ndocker run hello-world' };
const keys: LabBlock = { kind: 'keys', terminal: 2, text: 'Type "Hello World!"\nEnter\nCtrl+C' };
const output: LabBlock = { kind: 'output', terminal: 1, text: 'Hello from Docker!' };
const lab: LabDocument = { id: 'x', title: '', chapter: '01', minutes: 1, terminals: 2, release: '1.1.0', folder: 'X', intro: [], steps: [{ title: '', body: [sh, keys, output], hint: [] }] };

test('a command is known behind any prompt, and only as a whole', () => {
  expect(labLinesIn(lab, 'laptop:01-Verify-Installation$ docker -v')).toEqual(['docker -v']);
  expect(labLinesIn(lab, 'laptop:01$ docker  run   hello-world ')).toEqual(['docker run hello-world']);
  expect(labLinesIn(lab, '>Hello World!')).toEqual(['Hello World!']);
  expect(labLinesIn(lab, 'laptop:01$ echo mydocker -v x')).toEqual([]);
  expect(labLinesIn(lab, 'laptop:01$ mydocker -v')).toEqual([]);
});

test('a block is typed when all of its lines are', () => {
  expect(enteredBlocks(lab, new Set(['docker -v']))).toEqual([]);
  expect(enteredBlocks(lab, new Set(['docker -v', 'docker run hello-world']))).toEqual([sh]);
  expect(enteredBlocks(lab, new Set(['Hello World!']))).toEqual([keys]);
});
