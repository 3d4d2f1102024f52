import type { Op } from '../../../engine/kernel/task';
import type { Program } from '../../os/program';
import { FileError } from '../../os/file-error';
import { bytesToText } from '../lib/byte-text';
import { md5, posixChecksum, sha1, sha256 } from '../lib/digests';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteName } from '../lib/quoting';

const BYTES_PER_US = 300;

function digestProgram(name: string, title: string, digest: (bytes: Uint8Array) => string): Program {
  return gnuProgram({
    name,
    usage: ['[OPTION]... [FILE]...'],
    about: `Print or check ${title} checksums.`,
    options: { short: 'bctwz', long: { binary: 'b', check: 'c', tag: 'tag', text: 't', 'ignore-missing': 'ignore-missing', quiet: 'quiet', status: 'status', strict: 'strict', warn: 'w', zero: 'z' } },
    *run(tool) {
      const { options } = tool;
      for (const operand of tool.operands.length === 0 ? ['-'] : tool.operands) {
        const bytes = yield* readOperand(tool, operand);
        if (bytes === undefined) continue;
        if (options.has('c')) yield* check(tool, operand, bytesToText(bytes), digest);
        else {
          yield* tool.process.spend(Math.ceil(bytes.length / BYTES_PER_US));
          const sum = digest(bytes);
          tool.print(options.has('tag') ? `${title} (${operand}) = ${sum}\n` : `${sum} ${options.has('b') ? '*' : ' '}${operand}${options.has('z') ? '\0' : '\n'}`);
        }
      }
    },
  });
}

export const md5sum = digestProgram('md5sum', 'MD5', md5);
export const sha1sum = digestProgram('sha1sum', 'SHA1', sha1);
export const sha256sum = digestProgram('sha256sum', 'SHA256', sha256);

/** POSIX's CRC and the number of bytes. */
export const cksum = gnuProgram({
  name: 'cksum',
  usage: ['[OPTION]... [FILE]...'],
  about: 'Print the CRC checksum and byte count of each FILE.',
  options: { short: '', long: {} },
  *run(tool) {
    for (const operand of tool.operands.length === 0 ? ['-'] : tool.operands) {
      const bytes = yield* readOperand(tool, operand);
      if (bytes !== undefined) tool.print(`${posixChecksum(bytes)} ${bytes.length}${tool.operands.length === 0 ? '' : ` ${operand}`}\n`);
    }
  },
});

function* readOperand(tool: GnuTool, operand: string): Op<Uint8Array | undefined> {
  try {
    const fd = tool.open(operand);
    const bytes = yield* tool.readAll(fd);
    tool.close(fd);
    return bytes;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    yield* tool.complain(`${quoteName(operand)}: ${error.message}`);
    return undefined;
  }
}

function* check(tool: GnuTool, list: string, text: string, digest: (bytes: Uint8Array) => string): Op<void> {
  const { files } = tool.process;
  const { options } = tool;
  let [good, failed, missing, bad] = [0, 0, 0, 0];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const match = /^([0-9a-f]+) [ *](.+)$/.exec(line);
    if (match === null) {
      bad += 1;
      continue;
    }
    const name = match[2] as string;
    const node = files.tryStat(name);
    if (node?.kind !== 'regular') {
      if (options.has('ignore-missing')) continue;
      missing += 1;
      yield* tool.complain(`${quoteName(name)}: No such file or directory`);
      if (!options.has('status')) tool.print(`${name}: FAILED open or read\n`);
      continue;
    }
    const same = digest(files.readFile(name)) === match[1];
    if (same) good += 1;
    else failed += 1;
    if (!options.has('status') && !(same && options.has('quiet'))) tool.print(`${name}: ${same ? 'OK' : 'FAILED'}\n`);
  }
  const plural = (count: number, one: string, many: string): string => `WARNING: ${count} ${count === 1 ? one : many}`;
  if (good + failed + missing === 0) yield* tool.complain(`${quoteName(list)}: no properly formatted checksum lines found`);
  else if (bad > 0) yield* tool.complain(plural(bad, 'line is improperly formatted', 'lines are improperly formatted'), 0);
  if (missing > 0) yield* tool.complain(plural(missing, 'listed file could not be read', 'listed files could not be read'));
  if (failed > 0) yield* tool.complain(plural(failed, 'computed checksum did NOT match', 'computed checksums did NOT match'));
}
