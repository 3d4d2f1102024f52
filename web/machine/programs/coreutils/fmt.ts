import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteLocale, quoteShell } from '../lib/quoting';

/** Fills paragraphs. Simplified: lines are filled greedily up to the goal width of GNU's fmt, not by its cost of raggedness. */
export const fmt = gnuProgram({
  name: 'fmt',
  usage: ['[-WIDTH] [OPTION]... [FILE]...'],
  about: 'Reformat each paragraph in the FILE(s), writing to standard output.',
  options: { short: 'cp:stuw:g:', long: { 'crown-margin': 'c', prefix: 'p:', 'split-only': 's', 'tagged-paragraph': 't', 'uniform-spacing': 'u', width: 'w:', goal: 'g:' }, digits: true },
  *run(tool) {
    const text = tool.options.value('w') ?? tool.options.value('#') ?? '75';
    if (!/^\d+$/.test(text)) tool.fail(`invalid width: ${quoteLocale(text)}`);
    const width = Number(text);
    for (const operand of tool.operands.length === 0 ? ['-'] : tool.operands) {
      const fd = yield* openOperand(tool, operand);
      if (fd === undefined) continue;
      let paragraph: string[] = [];
      let indent = '';
      const flush = (): void => {
        if (paragraph.length > 0) tool.print(fill(paragraph, indent, width));
        paragraph = [];
      };
      for (const line of yield* tool.lines(fd).all()) {
        const margin = /^[ \t]*/.exec(line)?.[0] ?? '';
        if (line.trim() === '') {
          flush();
          tool.print('\n');
          continue;
        }
        if (margin !== indent) flush();
        indent = margin;
        // GNU's fmt leaves two blanks after a sentence that ends its line.
        if (/[.?!]['")\]]*$/.test(paragraph.at(-1) ?? '')) paragraph[paragraph.length - 1] += ' ';
        paragraph.push(...line.trim().split(/[ \t]+/));
        if (tool.options.has('s')) flush();
      }
      flush();
      tool.close(fd);
      yield* tool.maybeDrain();
    }
  },
});

function* openOperand(tool: GnuTool, operand: string): Op<number | undefined> {
  try {
    return tool.open(operand);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    yield* tool.complain(`cannot open ${quoteShell(operand)} for reading: ${error.message}`);
    return undefined;
  }
}

function fill(words: readonly string[], indent: string, width: number): string {
  const lines: string[] = [];
  let line = indent + (words[0] as string);
  for (const word of words.slice(1)) {
    if (line.length + 1 + word.trimEnd().length > width) {
      lines.push(line.trimEnd());
      line = indent + word;
    } else line += ` ${word}`;
  }
  return `${[...lines, line.trimEnd()].join('\n')}\n`;
}
