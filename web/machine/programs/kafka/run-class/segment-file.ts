import { FileError } from '../../../os/file-error';
import { type Jvm, UncaughtException } from '../../lib/jvm';

/** One of the files that a log consists of, by the name that a broker gives it. */
export class SegmentFile {
  readonly suffix: string;

  constructor(
    readonly jvm: Jvm,
    readonly path: string,
  ) {
    const dot = this.name.lastIndexOf('.');
    if (dot < 0) {
      throw new UncaughtException({
        text: 'java.lang.StringIndexOutOfBoundsException: String index out of range: -1',
        frames: ['java.lang.String.substring(String.java:1931)', 'kafka.tools.DumpLogSegments.main(DumpLogSegments.scala)'],
      });
    }
    this.suffix = this.name.slice(dot);
  }

  get name(): string {
    return this.path.slice(this.path.lastIndexOf('/') + 1);
  }

  get absolutePath(): string {
    return this.jvm.process.files.resolve(this.path);
  }

  /** What the file's name says: the offset of the segment's first record. */
  get baseOffset(): number {
    const digits = this.name.split('.')[0] as string;
    if (/^[+-]?\d+$/.test(digits)) return Number(digits);
    throw new UncaughtException({
      text: `java.lang.NumberFormatException: For input string: "${digits}"`,
      frames: ['java.lang.NumberFormatException.forInputString(NumberFormatException.java:65)', 'java.lang.Long.parseLong(Long.java:589)'],
    });
  }

  /** Throws FileError. */
  read(): Uint8Array {
    return this.jvm.process.files.readFile(this.path);
  }

  /** Bytes of the file with what is preallocated, which reads as zeros. Throws FileError. */
  get sizeInBytes(): number {
    const node = this.jvm.process.files.stat(this.path);
    if (node.kind !== 'regular') throw new FileError('EISDIR', this.path);
    return node.sizeInBytes;
  }

  /** The segment's file with another suffix. */
  sibling(suffix: string): SegmentFile {
    const slash = this.path.lastIndexOf('/');
    return new SegmentFile(this.jvm, `${this.path.slice(0, slash + 1)}${this.name.split('.')[0]}${suffix}`);
  }
}
