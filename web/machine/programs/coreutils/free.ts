import { gnuProgram } from '../lib/gnu-tool';
import { humanSize } from '../lib/size-suffix';

const UNITS: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1048576, g: 1073741824 };

/** Memory of the laptop. Simplified: nothing is cached, there is no swap. */
export const free = gnuProgram({
  name: 'free',
  usage: ['[options]'],
  about: 'Display the amount of free and used memory in the system.',
  version: 'from procps-ng 4.0.2',
  options: { short: 'bkmghtwls:c:v', long: { bytes: 'b', kibi: 'k', mebi: 'm', gibi: 'g', human: 'h', total: 't', wide: 'w', seconds: 's:', count: 'c:' } },
  *run(tool) {
    const { options, process } = tool;
    const interval = options.value('s');
    const times = Number(options.value('c') ?? (interval === undefined ? 1 : Infinity));
    for (let i = 0; i < times; i++) {
      if (i > 0) {
        tool.print('\n');
        yield* process.sleep(Number(interval ?? 1) * 1e6);
      }
      const { totalBytes, usedBytes } = process.machine.memory;
      const unit = UNITS[options.last('b', 'k', 'm', 'g') ?? 'k'] as number;
      const show = (bytes: number): string => (options.has('h') ? `${humanSize(bytes)}${bytes < 1024 ? 'B' : 'i'}` : String(Math.floor(bytes / unit))).padStart(12);
      const row = (name: string, values: readonly number[]): string => `${name.padEnd(8)}${values.map(show).join('')}\n`;
      tool.print(`               total        used        free      shared  buff/cache   available\n`);
      tool.print(row('Mem:', [totalBytes, usedBytes, totalBytes - usedBytes, 0, 0, totalBytes - usedBytes]));
      tool.print(row('Swap:', [0, 0, 0]));
      if (options.has('t')) tool.print(row('Total:', [totalBytes, usedBytes, totalBytes - usedBytes]));
      yield* tool.drain();
    }
  },
});
