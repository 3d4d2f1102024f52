import { expect, test } from 'vitest';
import { type FlagSpec, FlagError, flagUsages, parseFlags } from './flags';
import { GoTemplate, TemplateError } from './go-template';
import { humanDuration, humanSize } from './human-units';
import { tabTable } from './tab-table';

const FLAGS: readonly FlagSpec[] = [
  { name: 'all', short: 'a', kind: 'bool', usage: 'Show all' },
  { name: 'env', short: 'e', kind: 'list', usage: 'Set environment variables' },
  { name: 'last', short: 'n', kind: 'int', usage: 'Show n last created containers (includes all states)', defaultValue: '-1' },
];

test('options may be joined, repeated and given with an equals sign', () => {
  const { flags, args } = parseFlags(FLAGS, ['-ae', 'A=1', '--env=B=2', 'x', '-n3'], true);
  expect([flags.bool('all'), flags.list('env'), flags.number('last'), args]).toEqual([true, ['A=1', 'B=2'], 3, ['x']]);
  expect(parseFlags(FLAGS, ['x', '-a'], false).args).toEqual(['x', '-a']);
  expect(() => parseFlags(FLAGS, ['-n', 'x'], true)).toThrow(new FlagError('invalid argument "x" for "-n, --last" flag: strconv.ParseInt: parsing "x": invalid syntax'));
});

test('help aligns the descriptions and wraps them', () => {
  expect(flagUsages(FLAGS, 60)).toBe('  -a, --all        Show all\n  -e, --env list   Set environment variables\n  -n, --last int   Show n last created containers\n                   (includes all states) (default -1)');
});

test('a template walks through data as Go does', () => {
  const data = { Name: '/x', List: ['a', 'b'], Map: { b: 2, a: { c: 1 } } };
  expect(new GoTemplate('{{.Name}} {{range $i, $e := .List}}{{if $i}}, {{end}}{{$e | upper}}{{end}} {{index .Map "b"}} {{json .Map.a}} {{len .List}}').render(data)).toBe('/x A, B 2 {"c":1} 2');
  expect(new GoTemplate('{{- range .Map -}} [{{.}}] {{- end}}').render({ Map: { b: 2, a: 1 } })).toBe('[1][2]');
  expect(() => new GoTemplate('{{.Name')).toThrow(TemplateError);
});

test('spans and sizes in words', () => {
  expect([0.2, 1, 59, 60, 150, 3600, 86_400 * 3, 86_400 * 400].map(humanDuration)).toEqual(['Less than a second', '1 second', '59 seconds', 'About a minute', '2 minutes', 'About an hour', '3 days', '13 months']);
  expect([977, 1848, 451_000_000].map((bytes) => humanSize(bytes))).toEqual(['977B', '1.85kB', '451MB']);
});

test('columns are at least twenty wide', () => {
  expect(tabTable([['A', 'B'], ['x'.repeat(21), 'y']])).toBe(`${'A'.padEnd(24)}B\n${'x'.repeat(21)}   y\n`);
});
