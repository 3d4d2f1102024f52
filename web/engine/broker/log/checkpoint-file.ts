import { Bytes, type Disk, type DiskFile, readFile } from '../../kernel/disk';
import { CorruptFileError } from '../../kernel/disk-error';
import { type TopicPartition, topicPartitionName } from '../../protocol/messages';
import { decodeUtf8, encodeUtf8 } from '../../protocol/utf8';
import type { LogDirFailureChannel } from './log-dir-failure-channel';

const VERSION = 0;

/** Where a checkpoint is, and who hears of its disk's errors. */
export interface CheckpointPlace {
  readonly disk: Disk;
  readonly failures: LogDirFailureChannel;
  readonly logDir: string;
}

/**
 * A small text file that says how far something is: a version, the number of lines that follow, and the lines.
 *
 * Errors: KafkaStorageError when the disk fails, or the file cannot be understood.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/checkpoints/CheckpointFile.scala
 */
export class CheckpointFile {
  constructor(
    private readonly place: CheckpointPlace,
    readonly path: string,
  ) {
    if (!place.disk.exists(path)) place.disk.create(path);
  }

  write(lines: readonly string[]): void {
    const { disk, failures, logDir } = this.place;
    const text = [VERSION, lines.length, ...lines].map((line) => `${line}\n`).join('');
    failures.guard(logDir, () => `Error while writing to checkpoint file ${this.path}`, () => {
      const file = disk.open(this.path) ?? this.createAgain();
      file.replace([new Bytes(encodeUtf8(text))]);
    });
  }

  /** Somebody removed it. The real one writes a temporary file each time; here that shows only when there is no directory for it. */
  private createAgain(): DiskFile {
    const { disk } = this.place;
    const temporary = `${this.path}.tmp`;
    disk.create(temporary);
    disk.rename(temporary, this.path);
    return disk.open(this.path) as DiskFile;
  }

  /** `parse` gives undefined for a line that is none. */
  read<T>(parse: (line: string) => T | undefined): T[] {
    const { failures, logDir } = this.place;
    return failures.guard(logDir, () => `Error while reading checkpoint file ${this.path}`, () => this.parsed(parse));
  }

  private parsed<T>(parse: (line: string) => T | undefined): T[] {
    const file = this.place.disk.open(this.path);
    if (file === undefined) throw new CorruptFileError(`${this.path} (No such file or directory)`);
    const lines = decodeUtf8(readFile(file)).split('\n');
    if (lines.at(-1) === '') lines.pop();
    const [version, size, ...entries] = lines;
    if (version === undefined) return [];
    if (!/^-?\d+$/.test(version)) throw this.malformed(version);
    if (Number(version) !== VERSION) throw new CorruptFileError(`Unrecognized version of the checkpoint file (${this.path}): ${VERSION}`);
    if (size === undefined) return [];
    if (!/^-?\d+$/.test(size)) throw this.malformed(size);
    const values = entries.map((line) => {
      const value = parse(line);
      if (value === undefined) throw this.malformed(line);
      return value;
    });
    if (entries.length !== Number(size)) {
      throw new CorruptFileError(`Expected ${size} entries in checkpoint file (${this.path}), but found only ${entries.length}`);
    }
    return values;
  }

  private malformed(line: string): CorruptFileError {
    return new CorruptFileError(`Malformed line in checkpoint file (${this.path}): ${line}'`);
  }
}

/** One offset for each partition: `recovery-point-offset-checkpoint`, `replication-offset-checkpoint` and the like. Lines are `topic partition offset`. */
export class OffsetCheckpointFile {
  private readonly file: CheckpointFile;

  constructor(place: CheckpointPlace, name: string) {
    this.file = new CheckpointFile(place, `${place.logDir}/${name}`);
  }

  /** Throws KafkaStorageError. */
  write(offsets: Iterable<readonly [TopicPartition, number]>): void {
    this.file.write([...offsets].map(([{ topic, partition }, offset]) => `${topic} ${partition} ${offset}`));
  }

  /** By `topic-partition`. Throws KafkaStorageError. */
  read(): Map<string, number> {
    return new Map(this.file.read(parseEntry));
  }
}

function parseEntry(line: string): [string, number] | undefined {
  const match = /^(\S+)\s+(\d+)\s+(-?\d+)$/.exec(line);
  return match === null ? undefined : [topicPartitionName({ topic: match[1] as string, partition: Number(match[2]) }), Number(match[3])];
}
