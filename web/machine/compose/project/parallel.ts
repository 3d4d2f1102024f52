import { type Op, spawn } from '../../../engine/kernel/task';
import { Condition, Mailbox } from '../../../engine/kernel/waitables';
import { DockerError } from '../../docker/docker-error';
import type { ComposeOutput } from './compose-output';
import { OperationFailedError } from './project-errors';

/** How many operations of a project run at the same time. */
const LIMIT = 64;
const GREEN = 32;
const RED = 31;

/** The lines of what runs in parallel, one each, rewritten in place when it is done. There is one for a whole command. */
export class ParallelWriter {
  private readonly lines: string[] = [];
  private width = 0;

  constructor(private readonly output: ComposeOutput) {}

  addObject(message: string, name: string): void {
    this.lines.push(message + name);
    this.width = Math.max(this.width, `${message} ${name}`.length);
  }

  writeInitial(message: string, name: string): void {
    this.output.stderr.print(`${`${message} ${name}`.padEnd(this.width)} ... \r\n`);
  }

  write(message: string, name: string, status: 'done' | 'error'): void {
    const text = `${message} ${name}`.padEnd(this.width);
    if (this.output.noAnsi) {
      this.output.stderr.print(`${text} ... ${status}\r\n`);
      return;
    }
    const up = this.lines.length - this.lines.indexOf(message + name);
    const colour = status === 'done' ? GREEN : RED;
    this.output.stderr.print(`\x1b[${up}A\x1b[2K\r${text} ... \x1b[${colour}m${status}\x1b[0m\r\x1b[${up}B`);
  }
}

/** Counts what runs, over all operations of a command. */
export class ParallelLimit {
  private running = 0;
  private readonly freed = new Condition();

  *enter(): Op<void> {
    while (this.running >= LIMIT) yield this.freed;
    this.running += 1;
  }

  leave(): void {
    this.running -= 1;
    this.freed.notifyOne();
  }
}

export interface ParallelOptions<T, R> {
  readonly objects: readonly T[];
  run(object: T): Op<R>;
  nameOf(object: T): string;
  /** `Creating`; undefined shows nothing. */
  readonly message: string | undefined;
  /** What must be done before. */
  dependenciesOf?(object: T): readonly T[];
}

export interface ParallelContext {
  readonly output: ComposeOutput;
  readonly writer: ParallelWriter;
  readonly limit: ParallelLimit;
}

/** Something that it depended on failed. */
class UpstreamError extends Error {}

/**
 * Runs an operation on many objects at once, each after what it depends on.
 * Returns results in the order of finishing, and for each that failed why. An error that is none of Docker's is thrown.
 * @source docker/compose 1.20.1 compose/parallel.py
 */
export function* parallelExecute<T, R>(context: ParallelContext, options: ParallelOptions<T, R>): Op<{ results: R[]; errors: Map<string, string> }> {
  const { objects, message } = options;
  // A container that is made anew is renamed meanwhile.
  const names = new Map(objects.map((object) => [object, options.nameOf(object)]));
  const nameOf = (object: T): string => names.get(object) as string;
  if (message !== undefined) {
    for (const object of objects) context.writer.addObject(message, nameOf(object));
    for (const object of objects) context.writer.writeInitial(message, nameOf(object));
  }
  const run = new ParallelRun(context, options);
  const results: R[] = [];
  const errors = new Map<string, string>();
  for (let finished = 0; finished < objects.length; finished++) {
    const event = yield* run.next();
    if ('result' in event) results.push(event.result);
    else if (!(event.error instanceof UpstreamError)) errors.set(nameOf(event.object), explanation(event.error));
    if (message !== undefined) context.writer.write(message, nameOf(event.object), 'result' in event ? 'done' : 'error');
  }
  for (const [name, error] of errors) context.output.stderr.print(`\nERROR: for ${name}  ${error}\n`);
  return { results, errors };
}

function explanation(error: unknown): string {
  if (error instanceof DockerError || error instanceof OperationFailedError) return error.message;
  throw error;
}

type ParallelEvent<T, R> = { readonly object: T; readonly result: R } | { readonly object: T; readonly error: unknown };

class ParallelRun<T, R> {
  private readonly events = new Mailbox<ParallelEvent<T, R>>();
  private readonly pending: T[];
  private readonly finished = new Set<T>();
  private readonly failed = new Set<T>();
  private readonly tasks: { abandon(): void }[] = [];

  constructor(
    private readonly context: ParallelContext,
    private readonly options: ParallelOptions<T, R>,
  ) {
    this.pending = [...options.objects];
    context.output.process.atExit(() => this.tasks.forEach((task) => task.abandon()));
    this.startReady();
  }

  *next(): Op<ParallelEvent<T, R>> {
    const event = yield* this.events.take();
    if ('result' in event) this.finished.add(event.object);
    else this.failed.add(event.object);
    this.startReady();
    return event;
  }

  private startReady(): void {
    for (const object of [...this.pending]) {
      const needed = this.options.dependenciesOf?.(object) ?? [];
      if (needed.some((each) => this.failed.has(each))) {
        this.pending.splice(this.pending.indexOf(object), 1);
        this.failed.add(object);
        this.events.put({ object, error: new UpstreamError() });
      } else if (needed.every((each) => this.finished.has(each) || !this.options.objects.includes(each))) {
        this.pending.splice(this.pending.indexOf(object), 1);
        this.start(object);
      }
    }
  }

  private start(object: T): void {
    const { limit, output } = this.context;
    const { run, message } = this.options;
    function* limited(): Op<R> {
      // What only waits for other operations does not count.
      if (message === undefined) return yield* run(object);
      yield* limit.enter();
      try {
        return yield* run(object);
      } finally {
        limit.leave();
      }
    }
    this.tasks.push(
      spawn(output.process.machine.sim, limited(), (outcome) => {
        this.events.put('error' in outcome ? { object, error: outcome.error } : { object, result: outcome.value });
      }),
    );
  }
}
