import type { Disk } from '../../kernel/disk';
import type { TopicPartition } from '../../protocol/messages';
import { CheckpointError, OffsetCheckpointFile } from '../log/checkpoint-file';
import type { Partition } from './partition';

const FILE_NAME = 'replication-offset-checkpoint';

/**
 * How far each partition was committed, on disk: what a follower that lost its leader's epochs trusts after a restart.
 *
 * Cost: files are read once and written only when a mark moved.
 */
export class HighWatermarkCheckpoints {
  private readonly files: ReadonlyMap<string, OffsetCheckpointFile>;
  private readonly stored = new Map<string, Map<string, number>>();

  constructor(disk: Disk, dirs: readonly string[]) {
    this.files = new Map(dirs.map((dir) => [dir, new OffsetCheckpointFile(disk, `${dir}/${FILE_NAME}`)]));
  }

  read(dir: string, tp: TopicPartition): number | undefined {
    return this.storedIn(dir).get(`${tp.topic}-${tp.partition}`);
  }

  write(partitions: readonly Partition[]): void {
    for (const [dir, file] of this.files) {
      const held = partitions.filter((partition) => partition.local?.log.parentDir === dir);
      const before = this.storedIn(dir);
      const changed = held.length !== before.size || held.some((partition) => before.get(partition.name) !== partition.local?.highWatermark);
      if (!changed) continue;
      this.stored.set(dir, new Map(held.map((partition) => [partition.name, partition.local?.highWatermark ?? 0])));
      file.write(held.map((partition): [TopicPartition, number] => [partition, partition.local?.highWatermark ?? 0]));
    }
  }

  private storedIn(dir: string): Map<string, number> {
    const known = this.stored.get(dir);
    if (known !== undefined) return known;
    const read = this.readFile(dir);
    this.stored.set(dir, read);
    return read;
  }

  private readFile(dir: string): Map<string, number> {
    try {
      return this.files.get(dir)?.read() ?? new Map<string, number>();
    } catch (error) {
      if (error instanceof CheckpointError) return new Map();
      throw error;
    }
  }
}
