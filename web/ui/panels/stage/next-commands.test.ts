import { expect, it } from 'vitest';
import type { LabDocument } from '../../../lab/lab-document';
import { nextCommands } from './next-commands';

const step = (text: string) => ({ title: text, hint: [], body: [{ kind: 'sh' as const, terminal: 1, text }] });
const lab: LabDocument = {
  id: 'x', title: 'X', chapter: '01', minutes: 1, terminals: 1, release: '1.1.0', folder: 'X', intro: [],
  steps: [step('docker -v'), step('docker-compose up'), step('docker-compose exec kafka kafka-topics.sh --create --topic up')],
};

it('gives each outline the step whose command makes it real', () => {
  const commands = nextCommands(lab, 1);
  expect(commands.cluster).toEqual({ text: 'docker-compose up', step: 2, current: true });
  expect(commands.topic).toMatchObject({ step: 3, current: false });
  expect(commands.producer).toMatchObject({ step: null, current: false });
});

it('has commands without a lab too', () => {
  expect(nextCommands(null, 0).cluster).toEqual({ text: 'docker-compose up', step: null, current: false });
});
