import type { Simulation } from '../engine/kernel/simulation';
import type { ProgramView } from '../lab/world-view';
import { baseName } from '../machine/os/file-system';
import { processEnded, processStarted, processWrote } from '../machine/os/machine';
import { exitCodeOf } from '../machine/os/process';
import { decodeText } from '../machine/os/text';

/** How much of what a program prints is kept, from its beginning and from its end. */
const KEPT_CHARACTERS = 4096;
/** How many programs are kept; the oldest that ended go first. */
const KEPT_PROGRAMS = 2000;

interface Entry {
  host: string;
  argv: readonly string[];
  exitCode: number | null;
  first: string;
  last: string;
}

/** Which programs ran where, how they ended and what they printed: from the machines' own events. */
export class ProgramLog {
  private readonly entries = new Map<string, Entry>();
  private count = 0;
  /** Grows with every change, so that a lab is looked at again only then. */
  version = 0;

  constructor(
    sim: Simulation,
    private readonly labelOf: (host: string) => string,
  ) {
    sim.trace.channel(processStarted).listen(({ host, pid, argv }) => {
      this.version += 1;
      this.retire(host, pid);
      this.entries.set(keyOf(host, pid), { host, argv, exitCode: null, first: '', last: '' });
      if (this.entries.size > KEPT_PROGRAMS) this.dropOldest();
    });
    sim.trace.channel(processEnded).listen(({ host, pid, argv, status }) => {
      this.version += 1;
      const entry = this.entries.get(keyOf(host, pid));
      if (entry === undefined) return;
      entry.exitCode = exitCodeOf(status);
      entry.argv = argv;
    });
    sim.trace.channel(processWrote).listen(({ host, pid, bytes }) => {
      const entry = this.entries.get(keyOf(host, pid));
      if (entry !== undefined) keep(entry, bytes);
      this.version += 1;
    });
  }

  views(): ProgramView[] {
    return [...this.entries.values()].map(({ host, argv, exitCode, first, last }) => ({
      host: this.labelOf(host),
      program: baseName(programName(argv)),
      args: argv.slice(1),
      exitCode,
      printed: first + last,
    }));
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

function keep(entry: Entry, bytes: Uint8Array): void {
  if (entry.first.length < KEPT_CHARACTERS) {
    entry.first += decodeText(bytes.length > KEPT_CHARACTERS ? bytes.subarray(0, KEPT_CHARACTERS) : bytes);
    return;
  }
  const tail = decodeText(bytes.length > KEPT_CHARACTERS ? bytes.subarray(bytes.length - KEPT_CHARACTERS) : bytes);
  entry.last = (entry.last + tail).slice(-KEPT_CHARACTERS);
}
