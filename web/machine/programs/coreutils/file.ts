import { FileError } from '../../os/file-error';
import type { FileNode } from '../../os/file-node';
import { bytesToText } from '../lib/byte-text';
import { displayWidth } from '../lib/column-layout';
import { gnuProgram } from '../lib/gnu-tool';

const INTERPRETERS: readonly (readonly [RegExp, string])[] = [
  [/^#! ?\/(?:usr\/)?bin\/(?:env )?bash/, 'Bourne-Again shell script'],
  [/^#! ?\/(?:usr\/)?bin\/(?:env )?sh/, 'POSIX shell script'],
  [/^#! ?\/\S*(?:python|env python)/, 'Python script'],
];

/** Guesses what a file holds. Simplified: text, scripts, JSON, gzip, ELF, or data. */
export const file = gnuProgram({
  name: 'file',
  usage: ['[OPTION...] [FILE...]'],
  about: 'Determine type of FILEs.',
  version: '5.44',
  options: { short: 'bhLi0', long: { brief: 'b', dereference: 'L', 'no-dereference': 'h', mime: 'i' } },
  *run(tool) {
    const { operands, options, process } = tool;
    if (operands.length === 0) tool.fail('no file given');
    const width = Math.max(...operands.map(displayWidth)) + 2;
    for (const operand of operands) {
      let kind: string;
      try {
        kind = describe(process.files.stat(operand, options.has('L')));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        kind = `cannot open \`${operand}' (${error.message})`;
      }
      tool.print(`${options.has('b') ? '' : `${operand}:`.padEnd(width)}${kind}\n`);
    }
    yield* tool.drain();
  },
});

function describe(node: FileNode): string {
  switch (node.kind) {
    case 'directory':
      return 'directory';
    case 'symlink':
      return `symbolic link to ${node.target}`;
    case 'device':
      return 'character special';
    case 'fifo':
      return 'fifo (named pipe)';
    case 'regular':
      if (node.program !== undefined) return 'ELF 64-bit LSB pie executable, x86-64, dynamically linked, stripped';
      return node.sizeInBytes === 0 ? 'empty' : describeBytes(node.read());
  }
}

function describeBytes(bytes: Uint8Array): string {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip compressed data';
  const text = bytesToText(bytes.subarray(0, 65536));
  if (/[\0-\x06\x0e-\x1a\x1c-\x1f]|[\udc80-\udcff]/u.test(text)) return 'data';
  const encoding = /^[\0-\x7f]*$/.test(text) ? 'ASCII text' : 'Unicode text, UTF-8 text';
  const endings = /\r\n/.test(text) ? ', with CRLF line terminators' : text.includes('\n') ? '' : ', with no line terminators';
  const script = INTERPRETERS.find(([pattern]) => pattern.test(text));
  if (script !== undefined) return `${script[1]}, ${encoding} executable${endings}`;
  if (/^\s*[[{][^]*[\]}]\s*$/.test(text) && /^\s*(?:\{\s*(?:"|\})|\[)/.test(text)) return 'JSON text data';
  return encoding + endings;
}
