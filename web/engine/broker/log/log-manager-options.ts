import type { KafkaConfig } from '../../config/kafka-config';
import { type LogConfig, logConfigFromProps } from '../../config/log-config';
import type { CleanerConfig } from './log-cleaner';

export interface LogManagerOptions {
  readonly logDirs: readonly string[];
  /** The settings of the topics that have any of their own. */
  readonly topicConfigs: ReadonlyMap<string, LogConfig>;
  readonly defaultConfig: LogConfig;
  readonly cleanerConfig: CleanerConfig;
  /** As the log shows it, since it may be 2^63 - 1. */
  readonly flushCheckMs: string;
  readonly recoveryPointCheckpointMs: number;
  readonly startOffsetCheckpointMs: number;
  readonly retentionCheckMs: number;
  readonly maxProducerIdExpirationMs: number;
}

/** What a broker's settings say about its logs. */
export function logManagerOptions(config: KafkaConfig, topicOverrides: ReadonlyMap<string, ReadonlyMap<string, string>>): LogManagerOptions {
  const defaults = config.logConfigDefaults;
  return {
    logDirs: config.logDirs,
    topicConfigs: new Map([...topicOverrides].map(([topic, overrides]) => [topic, logConfigFromProps(defaults, overrides)])),
    defaultConfig: logConfigFromProps(defaults),
    cleanerConfig: {
      isEnabled: config.boolean('log.cleaner.enable'),
      threads: config.number('log.cleaner.threads'),
      backoffMs: config.number('log.cleaner.backoff.ms'),
    },
    flushCheckMs: config.values.text('log.flush.scheduler.interval.ms'),
    recoveryPointCheckpointMs: config.number('log.flush.offset.checkpoint.interval.ms'),
    startOffsetCheckpointMs: config.number('log.flush.start.offset.checkpoint.interval.ms'),
    retentionCheckMs: config.number('log.retention.check.interval.ms'),
    maxProducerIdExpirationMs: config.number('transactional.id.expiration.ms'),
  };
}
