import { type LogConfig, logConfigFromProps } from '../../config/log-config';
import { MemoryDisk } from '../../kernel/memory-disk';
import { Simulation } from '../../kernel/simulation';
import type { RecordBatch } from '../../protocol/record-batch';
import { RecordBatchBuilder, type RecordBatchBuilderOptions } from '../../protocol/record-batch-builder';
import { decodeUtf8, encodeUtf8 } from '../../protocol/utf8';
import { KafkaScheduler } from '../kafka-scheduler';
import type { Log } from './log';
import { LogManager } from './log-manager';

export const LOG_DIR = '/kafka/logs';

/** A log manager on a memory disk, for tests: it can be stopped, killed and started again on the same disk. */
export class LogFixture {
  readonly sim = new Simulation({ seed: 1 });
  readonly disk = new MemoryDisk();
  /** `LEVEL message (logger)`. */
  readonly lines: string[] = [];
  readonly failedDirs: string[] = [];
  private scheduler = new KafkaScheduler(this.sim);
  manager: LogManager;

  constructor(private readonly topicConfigs: ReadonlyMap<string, LogConfig> = new Map()) {
    this.manager = this.newManager();
  }

  log(topic: string, overrides: Readonly<Record<string, string>> = {}): Log {
    const config = this.topicConfigs.get(topic) ?? logConfigFromProps(undefined, new Map(Object.entries(overrides)));
    return this.manager.getOrCreateLog({ topic, partition: 0 }, config);
  }

  /** SIGTERM. */
  stop(): void {
    this.scheduler.shutdown();
    this.manager.shutdown();
  }

  /** SIGKILL. */
  kill(): void {
    this.scheduler.shutdown();
  }

  start(): void {
    this.lines.length = 0;
    this.scheduler = new KafkaScheduler(this.sim);
    this.manager = this.newManager();
  }

  runFor(ms: number): void {
    this.sim.run(this.sim.nowUs + ms * 1000);
  }

  private newManager(): LogManager {
    const log = (event: { level: string; message: string; logger: string }): void => {
      this.lines.push(`${event.level} ${event.message} (${event.logger})`);
    };
    const manager = new LogManager(
      { sim: this.sim, disk: this.disk, scheduler: this.scheduler, log },
      {
        logDirs: [LOG_DIR],
        topicConfigs: this.topicConfigs,
        defaultConfig: logConfigFromProps(),
        cleanerConfig: { isEnabled: true, threads: 1, backoffMs: 15000 },
        flushCheckMs: '9223372036854775807',
        recoveryPointCheckpointMs: 60000,
        startOffsetCheckpointMs: 60000,
        retentionCheckMs: 300000,
        maxProducerIdExpirationMs: 604800000,
      },
    );
    manager.failures.handleWith((dir) => this.failedDirs.push(dir));
    return manager;
  }
}

/** A batch of `key=value` records, or values without keys; a key with nothing after the sign is a tombstone. */
export function batchOf(sim: Simulation, texts: readonly string[], options?: RecordBatchBuilderOptions): RecordBatch {
  const builder = new RecordBatchBuilder(options);
  for (const text of texts) {
    const at = text.indexOf('=');
    const key = at < 0 ? null : encodeUtf8(text.slice(0, at));
    const value = text.slice(at + 1);
    builder.tryAppend(sim.dateMs(), key, at >= 0 && value === '' ? null : encodeUtf8(value));
  }
  return builder.build();
}

/** `offset:key=value` of every record from `offset` on. */
export function contentOf(log: Log, offset = log.logStartOffset): string[] {
  const content: string[] = [];
  for (let next = offset; next < log.logEndOffset; ) {
    const { batches, errorMessage } = log.read(next, 1000, { minOneMessage: true });
    if (errorMessage !== '') throw new Error(errorMessage);
    const last = batches.at(-1);
    if (last === undefined) break;
    for (const batch of batches) {
      for (const record of batch.records()) {
        if (record.offset < next) continue;
        const key = record.key === null ? '' : `${decodeUtf8(record.key)}=`;
        content.push(`${record.offset}:${key}${record.value === null ? '' : decodeUtf8(record.value)}`);
      }
    }
    next = last.lastOffset + 1;
  }
  return content;
}
