import { performance } from 'node:perf_hooks';
import { KafkaConsumer } from '../../engine/clients/consumer/kafka-consumer';
import { KafkaProducer } from '../../engine/clients/producer/kafka-producer';
import { type Op, spawn } from '../../engine/kernel/task';
import type { Benchmark } from './figure';
import { type SmallCluster, startCluster } from './small-cluster';

const RECORDS = 1_000_000;
const RECORD_BYTES = 100;
const TOPIC = 'bench';
const PAYLOADS = Array.from({ length: 26 }, (_, i) => new Uint8Array(RECORD_BYTES).fill(65 + i));
const POLL_MS = 1000;
const LIMIT_US = 3_600_000_000;
const STEP_US = 100_000;
const SERIALIZATION = 'org.apache.kafka.common.serialization.ByteArray';
const silent = (): void => {};

/** Records a second that one producer sends to one broker and one consumer reads and looks at, bytes and all, in processor time. */
export function engineBenchmark(name: string, partitions: number): Benchmark {
  return {
    figures: [name],
    async measure(runs) {
      const measured: number[] = [];
      for (let run = 0; run < runs; run++) measured.push(oneRun(partitions));
      return [{ name, unit: 'records/s', aim: 1_000_000, better: 'more', runs: measured }];
    },
  };
}

function oneRun(partitions: number): number {
  const cluster = startCluster(1, { 'num.partitions': String(partitions), 'offsets.topic.replication.factor': '1' });
  const { sim } = cluster;
  spawn(sim, produce(cluster));
  const consumer = spawn(sim, consume(cluster, partitions));
  const beganMs = performance.now();
  const limit = sim.nowUs + LIMIT_US;
  while (!consumer.done && sim.nowUs < limit) sim.run(sim.nowUs + STEP_US);
  const seconds = (performance.now() - beganMs) / 1000;
  if (!consumer.done) throw new Error(`not all of ${RECORDS} records came through`);
  return RECORDS / seconds;
}

function* produce({ sim, client }: SmallCluster): Op<void> {
  const producer = new KafkaProducer(
    { sim, host: client, log: silent },
    new Map([
      ['bootstrap.servers', 'kafka1:9092'],
      ['key.serializer', `${SERIALIZATION}Serializer`],
      ['value.serializer', `${SERIALIZATION}Serializer`],
      ['linger.ms', '5'],
    ]),
  );
  for (let i = 0; i < RECORDS; i++) {
    const record = { topic: TOPIC, key: null, value: PAYLOADS[i % PAYLOADS.length] as Uint8Array };
    if (!producer.trySend(record)) yield* producer.send(record);
  }
  yield* producer.close();
}

function* consume({ sim, client }: SmallCluster, partitions: number): Op<void> {
  const consumer = new KafkaConsumer(
    { sim, host: client, log: silent },
    new Map([
      ['bootstrap.servers', 'kafka1:9092'],
      ['group.id', 'bench'],
      ['key.deserializer', `${SERIALIZATION}Deserializer`],
      ['value.deserializer', `${SERIALIZATION}Deserializer`],
      ['auto.offset.reset', 'earliest'],
      ['enable.auto.commit', 'false'],
    ]),
  );
  consumer.assign(Array.from({ length: partitions }, (_, partition) => ({ topic: TOPIC, partition })));
  for (let consumed = 0; consumed < RECORDS; ) {
    const records = yield* consumer.poll(POLL_MS);
    let bytes = 0;
    for (const { record } of records) bytes += record.value?.length ?? 0;
    if (bytes !== records.count * RECORD_BYTES) throw new Error('a record came back with another length');
    consumed += records.count;
  }
  yield* consumer.close();
}
