import { gnuProgram, type GnuTool } from '../lib/gnu-tool';
import { expandSet, TrSetError } from '../lib/tr-sets';
import { quoteLocale } from '../lib/quoting';

/** Translates, squeezes or deletes bytes, as GNU's does (it knows no multibyte characters). */
export const tr = gnuProgram({
  name: 'tr',
  usage: ['[OPTION]... STRING1 [STRING2]'],
  about: 'Translate, squeeze, and/or delete characters from standard input, writing to standard output.',
  options: { short: '+cCdst', long: { complement: 'c', delete: 'd', 'squeeze-repeats': 's', 'truncate-set1': 't' } },
  *run(tool) {
    const { table, deleted, squeezed } = plan(tool);
    let previous = -1;
    for (let chunk = yield* tool.process.read(0); chunk !== null; chunk = yield* tool.process.read(0)) {
      const out = new Uint8Array(chunk.length);
      let size = 0;
      for (const byte of chunk) {
        if (deleted[byte] === 1) continue;
        const to = table[byte] as number;
        if (squeezed[to] === 1 && to === previous) continue;
        previous = to;
        out[size++] = to;
      }
      yield* tool.process.out(out.subarray(0, size));
    }
  },
});

interface Plan {
  readonly table: Uint8Array;
  readonly deleted: Uint8Array;
  readonly squeezed: Uint8Array;
}

function plan(tool: GnuTool): Plan {
  const { options, operands } = tool;
  checkOperands(tool);
  const complement = options.has('c', 'C');
  const remove = options.has('d');
  const squeeze = options.has('s');
  const table = Uint8Array.from({ length: 256 }, (_, i) => i);
  const deleted = new Uint8Array(256);
  const squeezed = new Uint8Array(256);
  const mark = (into: Uint8Array, bytes: Iterable<number>): void => {
    for (const byte of bytes) into[byte] = 1;
  };
  try {
    const translating = !remove && operands.length === 2;
    let first = expandSet(operands[0] as string, { second: false, length: undefined });
    if (complement) first = complementOf(first);
    if (remove) mark(deleted, first);
    if (translating) {
      const second = expandSet(operands[1] as string, { second: true, length: first.length });
      if (second.length === 0) tool.fail('when not truncating set1, string2 must be non-empty');
      const used = options.has('t') ? first.slice(0, second.length) : first;
      used.forEach((byte, i) => {
        table[byte] = second[Math.min(i, second.length - 1)] as number;
      });
      if (squeeze) mark(squeezed, second);
    } else if (squeeze) mark(squeezed, remove ? expandSet(operands[1] as string, { second: false, length: undefined }) : first);
  } catch (error) {
    if (error instanceof TrSetError) tool.fail(error.message);
    throw error;
  }
  return { table, deleted, squeezed };
}

function complementOf(bytes: readonly number[]): number[] {
  const has = new Set(bytes);
  return Array.from({ length: 256 }, (_, i) => i).filter((byte) => !has.has(byte));
}

function checkOperands(tool: GnuTool): void {
  const { options, operands } = tool;
  const remove = options.has('d');
  const squeeze = options.has('s');
  const least = remove === squeeze ? 2 : 1;
  const most = remove && !squeeze ? 1 : 2;
  if (operands.length === 0) tool.usageError('missing operand');
  if (operands.length < least) {
    const why = squeeze ? 'Two strings must be given when both deleting and squeezing repeats.' : 'Two strings must be given when translating.';
    tool.usageError(`missing operand after ${quoteLocale(operands.at(-1) as string)}\n${why}`);
  }
  if (operands.length > most) {
    const why = operands.length === 2 ? '\nOnly one string may be given when deleting without squeezing repeats.' : '';
    tool.usageError(`extra operand ${quoteLocale(operands[most] as string)}${why}`);
  }
}
