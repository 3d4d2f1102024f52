import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArguments } from './arguments';
import { replay } from './oracle/replay';

const USAGE = 'usage: npm run --silent oracle -- [--diff] [--json] [--logs DIR] [--min P] [--seed N] FILE...';

/** Replays recordings on the simulated machines and says how much is identical. Returns the exit code. */
export function main(argv: readonly string[]): number {
  const { options, files } = parseArguments(argv, { flags: ['diff', 'json'], values: ['logs', 'min', 'seed'] });
  if (files.length === 0) {
    console.error(USAGE);
    return 2;
  }
  const totals = { identical: 0, lines: 0, right: 0, commands: 0 };
  const json: unknown[] = [];
  for (const file of files) {
    const name = basename(file).replace(/\.txt$/, '');
    const result = replay(readFileSync(file, 'utf8'), Number(options.seed ?? 1));
    const identical = result.scores.reduce((sum, each) => sum + each.identical, 0);
    const lines = result.scores.reduce((sum, each) => sum + each.total, 0);
    const right = result.scores.filter((each) => each.identical === each.total).length;
    totals.identical += identical;
    totals.lines += lines;
    totals.right += right;
    totals.commands += result.scores.length;
    json.push({ file, commands: result.commands });
    if (options.logs !== undefined) writeLogs(join(options.logs, name), result.logs);
    if (options.json !== undefined) continue;
    console.log(`${name}: lines ${identical}/${lines}, commands ${right}/${result.scores.length}`);
    if (options.diff === undefined) continue;
    for (const score of result.scores) {
      if (score.difference.length > 0) console.log([`  $ ${score.command}`, ...score.difference.map((line) => `  ${line}`)].join('\n'));
    }
  }
  const percent = (100 * totals.identical) / Math.max(1, totals.lines);
  if (options.json !== undefined) console.log(JSON.stringify(json, null, 1));
  else console.log(`total: lines ${totals.identical}/${totals.lines} (${percent.toFixed(1)} %), commands ${totals.right}/${totals.commands}`);
  return options.min === undefined ? Number(totals.identical < totals.lines) : Number(percent < Number(options.min));
}

function writeLogs(folder: string, logs: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [service, text] of logs) writeFileSync(join(folder, `${service}.log`), text);
}
