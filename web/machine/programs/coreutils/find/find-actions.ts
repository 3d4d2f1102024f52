import { FileError } from '../../../os/file-error';
import { exitCodeOf } from '../../../os/exit-status';
import { decodeText } from '../../../os/text';
import { formatDate } from '../../lib/date-format';
import { blocksOf, linksOf, modeText, sizeOf } from '../../lib/file-mode';
import { quoteLocale } from '../../lib/quoting';
import { startCommand } from '../../lib/run-command';
import type { FindContext, FindTest } from './find-tests';

const TYPE_LETTERS = { regular: 'f', directory: 'd', symlink: 'l', device: 'c', fifo: 'p' } as const;

export function printAction(end: string): FindTest {
  return function* (context) {
    context.print(context.path + end);
    return true;
  };
}

export function printfAction(format: string): FindTest {
  return function* (context) {
    context.print(
      format.replace(/\\([nt0\\])|%([-\d]*)([TAC].|[a-zA-Z%])/g, (_, escape: string | undefined, width: string, letter: string) => {
        if (escape !== undefined) return escape === 'n' ? '\n' : escape === 't' ? '\t' : escape === '0' ? '\0' : '\\';
        const text = fieldOf(context, letter);
        return width.startsWith('-') ? text.padEnd(Number(width.slice(1))) : text.padStart(Number(width));
      }),
    );
    return true;
  };
}

function fieldOf({ path, node, depth, start, process }: FindContext, letter: string): string {
  const slash = path.lastIndexOf('/');
  if (letter.length === 2) return letter[1] === '@' ? `${Math.floor(node.mtimeMs / 1000)}.0000000000` : letter[1] === '+' ? formatDate('%Y-%m-%d+%H:%M:%S.%N0', node.mtimeMs) : formatDate(`%${letter[1] as string}`, node.mtimeMs);
  switch (letter) {
    case 'p':
      return path;
    case 'P':
      return path === start ? '' : path.slice(start.length).replace(/^\//, '');
    case 'f':
      return path.slice(slash + 1);
    case 'h':
      return slash < 0 ? '.' : path.slice(0, slash);
    case 'H':
      return start;
    case 'd':
      return String(depth);
    case 's':
      return String(sizeOf(node));
    case 'k':
      return String(blocksOf(node) / 2);
    case 'b':
      return String(blocksOf(node));
    case 'm':
      return node.mode.toString(8);
    case 'M':
      return modeText(node);
    case 'n':
      return String(linksOf(node));
    case 'i':
      return String(node.inode);
    case 'u':
      return process.machine.userName(node.uid);
    case 'g':
      return process.machine.userName(node.gid);
    case 'U':
      return String(node.uid);
    case 'G':
      return String(node.gid);
    case 'y':
      return TYPE_LETTERS[node.kind];
    case 'l':
      return node.kind === 'symlink' ? node.target : '';
    case 't':
      return formatDate('%a %b %e %H:%M:%S.%N0 %Y', node.mtimeMs);
    default:
      return letter === '%' ? '%' : `%${letter}`;
  }
}

export function listAction(): FindTest {
  return function* ({ path, node, process, print }) {
    const { machine } = process;
    const recent = machine.sim.dateMs() - node.mtimeMs < 15778476_000;
    const target = node.kind === 'symlink' ? ` -> ${node.target}` : '';
    print(
      `${String(node.inode).padStart(9)} ${String(blocksOf(node) / 2).padStart(6)} ${modeText(node)} ${String(linksOf(node)).padStart(3)} ${machine.userName(node.uid).padEnd(8)} ` +
        `${machine.userName(node.gid).padEnd(8)} ${String(sizeOf(node)).padStart(8)} ${formatDate(recent ? '%b %e %H:%M' : '%b %e  %Y', node.mtimeMs)} ${path}${target}\n`,
    );
    return true;
  };
}

export function deleteAction(): FindTest {
  return function* (context) {
    const { path, node, process } = context;
    if (path === '.' || path === './') return true;
    try {
      if (node.kind === 'directory') process.files.removeDirectory(path);
      else process.files.unlink(path);
      return true;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* context.complain(`cannot delete ${quoteLocale(path)}: ${error.message}`);
      return false;
    }
  };
}

/** `-exec`: once a file (`{}` is its path), or with `many` once with all of them. */
export function execAction(command: readonly string[], how: { readonly many: readonly string[] | undefined; readonly ask: boolean }): FindTest {
  return function* (context) {
    const { process, path } = context;
    const argv = how.many === undefined ? command.map((word) => word.replaceAll('{}', path)) : [...command, ...how.many];
    yield* context.flush();
    if (how.ask) {
      yield* process.err(`< ${argv[0]} ... ${path} > ? `);
      const answer = yield* process.read(0, 256);
      if (answer === null || !/^[yY]/.test(decodeText(answer))) return false;
    }
    try {
      const status = exitCodeOf(yield* process.waitFor(startCommand(process, argv)));
      if (status !== 0 && how.many !== undefined) context.failed();
      return status === 0;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* process.err(`find: ${quoteLocale(argv[0] as string)}: ${error.message}\n`);
      return false;
    }
  };
}
