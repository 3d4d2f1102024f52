import { Simulation } from '../engine/kernel/simulation';
import { DiskFullError } from '../engine/kernel/disk';
import { Network } from '../engine/network/network';
import { LabProgress } from '../lab/lab-progress';
import type { LabData } from '../lab/lab-data';
import { containerStarted } from '../machine/docker/docker-events';
import { createLaptop, type Laptop, STUDENT_UID } from '../machine/images/laptop';
import { FileError } from '../machine/os/file-error';
import type { Machine } from '../machine/os/machine';
import { decodeText } from '../machine/os/text';
import { completionNames } from './completion-names';
import { doFault, FaultError } from './faults';
import { containersOf } from './host-labels';
import type { RunResult } from '../engine/kernel/simulation';
import { ENGINE_VERSION, InputLog, type LoggedInput } from './input-log';
import type { SessionInput } from './messages';
import { SessionTerminal } from './session-terminal';
import type { ClockSnapshot, Frame } from './snapshot';
import { SnapshotBuilder } from './snapshot-builder';
import { World } from './world';

export interface SessionOptions {
  readonly seed: number;
  readonly labs: readonly LabData[];
  readonly labId: string;
  /** Text that a terminal shows. */
  readonly onOutput: (terminal: number, text: string) => void;
}

/** How often a lab's checks are looked at (simulated time). */
const LAB_LOOK_US = 100_000;
const LABS_FOLDER = '/home/student/kafka-labs/labs';

/**
 * A student's session: a laptop, its containers, terminals and a lab, as a function of the seed and the inputs.
 *
 * Errors: what a run throws is our own bug.
 */
export class Session {
  readonly sim: Simulation;
  readonly log: InputLog;
  readonly network: Network;
  readonly laptop: Laptop;
  readonly world: World;
  private readonly terminals = new Map<number, SessionTerminal>();
  private readonly snapshots: SnapshotBuilder;
  private lab: LabData;
  private progress: LabProgress;
  /** Why the last fault did nothing; undefined when it happened. */
  faultRefusal: string | undefined;
  private waitingTerminals: ReadonlySet<number> = new Set();

  constructor(private readonly options: SessionOptions) {
    this.sim = new Simulation({ seed: options.seed });
    this.log = new InputLog({ samsa: 'session', engineVersion: ENGINE_VERSION, seed: options.seed, labId: options.labId });
    this.network = new Network(this.sim);
    this.laptop = createLaptop({ sim: this.sim, network: this.network, labs: options.labs });
    this.world = new World(this.sim, this.laptop);
    this.snapshots = new SnapshotBuilder(this);
    this.completeNamesOn(this.laptop.machine);
    this.sim.trace.channel(containerStarted).listen(() => {
      for (const container of containersOf(this.laptop)) this.completeNamesOn(container.machine);
    });
    this.lab = this.findLab(options.labId);
    this.progress = new LabProgress(this.lab.checks);
    this.sim.after(LAB_LOOK_US, Session.lookAtLab, this);
  }

  /**
   * Puts onto the laptop what the prompt can do without. Must happen before the first input that is more than typing.
   * Handed in, because a page loads it after its prompt.
   */
  furnish(furnishLaptop: (laptop: Laptop, network: Network) => void): void {
    furnishLaptop(this.laptop, this.network);
  }

  get openTerminals(): readonly number[] {
    return [...this.terminals.keys()].sort((a, b) => a - b);
  }

  terminal(number: number): SessionTerminal | undefined {
    return this.terminals.get(number);
  }

  hasLab(labId: string): boolean {
    return this.options.labs.some((each) => each.document.id === labId);
  }

  get labProgress(): LabProgress {
    return this.progress;
  }

  get currentLab(): LabData {
    return this.lab;
  }

  /** Does what an input says, now, and puts it into the log. */
  apply(input: SessionInput): void {
    this.log.add({ us: this.sim.nowUs, event: this.sim.eventNumber, input });
    switch (input.kind) {
      case 'terminal.open':
        this.openTerminal(input.terminal, input);
        break;
      case 'terminal.close':
        this.terminals.get(input.terminal)?.close();
        this.terminals.delete(input.terminal);
        break;
      case 'terminal.data':
        this.terminals.get(input.terminal)?.terminal.input(input.data);
        break;
      case 'terminal.resize':
        this.terminals.get(input.terminal)?.terminal.resize(input.columns, input.rows);
        break;
      case 'file.save':
        this.saveFile(input.path, input.text);
        break;
      case 'lab.open':
        this.lab = this.findLab(input.labId);
        this.progress = new LabProgress(this.lab.checks);
        break;
      case 'fault':
        this.tryFault(input.name, input.args);
        break;
      case 'note':
        break;
    }
  }

