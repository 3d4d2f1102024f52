import { textWidth } from '../../drawing/text-width';

/** A mark on the strip; without room its word goes and its tick stays. */
export interface PlacedMark {
  readonly x: number;
  readonly labelled: boolean;
}

const GAP = 12;

/** The newest marks keep their words; an older one loses its when the next would touch it. `right` is where words must end. */
export function placeMarks(
  marks: readonly { x: number; text: string }[],
  sizes: { icon: number; type: number; right: number },
): PlacedMark[] {
  let free = sizes.right;
  const placed: PlacedMark[] = [];
  for (const mark of [...marks].reverse()) {
    const end = mark.x + sizes.icon + 4 + textWidth(mark.text, sizes.type);
    const labelled = end + GAP <= free;
    if (labelled) free = mark.x;
    placed.unshift({ x: mark.x, labelled });
  }
  return placed;
}
