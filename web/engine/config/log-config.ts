import { messageFormatOf } from '../release/api-version';
import type { CompressionType } from '../protocol/codec';
import { type ConfigValues, parseConfig } from './parse-config';
import { TOPIC_CONFIGS } from './topic-configs';

/** The order in which a broker's log lists a topic's settings: that of Java's hash map. */
const LISTING_ORDER: readonly string[] = [
  'compression.type',
  'message.format.version',
  'file.delete.delay.ms',
  'max.message.bytes',
  'min.compaction.lag.ms',
  'message.timestamp.type',
  'min.insync.replicas',
  'segment.jitter.ms',
  'preallocate',
  'index.interval.bytes',
  'min.cleanable.dirty.ratio',
  'unclean.leader.election.enable',
  'retention.bytes',
  'delete.retention.ms',
  'cleanup.policy',
  'flush.ms',
  'segment.bytes',
  'segment.ms',
  'retention.ms',
  'message.timestamp.difference.max.ms',
  'segment.index.bytes',
  'flush.messages',
];

/** An unknown topic setting. Kafka's InvalidConfigurationException. */
export class InvalidConfigurationException extends Error {
  readonly javaClass = 'org.apache.kafka.common.errors.InvalidConfigurationException';
}

/**
 * The settings of one topic's logs.
 *
 * Units: in the names. Settings whose default is 2^63 - 1 are rounded upwards here.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/LogConfig.scala
 */
export class LogConfig {
  readonly segmentBytes: number;
  readonly segmentMs: number;
  readonly segmentJitterMs: number;
  readonly segmentIndexBytes: number;
  readonly flushMessages: number;
  readonly flushMs: number;
  readonly retentionBytes: number;
  readonly retentionMs: number;
  readonly maxMessageBytes: number;
  readonly indexIntervalBytes: number;
  readonly deleteRetentionMs: number;
  readonly minCompactionLagMs: number;
  readonly fileDeleteDelayMs: number;
  readonly minCleanableDirtyRatio: number;
  readonly compact: boolean;
  readonly delete: boolean;
  readonly uncleanLeaderElectionEnable: boolean;
  readonly minInsyncReplicas: number;
  readonly compressionType: CompressionType | 'uncompressed' | 'producer';
  readonly preallocate: boolean;
  /** 0, 1 or 2: the magic number of the format that `message.format.version` asks for. */
  readonly messageFormat: number;
  readonly messageTimestampType: 'CreateTime' | 'LogAppendTime';
  readonly messageTimestampDifferenceMaxMs: number;

  /** `overridden`: the names that the topic itself sets. Throws ConfigException, or Error for an unknown version. */
  constructor(
    readonly values: ConfigValues,
    readonly overridden: ReadonlySet<string> = new Set(),
  ) {
    this.segmentBytes = values.number('segment.bytes');
    this.segmentMs = values.number('segment.ms');
    this.segmentJitterMs = values.number('segment.jitter.ms');
    this.segmentIndexBytes = values.number('segment.index.bytes');
    this.flushMessages = values.number('flush.messages');
    this.flushMs = values.number('flush.ms');
    this.retentionBytes = values.number('retention.bytes');
    this.retentionMs = values.number('retention.ms');
    this.maxMessageBytes = values.number('max.message.bytes');
    this.indexIntervalBytes = values.number('index.interval.bytes');
    this.deleteRetentionMs = values.number('delete.retention.ms');
    this.minCompactionLagMs = values.number('min.compaction.lag.ms');
    this.fileDeleteDelayMs = values.number('file.delete.delay.ms');
    this.minCleanableDirtyRatio = values.number('min.cleanable.dirty.ratio');
    this.compact = values.list('cleanup.policy').includes('compact');
    this.delete = values.list('cleanup.policy').includes('delete');
    this.uncleanLeaderElectionEnable = values.boolean('unclean.leader.election.enable');
    this.minInsyncReplicas = values.number('min.insync.replicas');
    this.compressionType = values.string('compression.type').toLowerCase() as LogConfig['compressionType'];
    this.preallocate = values.boolean('preallocate');
    this.messageFormat = messageFormatOf(values.string('message.format.version'));
    this.messageTimestampType = values.string('message.timestamp.type') as LogConfig['messageTimestampType'];
    this.messageTimestampDifferenceMaxMs = values.number('message.timestamp.difference.max.ms');
  }

  /** `{compression.type -> producer, ...}` without the braces, as the line `Created log for partition` shows it. */
  get listing(): string {
    const show = (name: string): string =>
      this.overridden.has(name) ? (this.values.originals.get(name) ?? '') : this.values.text(name);
    const others = [...this.overridden].filter((name) => !LISTING_ORDER.includes(name));
    return [...LISTING_ORDER, ...others].map((name) => `${name} -> ${show(name)}`).join(', ');
  }
}

const NOTHING: ReadonlyMap<string, string> = new Map();

/** A topic's settings over a broker's defaults. Unknown names are kept out, as the real one does not look at them. Throws ConfigException. */
export function logConfigFromProps(defaults: ReadonlyMap<string, string> = NOTHING, overrides: ReadonlyMap<string, string> = NOTHING): LogConfig {
  return new LogConfig(parseConfig(TOPIC_CONFIGS, new Map([...defaults, ...overrides])), new Set(overrides.keys()));
}

/** Checks settings that somebody wants for a topic. Throws InvalidConfigurationException for an unknown name, ConfigException for a bad value. */
export function validateTopicConfigs(overrides: ReadonlyMap<string, string>): void {
  for (const name of overrides.keys()) {
    if (!TOPIC_CONFIGS.rows.some((candidate) => candidate.name === name)) {
      throw new InvalidConfigurationException(`Unknown topic config name: ${name}`);
    }
  }
  parseConfig(TOPIC_CONFIGS, overrides);
}
