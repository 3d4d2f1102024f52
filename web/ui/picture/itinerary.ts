import type { Travel } from '../../session/snapshot';
import { isAcknowledgement, isAppend, isChatter, isReadOfRecords, partitionKey, recordCount, tripFor } from './trip';
import type { Trip } from './trip';

/** The next packet may enter a lane so long before the last one has left it, in ms. */
const LANE_OVERLAP_MS = 60;
/** Chatter that would have to wait longer is not drawn: it must never hold up a record. */
const CHATTER_WAITS_MS = 100;
/** When the picture has fallen so far behind, further travels are not drawn. */
const MOST_BEHIND_MS = 2500;

/**
 * Gives each travel its place in the viewer's time.
 *
 * Why: trips are drawn slower than they are, so the order of cause and effect has to be kept by hand: an answer leaves
 * after its question has arrived, a record is read after it has landed, a client asks again after it was answered.
 */
export class Itinerary {
  private readonly requestArrived = new Map<string, number>();
  /** How many records a question carried, until it is answered. */
  private readonly asked = new Map<string, number>();
  private readonly answered = new Map<string, number>();
  private readonly appended = new Map<string, number>();
  private readonly laneBusy = new Map<string, number>();

  /** Null when the picture is too far behind for it, or when it is chatter that would have to wait. */
  plan(travel: Travel, nowMs: number, speed: number): Trip | null {
    const lane = `${travel.connectionId} ${travel.kind}`;
    let startMs = nowMs;
    if (travel.kind === 'response') startMs = Math.max(startMs, this.requestArrived.get(this.question(travel)) ?? 0);
    else startMs = Math.max(startMs, this.answered.get(travel.connectionId) ?? 0);
    if (isReadOfRecords(travel)) {
      for (const { topic, partition } of travel.partitions) {
        startMs = Math.max(startMs, this.appended.get(partitionKey(topic, partition)) ?? 0);
      }
    }
    const freeMs = (this.laneBusy.get(lane) ?? -Infinity) - LANE_OVERLAP_MS;
    if (isChatter(travel) && Math.max(freeMs, startMs) > nowMs + CHATTER_WAITS_MS) return null;
    startMs = Math.max(startMs, freeMs);
    if (startMs - nowMs > MOST_BEHIND_MS) return null;
    const trip = tripFor(travel, this.recordsOf(travel), startMs, speed);
    this.laneBusy.set(lane, trip.endMs);
    this.remember(trip);
    return trip;
  }

  /** Forgets what lies before `nowMs` and cannot delay anything any more. */
  forget(nowMs: number): void {
    for (const map of [this.requestArrived, this.answered, this.appended, this.laneBusy]) {
      for (const [key, time] of map) if (time < nowMs) map.delete(key);
    }
  }

  private remember(trip: Trip): void {
    const { travel } = trip;
    if (travel.kind === 'request') this.requestArrived.set(this.question(travel), trip.landedMs);
    else this.answered.set(travel.connectionId, trip.endMs);
    if (isAppend(travel)) {
      for (const { topic, partition } of travel.partitions) this.appended.set(partitionKey(topic, partition), trip.landedMs);
    }
  }

  private recordsOf(travel: Travel): number {
    const question = this.question(travel);
    if (isAppend(travel)) this.asked.set(question, recordCount(travel));
    if (!isAcknowledgement(travel)) return recordCount(travel);
    const asked = this.asked.get(question) ?? 0;
    this.asked.delete(question);
    return asked;
  }

  private question(travel: Travel): string {
    return `${travel.connectionId} ${travel.correlationId}`;
  }
}
