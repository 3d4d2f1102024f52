import type { Op } from '../../engine/kernel/task';
import type { Machine } from './machine';
import type { Process } from './process';

/** What a program is told when Tab is pressed on one of its words. */
export interface CompletionContext {
  /** All words of the command, the program's name first, quotes removed. */
  readonly words: readonly string[];
  /** Which of them is being completed. */
  readonly index: number;
  /** What stands before the cursor of that word. */
  readonly prefix: string;
  readonly cwd: string;
  /** Things by name that exist now: `topic`, `group`, `container`, `image`, `service`, `network`, `volume`. */
  names(kind: string): readonly string[];
  /** The completion of another program's words, on this machine or on another (`docker exec kafka kafka-topics.sh ...`). */
  completeFor(words: readonly string[], index: number, on?: Machine): readonly string[] | undefined;
}

/**
 * An executable. `main` runs as a process and returns its exit code; it waits only by `yield*`.
 *
 * Uncaught: `ProcessExit` ends it with that code, `BrokenPipeError` as SIGPIPE does, `FileError` and `DiskFullError` with `name: message` on
 * stderr and code 1. Anything else is our bug and stops the run.
 */
export interface Program {
  readonly name: string;
  main(process: Process): Op<number>;
  /** Candidates for the word; undefined leaves it to file names. */
  complete?(context: CompletionContext): readonly string[] | undefined;
}

/** Thrown to end the process with a code from anywhere in its main. */
export class ProcessExit {
  constructor(readonly code: number) {}
}
