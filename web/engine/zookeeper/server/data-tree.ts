import { KeeperError } from '../client/keeper-error';
import { type Acl, OPEN_ACL_UNSAFE, type SessionId, type Stat, type ZkResponse } from '../client/messages';
import { JavaHashSet } from './java-hash-set';
import type { Transaction, TransactionBody } from './transaction';
import { type Watcher, WatchManager } from './watch-manager';

/** One znode, as it is kept. `cversion` counts creations only; what clients see adds the deletions. */
export interface DataNode {
  data: Uint8Array | null;
  acl: readonly Acl[];
  czxid: number;
  mzxid: number;
  pzxid: number;
  ctimeMs: number;
  mtimeMs: number;
  version: number;
  cversion: number;
  aversion: number;
  ephemeralOwner: SessionId;
  readonly children: JavaHashSet;
}

const NO_SESSION: SessionId = 0n;
const QUOTA_PATHS = ['/zookeeper', '/zookeeper/quota'];

/**
 * All znodes, who owns the ephemeral ones, and who watches.
 *
 * Applying the same transactions in the same order gives the same tree; a transaction that was applied before does nothing.
 * @source zookeeper 3.4.6 src/java/main/org/apache/zookeeper/server/DataTree.java
 */
export class DataTree {
  /** By path; the root is ''. */
  readonly nodes = new Map<string, DataNode>();
  private readonly ephemerals = new Map<SessionId, Set<string>>();
  readonly dataWatches = new WatchManager();
  readonly childWatches = new WatchManager();
  lastProcessedZxid = 0;

  constructor() {
    this.nodes.set('', newNode());
    for (const path of QUOTA_PATHS) this.attach(path, newNode());
  }

  node(path: string): DataNode | undefined {
    return this.nodes.get(path === '/' ? '' : path);
  }

  /** ZooKeeper counts its root twice. */
  get nodeCount(): number {
    return this.nodes.size + 1;
  }

  get watchCount(): number {
    return this.dataWatches.size + this.childWatches.size;
  }

  /** Bytes of all paths and data, as `mntr` estimates it. */
  get approximateDataSize(): number {
    let size = 0;
    for (const [path, node] of this.nodes) size += path.length + (node.data?.length ?? 0);
    return size + 1;
  }

  get sessionsWithEphemerals(): ReadonlyMap<SessionId, ReadonlySet<string>> {
    return this.ephemerals;
  }

  ephemeralsOf(sessionId: SessionId): readonly string[] {
    return [...(this.ephemerals.get(sessionId) ?? [])];
  }

  /** Throws KeeperError NoNode, without a path as the server does. */
  requireNode(path: string): DataNode {
    const node = this.node(path);
    if (node === undefined) throw new KeeperError('NoNode');
    return node;
  }

  statOf(node: DataNode): Stat {
    const { czxid, mzxid, pzxid, ctimeMs, mtimeMs, version, aversion, ephemeralOwner, children } = node;
    return {
      czxid,
      mzxid,
      ctimeMs,
      mtimeMs,
      version,
      cversion: node.cversion * 2 - children.size,
      aversion,
      ephemeralOwner,
      dataLength: node.data?.length ?? 0,
      numChildren: children.size,
      pzxid,
    };
  }

  removeWatcher(watcher: Watcher): void {
    this.dataWatches.removeWatcher(watcher);
    this.childWatches.removeWatcher(watcher);
  }

  /** Puts a node in its place, as a restored snapshot does. Its parent must be there. */
  attach(path: string, node: DataNode): void {
    this.nodes.set(path, node);
    if (path === '') return;
    const slash = path.lastIndexOf('/');
    this.nodes.get(path.slice(0, slash))?.children.add(path.slice(slash + 1));
    if (node.ephemeralOwner !== NO_SESSION) this.own(node.ephemeralOwner, path);
  }

  /** Applies a transaction and says what its sender is answered. Throws KeeperError when it does not fit the tree. */
  apply(transaction: Transaction): ZkResponse {
    this.lastProcessedZxid = Math.max(this.lastProcessedZxid, transaction.zxid);
    return this.applyBody(transaction, transaction.body);
  }

  private applyBody(header: Transaction, body: TransactionBody): ZkResponse {
    switch (body.type) {
      case 'create':
        return this.create(header, body);
      case 'delete':
        return this.delete(header, body.path);
      case 'setData':
        return this.setData(header, body);
      case 'setACL':
        return this.setAcl(body);
      case 'check':
        return { code: 'Ok' };
      case 'createSession':
        return { code: 'Ok' };
      case 'closeSession':
        return this.closeSession(header);
      case 'error':
        return { code: body.code };
      case 'multi':
        return this.multi(header, body.bodies);
    }
  }

