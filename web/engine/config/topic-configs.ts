import { atLeast, between, type ConfigDef, type ConfigValue, invalidValue, listOf, oneOf, row } from './config-def';

function throttledReplicas(name: string, value: ConfigValue): void {
  const entries = value as readonly string[];
  if (entries[0]?.trim() === '*' || entries.every((entry) => /^(\d+:\d+)?$/.test(entry.trim()))) return;
  const format = '[partitionId],[brokerId]:[partitionId],[brokerId]:...';
  throw invalidValue(name, `[${entries.join(', ')}]`, `${name} must be the literal '*' or a list of replicas in the following format: ${format}`);
}

/**
 * Every topic setting of release 1.1.0, with the code's defaults; a broker's own settings take their place (`TOPIC_CONFIG_SYNONYMS`).
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/LogConfig.scala
 */
export const TOPIC_CONFIGS: ConfigDef = {
  simpleName: 'LogConfig',
  rows: [
    row('segment.bytes', 'INT', '1073741824', 'MEDIUM', atLeast(14)),
    row('segment.ms', 'LONG', '604800000', 'MEDIUM', atLeast(0)),
    row('segment.jitter.ms', 'LONG', '0', 'MEDIUM', atLeast(0)),
    row('segment.index.bytes', 'INT', '10485760', 'MEDIUM', atLeast(0)),
    row('flush.messages', 'LONG', '9223372036854775807', 'MEDIUM', atLeast(0)),
    row('flush.ms', 'LONG', '9223372036854775807', 'MEDIUM', atLeast(0)),
    row('retention.bytes', 'LONG', '-1', 'MEDIUM'),
    row('retention.ms', 'LONG', '604800000', 'MEDIUM'),
    row('max.message.bytes', 'INT', '1000012', 'MEDIUM', atLeast(0)),
    row('index.interval.bytes', 'INT', '4096', 'MEDIUM', atLeast(0)),
    row('delete.retention.ms', 'LONG', '86400000', 'MEDIUM', atLeast(0)),
    row('min.compaction.lag.ms', 'LONG', '0', 'MEDIUM', atLeast(0)),
    row('file.delete.delay.ms', 'LONG', '60000', 'MEDIUM', atLeast(0)),
    row('min.cleanable.dirty.ratio', 'DOUBLE', '0.5', 'MEDIUM', between(0, 1)),
    row('cleanup.policy', 'LIST', 'delete', 'MEDIUM', listOf('compact', 'delete')),
    row('unclean.leader.election.enable', 'BOOLEAN', 'false', 'MEDIUM'),
    row('min.insync.replicas', 'INT', '1', 'MEDIUM', atLeast(1)),
    row('compression.type', 'STRING', 'producer', 'MEDIUM', oneOf('uncompressed', 'snappy', 'lz4', 'gzip', 'producer')),
    row('preallocate', 'BOOLEAN', 'false', 'MEDIUM'),
    row('message.format.version', 'STRING', '1.1-IV0', 'MEDIUM'),
    row('message.timestamp.type', 'STRING', 'CreateTime', 'MEDIUM'),
    row('message.timestamp.difference.max.ms', 'LONG', '9223372036854775807', 'MEDIUM', atLeast(0)),
    row('leader.replication.throttled.replicas', 'LIST', '', 'MEDIUM', throttledReplicas),
    row('follower.replication.throttled.replicas', 'LIST', '', 'MEDIUM', throttledReplicas),
  ],
};

/** Topic setting -> the broker setting that gives its default. */
export const TOPIC_CONFIG_SYNONYMS: Readonly<Record<string, string>> = {
  'segment.bytes': 'log.segment.bytes',
  'segment.ms': 'log.roll.ms',
  'segment.jitter.ms': 'log.roll.jitter.ms',
  'segment.index.bytes': 'log.index.size.max.bytes',
  'flush.messages': 'log.flush.interval.messages',
  'flush.ms': 'log.flush.interval.ms',
  'retention.bytes': 'log.retention.bytes',
  'retention.ms': 'log.retention.ms',
  'max.message.bytes': 'message.max.bytes',
  'index.interval.bytes': 'log.index.interval.bytes',
  'delete.retention.ms': 'log.cleaner.delete.retention.ms',
  'min.compaction.lag.ms': 'log.cleaner.min.compaction.lag.ms',
  'file.delete.delay.ms': 'log.segment.delete.delay.ms',
  'min.cleanable.dirty.ratio': 'log.cleaner.min.cleanable.ratio',
  'cleanup.policy': 'log.cleanup.policy',
  'unclean.leader.election.enable': 'unclean.leader.election.enable',
  'min.insync.replicas': 'min.insync.replicas',
  'compression.type': 'compression.type',
  preallocate: 'log.preallocate',
  'message.format.version': 'log.message.format.version',
  'message.timestamp.type': 'log.message.timestamp.type',
  'message.timestamp.difference.max.ms': 'log.message.timestamp.difference.max.ms',
};
