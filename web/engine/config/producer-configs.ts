import { CLIENT_SECURITY_ROWS } from './client-security-configs';
import { atLeast, between, type ConfigDef, nonEmptyString, nonNull, oneOf, REQUIRED, row } from './config-def';

/**
 * Every setting of the producer of release 1.1.0.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/producer/ProducerConfig.java
 */
export const PRODUCER_CONFIGS: ConfigDef = {
  simpleName: 'ProducerConfig',
  rows: [
    row('bootstrap.servers', 'LIST', '', 'HIGH', nonNull),
    row('buffer.memory', 'LONG', '33554432', 'HIGH', atLeast(0)),
    row('retries', 'INT', '0', 'HIGH', between(0, 2147483647)),
    row('acks', 'STRING', '1', 'HIGH', oneOf('all', '-1', '0', '1')),
    row('compression.type', 'STRING', 'none', 'HIGH'),
    row('batch.size', 'INT', '16384', 'MEDIUM', atLeast(0)),
    row('linger.ms', 'LONG', '0', 'MEDIUM', atLeast(0)),
    row('client.id', 'STRING', '', 'MEDIUM'),
    row('send.buffer.bytes', 'INT', '131072', 'MEDIUM', atLeast(-1)),
    row('receive.buffer.bytes', 'INT', '32768', 'MEDIUM', atLeast(-1)),
    row('max.request.size', 'INT', '1048576', 'MEDIUM', atLeast(0)),
    row('reconnect.backoff.ms', 'LONG', '50', 'LOW', atLeast(0)),
    row('reconnect.backoff.max.ms', 'LONG', '1000', 'LOW', atLeast(0)),
    row('retry.backoff.ms', 'LONG', '100', 'LOW', atLeast(0)),
    row('max.block.ms', 'LONG', '60000', 'MEDIUM', atLeast(0)),
    row('request.timeout.ms', 'INT', '30000', 'MEDIUM', atLeast(0)),
    row('metadata.max.age.ms', 'LONG', '300000', 'LOW', atLeast(0)),
    row('metrics.sample.window.ms', 'LONG', '30000', 'LOW', atLeast(0)),
    row('metrics.num.samples', 'INT', '2', 'LOW', atLeast(1)),
    row('metrics.recording.level', 'STRING', 'INFO', 'LOW', oneOf('INFO', 'DEBUG')),
    row('metric.reporters', 'LIST', '', 'LOW', nonNull),
    row('max.in.flight.requests.per.connection', 'INT', '5', 'LOW', atLeast(1)),
    row('key.serializer', 'CLASS', REQUIRED, 'HIGH'),
    row('value.serializer', 'CLASS', REQUIRED, 'HIGH'),
    row('connections.max.idle.ms', 'LONG', '540000', 'MEDIUM'),
    row('partitioner.class', 'CLASS', 'org.apache.kafka.clients.producer.internals.DefaultPartitioner', 'MEDIUM'),
    row('interceptor.classes', 'LIST', '', 'LOW', nonNull),
    row('security.protocol', 'STRING', 'PLAINTEXT', 'MEDIUM'),
    ...CLIENT_SECURITY_ROWS,
    row('enable.idempotence', 'BOOLEAN', 'false', 'LOW'),
    row('transaction.timeout.ms', 'INT', '60000', 'LOW'),
    row('transactional.id', 'STRING', null, 'LOW', nonEmptyString),
  ],
};
