import { writeInt64 } from '../../protocol/int64';
import { encodeUtf8 } from '../../protocol/utf8';

/** Writes Kafka's primitive types, highest byte first. */
export class ByteWriter {
  private bytes = new Uint8Array(128);
  private length = 0;

  int16(value: number): this {
    this.room(2);
    new DataView(this.bytes.buffer).setInt16(this.length, value);
    this.length += 2;
    return this;
  }

  int32(value: number): this {
    this.room(4);
    new DataView(this.bytes.buffer).setInt32(this.length, value);
    this.length += 4;
    return this;
  }

  int64(value: number): this {
    this.room(8);
    writeInt64(new DataView(this.bytes.buffer), this.length, value);
    this.length += 8;
    return this;
  }

  /** Null is length -1. */
  string(text: string | null): this {
    if (text === null) return this.int16(-1);
    const encoded = encodeUtf8(text);
    return this.int16(encoded.length).raw(encoded);
  }

  /** Null is length -1. */
  byteArray(value: Uint8Array | null): this {
    return value === null ? this.int32(-1) : this.int32(value.length).raw(value);
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private raw(value: Uint8Array): this {
    this.room(value.length);
    this.bytes.set(value, this.length);
    this.length += value.length;
    return this;
  }

  private room(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
