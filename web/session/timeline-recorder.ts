import type { Simulation } from '../engine/kernel/simulation';
import type { TimelineMark, TimelineSnapshot } from './snapshot';

const MAX_BINS = 240;
const FIRST_BIN_US = 250_000;

/** Trace events over simulated time, in bins that double in width when there would be too many, and the marks of what mattered. */
export class TimelineRecorder {
  private binUs = FIRST_BIN_US;
  private bins: number[] = [];
  private readonly marks: TimelineMark[] = [];

  constructor(private readonly sim: Simulation) {}

  count(): void {
    const at = Math.floor(this.sim.nowUs / this.binUs);
    if (at >= MAX_BINS) {
      this.halve();
      this.count();
      return;
    }
    while (this.bins.length <= at) this.bins.push(0);
    this.bins[at] = (this.bins[at] as number) + 1;
  }

  mark(kind: TimelineMark['kind'], text: string): void {
    this.marks.push({ timeUs: this.sim.nowUs, kind, text });
  }

  snapshot(): TimelineSnapshot {
    return { binUs: this.binUs, bins: [...this.bins], marks: [...this.marks] };
  }

  private halve(): void {
    this.binUs *= 2;
    const half: number[] = [];
    this.bins.forEach((count, index) => {
      half[index >> 1] = (half[index >> 1] ?? 0) + count;
    });
    this.bins = half;
  }
}
