import type { Travel } from '../../session/snapshot';
import type { Flow } from './motion';

/** Above so many requests a second a lane becomes a flow; below the second figure it is drawn one by one again. */
const FLOW_ABOVE = 20;
const SINGLE_BELOW = 12;
/** Rates are counted in slices of the viewer's clock. */
const SLICE_MS = 250;
const SLICES = 4;
const KEYS_SHOWN = 4;

interface Slice {
  readonly startMs: number;
  requests: number;
  records: number;
  readonly keys: Map<string | null, number>;
}

/** How busy one direction of one connection is, in the viewer's time. */
export class LaneRate {
  private readonly slices: Slice[] = [];
  private flowing = false;
  private last: Travel | null = null;

  /** `weight`: how many travels this one stands for, when they were sampled. */
  count(travel: Travel, weight: number, nowMs: number): void {
    this.last = travel;
    let slice = this.slices[this.slices.length - 1];
    if (!slice || nowMs - slice.startMs >= SLICE_MS) {
      slice = { startMs: nowMs, requests: 0, records: 0, keys: new Map() };
      this.slices.push(slice);
    }
    slice.requests += weight;
    for (const partition of travel.partitions) {
      slice.records += partition.recordCount * weight;
      for (const record of partition.records) slice.keys.set(record.key, (slice.keys.get(record.key) ?? 0) + weight);
    }
  }

  isFlow(nowMs: number): boolean {
    const rate = this.requestsPerSecond(nowMs);
    if (rate > FLOW_ABOVE) this.flowing = true;
    else if (rate < SINGLE_BELOW) this.flowing = false;
    return this.flowing;
  }

  isIdle(nowMs: number): boolean {
    this.forget(nowMs);
    return this.slices.length === 0;
  }

  flow(nowMs: number): Flow | null {
    if (!this.last || !this.isFlow(nowMs)) return null;
    const { connectionId, clientId, kind, api, fromHost, toHost } = this.last;
    const records = this.sum(nowMs, (slice) => slice.records);
    return {
      connectionId, clientId, kind, api, fromHost, toHost,
      requestsPerSecond: this.requestsPerSecond(nowMs),
      recordsPerSecond: records,
      keys: this.keyShares(),
    };
  }

  private requestsPerSecond(nowMs: number): number {
    return this.sum(nowMs, (slice) => slice.requests);
  }

  private sum(nowMs: number, of: (slice: Slice) => number): number {
    this.forget(nowMs);
    return this.slices.reduce((sum, slice) => sum + of(slice), 0) * (1000 / (SLICE_MS * SLICES));
  }

  private forget(nowMs: number): void {
    while (this.slices[0] && nowMs - this.slices[0].startMs >= SLICE_MS * SLICES) this.slices.shift();
  }

  private keyShares(): Flow['keys'] {
    const counts = new Map<string | null, number>();
    for (const slice of this.slices) for (const [key, count] of slice.keys) counts.set(key, (counts.get(key) ?? 0) + count);
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (total === 0) return [];
    const keyed = [...counts].filter(([key]) => key !== null).sort((a, b) => b[1] - a[1]).slice(0, KEYS_SHOWN);
    const shown = keyed.map(([key, count]) => ({ key, share: count / total }));
    const rest = 1 - shown.reduce((sum, { share }) => sum + share, 0);
    return rest > 0.001 ? [...shown, { key: null, share: rest }] : shown;
  }
}
