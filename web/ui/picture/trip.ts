import type { Travel } from '../../session/snapshot';

/** No trip is drawn faster than this, in ms of the viewer's clock: most requests take less than a simulated millisecond. */
export const LEAST_TRIP_MS = 320;
/** A request that takes long in a slowed simulation must not hold up the picture for ever. */
const LONGEST_TRIP_MS = 6000;
/** From the broker's edge into the cell. */
export const LANDING_MS = 160;
/** How long a record that has landed is ringed. */
export const RING_MS = 1200;

/** One travel with its place in the viewer's time: on the wire from `startMs` to `endMs`, its records in their cells at `landedMs`. */
export interface Trip {
  readonly travel: Travel;
  /** Records that it carries, or, for an acknowledgement, acknowledges. */
  readonly records: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly landedMs: number;
}

export function isAppend(travel: Travel): boolean {
  return travel.kind === 'request' && travel.api === 'Produce';
}

export function isReadOfRecords(travel: Travel): boolean {
  return travel.kind === 'response' && travel.api === 'Fetch' && recordCount(travel) > 0;
}

export function isAcknowledgement(travel: Travel): boolean {
  return travel.kind === 'response' && travel.api === 'Produce';
}

/** Neither records nor an answer to them nor an error: heartbeats, empty fetches and the like. */
export function isChatter(travel: Travel): boolean {
  return recordCount(travel) === 0 && !isAcknowledgement(travel) && travel.partitions.every(({ errorCode }) => errorCode === 0);
}

export function recordCount(travel: Travel): number {
  return travel.partitions.reduce((sum, partition) => sum + partition.recordCount, 0);
}

/** How long a travel is drawn, in ms of the viewer's clock. */
export function tripMs(travel: Travel, speed: number): number {
  const own = (travel.arrivesUs - travel.sentUs) / 1000 / speed;
  return Math.min(LONGEST_TRIP_MS, Math.max(LEAST_TRIP_MS, own));
}

export function tripFor(travel: Travel, records: number, startMs: number, speed: number): Trip {
  const endMs = startMs + tripMs(travel, speed);
  return { travel, records, startMs, endMs, landedMs: endMs + (isAppend(travel) ? LANDING_MS : 0) };
}

export function partitionKey(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}
