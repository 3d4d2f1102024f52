import type { Op } from '../../../../engine/kernel/task';
import { FileError } from '../../../os/file-error';
import { bytesToText } from '../../lib/byte-text';
import { formatDate } from '../../lib/date-format';
import { type GnuTool, gnuProgram } from '../../lib/gnu-tool';
import { editScript } from './edit-script';
import { type DiffSide, normalDiff, sideBySide, unifiedDiff } from './diff-output';

/** Compares files line by line. Simplified: no -c, -e, -p; colours as words of -u and the normal form. */
export const diff = gnuProgram({
  name: 'diff',
  usage: ['[OPTION]... FILES'],
  about: 'Compare FILES line by line.',
  version: '(GNU diffutils) 3.8',
  failCode: 2,
  namesItselfTwice: true,
  options: {
    short: 'abBEiNqrstTuU:wyW:Z',
    long: {
      normal: 'normal', brief: 'q', 'report-identical-files': 's', unified: 'unified::', 'side-by-side': 'y', width: 'W:', recursive: 'r', 'new-file': 'N',
      'ignore-case': 'i', 'ignore-all-space': 'w', 'ignore-space-change': 'b', 'ignore-trailing-space': 'Z', 'ignore-blank-lines': 'B', text: 'a',
      'suppress-common-lines': 'suppress', color: 'color::', 'strip-trailing-cr': 'strip-cr', label: 'label:',
    },
  },
  *run(tool) {
    const { operands } = tool;
    if (operands.length < 2) tool.usageError(operands.length === 0 ? `missing operand after '${tool.name}'` : `missing operand after '${operands[0] as string}'`);
    if (operands.length > 2) tool.usageError(`extra operand '${operands[2] as string}'`);
    return yield* compare(tool, operands[0] as string, operands[1] as string, true);
  },
});

function isDirectory(tool: GnuTool, path: string): boolean {
  return path !== '-' && tool.process.files.tryStat(path)?.kind === 'directory';
}

function* compare(tool: GnuTool, left: string, right: string, top: boolean): Op<number> {
  const node = left === '-' ? undefined : tool.process.files.tryStat(left);
  if (node !== undefined && node === tool.process.files.tryStat(right)) {
    if (tool.options.has('s') && node.kind !== 'directory') tool.print(`Files ${left} and ${right} are identical\n`);
    if (node.kind === 'directory' || !tool.options.has('y')) return 0;
  }
  const [leftDirectory, rightDirectory] = [isDirectory(tool, left), isDirectory(tool, right)];
  if (leftDirectory && rightDirectory) return yield* compareDirectories(tool, left, right);
  const other = leftDirectory ? right : left;
  if (leftDirectory !== rightDirectory && top && other !== '-' && tool.process.files.exists(other)) {
    const [directory, file] = leftDirectory ? [left, right] : [right, left];
    const inside = `${directory.replace(/\/+$/, '')}/${file.slice(file.lastIndexOf('/') + 1)}`;
    return yield* compareFiles(tool, leftDirectory ? inside : left, leftDirectory ? right : inside, top);
  }
  if (leftDirectory !== rightDirectory && (other === '-' || tool.process.files.exists(other))) {
    const kind = (directory: boolean): string => (directory ? 'directory' : 'regular file');
    tool.print(`File ${left} is a ${kind(leftDirectory)} while file ${right} is a ${kind(rightDirectory)}\n`);
    return 1;
  }
  if (leftDirectory !== rightDirectory) {
    yield* tool.complain(`${other}: No such file or directory`);
    return 2;
  }
  return yield* compareFiles(tool, left, right, top);
}

