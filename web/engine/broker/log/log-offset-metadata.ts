const UNKNOWN = -1;

/** An offset and where in the log it is: what is needed to count the bytes between two offsets. */
export interface LogOffsetMetadata {
  readonly messageOffset: number;
  /** -1 when only the offset is known. */
  readonly segmentBaseOffset: number;
  readonly relativePositionInSegment: number;
}

/** An offset whose place nobody has looked up. */
export function offsetOnly(messageOffset: number): LogOffsetMetadata {
  return { messageOffset, segmentBaseOffset: UNKNOWN, relativePositionInSegment: UNKNOWN };
}

export const UNKNOWN_OFFSET_METADATA: LogOffsetMetadata = { messageOffset: -1, segmentBaseOffset: 0, relativePositionInSegment: 0 };

export function isOffsetOnly(metadata: LogOffsetMetadata): boolean {
  return metadata.segmentBaseOffset === UNKNOWN;
}

export function isOnOlderSegment(metadata: LogOffsetMetadata, than: LogOffsetMetadata): boolean {
  return metadata.segmentBaseOffset < than.segmentBaseOffset;
}

export function isOnSameSegment(a: LogOffsetMetadata, b: LogOffsetMetadata): boolean {
  return a.segmentBaseOffset === b.segmentBaseOffset;
}

/** Bytes from `from` to `to`, both in the same segment. */
export function positionDiff(to: LogOffsetMetadata, from: LogOffsetMetadata): number {
  return to.relativePositionInSegment - from.relativePositionInSegment;
}
