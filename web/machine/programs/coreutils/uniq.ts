import { FileError } from '../../os/file-error';
import { textToBytes } from '../lib/byte-text';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteLocale, quoteName } from '../lib/quoting';

/** Joins equal neighbouring lines. */
export const uniq = gnuProgram({
  name: 'uniq',
  usage: ['[OPTION]... [INPUT [OUTPUT]]'],
  about: 'Filter adjacent matching lines from INPUT (or standard input), writing to OUTPUT (or standard output).',
  options: {
    short: 'cdDf:is:uw:z',
    long: {
      count: 'c', repeated: 'd', 'all-repeated': 'D', 'skip-fields': 'f:', 'ignore-case': 'i', 'skip-chars': 's:', unique: 'u', 'check-chars': 'w:',
      'zero-terminated': 'z',
    },
    digits: true,
  },
  *run(tool) {
    const { options, operands } = tool;
    if (operands.length > 2) tool.usageError(`extra operand ${quoteLocale(operands[2] as string)}`);
    const keyOf = keyFunction(tool);
    const delimiter = options.has('z') ? '\0' : '\n';
    const fd = operands[0] === undefined ? 0 : yield* tool.tryOpen(operands[0]);
    if (fd === undefined) return 1;
    const filter = new Filter(tool, delimiter);
    const source = tool.lines(fd, delimiter.charCodeAt(0));
    const target = operands[1] !== undefined && operands[1] !== '-' ? operands[1] : undefined;
    let out = '';
    for (let batch = yield* source.batch(); batch !== null; batch = yield* source.batch()) {
      for (const line of batch) out += filter.line(line, keyOf(line));
      if (target !== undefined) continue;
      tool.print(out);
      out = '';
      yield* tool.maybeDrain();
    }
    out += filter.end();
    if (target === undefined) tool.print(out);
    else writeTo(tool, target, out);
  },
});

function writeTo(tool: GnuTool, target: string, text: string): void {
  try {
    tool.process.files.writeFile(target, textToBytes(text));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    tool.fail(`${quoteName(target)}: ${error.message}`);
  }
}

function keyFunction(tool: GnuTool): (line: string) => string {
  const count = (key: string, what: string): number | undefined => {
    const text = tool.options.value(key);
    if (text === undefined) return undefined;
    if (!/^\d+$/.test(text)) tool.fail(`${text}: invalid number of ${what}`);
    return Number(text);
  };
  const fields = count('f', 'fields to skip') ?? count('#', 'fields to skip') ?? 0;
  const characters = count('s', 'bytes to skip') ?? 0;
  const width = count('w', 'bytes to compare');
  const ignoreCase = tool.options.has('i');
  return (line) => {
    let key = line;
    for (let i = 0; i < fields; i++) key = key.replace(/^[ \t]*[^ \t]*/, '');
    key = key.slice(characters, width === undefined ? undefined : characters + width);
    return ignoreCase ? key.toLowerCase() : key;
  };
}

class Filter {
  private first: { line: string; key: string } | undefined;
  private count = 0;

  constructor(
    private readonly tool: GnuTool,
    private readonly delimiter: string,
  ) {}

  line(line: string, key: string): string {
    if (this.first !== undefined && this.first.key === key) {
      this.count += 1;
      if (!this.tool.options.has('D')) return '';
      return (this.count === 2 ? this.first.line + this.delimiter : '') + line + this.delimiter;
    }
    const out = this.end();
    this.first = { line, key };
    this.count = 1;
    return out;
  }

  end(): string {
    const { options } = this.tool;
    if (this.first === undefined || options.has('D')) return '';
    if ((options.has('d') && this.count === 1) || (options.has('u') && this.count > 1)) return '';
    return `${options.has('c') ? `${String(this.count).padStart(7)} ` : ''}${this.first.line}${this.delimiter}`;
  }
}