function* compareDirectories(tool: GnuTool, left: string, right: string): Op<number> {
  const { files } = tool.process;
  const names = [...new Set([...files.list(left), ...files.list(right)])].sort();
  let status = 0;
  for (const name of names) {
    const [a, b] = [`${left.replace(/\/+$/, '')}/${name}`, `${right.replace(/\/+$/, '')}/${name}`];
    const [hasA, hasB] = [files.exists(a), files.exists(b)];
    if (hasA !== hasB && !tool.options.has('N')) {
      tool.print(`Only in ${hasA ? left : right}: ${name}\n`);
      status = Math.max(status, 1);
    } else if (isDirectory(tool, a) && isDirectory(tool, b) && !tool.options.has('r')) tool.print(`Common subdirectories: ${a} and ${b}\n`);
    else status = Math.max(status, yield* compare(tool, a, b, false));
  }
  return status;
}

function* readSide(tool: GnuTool, path: string): Op<DiffSide | undefined> {
  const { files, machine } = tool.process;
  const mtimeMs = path === '-' ? machine.sim.dateMs() : (files.tryStat(path)?.mtimeMs ?? 0);
  const stamp = formatDate('%Y-%m-%d %H:%M:%S.%N %z', mtimeMs);
  if (path !== '-' && !files.exists(path) && tool.options.has('N')) return { name: path, stamp, lines: [], complete: true };
  try {
    const fd = tool.open(path);
    const text = bytesToText(yield* tool.readAll(fd));
    tool.close(fd);
    const lines = text.split('\n');
    const complete = lines.at(-1) === '';
    if (complete) lines.pop();
    return { name: path, stamp, lines, complete };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    yield* tool.complain(`${path}: ${error.message}`);
    return undefined;
  }
}

function* compareFiles(tool: GnuTool, left: string, right: string, top: boolean): Op<number> {
  const { options } = tool;
  const a = yield* readSide(tool, left);
  const b = yield* readSide(tool, right);
  if (a === undefined || b === undefined) return 2;
  const numbers = new Map<string, number>();
  const key = keyFunction(tool);
  const numberOf = (side: DiffSide): number[] => side.lines.map((line, i) => {
    const incomplete = !side.complete && i === side.lines.length - 1 && !options.has('w', 'b', 'Z');
    const text = incomplete ? `${key(line)}\n` : key(line);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
  const [x, y] = [numberOf(a), numberOf(b)];
  tool.process.owe(x.length + y.length);
  let hunks = editScript(x, y);
  if (options.has('B')) hunks = hunks.filter((hunk) => [...a.lines.slice(hunk.leftStart, hunk.leftEnd), ...b.lines.slice(hunk.rightStart, hunk.rightEnd)].some((line) => line.trim() !== ''));
  const binary = !options.has('a') && [...a.lines, ...b.lines].some((line) => line.includes('\0'));
  if (hunks.length === 0) {
    if (options.has('s')) tool.print(`Files ${left} and ${right} are identical\n`);
    if (options.has('y')) tool.print(sideBySide(a, b, hunks, tool));
    return 0;
  }
  if (options.has('q')) tool.print(`Files ${left} and ${right} differ\n`);
  else if (binary) tool.print(`Binary files ${left} and ${right} differ\n`);
  else {
    const unified = options.has('u', 'U', 'unified');
    if (!top) tool.print(`diff${options.all.map((option) => ` -${option.key}${option.value ?? ''}`).join('')} ${left} ${right}\n`);
    if (options.has('y')) tool.print(sideBySide(a, b, hunks, tool));
    else tool.print(unified ? unifiedDiff(tool, a, b, hunks, Number(options.value('U') ?? options.value('unified') ?? 3)) : normalDiff(tool, a, b, hunks));
  }
  yield* tool.maybeDrain();
  return 1;
}

function keyFunction(tool: GnuTool): (line: string) => string {
  const { options } = tool;
  return (line) => {
    let key = options.has('strip-cr') ? line.replace(/\r$/, '') : line;
    if (options.has('w')) key = key.replace(/\s+/g, '');
    else if (options.has('b')) key = key.replace(/\s+/g, ' ').trimEnd();
    else if (options.has('Z')) key = key.trimEnd();
    return options.has('i') ? key.toLowerCase() : key;
  };
}
