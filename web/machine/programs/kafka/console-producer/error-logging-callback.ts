import type { KafkaError } from '../../../../engine/clients/kafka-error';
import type { ProducerRecord, RecordMetadata, SendCallback } from '../../../../engine/clients/producer/producer-record';
import type { LogSink } from '../../../../engine/kernel/logger';

const LOGGER = 'org.apache.kafka.clients.producer.internals.ErrorLoggingCallback';

function size(bytes: Uint8Array | null): string {
  return bytes === null ? 'null' : `${bytes.length} bytes`;
}

/** Logs what could not be sent. @source kafka 1.1.0 clients/.../producer/internals/ErrorLoggingCallback.java */
export class ErrorLoggingCallback implements SendCallback {
  constructor(private readonly log: LogSink) {}

  onCompletion(record: ProducerRecord, _metadata: RecordMetadata | null, error: KafkaError | null): void {
    if (error === null) return;
    const message = `Error when sending message to topic ${record.topic} with key: ${size(record.key)}, value: ${size(record.value)} with error:`;
    this.log({ level: 'ERROR', logger: LOGGER, message, throwable: error.toString() });
  }
}
