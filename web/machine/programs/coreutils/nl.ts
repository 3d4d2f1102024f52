import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { Pattern } from '../lib/regex/pattern';
import { quoteLocale } from '../lib/quoting';

const ALIGNMENT: Readonly<Record<string, (text: string, width: number) => string>> = {
  ln: (text, width) => text.padEnd(width),
  rn: (text, width) => text.padStart(width),
  rz: (text, width) => text.padStart(width, '0'),
};

/** Numbers lines. Simplified: sections (`\:\:\:`) are not told apart. */
export const nl = gnuProgram({
  name: 'nl',
  usage: ['[OPTION]... [FILE]...'],
  about: 'Write each FILE to standard output, with line numbers added.',
  options: {
    short: 'b:d:f:h:i:l:n:ps:v:w:',
    long: {
      'body-numbering': 'b:', 'section-delimiter': 'd:', 'footer-numbering': 'f:', 'header-numbering': 'h:', 'line-increment': 'i:', 'join-blank-lines': 'l:',
      'number-format': 'n:', 'no-renumber': 'p', 'number-separator': 's:', 'starting-line-number': 'v:', 'number-width': 'w:',
    },
  },
  *run(tool) {
    const { options } = tool;
    const wants = numberedBy(tool, options.value('b') ?? 't');
    const align = ALIGNMENT[options.value('n') ?? 'rn'] ?? tool.usageError(`invalid line numbering format: ${quoteLocale(options.value('n') as string)}`);
    const width = numberOf(tool, 'w', 6, 'line number field width');
    const separator = options.value('s') ?? '\t';
    const step = numberOf(tool, 'i', 1, 'line number increment');
    let number = numberOf(tool, 'v', 1, 'starting line number');
    yield* tool.forEachInput(function* (fd) {
      const source = tool.lines(fd);
      for (let batch = yield* source.batch(); batch !== null; batch = yield* source.batch()) {
        for (const line of batch) {
          if (wants(line)) {
            tool.print(`${align(String(number), width)}${separator}${line}\n`);
            number += step;
          } else tool.print(`${' '.repeat(width + separator.length)}${line}\n`);
        }
        yield* tool.maybeDrain();
      }
    });
  },
});

function numberOf(tool: GnuTool, key: string, otherwise: number, what: string): number {
  const text = tool.options.value(key);
  if (text === undefined) return otherwise;
  if (!/^-?\d+$/.test(text)) tool.fail(`invalid ${what}: ${quoteLocale(text)}`);
  return Number(text);
}

function numberedBy(tool: GnuTool, style: string): (line: string) => boolean {
  if (style === 'a') return () => true;
  if (style === 't') return (line) => line !== '';
  if (style === 'n') return () => false;
  if (!style.startsWith('p')) return tool.usageError(`invalid body numbering style: ${quoteLocale(style)}`);
  const pattern = Pattern.compile(style.slice(1), { syntax: 'basic' });
  return (line) => pattern.test(line);
}
