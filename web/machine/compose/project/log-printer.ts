import { type Op, type Task, spawn } from '../../../engine/kernel/task';
import { Condition, firstOf } from '../../../engine/kernel/waitables';
import type { Container } from '../../docker/container';
import type { LogReader } from '../../docker/container-log';
import { isoNanos } from '../../docker/utc-date';
import { concatBytes, encodeText } from '../../os/text';
import { LABELS } from './labels';
import type { Project } from './project';
import { nameWithoutProject, serviceOf } from './project-container';

/** Cyan, yellow, green, magenta, red, blue, then the same intense. */
const COLOURS = ['36', '33', '32', '35', '31', '34', '36;1', '33;1', '32;1', '35;1', '31;1', '34;1'];
const NEWLINE = 10;

export interface LogPrinterOptions {
  readonly monochrome: boolean;
  readonly follow: boolean;
  /** Of each container; Infinity for all. */
  readonly tail: number;
  readonly timestamps: boolean;
  /** End when the first container has ended. */
  readonly cascadeStop: boolean;
  readonly services: readonly string[];
}

type Colour = (text: string) => string;

/**
 * Prints the output of a project's containers together, each line behind its container's name in its colour.
 * Ends when no container writes any more.
 * @source docker/compose 1.20.1 compose/cli/log_printer.py
 */
export class LogPrinter {
  private readonly width: number;
  private nextColour = 0;
  private readonly tails = new Map<Container, Task<void>>();
  private readonly changed = new Condition();
  private firstEnded: string | undefined;

  constructor(
    private readonly project: Project,
    readonly containers: readonly Container[],
    private readonly options: LogPrinterOptions,
  ) {
    this.width = Math.max(0, ...project.serviceNames.map((name) => name.length)) + 3;
    project.output.process.atExit(() => this.stopReading());
  }

  /** Returns the name of the container that ended first, when that ends the printing. */
  *run(): Op<string | undefined> {
    if (this.containers.length === 0) return undefined;
    for (const container of this.containers) this.tail(container, this.project.readers.get(container));
    let seen = this.project.engine.events.end;
    try {
      while (this.tails.size > 0) {
        if (this.options.cascadeStop && this.firstEnded !== undefined) break;
        yield* firstOf(this.changed, this.project.engine.events.appended);
        if (this.options.follow) seen = this.attachStarted(seen);
      }
      yield* this.project.output.stdout.flush();
    } finally {
      this.stopReading();
    }
    return this.firstEnded;
  }

  /** Nothing more is printed, and nobody waits for us. */
  private stopReading(): void {
    for (const task of this.tails.values()) task.abandon();
    this.tails.clear();
    for (const [container, reader] of this.project.readers) container.log.detach(reader);
  }

  /** Containers that start while we watch join. */
  private attachStarted(since: number): number {
    const { engine, name } = this.project;
    const wanted = this.options.services.length > 0 ? this.options.services : this.project.serviceNames;
    for (const event of engine.events.since(since)) {
      if (event.type !== 'container' || event.action !== 'start' || event.attributes.get(LABELS.project) !== name) continue;
      const container = engine.findContainer(event.id);
      if (container === undefined || this.tails.has(container) || !wanted.includes(serviceOf(container)) || container.config.labels.get(LABELS.oneOff) === 'True') continue;
      this.tail(container, undefined);
    }
    return engine.events.end;
  }

  private tail(container: Container, reader: LogReader | undefined): void {
    const code = COLOURS[this.nextColour++ % COLOURS.length] as string;
    const colour: Colour = this.options.monochrome ? (text) => text : (text) => `\x1b[${code}m${text}\x1b[0m`;
    const body = reader === undefined ? this.readLog(container, colour) : this.readAttached(container, reader, colour);
    const task = spawn(this.project.engine.sim, body, (outcome) => {
      if ('error' in outcome) throw outcome.error;
      this.tails.delete(container);
      this.changed.notifyAll();
    });
    this.tails.set(container, task);
  }

  private prefixOf(container: Container, colour: Colour): Uint8Array {
    return encodeText(`${colour(`${nameWithoutProject(container).padEnd(this.width)} |`)} `);
  }

  private *readLog(container: Container, colour: Colour): Op<void> {
    const { log } = container;
    const { tail, follow, timestamps } = this.options;
    const prefix = this.prefixOf(container, colour);
    let at = tail === Infinity ? log.first : Math.max(log.first, log.end - tail);
    for (;;) {
      at = Math.max(at, log.first);
      const entry = log.entry(at);
      if (entry === undefined) {
        if (!follow || !container.running) break;
        yield* firstOf(log.appended, container.changed);
        continue;
      }
      at += 1;
      const stamp = timestamps ? encodeText(`${isoNanos(this.project.engine.sim, entry.timeUs)} `) : new Uint8Array(0);
      yield* this.print([prefix, stamp, entry.bytes]);
    }
    if (follow) yield* this.sayEnd(container, colour);
  }

  private *readAttached(container: Container, reader: LogReader, colour: Colour): Op<void> {
    const prefix = this.prefixOf(container, colour);
    let partial: Uint8Array = new Uint8Array(0);
    for (;;) {
      const piece = reader.take();
      if (piece === undefined) {
        if (!container.running) break;
        yield* firstOf(reader.arrived, container.changed);
        continue;
      }
      const bytes = partial.length === 0 ? piece.bytes : concatBytes([partial, piece.bytes]);
      const end = bytes.lastIndexOf(NEWLINE) + 1;
      partial = bytes.slice(end);
      if (end > 0) yield* this.print(prefixed(bytes.subarray(0, end), prefix));
    }
    if (partial.length > 0) yield* this.print([prefix, partial]);
    container.log.detach(reader);
    yield* this.sayEnd(container, colour);
  }

  private *sayEnd(container: Container, colour: Colour): Op<void> {
    const code = yield* this.project.engine.wait(container);
    yield* this.print([encodeText(colour(`${container.name} exited with code ${code}\n`))]);
    this.firstEnded ??= container.name;
  }

  private *print(parts: readonly Uint8Array[]): Op<void> {
    const { stdout } = this.project.output;
    stdout.print(concatBytes(parts));
    if (stdout.busy) yield* stdout.flush();
  }
}

/** Whole lines, each with the prefix. */
function prefixed(lines: Uint8Array, prefix: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < lines.length; ) {
    const end = lines.indexOf(NEWLINE, start) + 1;
    parts.push(prefix, lines.subarray(start, end));
    start = end;
  }
  return parts;
}
