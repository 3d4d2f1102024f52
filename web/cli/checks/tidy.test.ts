import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simplificationsPage } from './simplifications';

/** Folders that must give the same run everywhere. */
const DETERMINISTIC = ['web/engine', 'web/machine', 'web/lab', 'web/session'];
/** What they must not use, and what to use instead. */
const BANNED: readonly (readonly [RegExp, string])[] = [
  [/\bMath\.random\b/, 'sim.random(name)'],
  [/\bMath\.(log|log2|log10|exp|pow|sin|cos|tan|cbrt|hypot)\b/, 'whole numbers and tables (browsers differ in the last digit)'],
  [/\bDate\.now\b|\bnew Date\(\)/, 'sim.dateMs()'],
  [/\bperformance\.now\b/, 'sim.nowUs'],
  [/\bset(Timeout|Interval|Immediate)\b|\brequestAnimationFrame\b/, 'sim.after(...)'],
  [/\basync\b(?! (append|commit|producer|send))|\bawait\b(?!s?(ing)?[ -])|\bnew Promise\b|\.then\(/, 'generators: yield*'],
  [/\bIntl\.|\.toLocale\w*\(|\blocaleCompare\b/, 'plain comparison and formatting'],
];
/** Words of the workshop that have no place in the product. */
const FOREIGN = /\/work\/|\bTODO\b|\bFIXME\b/;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function codeOf(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => (/^\s*(\*|\/\*\*|\/\/)/.test(line) ? '' : line.replaceAll(/'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "''").replace(/\/\/.*$/, '')));
}

test('deterministic folders use no clock, chance, promise or locale of the platform', () => {
  const found: string[] = [];
  for (const folder of DETERMINISTIC) {
    for (const path of filesBelow(folder)) {
      if (/\.test\.ts$|\.bench\.ts$|^web\/lab\/build\//.test(path)) continue;
      codeOf(path).forEach((line, index) => {
        for (const [pattern, substitute] of BANNED) if (pattern.test(line)) found.push(`${path}:${index + 1}: ${line.trim()} -- use ${substitute}`);
      });
    }
  }
  expect(found).toEqual([]);
});

test('file names are kebab-case and name one thing', () => {
  const wrong = filesBelow('web').filter((path) => {
    const name = path.split('/').at(-1) as string;
    return !/^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.bench|\.d)?\.tsx?$/.test(name) || /^(utils?|helpers?|types|common|index)\.tsx?$/.test(name);
  });
  expect(wrong).toEqual([]);
});

test('no file speaks of the workshop or leaves work undone', () => {
  const found = filesBelow('web').filter((path) => !path.endsWith('tidy.test.ts') && FOREIGN.test(readFileSync(path, 'utf8')));
  expect(found).toEqual([]);
});

test('the page of simplifications is what the docstrings say', () => {
  expect(readFileSync('docs/simplified.md', 'utf8')).toBe(simplificationsPage());
});
