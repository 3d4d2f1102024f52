import type { TapeSizeName } from '../../drawing/tape-scale';

/** Every length of the view, in px, at one of the two steps of size. */
export interface ClusterSizes {
  readonly pad: number;
  readonly clientWidth: number;
  readonly gap: number;
  /** The same two with more than one broker. */
  readonly clientWidthMany: number;
  readonly gapMany: number;
  readonly cardGap: number;
  readonly fontSize: number;
  readonly bodySize: number;
  readonly lead: number;
  /** Scale of pennants and triangles. */
  readonly k: number;
  readonly top: number;
  readonly inner: number;
  readonly zooKeeperHeight: number;
  readonly link: number;
  /** Room above the cards for what brokers copy from each other. */
  readonly strip: number;
  readonly head: number;
  readonly row1: number;
  readonly write: number;
  readonly markLane: number;
  readonly markUp: number;
  readonly readLane: number;
  readonly foldGap: number;
  readonly foldHeight: number;
  readonly ring: number;
  readonly ringWidth: number;
  readonly glyph: number;
  readonly badge: number;
  readonly icon: number;
  readonly clientHead: number;
  readonly clientGap: number;
  readonly laneGap: number;
  readonly barPitch: number;
  readonly barHeight: number;
  /** Tape sizes to choose from, the largest first, with one broker and with more. */
  readonly tapes: readonly TapeSizeName[];
  readonly tapesMany: readonly TapeSizeName[];
  /** For rows of one line. */
  readonly tapesLine: readonly TapeSizeName[];
  readonly chip: number;
  readonly monoSize: number;
  /** The widest flow. */
  readonly flow: number;
}

const BASE: ClusterSizes = {
  pad: 16, clientWidth: 176, gap: 96, clientWidthMany: 112, gapMany: 48, cardGap: 16, fontSize: 12, bodySize: 14, lead: 16, k: 1,
  top: 16, inner: 16, zooKeeperHeight: 40, link: 32, strip: 24, head: 32, row1: 4, write: 6, markLane: 18, markUp: 8, readLane: 12,
  foldGap: 8, foldHeight: 32, ring: 6, ringWidth: 3, glyph: 10, badge: 16, icon: 16, clientHead: 40, clientGap: 8, laneGap: 36,
  barPitch: 20, barHeight: 12, tapes: ['XL', 'L', 'M'], tapesMany: ['M', 'S', 'XS'], tapesLine: ['M', 'S', 'XS'], chip: 24, monoSize: 12, flow: 24,
};

const WIDE: ClusterSizes = {
  pad: 32, clientWidth: 248, gap: 168, clientWidthMany: 176, gapMany: 72, cardGap: 32, fontSize: 14, bodySize: 16, lead: 20, k: 1.4,
  top: 56, inner: 24, zooKeeperHeight: 56, link: 64, strip: 40, head: 48, row1: 14, write: 12, markLane: 40, markUp: 12, readLane: 20,
  foldGap: 20, foldHeight: 48, ring: 10, ringWidth: 4, glyph: 12, badge: 20, icon: 18, clientHead: 52, clientGap: 16, laneGap: 52,
  barPitch: 24, barHeight: 12, tapes: ['XXL', 'XL', 'L', 'M'], tapesMany: ['L', 'M', 'S'], tapesLine: ['L', 'M', 'S', 'XS'], chip: 32, monoSize: 14, flow: 32,
};

export function clusterSizes(wide: boolean): ClusterSizes {
  return wide ? WIDE : BASE;
}

/** Below this width of a card, of several, clients make room for it in the same way. */
export const LEAST_CARD = 190;
/** Below this width of the stage clients are drawn as their number only. */
export const NARROW_STAGE = 900;
/** Width of a client that is only its number. */
export const NARROW_CLIENT = 40;