  private create(header: Transaction, body: Extract<TransactionBody, { type: 'create' }>): ZkResponse {
    const { path } = body;
    const parentPath = path.slice(0, path.lastIndexOf('/'));
    const parent = this.requireNode(parentPath);
    if (this.nodes.has(path)) return { code: 'NodeExists', path };
    parent.cversion = body.parentCversion;
    parent.pzxid = header.zxid;
    const ephemeralOwner = body.ephemeral ? header.sessionId : NO_SESSION;
    const { zxid, timeMs } = header;
    this.attach(path, newNode({ data: body.data, acl: body.acl, zxid, timeMs, ephemeralOwner }));
    this.dataWatches.trigger(path, 'NodeCreated');
    this.childWatches.trigger(parentPath === '' ? '/' : parentPath, 'NodeChildrenChanged');
    return { code: 'Ok', name: path };
  }

  private delete(header: Transaction, path: string): ZkResponse {
    const node = this.nodes.get(path);
    if (node === undefined) return { code: 'NoNode', path };
    const slash = path.lastIndexOf('/');
    const parentPath = path.slice(0, slash);
    this.nodes.delete(path);
    const parent = this.nodes.get(parentPath);
    if (parent !== undefined) {
      parent.children.delete(path.slice(slash + 1));
      parent.pzxid = header.zxid;
    }
    this.disown(node.ephemeralOwner, path);
    const told = this.dataWatches.trigger(path, 'NodeDeleted');
    this.childWatches.trigger(path, 'NodeDeleted', told);
    this.childWatches.trigger(parentPath === '' ? '/' : parentPath, 'NodeChildrenChanged');
    return { code: 'Ok' };
  }

  private setData(header: Transaction, body: Extract<TransactionBody, { type: 'setData' }>): ZkResponse {
    const node = this.node(body.path);
    if (node === undefined) return { code: 'NoNode', path: body.path };
    node.data = body.data;
    node.mtimeMs = header.timeMs;
    node.mzxid = header.zxid;
    node.version = body.version;
    this.dataWatches.trigger(body.path, 'NodeDataChanged');
    return { code: 'Ok', stat: this.statOf(node) };
  }

  private setAcl(body: Extract<TransactionBody, { type: 'setACL' }>): ZkResponse {
    const node = this.node(body.path);
    if (node === undefined) return { code: 'NoNode', path: body.path };
    node.acl = body.acl;
    node.aversion = body.version;
    return { code: 'Ok', stat: this.statOf(node) };
  }

  private closeSession(header: Transaction): ZkResponse {
    for (const path of this.ephemeralsOf(header.sessionId)) this.delete(header, path);
    return { code: 'Ok' };
  }

  private multi(header: Transaction, bodies: readonly TransactionBody[]): ZkResponse {
    const failed = bodies.some((body) => body.type === 'error');
    const results = bodies.map((body): ZkResponse => {
      if (!failed) return this.applyBody(header, body);
      return { code: body.type === 'error' ? body.code : 'Ok' };
    });
    return { code: 'Ok', results };
  }

  private own(sessionId: SessionId, path: string): void {
    const owned = this.ephemerals.get(sessionId);
    if (owned === undefined) this.ephemerals.set(sessionId, new Set([path]));
    else owned.add(path);
  }

  private disown(sessionId: SessionId, path: string): void {
    const owned = this.ephemerals.get(sessionId);
    owned?.delete(path);
    if (owned?.size === 0) this.ephemerals.delete(sessionId);
  }
}

interface Creation {
  readonly data: Uint8Array | null;
  readonly acl: readonly Acl[];
  readonly zxid: number;
  readonly timeMs: number;
  readonly ephemeralOwner: SessionId;
}

const AT_THE_BEGINNING: Creation = {
  data: new Uint8Array(0),
  acl: OPEN_ACL_UNSAFE,
  zxid: 0,
  timeMs: 0,
  ephemeralOwner: NO_SESSION,
};

function newNode(creation: Creation = AT_THE_BEGINNING): DataNode {
  const { data, acl, zxid, timeMs, ephemeralOwner } = creation;
  return {
    data,
    acl,
    czxid: zxid,
    mzxid: zxid,
    pzxid: zxid,
    ctimeMs: timeMs,
    mtimeMs: timeMs,
    version: 0,
    cversion: 0,
    aversion: 0,
    ephemeralOwner,
    children: new JavaHashSet(),
  };
}
