import type { Op } from '../../kernel/task';
import type { WatchedEvent } from './messages';

/** Told of one znode. Called at the instant at which the watch arrives; must not wait. */
export interface ZNodeChangeHandler {
  readonly path: string;
  handleCreation?(): void;
  handleDeletion?(): void;
  handleDataChange?(): void;
}

export interface ZNodeChildChangeHandler {
  readonly path: string;
  handleChildChange(): void;
}

/** Told when the session expired: before another one is begun, and once it was asked for. */
export interface StateChangeHandler {
  readonly name: string;
  beforeInitializingSession?(): Op<void>;
  afterInitializingSession?(): void;
}

/** The handlers of a client, one a path and kind, as Kafka keeps them: they stay registered when their watch has fired. */
export class WatchHandlers {
  readonly changes = new Map<string, ZNodeChangeHandler>();
  readonly childChanges = new Map<string, ZNodeChildChangeHandler>();
  readonly stateChanges = new Map<string, StateChangeHandler>();

  clear(): void {
    this.changes.clear();
    this.childChanges.clear();
    this.stateChanges.clear();
  }

  call(event: WatchedEvent, path: string): void {
    const handler = this.changes.get(path);
    if (event.type === 'NodeChildrenChanged') this.childChanges.get(path)?.handleChildChange();
    else if (event.type === 'NodeCreated') handler?.handleCreation?.();
    else if (event.type === 'NodeDeleted') handler?.handleDeletion?.();
    else if (event.type === 'NodeDataChanged') handler?.handleDataChange?.();
  }
}
