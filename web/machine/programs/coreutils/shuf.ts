import { gnuProgram } from '../lib/gnu-tool';
import { quoteLocale } from '../lib/quoting';

/** Lines in random order, from the session's own random numbers. */
export const shuf = gnuProgram({
  name: 'shuf',
  usage: ['[OPTION]... [FILE]', '-e [OPTION]... [ARG]...', '-i LO-HI [OPTION]...'],
  about: 'Write a random permutation of the input lines to standard output.',
  options: { short: 'ei:n:o:rz', long: { echo: 'e', 'input-range': 'i:', 'head-count': 'n:', output: 'o:', repeat: 'r', 'zero-terminated': 'z', 'random-source': 'source:' } },
  *run(tool) {
    const { operands, options, process } = tool;
    const range = options.value('i');
    let lines: string[];
    if (range !== undefined) {
      const match = /^(\d+)-(\d+)$/.exec(range);
      if (match === null || Number(match[1]) > Number(match[2]) + 1) return tool.fail(`invalid input range: ${quoteLocale(range)}`);
      lines = Array.from({ length: Number(match[2]) - Number(match[1]) + 1 }, (_, i) => String(Number(match[1]) + i));
    } else if (options.has('e')) lines = [...operands];
    else {
      if (operands.length > 1) tool.usageError(`extra operand ${quoteLocale(operands[1] as string)}`);
      const fd = operands[0] === undefined ? 0 : yield* tool.tryOpen(operands[0]);
      if (fd === undefined) return 1;
      lines = yield* tool.lines(fd, options.has('z') ? 0 : 10).all();
    }
    const text = options.value('n');
    if (text !== undefined && !/^\d+$/.test(text)) tool.fail(`invalid line count: ${quoteLocale(text)}`);
    const random = process.machine.sim.random('shuf');
    const end = options.has('z') ? '\0' : '\n';
    if (options.has('r')) {
      if (lines.length === 0) return tool.fail('no lines to repeat');
      for (let left = Number(text ?? Infinity); left > 0; left--) {
        tool.print((lines[random.below(lines.length)] as string) + end);
        yield* tool.maybeDrain();
      }
      return 0;
    }
    for (let i = lines.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [lines[i], lines[j]] = [lines[j] as string, lines[i] as string];
    }
    const out = lines.slice(0, Number(text ?? Infinity)).map((line) => line + end).join('');
    const target = options.value('o');
    if (target === undefined) tool.print(out);
    else process.files.writeFile(target, out);
    return 0;
  },
});
