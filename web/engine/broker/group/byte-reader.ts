import { readInt64 } from '../../protocol/int64';
import { decodeUtf8 } from '../../protocol/utf8';

/** Reads what ByteWriter wrote. Throws RangeError past the end. */
export class ByteReader {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.bytes.length - this.at;
  }

  int16(): number {
    this.at += 2;
    return this.view.getInt16(this.at - 2);
  }

  int32(): number {
    this.at += 4;
    return this.view.getInt32(this.at - 4);
  }

  int64(): number {
    this.at += 8;
    return readInt64(this.view, this.at - 8);
  }

  string(): string {
    return this.nullableString() ?? '';
  }

  nullableString(): string | null {
    const length = this.int16();
    return length < 0 ? null : decodeUtf8(this.take(length));
  }

  byteArray(): Uint8Array | null {
    const length = this.int32();
    return length < 0 ? null : this.take(length).slice();
  }

  private take(length: number): Uint8Array {
    this.at += length;
    if (this.at > this.bytes.length) throw new RangeError('a field runs past the end');
    return this.bytes.subarray(this.at - length, this.at);
  }
}
