import type { LogConfig } from '../../config/log-config';
import type { TopicPartition } from '../../protocol/messages';
import type { ClassLogger } from '../class-logger';
import type { LeaderEpochFileCache } from './leader-epoch-file-cache';
import type { LogEnvironment } from './log-environment';
import type { LogSegment } from './log-segment';
import type { LogSegments } from './log-segments';
import type { ProducerStateManager } from './producer-state-manager';

/** A log from inside: what loading, recovery and truncation work on. */
export interface LogParts {
  readonly env: LogEnvironment;
  readonly topicPartition: TopicPartition;
  readonly dir: string;
  readonly config: LogConfig;
  readonly options: { readonly maxProducerIdExpirationMs: number; readonly hadCleanShutdown: boolean };
  readonly segments: LogSegments;
  readonly activeSegment: LogSegment;
  readonly producerStateManager: ProducerStateManager;
  readonly leaderEpochCache: LeaderEpochFileCache;
  readonly logger: ClassLogger;
  readonly segmentLogger: ClassLogger;
  readonly logEndOffset: number;
  logStartOffset: number;
  recoveryPoint: number;
  openSegment(baseOffset: number, suffix?: string): LogSegment;
  deleteSegment(segment: LogSegment): void;
  asyncDeleteSegment(segment: LogSegment): void;
  updateLogEndOffset(offset: number): void;
  updateFirstUnstableOffset(): void;
}
