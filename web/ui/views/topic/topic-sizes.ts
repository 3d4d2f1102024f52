import type { TapeSizeName } from '../../drawing/tape-scale';

/** Every length of the view, in px, at one of the two steps of size. */
export interface TopicSizes {
  readonly pad: number;
  /** Left of the tapes: names. */
  readonly left: number;
  readonly fontSize: number;
  readonly bodySize: number;
  readonly titleSize: number;
  readonly lead: number;
  readonly k: number;
  readonly top: number;
  readonly swatch: number;
  readonly first: number;
  /** Between two partitions. */
  readonly between: number;
  readonly marks: number;
  readonly labelDown: number;
  readonly markUp: number;
  readonly rulerDown: number;
  readonly laneDown: number;
  readonly lane: number;
  readonly legend: number;
  readonly legendGap: number;
  readonly chip: number;
  readonly monoSize: number;
  readonly tapes: readonly TapeSizeName[];
}

const BASE: TopicSizes = {
  pad: 16, left: 104, fontSize: 12, bodySize: 14, titleSize: 16, lead: 16, k: 1, top: 8, swatch: 10, first: 40, between: 12, marks: 28, labelDown: 12,
  markUp: 8, rulerDown: 14, laneDown: 32, lane: 16, legend: 16, legendGap: 20, chip: 24, monoSize: 12, tapes: ['XL', 'L', 'M'],
};
const WIDE: TopicSizes = {
  pad: 32, left: 152, fontSize: 14, bodySize: 16, titleSize: 18, lead: 20, k: 1.4, top: 20, swatch: 12, first: 72, between: 24, marks: 40, labelDown: 18,
  markUp: 12, rulerDown: 20, laneDown: 48, lane: 24, legend: 28, legendGap: 36, chip: 32, monoSize: 14, tapes: ['XXL', 'XL', 'L', 'M'],
};

export function topicSizes(wide: boolean): TopicSizes {
  return wide ? WIDE : BASE;
}
