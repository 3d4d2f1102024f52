import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArguments } from './arguments';
import { BENCHMARKS } from './bench/benchmarks';
import type { Figure } from './bench/figure';

const USAGE = 'usage: npm run bench -- [NAME...] [--json FILE] [--runs N]';

/** Measures and prints a Markdown table: figure, unit, aim, min, median and max of the runs. Returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const { options, files: names } = parseArguments(argv, { flags: [], values: ['json', 'runs'] });
  const chosen = BENCHMARKS.filter((each) => names.length === 0 || each.figures.some((figure) => names.includes(figure)));
  if (chosen.length === 0) {
    console.error(`${USAGE}\nfigures: ${BENCHMARKS.flatMap((each) => each.figures).join(', ')}`);
    return 2;
  }
  const figures: Figure[] = [];
  for (const benchmark of chosen) figures.push(...(await benchmark.measure(Number(options.runs ?? 3))));
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}\n`);
  console.log('| figure | unit | aim | min | median | max |\n| --- | --- | --- | --- | --- | --- |');
  for (const { name, unit, aim, runs } of figures) {
    const sorted = [...runs].sort((a, b) => a - b);
    const cells = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)].map((value) => format(value ?? 0));
    console.log(`| ${name} | ${unit} | ${aim ?? ''} | ${cells.join(' | ')} |`);
  }
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(figures, null, 1)}\n`);
  return 0;
}

function format(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toFixed(1);
}
