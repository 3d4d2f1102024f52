import type { OpenFile } from './open-file';
import type { Process } from './process';
import type { Program } from './program';
import type { Signal } from './signals';
import type { Terminal } from './terminal';

export type SignalHandler = ((signal: Signal) => void) | 'ignore' | 'default';

export interface ProcessOptions {
  readonly program: Program;
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly uid: number;
  /** Descriptors that are already this process's own (retained). */
  readonly fds: ReadonlyMap<number, OpenFile>;
  readonly parent: Process | undefined;
  /** `new` makes it the leader of a new group. */
  readonly group: number | 'new';
  readonly terminal: Terminal | undefined;
  readonly umask: number;
  /** The first process of a container: signals that it does not handle do nothing to it, SIGKILL and SIGSTOP apart. */
  readonly init?: boolean;
}

/** A program that a process starts. It inherits what is not given; `fds`, when given, are all that it has. */
export interface ChildOptions {
  readonly program: Program;
  readonly argv: readonly string[];
  readonly env?: ReadonlyMap<string, string>;
  readonly cwd?: string;
  readonly fds?: ReadonlyMap<number, OpenFile>;
  readonly group?: number | 'new';
  readonly terminal?: Terminal;
}
