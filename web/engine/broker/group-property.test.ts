import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KafkaConsumer } from '../clients/consumer/kafka-consumer';
import { spawn } from '../kernel/task';
import { topicPartitionName } from '../protocol/messages';
import { partitionsAssignedOnce } from '../invariants/partitions-assigned-once';
import { TestCluster } from './test-cluster';

const PARTITIONS = 4;
const SESSION_TIMEOUT_S = 10;

type Step = { readonly kind: 'join' } | { readonly kind: 'leave' | 'crash'; readonly member: number } | { readonly kind: 'wait'; readonly seconds: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'join' } as const) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('leave' as const), member: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('crash' as const), member: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 8 }) }) },
);

/** Consumers of one group that come, go, and fall silent. */
class Crowd {
  readonly members: { readonly consumer: KafkaConsumer; readonly polling: { abandon(): void } }[] = [];
  private generation = 0;
  private readonly invariant = partitionsAssignedOnce();

  constructor(readonly cluster: TestCluster) {
    cluster.afterEvent = () => this.check();
  }

  do(next: Step): void {
    if (next.kind === 'wait') this.cluster.wait(next.seconds);
    else if (next.kind === 'join') this.join();
    else this.part(next.kind, next.member);
    this.cluster.wait(0.05);
  }

  /** Partitions that each member reads. */
  get assignments(): string[][] {
    return this.members.map(({ consumer }) => consumer.assignment.map(topicPartitionName));
  }

  private join(): void {
    const deserializer = 'org.apache.kafka.common.serialization.ByteArrayDeserializer';
    const props = { 'bootstrap.servers': 'kafka1:9092', 'group.id': 'g', 'key.deserializer': deserializer, 'value.deserializer': deserializer };
    const consumer = new KafkaConsumer({ sim: this.cluster.sim, host: this.cluster.client, log: () => {} }, new Map(Object.entries(props)));
    consumer.subscribe(['t']);
    const polling = spawn(
      this.cluster.sim,
      (function* () {
        for (;;) yield* consumer.poll(100);
      })(),
      () => undefined,
    );
    this.members.push({ consumer, polling });
  }

  private part(how: 'leave' | 'crash', member: number): void {
    const [gone] = this.members.splice(member % Math.max(1, this.members.length), 1);
    if (gone === undefined) return;
    gone.polling.abandon();
    if (how === 'crash') gone.consumer.halt();
    else spawn(this.cluster.sim, gone.consumer.close(), () => undefined);
  }

  /** After every event: nobody shares a partition, and generations only go up. */
  private check(): void {
    const wrong = this.invariant.violation({ brokers: this.cluster.brokers });
    if (wrong !== undefined) throw new Error(wrong);
    const now = this.cluster.broker(1).groupCoordinator?.groupManager.get('g')?.generationId ?? 0;
    if (now < this.generation) throw new Error(`generation ${now} after ${this.generation}`);
    this.generation = now;
  }
}

describe('a group whose members come, leave and crash at any time', () => {
  it('ends with each partition at exactly one live member', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), fc.integer({ min: 1, max: 1000 }), (steps, seed) => {
        const cluster = new TestCluster(1, {}, seed).startAll();
        cluster.createTopic('t', PARTITIONS, 1);
        const crowd = new Crowd(cluster);
        for (const each of steps) crowd.do(each);
        cluster.wait(4 * SESSION_TIMEOUT_S);
        const read = crowd.assignments.flat().sort();
        expect(read).toEqual(crowd.members.length === 0 ? [] : ['t-0', 't-1', 't-2', 't-3']);
        const share = Math.floor(PARTITIONS / Math.max(1, crowd.members.length));
        for (const partitions of crowd.assignments) expect(partitions.length).toBeGreaterThanOrEqual(share);
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});
