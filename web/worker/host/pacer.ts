/** How much simulated time a wall millisecond is worth now, and how far the run may go. */
export class Pacer {
  paused = false;
  speed = 1;
  private lastWallMs: number;
  /** Simulated time that wall time has earned and the run has not used. */
  private earnedUs = 0;

  constructor(nowMs: number) {
    this.lastWallMs = nowMs;
  }

  /** How far the run may go from `simNowUs` at wall time `nowMs`. */
  target(simNowUs: number, nowMs: number): number {
    const wallMs = Math.max(0, Math.min(nowMs - this.lastWallMs, LARGEST_GAP_MS));
    this.lastWallMs = nowMs;
    if (this.paused) return simNowUs;
    if (this.speed === Infinity) return simNowUs + MAX_SPEED_SLICE_US;
    this.earnedUs += wallMs * 1000 * this.speed;
    return simNowUs + Math.floor(this.earnedUs);
  }

  /** The run went on by so much. What it could not do in its time is forgiven past a limit, so that a slow machine runs slower, not later. */
  used(us: number): void {
    this.earnedUs = Math.max(0, Math.min(this.earnedUs - us, LARGEST_GAP_MS * 1000 * Math.min(this.speed, 20)));
  }
}

/** A tab that slept does not catch up with more than this. */
const LARGEST_GAP_MS = 250;
/** At "max" an idle cluster moves this far before the page is looked after. */
const MAX_SPEED_SLICE_US = 2_000_000;
