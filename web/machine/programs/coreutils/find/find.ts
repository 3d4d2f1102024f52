import type { Op } from '../../../../engine/kernel/task';
import { inDirectoryOrder } from '../../../os/directory-order';
import { FileError } from '../../../os/file-error';
import type { FileNode } from '../../../os/file-node';
import type { Process } from '../../../os/process';
import { type Program, ProcessExit } from '../../../os/program';
import { textToBytes } from '../../lib/byte-text';
import { quoteLocale } from '../../lib/quoting';
import { FindParser, FindSyntaxError } from './find-parser';
import type { FindContext, FindExpression } from './find-tests';

/** Searches trees of files. Simplified: -mount, -xdev and link counts change nothing; one file system. */
export const find: Program = {
  name: 'find',
  *main(process) {
    const name = process.argv[0] as string;
    const args = [...process.args];
    let follow = false;
    while (args[0] !== undefined && /^-[HLP]$/.test(args[0])) follow = args.shift() === '-L';
    const starts: string[] = [];
    while (args[0] !== undefined && !/^-|^[(!]$/.test(args[0])) starts.push(args.shift() as string);
    if (args.includes('-version') || args.includes('--version')) {
      yield* process.out('find (GNU findutils) 4.9.0\n');
      return 0;
    }
    try {
      const expression = new FindParser(args, process).parse();
      return yield* new Finder(process, expression, follow).run(starts.length === 0 ? ['.'] : starts);
    } catch (error) {
      if (!(error instanceof FindSyntaxError)) throw error;
      yield* process.err(textToBytes(`${name}: ${error.message}\n`));
      return 1;
    }
  },
};

class Finder {
  private status = 0;
  private buffer: string[] = [];
  private size = 0;

  constructor(
    private readonly process: Process,
    private readonly expression: FindExpression,
    private readonly follow: boolean,
  ) {}

  *run(starts: readonly string[]): Op<number> {
    for (const start of starts) {
      try {
        const node = this.process.files.stat(start, this.follow);
        yield* this.visit(start, node, 0, start);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        yield* this.complain(`${quoteLocale(start)}: ${error.message}`);
      }
    }
    yield* this.expression.finish(this.context('', undefined, 0, ''));
    yield* this.flush();
    return this.status;
  }

  private context(path: string, node: FileNode | undefined, depth: number, start: string): FindContext {
    return {
      process: this.process,
      path,
      node: node as FileNode,
      depth,
      start,
      prune: false,
      print: (text) => {
        this.buffer.push(text);
        this.size += text.length;
      },
      flush: () => this.flush(),
      complain: (message) => this.complain(message),
      quit: () => this.quit(),
      failed: () => {
        this.status = 1;
      },
    };
  }

  private *visit(path: string, node: FileNode, depth: number, start: string): Op<void> {
    const { minDepth, maxDepth, depthFirst } = this.expression;
    const context = this.context(path, node, depth, start);
    if (!depthFirst && depth >= minDepth) yield* this.expression.test(context);
    if (node.kind === 'directory' && depth < maxDepth && !context.prune) yield* this.descend(path, depth, start);
    if (depthFirst && depth >= minDepth) yield* this.expression.test(context);
    if (this.size > 16384) yield* this.flush();
  }

  private *descend(path: string, depth: number, start: string): Op<void> {
    let names: string[];
    try {
      names = inDirectoryOrder(this.process.files.list(path));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* this.complain(`${quoteLocale(path)}: ${error.message}`);
      return;
    }
    for (const name of names) {
      const child = path.endsWith('/') ? path + name : `${path}/${name}`;
      const node = this.process.files.tryStat(child, this.follow) ?? this.process.files.tryStat(child, false);
      if (node !== undefined) yield* this.visit(child, node, depth + 1, start);
    }
  }

  private *quit(): Op<void> {
    yield* this.flush();
    throw new ProcessExit(this.status);
  }

  private *flush(): Op<void> {
    if (this.size === 0) return;
    const text = this.buffer.join('');
    this.buffer = [];
    this.size = 0;
    yield* this.process.out(textToBytes(text));
  }

  private *complain(message: string): Op<void> {
    this.status = 1;
    yield* this.flush();
    yield* this.process.err(textToBytes(`${this.process.argv[0]}: ${message}\n`));
  }
}