  /** Lines of the saved log from line `from` on (line 0 is the header). */
  logLines(from: number): string[] {
    const inputs = this.log.inputs.slice(Math.max(0, from - 1)).map((entry) => JSON.stringify(entry));
    return from === 0 ? [this.log.headerLine, ...inputs] : inputs;
  }

  run(untilUs: number, maxEvents = Infinity): RunResult {
    return this.sim.run(untilUs, maxEvents);
  }

  /** Runs towards the moment of a logged input. True when it is reached. */
  runTo(entry: LoggedInput, maxEvents = Infinity): boolean {
    const left = entry.event - this.sim.eventNumber;
    this.sim.run(entry.us, Math.min(left, maxEvents));
    if (this.sim.eventNumber < entry.event) return false;
    if (this.sim.nowUs < entry.us) this.sim.run(entry.us, 0);
    return true;
  }

  /** How many events the picture has shown so far: while it stays the same nothing moves there. */
  get shownEvents(): number {
    return this.snapshots.shownEvents;
  }

  /** Runs until the next request, response or other event that the picture shows; at most a simulated second. */
  stepToNextTrace(): void {
    const shown = this.shownEvents;
    const untilUs = this.sim.nowUs + 1_000_000;
    while (this.shownEvents === shown) {
      if (this.sim.run(untilUs, 1) !== 'budget') return;
    }
  }

  /** True for an input that needs nothing but the prompt: it may come before the laptop is furnished. */
  needsOnlyPrompt(input: SessionInput): boolean {
    if (input.kind === 'terminal.open' || input.kind === 'terminal.resize' || input.kind === 'note') return true;
    return input.kind === 'terminal.data' && /^[ -~]*$/.test(input.data);
  }

  /** True for an input that costs no simulated time now: it may be applied while time is paused. */
  takesWhilePaused(input: SessionInput): boolean {
    if (input.kind === 'terminal.resize' || input.kind === 'note') return true;
    return input.kind === 'terminal.data' && this.terminals.get(input.terminal)?.terminal.takesAtOnce(input.data) === true;
  }

  /** Inputs that wait because time is paused, so that the terminals can say so. */
  setWaitingInputs(inputs: readonly SessionInput[]): void {
    const waiting = inputs.filter((input) => input.kind === 'terminal.data').map((input) => (input as { terminal: number }).terminal);
    if (waiting.length > 0 || this.waitingTerminals.size > 0) this.waitingTerminals = new Set(waiting);
  }

  inputWaits(terminal: number): boolean {
    return this.waitingTerminals.has(terminal);
  }

  frame(clock: ClockSnapshot): Frame {
    return this.snapshots.frame(clock);
  }

  /** The text of a file of the laptop; null when there is none. A relative path starts in the lab's folder. */
  readLaptopFile(path: string): string | null {
    const node = this.laptop.machine.files.find(path.startsWith('/') ? path : `${this.folder}/${path}`);
    return node?.kind === 'regular' ? decodeText(node.read()) : null;
  }

  get folder(): string {
    return `${LABS_FOLDER}/${this.lab.document.folder}`;
  }

  private tryFault(name: string, args: readonly string[]): void {
    this.faultRefusal = undefined;
    try {
      doFault(name, args, this.laptop, this.network);
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      this.faultRefusal = error.message;
    }
  }

  private completeNamesOn(machine: Machine): void {
    machine.completionNames = (kind) => completionNames(kind, this.laptop, this.world);
  }

  /** Where nothing can be written, or no more, the file stays what it is, as when an editor says so. */
  private saveFile(path: string, text: string): void {
    try {
      this.laptop.machine.files.writeFile(path, text, { uid: STUDENT_UID });
    } catch (error) {
      if (!(error instanceof FileError) && !(error instanceof DiskFullError)) throw error;
    }
  }

  private openTerminal(number: number, size: { columns: number; rows: number }): void {
    if (this.terminals.has(number)) return;
    this.terminals.set(number, new SessionTerminal(number, this.laptop.machine, this.folder, size, (text) => this.options.onOutput(number, text)));
  }

  private findLab(labId: string): LabData {
    return this.options.labs.find((each) => each.document.id === labId) ?? (this.options.labs[0] as LabData);
  }

  private static lookAtLab(session: Session): void {
    for (const step of session.progress.update(session.world)) {
      session.snapshots.markStep(session.lab.document.steps[step]?.title ?? '');
    }
    session.sim.after(LAB_LOOK_US, Session.lookAtLab, session);
  }
}
