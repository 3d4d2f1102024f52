import { textWidth } from '../../drawing/text-width';

/** A mark on the strip; without room its word goes and its tick stays. */
export interface PlacedMark {
  readonly x: number;
  /** Left edge of icon and word; null when there is no room for them. */
  readonly wordX: number | null;
}

const GAP = 12;
const TICK_GAP = 4;

/** The newest marks keep their words; an older one loses its when the next would touch it. Words stand between `left` and `right`. */
export function placeMarks(
  marks: readonly { x: number; text: string }[],
  sizes: { icon: number; type: number; left: number; right: number },
): PlacedMark[] {
  let free = sizes.right;
  const placed: PlacedMark[] = [];
  for (const mark of [...marks].reverse()) {
    const width = sizes.icon + 4 + textWidth(mark.text, sizes.type);
    const leftOf = mark.x - TICK_GAP - width;
    let wordX: number | null = null;
    if (mark.x + width + GAP <= free) wordX = mark.x;
    else if (placed.length === 0 && leftOf >= sizes.left) wordX = leftOf;
    if (wordX !== null) free = wordX;
    placed.unshift({ x: mark.x, wordX });
  }
  return placed;
}
