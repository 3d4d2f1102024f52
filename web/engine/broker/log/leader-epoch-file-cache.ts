import type { ClassLogger } from '../class-logger';
import { CheckpointFile, type CheckpointPlace } from './checkpoint-file';

export const UNDEFINED_EPOCH = -1;
export const UNDEFINED_EPOCH_OFFSET = -1;

export interface EpochEntry {
  readonly epoch: number;
  readonly startOffset: number;
}

/**
 * Which leader epoch wrote from which offset on, in memory and in `leader-epoch-checkpoint`.
 *
 * Why: a follower asks its new leader where an epoch ended, and cuts off what it has beyond.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/epoch/LeaderEpochFileCache.scala
 */
export class LeaderEpochFileCache {
  private epochs: EpochEntry[];
  private readonly checkpoint: CheckpointFile;

  constructor(
    private readonly partitionName: string,
    private readonly logEndOffset: () => number,
    place: CheckpointPlace,
    path: string,
    private readonly logger: ClassLogger,
  ) {
    this.checkpoint = new CheckpointFile(place, path);
    this.epochs = this.checkpoint.read((line) => {
      const match = /^(\d+)\s+(\d+)$/.exec(line);
      return match === null ? undefined : { epoch: Number(match[1]), startOffset: Number(match[2]) };
    });
  }

  get entries(): readonly EpochEntry[] {
    return this.epochs;
  }

  get latestEpoch(): number {
    return this.epochs.at(-1)?.epoch ?? UNDEFINED_EPOCH;
  }

  /** Notes that `epoch` writes from `offset` on, if it is new. */
  assign(epoch: number, offset: number): void {
    const latest = this.latestEpoch;
    if (epoch === latest && offset >= this.latestOffset) return;
    if (epoch >= 0 && epoch > latest && offset >= this.latestOffset) {
      this.logger.info(`Updated PartitionLeaderEpoch. ${this.change(epoch, offset)}. Cache now contains ${this.epochs.length} entries.`);
      this.epochs.push({ epoch, startOffset: offset });
      this.flush();
      return;
    }
    const consequence = 'This implies messages have arrived out of order.';
    if (epoch < latest) {
      this.logger.warn(`Received a PartitionLeaderEpoch assignment for an epoch < latestEpoch. ${consequence} ${this.change(epoch, offset)}`);
    } else {
      this.logger.warn(
        'Received a PartitionLeaderEpoch assignment for an offset < latest offset for the most recent, stored PartitionLeaderEpoch. ' +
          `${consequence} ${this.change(epoch, offset)}`,
      );
    }
  }

  /** The offset at which `epoch` ended: the log's end for the latest one, -1 for an unknown one. */
  endOffsetFor(epoch: number): number {
    if (epoch === this.latestEpoch) return this.logEndOffset();
    const subsequent = this.epochs.find((entry) => entry.epoch > epoch);
    if (subsequent === undefined || epoch < (this.epochs[0] as EpochEntry).epoch) return UNDEFINED_EPOCH_OFFSET;
    return subsequent.startOffset;
  }

  /** Forgets the epochs that begin at `offset` or later: the log was cut there. */
  clearAndFlushLatest(offset: number): void {
    if (offset < 0 || offset > this.latestOffset) return;
    const kept = this.epochs.filter((entry) => entry.startOffset < offset);
    const cleared = this.epochs.filter((entry) => entry.startOffset >= offset).map((entry) => `EpochEntry(${entry.epoch},${entry.startOffset})`);
    this.epochs = kept;
    this.flush();
    this.logger.info(
      `Cleared latest Set(${cleared.join(', ')}) entries from epoch cache based on passed offset ${offset} ` +
        `leaving ${kept.length} in EpochFile for partition ${this.partitionName}`,
    );
  }

  /** Forgets what ended before `offset`: the log begins there now. The line says 0 whatever was cleared, as the real one does. */
  clearAndFlushEarliest(offset: number): void {
    if (offset < 0 || this.earliestOffset >= offset) return;
    const earlier = this.epochs.filter((entry) => entry.startOffset < offset);
    const lastEarlier = earlier.at(-1);
    if (lastEarlier === undefined) return;
    this.epochs = this.epochs.filter((entry) => entry.startOffset >= offset);
    if (offset < this.earliestOffset || this.epochs.length === 0) this.epochs.unshift({ epoch: lastEarlier.epoch, startOffset: offset });
    this.flush();
    this.logger.info(
      `Cleared earliest 0 entries from epoch cache based on passed offset ${offset} ` +
        `leaving ${this.epochs.length} in EpochFile for partition ${this.partitionName}`,
    );
  }

  clearAndFlush(): void {
    this.epochs = [];
    this.flush();
  }

  private get earliestOffset(): number {
    return this.epochs[0]?.startOffset ?? -1;
  }

  private get latestOffset(): number {
    return this.epochs.at(-1)?.startOffset ?? -1;
  }

  private change(epoch: number, offset: number): string {
    return (
      `New: {epoch:${epoch}, offset:${offset}}, Current: {epoch:${this.latestEpoch}, offset:${this.latestOffset}} ` +
      `for Partition: ${this.partitionName}`
    );
  }

  private flush(): void {
    this.checkpoint.write(this.epochs.map(({ epoch, startOffset }) => `${epoch} ${startOffset}`));
  }
}
