import { FileError } from '../../os/file-error';
import { concatBytes } from '../../os/text';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteName } from '../lib/quoting';

const NEWLINE = 10;
const TAB = 9;

interface CatStyle {
  readonly number: 'all' | 'nonblank' | undefined;
  readonly squeeze: boolean;
  readonly ends: boolean;
  readonly tabs: boolean;
  readonly nonprinting: boolean;
}

/** Joins files. */
export const cat = gnuProgram({
  name: 'cat',
  usage: ['[OPTION]... [FILE]...'],
  about: 'Copy each FILE, or standard input, to standard output.',
  options: {
    short: 'AbeEnstTuv',
    long: {
      'show-all': 'A', 'number-nonblank': 'b', 'show-ends': 'E', number: 'n', 'squeeze-blank': 's', 'show-tabs': 'T', 'show-nonprinting': 'v',
    },
  },
  *run(tool) {
    const { options } = tool;
    const style: CatStyle = {
      number: options.has('b') ? 'nonblank' : options.has('n') ? 'all' : undefined,
      squeeze: options.has('s'),
      ends: options.has('A', 'E', 'e'),
      tabs: options.has('A', 'T', 't'),
      nonprinting: options.has('A', 'e', 't', 'v'),
    };
    const plain = Object.values(style).every((each) => each === undefined || each === false);
    const painter = plain ? undefined : new Painter(style);
    for (const operand of tool.operands.length === 0 ? ['-'] : tool.operands) yield* copy(tool, operand, painter);
  },
});

function* copy(tool: GnuTool, operand: string, painter: Painter | undefined) {
  const fd = yield* tool.tryOpen(operand);
  if (fd === undefined) return;
  try {
    for (let chunk = yield* tool.process.read(fd); chunk !== null; chunk = yield* tool.process.read(fd)) {
      yield* tool.process.out(painter === undefined ? chunk : painter.paint(chunk));
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    yield* tool.complain(`${quoteName(operand)}: ${error.message}`);
  }
  tool.close(fd);
}

/** Numbers lines and makes unseen bytes visible; line numbers go on from file to file. */
class Painter {
  private lineNumber = 0;
  private atLineStart = true;
  private blankLines = 0;

  constructor(private readonly style: CatStyle) {}

  paint(chunk: Uint8Array): Uint8Array {
    const parts: Uint8Array[] = [];
    let from = 0;
    while (from < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, from);
      const end = newline < 0 ? chunk.length : newline;
      this.paintLine(chunk.subarray(from, end), newline >= 0, parts);
      from = end + 1;
    }
    return concatBytes(parts);
  }

  private paintLine(line: Uint8Array, complete: boolean, parts: Uint8Array[]): void {
    const blank = this.atLineStart && line.length === 0 && complete;
    this.blankLines = blank ? this.blankLines + 1 : 0;
    if (this.style.squeeze && this.blankLines > 1) return;
    if (this.atLineStart && (this.style.number === 'all' || (this.style.number === 'nonblank' && !blank))) {
      this.lineNumber += 1;
      parts.push(ascii(`${String(this.lineNumber).padStart(6)}\t`));
    }
    const carriageReturn = this.style.ends && !this.style.nonprinting && complete && line.at(-1) === 13;
    parts.push(this.visible(carriageReturn ? line.subarray(0, -1) : line));
    if (carriageReturn) parts.push(ascii('^M'));
    if (complete) parts.push(ascii(this.style.ends ? '$\n' : '\n'));
    this.atLineStart = complete;
  }

  private visible(line: Uint8Array): Uint8Array {
    if (!this.style.nonprinting && !this.style.tabs) return line;
    let out = '';
    for (const byte of line) {
      if (byte === TAB) out += this.style.tabs ? '^I' : '\t';
      else if (this.style.nonprinting) out += visibleByte(byte);
      else out += String.fromCharCode(byte);
    }
    return Uint8Array.from(out, (character) => character.charCodeAt(0));
  }
}

function visibleByte(byte: number): string {
  if (byte >= 128) return `M-${visibleByte(byte - 128)}`;
  if (byte === 127) return '^?';
  return byte < 32 ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte);
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
