import { readFileSync } from 'node:fs';
import * as fflate from 'fflate';
import { readLabs } from '../lab/build/read-labs';
import { parseArguments } from './arguments';
import { playTapeText } from './tape/play-tape-text';

const USAGE = 'usage: npm run --silent tape -- [--seed N] [--json] FILE.tape';

/** Plays one tape headless. Prints what each terminal showed; exits 1 when a Wait or a Check did not hold. */
export function main(argv: readonly string[]): number {
  const { options, files } = parseArguments(argv, { flags: ['json'], values: ['seed'] });
  const file = files[0];
  if (file === undefined || files.length > 1) {
    console.error(USAGE);
    return 2;
  }
  const result = playTapeText(readFileSync(file, 'utf8'), { seed: Number(options.seed ?? 1), labs: readLabs('labs'), libraries: { fflate } });
  if (options.json !== undefined) console.log(JSON.stringify({ terminals: result.terminals, simulatedMs: result.simulatedMs, events: result.events, state: result.state }));
  else for (const [number, text] of Object.entries(result.terminals)) console.log(`== terminal ${number}\n${text}`);
  if (result.failure === undefined) return 0;
  console.error(`${file}:${result.failure.line}: ${result.failure.message}`);
  return 1;
}
