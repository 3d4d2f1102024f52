import { PRODUCER_CONFIGS } from '../../config/producer-configs';
import type { ConfigValues } from '../../config/parse-config';
import type { CompressionType } from '../../protocol/codec';
import { COMPRESSION_TYPES } from '../../protocol/codec';
import { parseClientConfig } from '../client-config';
import { configException, KafkaError } from '../kafka-error';

/** What a producer's configuration comes to. Units: ms, bytes. */
export interface ProducerSettings {
  readonly acks: number;
  readonly retries: number;
  readonly maxInFlightRequestsPerConnection: number;
  readonly compressionType: CompressionType;
  readonly isIdempotent: boolean;
}

const MAX_INT = 2147483647;
const MAX_IN_FLIGHT_WHEN_IDEMPOTENT = 5;

/** Errors: ConfigException, thrown as it is. */
export function parseProducerConfig(props: ReadonlyMap<string, string>): ConfigValues {
  return parseClientConfig(PRODUCER_CONFIGS, props);
}

/**
 * The settings that follow from several configs, or that only the producer itself checks.
 *
 * Errors: throws what Java wraps in "Failed to construct kafka producer".
 * Simplified: no transactions.
 */
export function producerSettings(values: ConfigValues): ProducerSettings {
  const compressionType = compressionTypeOf(values.string('compression.type'));
  if (values.optionalString('transactional.id') !== null) {
    throw new KafkaError('java.lang.UnsupportedOperationException', 'a transactional.id is not simulated yet');
  }
  const maxInFlightRequestsPerConnection = values.number('max.in.flight.requests.per.connection');
  const isIdempotent = values.boolean('enable.idempotence');
  return { ...acksAndRetries(values), maxInFlightRequestsPerConnection, compressionType, isIdempotent };
}

function compressionTypeOf(name: string): CompressionType {
  const type = COMPRESSION_TYPES.find((each) => each === name);
  if (type === undefined) throw new KafkaError('java.lang.IllegalArgumentException', `Unknown compression name: ${name}`);
  return type;
}

/**
 * Idempotence raises acks and retries when they are not given, and insists on them when they are.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/producer/KafkaProducer.java configureRetries, configureAcks
 */
function acksAndRetries(values: ConfigValues): { acks: number; retries: number } {
  const text = values.string('acks').trim();
  const acks = text.toLowerCase() === 'all' ? -1 : Number(text);
  const retries = values.number('retries');
  if (!values.boolean('enable.idempotence')) return { acks, retries };
  const isGiven = (name: string): boolean => values.originals.has(name);
  if (isGiven('retries') && retries === 0) throw configException('Must set retries to non-zero when using the idempotent producer.');
  if (values.number('max.in.flight.requests.per.connection') > MAX_IN_FLIGHT_WHEN_IDEMPOTENT) {
    throw configException('Must set max.in.flight.requests.per.connection to at most 5 to use the idempotent producer.');
  }
  if (isGiven('acks') && acks !== -1) {
    throw configException('Must set acks to all in order to use the idempotent producer. Otherwise we cannot guarantee idempotence.');
  }
  return { acks: -1, retries: isGiven('retries') ? retries : MAX_INT };
}
