const TWO_POW_32 = 4294967296;

/** Writes a whole number within 53 bits as eight bytes, highest first. */
export function writeInt64(view: DataView, at: number, value: number): void {
  const high = Math.floor(value / TWO_POW_32);
  view.setInt32(at, high);
  view.setUint32(at + 4, value - high * TWO_POW_32);
}

/** Reads eight bytes, highest first. Numbers beyond 53 bits come out rounded. */
export function readInt64(view: DataView, at: number): number {
  return view.getInt32(at) * TWO_POW_32 + view.getUint32(at + 4);
}
