import { FileError } from '../../os/file-error';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';

/** Compares two files byte by byte. */
export const cmp = gnuProgram({
  name: 'cmp',
  usage: ['[OPTION]... FILE1 [FILE2 [SKIP1 [SKIP2]]]'],
  about: 'Compare two files byte by byte.',
  version: '(GNU diffutils) 3.8',
  failCode: 2,
  namesItselfTwice: true,
  options: { short: 'bi:ln:s', long: { 'print-bytes': 'b', 'ignore-initial': 'i:', verbose: 'l', bytes: 'n:', quiet: 's', silent: 's' } },
  *run(tool) {
    const { operands, options } = tool;
    if (operands.length === 0) tool.usageError(`missing operand after '${tool.name}'`);
    if (operands.length > 4) tool.usageError(`extra operand '${operands[4] as string}'`);
    const names = [operands[0] as string, operands[1] ?? '-'] as const;
    const first = yield* read(tool, names[0]);
    const second = yield* read(tool, names[1]);
    const limit = Math.min(first.length, second.length, Number(options.value('n') ?? Infinity));
    let line = 1;
    let same = true;
    for (let at = 0; at < limit; at++) {
      const [x, y] = [first[at] as number, second[at] as number];
      if (x !== y) {
        same = false;
        if (options.has('s')) return 1;
        if (options.has('l')) tool.print(`${String(at + 1).padStart(String(limit).length)} ${x.toString(8).padStart(3)} ${y.toString(8).padStart(3)}\n`);
        else {
          const bytes = options.has('b') ? ` is ${x.toString(8).padStart(3)} ${shown(x)} ${y.toString(8).padStart(3)} ${shown(y)}` : '';
          tool.print(`${names[0]} ${names[1]} differ: byte ${at + 1}, line ${line}${bytes}\n`);
          return 1;
        }
      }
      if (x === 10) line += 1;
    }
    if (first.length === second.length || limit === Number(options.value('n') ?? Infinity)) return same ? 0 : 1;
    if (options.has('s')) return 1;
    const [shorter, bytes] = first.length < second.length ? [names[0], first] : [names[1], second];
    const inLine = bytes.at(-1) === 10 ? `line ${line - 1}` : `in line ${line}`;
    const where = options.has('l') ? '' : `, ${inLine}`;
    yield* tool.complain(bytes.length === 0 ? `EOF on ${shorter} which is empty` : `EOF on ${shorter} after byte ${bytes.length}${where}`, 1);
    return 1;
  },
});

function shown(byte: number): string {
  return byte < 32 ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte);
}

function* read(tool: GnuTool, name: string) {
  try {
    const fd = tool.open(name);
    const bytes = yield* tool.readAll(fd);
    tool.close(fd);
    return bytes;
  } catch (error) {
    if (error instanceof FileError) return tool.fail(`${name}: ${error.message}`);
    throw error;
  }
}
