import type { LogSegment } from './log-segment';

/** The segments of a log in the order of their base offsets. */
export class LogSegments {
  private readonly list: LogSegment[] = [];

  get size(): number {
    return this.list.length;
  }

  get all(): readonly LogSegment[] {
    return this.list;
  }

  get first(): LogSegment {
    return this.list[0] as LogSegment;
  }

  /** The one that is appended to. */
  get last(): LogSegment {
    return this.list[this.list.length - 1] as LogSegment;
  }

  /** The index of the last segment that begins at `offset` or before; -1 when there is none. */
  floorIndex(offset: number): number {
    let index = this.list.length - 1;
    // Most readers are near the end.
    if (index >= 0 && (this.list[index] as LogSegment).baseOffset <= offset) return index;
    let low = 0;
    while (low <= index) {
      const middle = (low + index) >>> 1;
      if ((this.list[middle] as LogSegment).baseOffset <= offset) low = middle + 1;
      else index = middle - 1;
    }
    return index;
  }

  floor(offset: number): LogSegment | undefined {
    return this.list[this.floorIndex(offset)];
  }

  at(index: number): LogSegment | undefined {
    return this.list[index];
  }

  /** The last segment that begins before `offset`. */
  lower(offset: number): LogSegment | undefined {
    return this.floor(offset - 1);
  }

  /** From the segment that holds `from` up to those that begin before `to`. */
  between(from: number, to: number): LogSegment[] {
    return this.list.slice(Math.max(0, this.floorIndex(from))).filter((segment) => segment.baseOffset < to);
  }

  /** Puts it in its place; one with the same base offset gives way. */
  add(segment: LogSegment): void {
    const floor = this.floorIndex(segment.baseOffset);
    const replaces = this.list[floor]?.baseOffset === segment.baseOffset;
    this.list.splice(replaces ? floor : floor + 1, replaces ? 1 : 0, segment);
  }

  remove(segment: LogSegment): void {
    const at = this.list.indexOf(segment);
    if (at >= 0) this.list.splice(at, 1);
  }

  clear(): void {
    this.list.length = 0;
  }
}
