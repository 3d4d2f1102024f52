import type { Travel } from '../../session/snapshot';

/** What moves in the picture at one instant of the viewer's clock. Views draw it; nothing in here is derived from drawing. */
export interface Motion {
  readonly packets: readonly Packet[];
  readonly flows: readonly Flow[];
  /** Records that have just landed. */
  readonly rings: readonly Ring[];
  /** The base offset of the last acknowledgement that arrived, by connection. */
  readonly lastAcks: ReadonlyMap<string, number>;
  /** True under `prefers-reduced-motion`: no travel, only rings at the place of arrival. */
  readonly still: boolean;
}

export interface Packet {
  readonly travel: Travel;
  /** Records that it carries, or, for an acknowledgement, acknowledges. */
  readonly records: number;
  /** How far it has come on the wire, 0 to 1. */
  readonly progress: number;
  /** How far its records have come from the broker's edge into their cells, 0 to 1; 0 while it is on the wire. */
  readonly landing: number;
}

/** A lane with more requests than can be drawn one by one. */
export interface Flow {
  readonly connectionId: string;
  readonly clientId: string;
  readonly kind: Travel['kind'];
  readonly api: string;
  readonly fromHost: string;
  readonly toHost: string;
  /** Requests per second of the viewer's clock. */
  readonly requestsPerSecond: number;
  readonly recordsPerSecond: number;
  /** The keys seen on it of late with their share of the records, largest first; at most four, then the rest as null. */
  readonly keys: readonly { readonly key: string | null; readonly share: number }[];
}

export interface Ring {
  readonly topic: string;
  readonly partition: number;
  readonly host: string;
  readonly offset: number;
}

export const NOTHING_MOVES: Motion = { packets: [], flows: [], rings: [], lastAcks: new Map(), still: false };
