import { CLIENT_SECURITY_ROWS } from './client-security-configs';
import { atLeast, type ConfigDef, nonNull, oneOf, REQUIRED, row } from './config-def';
import type { ConfigValues } from './parse-config';

/**
 * Every setting of the (new) consumer of release 1.1.0.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/ConsumerConfig.java
 */
export const CONSUMER_CONFIGS: ConfigDef = {
  simpleName: 'ConsumerConfig',
  rows: [
    row('bootstrap.servers', 'LIST', '', 'HIGH', nonNull),
    row('group.id', 'STRING', '', 'HIGH'),
    row('session.timeout.ms', 'INT', '10000', 'HIGH'),
    row('heartbeat.interval.ms', 'INT', '3000', 'HIGH'),
    row('partition.assignment.strategy', 'LIST', 'class org.apache.kafka.clients.consumer.RangeAssignor', 'MEDIUM', nonNull),
    row('metadata.max.age.ms', 'LONG', '300000', 'LOW', atLeast(0)),
    row('enable.auto.commit', 'BOOLEAN', 'true', 'MEDIUM'),
    row('auto.commit.interval.ms', 'INT', '5000', 'LOW', atLeast(0)),
    row('client.id', 'STRING', '', 'LOW'),
    row('max.partition.fetch.bytes', 'INT', '1048576', 'HIGH', atLeast(0)),
    row('send.buffer.bytes', 'INT', '131072', 'MEDIUM', atLeast(-1)),
    row('receive.buffer.bytes', 'INT', '65536', 'MEDIUM', atLeast(-1)),
    row('fetch.min.bytes', 'INT', '1', 'HIGH', atLeast(0)),
    row('fetch.max.bytes', 'INT', '52428800', 'MEDIUM', atLeast(0)),
    row('fetch.max.wait.ms', 'INT', '500', 'LOW', atLeast(0)),
    row('reconnect.backoff.ms', 'LONG', '50', 'LOW', atLeast(0)),
    row('reconnect.backoff.max.ms', 'LONG', '1000', 'LOW', atLeast(0)),
    row('retry.backoff.ms', 'LONG', '100', 'LOW', atLeast(0)),
    row('auto.offset.reset', 'STRING', 'latest', 'MEDIUM', oneOf('latest', 'earliest', 'none')),
    row('check.crcs', 'BOOLEAN', 'true', 'LOW'),
    row('metrics.sample.window.ms', 'LONG', '30000', 'LOW', atLeast(0)),
    row('metrics.num.samples', 'INT', '2', 'LOW', atLeast(1)),
    row('metrics.recording.level', 'STRING', 'INFO', 'LOW', oneOf('INFO', 'DEBUG')),
    row('metric.reporters', 'LIST', '', 'LOW', nonNull),
    row('key.deserializer', 'CLASS', REQUIRED, 'HIGH'),
    row('value.deserializer', 'CLASS', REQUIRED, 'HIGH'),
    row('request.timeout.ms', 'INT', '305000', 'MEDIUM', atLeast(0)),
    row('connections.max.idle.ms', 'LONG', '540000', 'MEDIUM'),
    row('interceptor.classes', 'LIST', '', 'LOW', nonNull),
    row('max.poll.records', 'INT', '500', 'MEDIUM', atLeast(1)),
    row('max.poll.interval.ms', 'INT', '300000', 'MEDIUM', atLeast(1)),
    row('exclude.internal.topics', 'BOOLEAN', 'true', 'MEDIUM'),
    row('internal.leave.group.on.close', 'BOOLEAN', 'true', 'LOW'),
    row('isolation.level', 'STRING', 'read_uncommitted', 'MEDIUM', oneOf('read_committed', 'read_uncommitted')),
    row('security.protocol', 'STRING', 'PLAINTEXT', 'MEDIUM'),
    ...CLIENT_SECURITY_ROWS,
  ],
};

/** The assignors' class names. The log shows the default with the word `class` before it, because there it is a class and not its name. */
export function assignorClassNames(values: ConfigValues): string[] {
  return values.list('partition.assignment.strategy').map((name) => name.replace(/^class /, ''));
}
