import type { ComponentType } from 'react';
import type { Snapshot } from '../../../session/snapshot';
import type { ViewId } from '../../store/page-state';
import { ClusterTable } from '../../views/cluster/cluster-table';
import { ClusterView } from '../../views/cluster/cluster-view';
import { TopicTable } from '../../views/topic/topic-table';
import { TopicView } from '../../views/topic/topic-view';
import type { ViewProps } from '../../drawing/view';

/** The views in the order of their keys. A new view is a folder and a row here. */
export const VIEWS: readonly {
  readonly id: ViewId;
  readonly key: string;
  readonly name: string;
  readonly View: ComponentType<ViewProps>;
  /** The same as text. */
  readonly Table: ComponentType<{ snapshot: Snapshot }>;
}[] = [
  { id: 'cluster', key: '1', name: 'Cluster', View: ClusterView, Table: ClusterTable },
  { id: 'topic', key: '2', name: 'Topic', View: TopicView, Table: TopicTable },
];
