import { decodeUtf8, encodeUtf8 } from '../../protocol/utf8';

/**
 * ZooKeeper's binary encoding: big-endian numbers, strings and buffers behind their length, -1 for null.
 *
 * @source zookeeper 3.4.6 src/java/main/org/apache/jute/BinaryOutputArchive.java
 */
export class JuteWriter {
  private readonly bytes: number[] = [];

  int(value: number): this {
    this.bytes.push((value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
    return this;
  }

  long(value: bigint | number): this {
    const bits = BigInt.asUintN(64, BigInt(value));
    return this.int(Number(bits >> 32n)).int(Number(bits & 0xffffffffn));
  }

  boolean(value: boolean): this {
    this.bytes.push(value ? 1 : 0);
    return this;
  }

  buffer(value: Uint8Array | null): this {
    if (value === null) return this.int(-1);
    this.int(value.length);
    for (const byte of value) this.bytes.push(byte);
    return this;
  }

  string(value: string): this {
    return this.buffer(encodeUtf8(value));
  }

  toBytes(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }
}

/** Reads what `JuteWriter` wrote. Throws RangeError when the bytes end too early. */
export class JuteReader {
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    private at = 0,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get position(): number {
    return this.at;
  }

  get atEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  int(): number {
    const value = this.view.getInt32(this.at);
    this.at += 4;
    return value;
  }

  long(): bigint {
    const value = this.view.getBigInt64(this.at);
    this.at += 8;
    return value;
  }

  /** A 64-bit number that fits a JavaScript number: a zxid, a time. */
  count(): number {
    return Number(this.long());
  }

  byte(): number {
    return this.view.getUint8(this.at++);
  }

  boolean(): boolean {
    return this.byte() !== 0;
  }

  buffer(): Uint8Array | null {
    const length = this.int();
    if (length < 0) return null;
    if (this.at + length > this.bytes.length) throw new RangeError('the buffer ends beyond the file');
    this.at += length;
    return this.bytes.slice(this.at - length, this.at);
  }

  string(): string {
    return decodeUtf8(this.buffer() ?? new Uint8Array(0));
  }
}
