import { KafkaConsumer } from '../../engine/clients/consumer/kafka-consumer';
import { KafkaProducer } from '../../engine/clients/producer/kafka-producer';
import { type Op, spawn } from '../../engine/kernel/task';
import type { SmallCluster } from './small-cluster';

const RECORD_BYTES = 100;
const TOPIC = 'bench';
const POLL_MS = 1000;
const LIMIT_US = 3_600_000_000;
const STEP_US = 100_000;
const PAYLOADS = Array.from({ length: 26 }, (_, i) => new Uint8Array(RECORD_BYTES).fill(65 + i));
const SERIALIZATION = 'org.apache.kafka.common.serialization.ByteArray';
const silent = (): void => {};

export interface Flow {
  readonly records: number;
  readonly partitions: number;
  readonly acks: string;
}

/** One producer sends records of 100 bytes, one consumer reads them and looks at them, until all have come through. */
export function runFlow(cluster: SmallCluster, flow: Flow): void {
  const { sim } = cluster;
  spawn(sim, produce(cluster, flow));
  const consumer = spawn(sim, consume(cluster, flow));
  const limit = sim.nowUs + LIMIT_US;
  while (!consumer.done && sim.nowUs < limit) sim.run(sim.nowUs + STEP_US);
  if (!consumer.done) throw new Error(`not all of ${flow.records} records came through`);
}

function* produce({ sim, client }: SmallCluster, { records, acks }: Flow): Op<void> {
  const producer = new KafkaProducer(
    { sim, host: client, log: silent },
    new Map([
      ['bootstrap.servers', 'kafka1:9092'],
      ['key.serializer', `${SERIALIZATION}Serializer`],
      ['value.serializer', `${SERIALIZATION}Serializer`],
      ['linger.ms', '5'],
      ['acks', acks],
    ]),
  );
  for (let i = 0; i < records; i++) {
    const record = { topic: TOPIC, key: null, value: PAYLOADS[i % PAYLOADS.length] as Uint8Array };
    if (!producer.trySend(record)) yield* producer.send(record);
  }
  yield* producer.close();
}

function* consume({ sim, client }: SmallCluster, { records, partitions }: Flow): Op<void> {
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
  for (let consumed = 0; consumed < records; ) {
    const polled = yield* consumer.poll(POLL_MS);
    let bytes = 0;
    for (const { record } of polled) bytes += record.value?.length ?? 0;
    if (bytes !== polled.count * RECORD_BYTES) throw new Error('a record came back with another length');
    consumed += polled.count;
  }
  yield* consumer.close();
}
