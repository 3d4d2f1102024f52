import { Bytes, type Disk, readFile } from '../kernel/disk';
import { decodeUtf8, encodeUtf8 } from '../protocol/utf8';
import { ioExceptionOf } from '../kernel/disk-error';
import type { ClassLogger } from './class-logger';
import { javaDate } from '../kernel/java-date';

/**
 * `meta.properties` of a log directory: which broker it belongs to.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/BrokerMetadataCheckpoint.scala
 */
export class BrokerMetadataCheckpoint {
  private readonly path: string;

  constructor(
    private readonly disk: Disk,
    dir: string,
    private readonly log: ClassLogger,
  ) {
    this.path = `${dir}/meta.properties`;
  }

  /** The broker's id; undefined when the directory is new. */
  read(): number | undefined {
    const file = this.disk.open(this.path);
    if (file === undefined) {
      this.log.warn(`No meta.properties file under dir ${this.path}`);
      return undefined;
    }
    const match = /^\s*broker\.id\s*[=:]\s*(-?\d+)\s*$/m.exec(decodeUtf8(readFile(file)));
    return match === null ? undefined : Number(match[1]);
  }

  /** Throws the disk's error, after it was logged. */
  write(brokerId: number, dateMs: number): void {
    const text = `#\n#${javaDate(dateMs)}\nversion=0\nbroker.id=${brokerId}\n`;
    try {
      const file = this.disk.open(this.path) ?? this.disk.create(this.path);
      file.replace([new Bytes(encodeUtf8(text))]);
    } catch (error) {
      this.log.error('Failed to write meta.properties due to', ioExceptionOf(error));
      throw error;
    }
  }
}
