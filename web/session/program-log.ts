import type { Simulation } from '../engine/kernel/simulation';
import type { ProgramView } from '../lab/world-view';
import { baseName } from '../machine/os/file-system';
import { processEnded, processStarted, processWrote } from '../machine/os/machine';
import { exitCodeOf } from '../machine/os/exit-status';
import { decodeText } from '../machine/os/text';

/** How much of what a program prints is kept, from its beginning and from its end. */
const KEPT_CHARACTERS = 4096;
/** How many programs are kept; the oldest that ended go first. */
const KEPT_PROGRAMS = 2000;

/** One program, as a check sees it; what is asked for is made when somebody asks. */
class Entry implements ProgramView {
  exitCode: number | null = null;
  private first = '';
  private last = '';
  private label: string | undefined;

  constructor(
    readonly hostName: string,
    public argv: readonly string[],
    private readonly labelOf: (host: string) => string,
  ) {}

  get host(): string {
    this.label ??= this.labelOf(this.hostName);
    return this.label;
  }

  get program(): string {
    return baseName(programName(this.argv));
  }

  get args(): readonly string[] {
    return this.argv.slice(1);
  }

  get printed(): string {
    return this.first + this.last;
  }

  keep(bytes: Uint8Array): void {
    if (this.first.length < KEPT_CHARACTERS) {
      this.first += decodeText(bytes.length > KEPT_CHARACTERS ? bytes.subarray(0, KEPT_CHARACTERS) : bytes);
      return;
    }
    const tail = decodeText(bytes.length > KEPT_CHARACTERS ? bytes.subarray(bytes.length - KEPT_CHARACTERS) : bytes);
    this.last = (this.last + tail).slice(-KEPT_CHARACTERS);
  }
}

/** Which programs ran where, how they ended and what they printed: from the machines' own events. */
export class ProgramLog {
  private readonly entries = new Map<string, Entry>();
  private count = 0;
  constructor(
    sim: Simulation,
    labelOf: (host: string) => string,
  ) {
    sim.trace.channel(processStarted).listen(({ host, pid, argv }) => {
      this.retire(host, pid);
      this.entries.set(keyOf(host, pid), new Entry(host, argv, labelOf));
      if (this.entries.size > KEPT_PROGRAMS) this.dropOldest();
    });
    sim.trace.channel(processEnded).listen(({ host, pid, argv, status }) => {
      const entry = this.entries.get(keyOf(host, pid));
      if (entry === undefined) return;
      entry.exitCode = exitCodeOf(status);
      entry.argv = argv;
    });
    sim.trace.channel(processWrote).listen(({ host, pid, bytes }) => {
      this.entries.get(keyOf(host, pid))?.keep(bytes);
    });
  }

  views(): readonly ProgramView[] {
    return [...this.entries.values()];
  }

  /** A machine of the same name has used the pid again: the older program keeps its place under another key. */
  private retire(host: string, pid: number): void {
    const old = this.entries.get(keyOf(host, pid));
    if (old === undefined) return;
    this.entries.delete(keyOf(host, pid));
    this.count += 1;
    this.entries.set(`${keyOf(host, pid)}#${this.count}`, old);
  }

  private dropOldest(): void {
    for (const [key, entry] of this.entries) {
      if (entry.exitCode === null) continue;
      this.entries.delete(key);
      return;
    }
  }
}

function keyOf(host: string, pid: number): string {
  return `${host}/${pid}`;
}

/** A script's interpreter is not what a lab asks for: `/bin/bash script.sh` is `script.sh`. */
function programName(argv: readonly string[]): string {
  const first = argv[0] ?? '';
  const second = argv[1] ?? '';
  return /\/(ba)?sh$/.test(first) && second.startsWith('/') ? second : first.replace(/^-/, '');
}
