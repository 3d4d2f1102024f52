import { bytesToText } from '../../lib/byte-text';
import { FileError } from '../../../os/file-error';
import { type GnuTool, gnuProgram } from '../../lib/gnu-tool';
import { ScriptReader, type ScriptPiece, SedScriptError } from './script-reader';
import { SedParser } from './sed-parser';
import { SedRun } from './sed-run';
import type { Command } from './sed-script';

/** The stream editor. Simplified: no `e` command; `w` files are written when sed ends. */
export const sed = gnuProgram({
  name: 'sed',
  usage: ['[OPTION]... {script-only-if-no-other-script} [input-file]...'],
  about: '',
  version: '(GNU sed) 4.9',
  showsUsage: 'all',
  options: {
    short: 'nse:f:Ei::l:ruz',
    long: {
      quiet: 'n', silent: 'n', debug: 'debug', expression: 'e:', file: 'f:', 'follow-symlinks': 'follow-symlinks', 'in-place': 'i::', 'line-length': 'l:',
      posix: 'posix', 'regexp-extended': 'E', separate: 's', sandbox: 'sandbox', unbuffered: 'u', 'null-data': 'z',
    },
  },
  *run(tool) {
    const { options } = tool;
    const pieces: ScriptPiece[] = [];
    for (const option of options.all) {
      if (option.key === 'e') pieces.push({ text: option.value as string, file: undefined });
      if (option.key === 'f') pieces.push({ text: yield* scriptFile(tool, option.value as string), file: option.value as string });
    }
    const files = pieces.length > 0 ? tool.operands : tool.operands.slice(1);
    if (pieces.length === 0) {
      if (tool.operands[0] === undefined) tool.usageError('');
      pieces.push({ text: tool.operands[0] as string, file: undefined });
    }
    const commands = parse(tool, pieces);
    return yield* new SedRun(tool, commands, files, {
      quiet: options.has('n') || /^#n(\n|$)/.test((pieces[0] as ScriptPiece).text),
      separate: options.has('s'),
      inPlace: options.has('i') ? (options.value('i') ?? '') : undefined,
      zero: options.has('z'),
    }).run();
  },
});

function* scriptFile(tool: GnuTool, name: string) {
  try {
    const fd = tool.open(name);
    const text = bytesToText(yield* tool.readAll(fd)).replace(/\n$/, '');
    tool.close(fd);
    return text.startsWith('#!') ? text.replace(/^[^\n]*/, '#') : text;
  } catch (error) {
    if (error instanceof FileError) return tool.fail(`couldn't open file ${name}: ${error.message}`, 4);
    throw error;
  }
}

function parse(tool: GnuTool, pieces: readonly ScriptPiece[]): Command[] {
  try {
    return new SedParser(new ScriptReader(pieces), tool.options.has('E', 'r')).parse();
  } catch (error) {
    if (error instanceof SedScriptError) return tool.fail(error.message, error.code);
    throw error;
  }
}
