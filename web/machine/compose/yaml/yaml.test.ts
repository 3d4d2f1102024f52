import { expect, test } from 'vitest';
import { dumpYaml } from './yaml-dump';
import { YamlError } from './yaml-error';
import { parseYaml } from './yaml-parser';
import type { YamlValue } from './yaml-value';

function plain(value: YamlValue): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, each]) => [String(key), plain(each)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

function errorOf(text: string): string {
  try {
    parseYaml(text, './docker-compose.yml');
  } catch (error) {
    if (error instanceof YamlError) return `${error.pythonClass}: ${error.message}`;
    throw error;
  }
  return '';
}

test('a compose file is read with the types of YAML 1.1', () => {
  const text = "version: '2'\nservices:\n  kafka: {image: kafka, ports: [\"9092:9092\", 22:22]}\n  a: &x\n    - yes\n    - 010\n    - 1.5\n    - ~\n  b: *x\n";
  expect(plain(parseYaml(text, 'f'))).toMatchObject({
    version: '2',
    services: { kafka: { image: 'kafka', ports: ['9092:9092', 1342] } },
  });
});

test('block scalars keep or fold their lines', () => {
  expect(plain(parseYaml('a: |\n  one\n  two\n\nb: >-\n  one\n  two\n\n  three\n', 'f'))).toEqual({ a: 'one\ntwo\n', b: 'one two\nthree' });
});

test('a tab in the indentation is a scanner error', () => {
  expect(errorOf('a:\n\tb: 1\n')).toBe(
    "yaml.scanner.ScannerError: while scanning for the next token\nfound character '\\t' that cannot start any token\n  in \"./docker-compose.yml\", line 2, column 1",
  );
});

test('a key without its colon is found in the next line', () => {
  expect(errorOf('a:\n  b\n  c: 1\n')).toContain('mapping values are not allowed here');
});

test('keys are sorted and doubtful strings quoted when a value is written', () => {
  const value = parseYaml('b: "yes"\na: [\'1\', \'\', null, "x: y"]\nc: {}\n', 'f');
  expect(dumpYaml(value)).toBe("a:\n- '1'\n- ''\n- null\n- 'x: y'\nb: \"yes\"\nc: {}\n");
});
