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

export function isOffsetOnly(metadata: LogOffsetMetadata): boolean {
  return metadata.segmentBaseOffset === UNKNOWN;
}
