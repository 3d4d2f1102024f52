import { execFileSync } from 'node:child_process';
import type { Benchmark } from './figure';

/** kB gzip of all that the built page loads until the prompt takes input. */
export const firstLoadBenchmark: Benchmark = {
  figures: ['first-load'],
  async measure() {
    execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
    const text = execFileSync('node', ['web/cli/budget.mjs'], { encoding: 'utf8' });
    const kB = Number(/first load ([\d.]+) kB/.exec(text)?.[1]);
    return [{ name: 'first-load', unit: 'kB gzip', aim: 450, better: 'less', runs: [kB] }];
  },
};
