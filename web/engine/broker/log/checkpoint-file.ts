import { Bytes, type Disk, readFile } from '../../kernel/disk';
import { type TopicPartition, topicPartitionName } from '../../protocol/messages';
import { decodeUtf8, encodeUtf8 } from '../../protocol/utf8';

const VERSION = 0;

/** A checkpoint that cannot be read. The message is Kafka's. */
export class CheckpointError extends Error {}

/**
 * A small text file that says how far something is: a version, the number of lines that follow, and the lines.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/checkpoints/CheckpointFile.scala
 */
export class CheckpointFile {
  constructor(
    private readonly disk: Disk,
    public path: string,
  ) {
    if (!disk.exists(path)) disk.create(path);
  }

  write(lines: readonly string[]): void {
    const text = [VERSION, lines.length, ...lines].map((line) => `${line}\n`).join('');
    const file = this.disk.open(this.path) ?? this.disk.create(this.path);
    file.replace([new Bytes(encodeUtf8(text))]);
  }

  /** Throws CheckpointError. */
  read(): string[] {
    const file = this.disk.open(this.path);
    if (file === undefined) throw new CheckpointError(`${this.path} (No such file or directory)`);
    const lines = decodeUtf8(readFile(file)).split('\n');
    if (lines.at(-1) === '') lines.pop();
    const [version, size, ...entries] = lines;
    if (version === undefined) return [];
    if (!/^-?\d+$/.test(version)) throw this.malformed(version);
    if (Number(version) !== VERSION) throw new CheckpointError(`Unrecognized version of the checkpoint file (${this.path}): ${VERSION}`);
    if (size === undefined) return [];
    if (!/^-?\d+$/.test(size)) throw this.malformed(size);
    if (entries.length !== Number(size)) {
      throw new CheckpointError(`Expected ${size} entries in checkpoint file (${this.path}), but found only ${entries.length}`);
    }
    return entries;
  }

  malformed(line: string): CheckpointError {
    return new CheckpointError(`Malformed line in checkpoint file (${this.path}): ${line}'`);
  }
}

/** One offset for each partition: `recovery-point-offset-checkpoint`, `replication-offset-checkpoint` and the like. Lines are `topic partition offset`. */
export class OffsetCheckpointFile {
  private readonly file: CheckpointFile;

  constructor(disk: Disk, path: string) {
    this.file = new CheckpointFile(disk, path);
  }

  write(offsets: Iterable<readonly [TopicPartition, number]>): void {
    this.file.write([...offsets].map(([{ topic, partition }, offset]) => `${topic} ${partition} ${offset}`));
  }

  /** By `topic-partition`. Throws CheckpointError. */
  read(): Map<string, number> {
    const offsets = new Map<string, number>();
    for (const line of this.file.read()) {
      const match = /^(\S+)\s+(\d+)\s+(-?\d+)$/.exec(line);
      if (match === null) throw this.file.malformed(line);
      offsets.set(topicPartitionName({ topic: match[1] as string, partition: Number(match[2]) }), Number(match[3]));
    }
    return offsets;
  }
}
