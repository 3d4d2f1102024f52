import type { Snapshot } from '../../../session/snapshot';
import type { Motion } from '../../picture/motion';
import type { ClusterLayout } from './cluster-layout';
import type { ClusterSizes } from './cluster-sizes';

/** What it takes to draw what is on its way. */
export interface TravelsProps {
  readonly layout: ClusterLayout;
  readonly sizes: ClusterSizes;
  readonly motion: Motion;
  readonly snapshot: Snapshot;
  readonly keyColour: (key: string | null) => number;
}
