import type { Frame, Snapshot, Travel } from '../../session/snapshot';
import { holdBack } from './hold-back';
import { Itinerary } from './itinerary';
import { LaneRate } from './lane-rate';
import { NOTHING_MOVES } from './motion';
import type { Flow, Motion, Packet, Ring } from './motion';
import { shareStructure } from './share-structure';
import { isAcknowledgement, isAppend, RING_MS } from './trip';
import type { Trip } from './trip';

/** One step of a paused simulation moves the picture on by so much: a request just sent is seen well on its way. */
const STEP_MS = 200;
/** The page's own clock never jumps further than this in one go, for instance after the window was hidden. */
const LONGEST_ADVANCE_MS = 100;

/**
 * The moving picture: what views draw, in the viewer's time.
 *
 * Why: simulated requests take micro-seconds and would not be seen. Each is drawn for at least 320 ms; the shown snapshot
 * then runs behind the real one, and what a drawn trip carries arrives when the trip does, never before its event.
 * Paused means that this clock stands still.
 */
export class Picture {
  private nowMs = 0;
  private latest: Snapshot | null = null;
  private shown: Snapshot | null = null;
  private trips: Trip[] = [];
  private rings: { ring: Ring; untilMs: number }[] = [];
  private readonly itinerary = new Itinerary();
  private readonly lanes = new Map<string, LaneRate>();
  private readonly lastAcks = new Map<string, number>();
  private moving: Motion = NOTHING_MOVES;

  constructor(private readonly reducedMotion: () => boolean) {}

  accept(frame: Frame): void {
    const stepped = frame.snapshot.clock.paused && this.latest !== null && frame.snapshot.eventNumber > this.latest.eventNumber;
    this.latest = shareStructure(this.latest, frame.snapshot);
    const weight = frame.travels.length === 0 ? 1 : Math.max(1, frame.travelCount / frame.travels.length);
    for (const travel of frame.travels) this.take(travel, weight, frame.snapshot.clock.speed);
    if (stepped) this.nowMs += STEP_MS;
    this.settle();
  }

  /** Lets `wallMs` of the viewer's time pass, unless the simulation is paused. */
  advance(wallMs: number): void {
    if (!this.latest || this.latest.clock.paused) return;
    this.nowMs += Math.min(wallMs, LONGEST_ADVANCE_MS);
    this.settle();
  }

  snapshot(): Snapshot | null {
    return this.shown;
  }

  motion(): Motion {
    return this.moving;
  }

  /** False when nothing would change if time passed. */
  isMoving(): boolean {
    return this.trips.length > 0 || this.rings.length > 0 || this.lanes.size > 0;
  }

  private take(travel: Travel, weight: number, speed: number): void {
    const key = `${travel.connectionId} ${travel.kind}`;
    const lane = this.lanes.get(key) ?? new LaneRate();
    this.lanes.set(key, lane);
    lane.count(travel, weight, this.nowMs);
    const trip = lane.isFlow(this.nowMs) ? null : this.itinerary.plan(travel, this.nowMs, speed);
    if (!trip) this.arrive(travel, 1, false);
    else this.trips.push(trip);
  }

  private settle(): void {
    const arrived = this.trips.filter((trip) => trip.landedMs <= this.nowMs || this.reducedMotion());
    if (arrived.length > 0) this.trips = this.trips.filter((trip) => !arrived.includes(trip));
    this.shown = this.latest && shareStructure(this.shown, holdBack(this.latest, this.trips, this.shown));
    for (const { travel, records } of arrived) this.arrive(travel, records, true);
    this.rings = this.rings.filter(({ untilMs }) => untilMs > this.nowMs);
    for (const [key, lane] of this.lanes) if (lane.isIdle(this.nowMs)) this.lanes.delete(key);
    this.itinerary.forget(this.nowMs);
    this.moving = this.draw();
  }

  private arrive(travel: Travel, records: number, drawn: boolean): void {
    if (isAcknowledgement(travel)) {
      const last = travel.partitions[travel.partitions.length - 1];
      if (last && last.offset !== null && last.errorCode === 0) this.lastAcks.set(travel.connectionId, last.offset + Math.max(0, records - 1));
    }
    if (drawn && isAppend(travel)) for (const { topic, partition } of travel.partitions) this.ring(topic, partition, travel.toHost);
  }

  private ring(topic: string, partition: number, host: string): void {
    const replica = this.shown?.brokers.find((broker) => broker.host === host)?.replicas
      .find((other) => other.topic === topic && other.partition === partition);
    if (!replica || replica.logEndOffset <= replica.logStartOffset) return;
    this.rings = this.rings.filter(({ ring }) => ring.topic !== topic || ring.partition !== partition);
    this.rings.push({ ring: { topic, partition, host, offset: replica.logEndOffset - 1 }, untilMs: this.nowMs + RING_MS });
  }

  private draw(): Motion {
    const packets: Packet[] = [];
    for (const trip of this.trips) {
      if (trip.startMs > this.nowMs) continue;
      const progress = Math.min(1, (this.nowMs - trip.startMs) / (trip.endMs - trip.startMs));
      const landing = trip.landedMs > trip.endMs ? Math.max(0, (this.nowMs - trip.endMs) / (trip.landedMs - trip.endMs)) : 0;
      packets.push({ travel: trip.travel, records: trip.records, progress, landing });
    }
    const flows = [...this.lanes.values()].map((lane) => lane.flow(this.nowMs)).filter((flow): flow is Flow => flow !== null);
    return { packets, flows, rings: this.rings.map(({ ring }) => ring), lastAcks: this.lastAcks, still: this.reducedMotion() };
  }
}
