import { expect, test } from 'vitest';
import { DocoptExit, docopt } from './docopt';
import { textTable } from './text-table';
import { COMMAND_USAGES } from './usage-texts';

const usage = (name: string): string => COMMAND_USAGES[name] as string;

test('options stand before the first argument', () => {
  const result = docopt(usage('exec'), ['-T', '-e', 'A=1', '--env', 'B=2', 'kafka', 'ls', '-l']);
  expect([result.flag('-T'), result.values('--env'), result.argument('SERVICE'), result.argument('COMMAND'), result.arguments('ARGS')]).toEqual([true, ['A=1', 'B=2'], 'kafka', 'ls', ['-l']]);
  expect(docopt(usage('up'), ['kafka', '-d']).arguments('SERVICE')).toEqual(['kafka', '-d']);
  expect(result.value('--index')).toBe('1');
});

test('a long option may be cut short while it is the only one', () => {
  expect(docopt(usage('up'), ['--det']).flag('--detach')).toBe(true);
  expect(() => docopt(usage('up'), ['--no'])).toThrow(DocoptExit);
  expect(() => docopt(usage('down'), ['now'])).toThrow(DocoptExit);
});

test('a table fits a narrow terminal by wrapping its cells', () => {
  const lines = textTable(['Name', 'Ports'], [['a', '0.0.0.0:2181->2181/tcp, 22/tcp']], 32).split('\n').map((line) => line.trimEnd());
  expect(lines).toEqual(['Name             Ports', '-'.repeat(32), 'a      0.0.0.0:2181->2181/tcp,', '       22/tcp']);
});
