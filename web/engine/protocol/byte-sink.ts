/** Bytes that grow as they are written. */
export class ByteSink {
  private bytes: Uint8Array;
  length = 0;

  constructor(capacity = 256) {
    this.bytes = new Uint8Array(Math.max(16, capacity));
  }

  byte(value: number): void {
    this.ensure(1);
    this.bytes[this.length++] = value;
  }

  int32(value: number): void {
    for (const shift of [24, 16, 8, 0]) this.byte((value >>> shift) & 255);
  }

  int32LittleEndian(value: number): void {
    for (const shift of [0, 8, 16, 24]) this.byte((value >>> shift) & 255);
  }

  append(bytes: Uint8Array, from = 0, to = bytes.length): void {
    this.ensure(to - from);
    this.bytes.set(bytes.subarray(from, to), this.length);
    this.length += to - from;
  }

  /** Repeats what was written `distance` bytes ago; source and target may overlap. Throws RangeError when it was never written. */
  copyBack(distance: number, count: number): void {
    if (distance <= 0 || distance > this.length) throw new RangeError('a copy points before the beginning');
    this.ensure(count);
    for (let i = 0; i < count; i++) this.bytes[this.length + i] = this.bytes[this.length + i - distance] as number;
    this.length += count;
  }

  take(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private ensure(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.length + count, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }
}
