import type { Op } from '../../../../engine/kernel/task';
import type { FileNode } from '../../../os/file-node';
import type { Process } from '../../../os/process';

/** The file that is looked at, and what an action may do. */
export interface FindContext {
  readonly process: Process;
  readonly path: string;
  readonly node: FileNode;
  readonly depth: number;
  /** The operand that led here. */
  readonly start: string;
  prune: boolean;
  print(text: string): void;
  flush(): Op<void>;
  complain(message: string): Op<void>;
  quit(): Op<void>;
  failed(): void;
}

export type FindTest = (context: FindContext) => Op<boolean>;

export interface FindExpression {
  readonly minDepth: number;
  readonly maxDepth: number;
  readonly depthFirst: boolean;
  readonly test: FindTest;
  /** Runs what `-exec ... {} +` gathered. */
  finish(context: FindContext): Op<void>;
}
