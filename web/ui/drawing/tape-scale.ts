/** One size of cell. `pitch` = `cell` + `gap`; an offset is written under each `every`-th cell, 0 = none. */
export interface TapeSize {
  readonly name: TapeSizeName;
  readonly cell: number;
  readonly gap: number;
  readonly pitch: number;
  readonly height: number;
  readonly radius: number;
  readonly every: number;
}
export type TapeSizeName = 'XXXXL' | 'XXXL' | 'XXL' | 'XL' | 'L' | 'M' | 'S' | 'XS';

const size = (name: TapeSizeName, cell: number, gap: number, height: number, radius: number, every: number): TapeSize =>
  ({ name, cell, gap, pitch: cell + gap, height, radius, every });

export const TAPE_SIZES: Readonly<Record<TapeSizeName, TapeSize>> = {
  XXXXL: size('XXXXL', 77, 3, 80, 8, 1),
  XXXL: size('XXXL', 62, 2, 64, 6, 1),
  XXL: size('XXL', 46, 2, 48, 5, 1),
  XL: size('XL', 38, 2, 40, 4, 1),
  L: size('L', 30, 2, 32, 3, 1),
  M: size('M', 22, 2, 24, 2, 1),
  S: size('S', 14, 2, 20, 2, 5),
  XS: size('XS', 10, 2, 16, 2, 0),
};

/**
 * A window on one replica's log: offsets to px.
 *
 * Every mark is a boundary: a mark with value n stands in the gap before record n.
 */
export interface TapeScale extends TapeSize {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly middle: number;
  /** First offset of the window. */
  readonly from: number;
  /** Left edge of a record's cell. */
  left(offset: number): number;
  boundary(offset: number): number;
}

export function tapeScale(place: { x: number; y: number; size: TapeSize; from: number }): TapeScale {
  const { x, y, size: chosen, from } = place;
  return {
    ...chosen,
    x,
    from,
    top: y,
    bottom: y + chosen.height,
    middle: y + chosen.height / 2,
    left: (offset) => x + (offset - from) * chosen.pitch,
    boundary: (offset) => x + (offset - from) * chosen.pitch - chosen.gap / 2,
  };
}

/** The first offset of a window of `cells` cells that ends at the log end with the next offset in it. */
export function windowStart(logStartOffset: number, logEndOffset: number, cells: number): number {
  return Math.max(logStartOffset, logEndOffset + 1 - cells);
}

/**
 * The largest of `sizes` that shows `wanted` offsets and the next one in `width` px.
 * When none does, the last one.
 */
export function chooseTapeSize(sizes: readonly TapeSizeName[], width: number, wanted: number): TapeSize {
  const fitting = sizes.find((name) => (wanted + 1) * TAPE_SIZES[name].pitch <= width);
  return TAPE_SIZES[fitting ?? sizes[sizes.length - 1] ?? 'XS'];
}
