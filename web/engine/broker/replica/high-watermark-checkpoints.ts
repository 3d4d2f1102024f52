import type { TopicPartition } from '../../protocol/messages';
import type { ClassLogger } from '../class-logger';
import { type CheckpointPlace, OffsetCheckpointFile } from '../log/checkpoint-file';
import { KafkaStorageError } from '../log/log-dir-failure-channel';
import type { Partition } from './partition';

const FILE_NAME = 'replication-offset-checkpoint';

/**
 * How far each partition was committed, on disk: what a follower that lost its leader's epochs trusts after a restart.
 *
 * Cost: files are read once and written only when a mark moved.
 * Errors: `read` throws KafkaStorageError.
 */
export class HighWatermarkCheckpoints {
  private readonly files: Map<string, OffsetCheckpointFile>;
  private readonly stored = new Map<string, Map<string, number>>();

  constructor(
    place: Omit<CheckpointPlace, 'logDir'>,
    dirs: readonly string[],
    private readonly log: ClassLogger,
  ) {
    this.files = new Map(dirs.map((logDir) => [logDir, new OffsetCheckpointFile({ ...place, logDir }, FILE_NAME)]));
  }

  read(dir: string, tp: TopicPartition): number | undefined {
    return this.storedIn(dir).get(`${tp.topic}-${tp.partition}`);
  }

  write(partitions: readonly Partition[]): void {
    for (const [dir, file] of this.files) {
      try {
        this.writeIn(dir, file, partitions);
      } catch (error) {
        if (!(error instanceof KafkaStorageError)) throw error;
        this.log.error(`Error while writing to highwatermark file in directory ${dir}`, error.throwable);
      }
    }
  }

  /** The directory cannot be used any more. */
  forget(dir: string): void {
    this.files.delete(dir);
  }

  private writeIn(dir: string, file: OffsetCheckpointFile, partitions: readonly Partition[]): void {
    const held = partitions.filter((partition) => partition.local?.log.parentDir === dir);
    const before = this.storedIn(dir);
    const changed = held.length !== before.size || held.some((partition) => before.get(partition.name) !== partition.local?.highWatermark);
    if (!changed) return;
    file.write(held.map((partition): [TopicPartition, number] => [partition, partition.local?.highWatermark ?? 0]));
    this.stored.set(dir, new Map(held.map((partition) => [partition.name, partition.local?.highWatermark ?? 0])));
  }

  private storedIn(dir: string): Map<string, number> {
    const known = this.stored.get(dir);
    if (known !== undefined) return known;
    const read = this.files.get(dir)?.read() ?? new Map<string, number>();
    this.stored.set(dir, read);
    return read;
  }
}
