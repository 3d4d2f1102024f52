import { describe, expect, it } from 'vitest';
import type { Frame, Snapshot, Travel } from '../../session/snapshot';
import { SCENES } from '../dev/scenes';
import { Picture } from './picture';
import { LEAST_TRIP_MS } from './trip';

function end(picture: Picture): number {
  return picture.snapshot()!.brokers[0]!.replicas[0]!.logEndOffset;
}

function consumer(snapshot: Snapshot) {
  return snapshot.clients.find((client) => client.kind === 'consumer')!;
}

function paused(frame: Frame, eventNumber: number): Frame {
  return { ...frame, snapshot: { ...frame.snapshot, eventNumber, clock: { paused: true, speed: 1 } } };
}

/** A scene in which a record was produced, acknowledged and read within one frame. */
function play(reducedMotion = false): Picture {
  const { before, frame } = SCENES['ack']!();
  const picture = new Picture(() => reducedMotion);
  const quick: Frame = { ...frame, snapshot: { ...frame.snapshot, clock: { paused: false, speed: 1 } }, travels: frame.travels.map((travel) => ({ ...travel, arrivesUs: travel.sentUs + 400 })) };
  picture.accept(before);
  picture.accept(quick);
  return picture;
}

function pass(picture: Picture, ms: number): void {
  for (let passed = 0; passed < ms; passed += 16) picture.advance(16);
}

describe('the picture in the viewer\'s time', () => {
  it('shows a record that takes no time for at least 320 ms, and its cell only when it has landed', () => {
    const picture = play();
    expect(picture.motion().packets.map(({ travel }) => `${travel.api} ${travel.kind}`)).toEqual(['Produce request']);
    pass(picture, LEAST_TRIP_MS - 20);
    expect(end(picture)).toBe(3);
    pass(picture, 220);
    expect(end(picture)).toBe(4);
    expect(picture.motion().rings).toEqual([{ topic: 'helloworld', partition: 0, host: 'kafka', offset: 3 }]);
  });

  it('lets the acknowledgement and the read leave after the record has landed', () => {
    const picture = play();
    pass(picture, 520);
    expect(picture.motion().packets.map(({ travel }) => `${travel.api} ${travel.kind}`).sort()).toEqual(['Fetch response', 'Produce response']);
    expect(consumer(picture.snapshot()!)).toMatchObject({ records: 3, positions: [{ position: 3 }] });
    pass(picture, 400);
    expect(consumer(picture.snapshot()!)).toMatchObject({ records: 4, positions: [{ position: 4 }] });
    expect(picture.motion().lastAcks.get('c1')).toBe(3);
  });

  it('ends with the world as it is', () => {
    const picture = play();
    pass(picture, 4000);
    expect(picture.snapshot()).toEqual({ ...SCENES['ack']!().frame.snapshot, clock: { paused: false, speed: 1 } });
    expect(picture.isMoving()).toBe(false);
  });

  it('freezes where it is while time is paused', () => {
    const picture = play();
    pass(picture, 160);
    const { progress } = picture.motion().packets[0]!;
    picture.accept(paused({ ...SCENES['ack']!().frame, travels: [] }, 1));
    pass(picture, 2000);
    expect(picture.motion().packets[0]!.progress).toBe(progress);
  });

  it('moves on by a part of a trip with each step of a paused simulation', () => {
    const { before, frame } = SCENES['produce']!();
    const picture = new Picture(() => false);
    picture.accept(paused(before, 10));
    picture.accept(paused(frame, 11));
    const first = picture.motion().packets[0]!.progress;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(1);
    picture.accept(paused({ ...frame, travels: [] }, 12));
    expect(picture.motion().packets[0]?.progress ?? 1).toBeGreaterThan(first);
  });

  it('moves nothing for those who asked for less motion: only the place of arrival is ringed', () => {
    const picture = play(true);
    expect(picture.motion().packets).toEqual([]);
    expect(picture.motion().rings).toHaveLength(1);
    expect(end(picture)).toBe(4);
  });

  it('never lets long polls without records hold up the records', () => {
    const { frame } = SCENES['ack']!();
    const picture = new Picture(() => false);
    const base = frame.snapshot;
    let id = 0;
    let question = 1;
    const send = (nowUs: number, position: number, travels: readonly Partial<Travel>[]) => picture.accept({
      snapshot: { ...base, nowUs, eventNumber: ++id, clock: { paused: false, speed: 1 }, clients: base.clients.map((client) => (client.kind === 'consumer' ? { ...client, records: position, positions: [{ topic: 'helloworld', partition: 0, position }] } : client)) },
      travelCount: travels.length,
      travels: travels.map((travel) => ({ ...frame.travels[2]!, id: ++id, correlationId: question, sentUs: nowUs, arrivesUs: nowUs + 300, ...travel })),
    });
    const nothing = [{ topic: 'helloworld', partition: 0, recordCount: 0, offset: null, errorCode: 0, records: [] }];
    for (let second = 0; second < 20; second++) {
      const nowUs = base.nowUs + second * 1_000_000;
      const read = [{ topic: 'helloworld', partition: 0, recordCount: 1, offset: second, errorCode: 0, records: [] }];
      send(nowUs, second + 1, [{ kind: 'response', partitions: read }, { kind: 'request', partitions: nothing, correlationId: ++question }]);
      pass(picture, 500);
      send(nowUs + 500_000, second + 1, [{ kind: 'response', partitions: nothing }, { kind: 'request', partitions: nothing, correlationId: ++question }]);
      pass(picture, 500);
    }
    expect(consumer(picture.snapshot()!).positions[0]!.position).toBe(20);
  });

  it('merges a lane with more than 20 requests a second into a flow with its rate', () => {
    const { frame } = SCENES['produce']!();
    const picture = new Picture(() => false);
    picture.accept({ ...frame, travels: [] });
    for (let id = 1; id <= 60; id++) {
      picture.advance(16);
      picture.accept({ ...frame, travels: frame.travels.map((travel) => ({ ...travel, id, correlationId: id })) });
    }
    const [flow] = picture.motion().flows;
    expect(flow?.requestsPerSecond).toBeGreaterThan(40);
    pass(picture, 5000);
    expect(picture.motion().flows).toEqual([]);
  });
});
