import { KeeperError } from '../client/keeper-error';
import {
  type CheckRequest,
  type CreateRequest,
  type DeleteRequest,
  type MultiRequest,
  OPEN_ACL_UNSAFE,
  type SetAclRequest,
  type SetDataRequest,
} from '../client/messages';
import type { DataTree } from './data-tree';
import type { TransactionBody } from './transaction';
import { isValidPath } from '../client/path';

/** Requests that change the tree. */
export type ChangeRequest = CreateRequest | DeleteRequest | SetDataRequest | SetAclRequest | CheckRequest;

/** What a znode will be once the changes before it in a multi are applied. */
interface ChangeRecord {
  version: number;
  cversion: number;
  aversion: number;
  childCount: number;
  ephemeral: boolean;
}

/** Paths that no client may delete. */
const SPECIAL_PATHS = ['/', '/zookeeper', '/zookeeper/quota'];

/**
 * Turns requests into transactions, or says with a KeeperError why not.
 *
 * One is made for each request; a multi's parts see each other through it.
 * Simplified: ACLs are kept and shown, but nobody is refused because of them.
 * @source zookeeper 3.4.6 src/java/main/org/apache/zookeeper/server/PrepRequestProcessor.java
 */
export class RequestPreparation {
  /** Paths that differ from the tree; null is a deleted one. */
  private readonly changed = new Map<string, ChangeRecord | null>();

  constructor(private readonly tree: DataTree) {}

  prepare(request: ChangeRequest): TransactionBody {
    switch (request.op) {
      case 'create':
        return this.create(request);
      case 'delete':
        return this.delete(request);
      case 'setData':
        return this.setData(request);
      case 'setACL':
        return this.setAcl(request);
      case 'check':
        return this.check(request);
    }
  }

  /** All parts, or for the failing one and those after it an error. `onFailed` hears of the first failure. */
  prepareMulti(request: MultiRequest, onFailed: (error: KeeperError) => void): TransactionBody {
    let failed = false;
    const bodies = request.ops.map((op): TransactionBody => {
      if (failed) return { type: 'error', code: 'RuntimeInconsistency' };
      try {
        return this.prepare(op);
      } catch (error) {
        if (!(error instanceof KeeperError)) throw error;
        failed = true;
        onFailed(error);
        return { type: 'error', code: error.code };
      }
    });
    return { type: 'multi', bodies };
  }

  private create(request: CreateRequest): TransactionBody {
    const lastSlash = request.path.lastIndexOf('/');
    if (lastSlash < 0) throw new KeeperError('BadArguments', request.path);
    const parentPath = request.path.slice(0, lastSlash);
    const parent = this.record(parentPath);
    const path = request.sequential === true ? request.path + String(parent.cversion).padStart(10, '0') : request.path;
    if (!isValidPath(path)) throw new KeeperError('BadArguments', path);
    if (this.find(path) !== undefined) throw new KeeperError('NodeExists', path);
    if (parent.ephemeral) throw new KeeperError('NoChildrenForEphemerals', path);
    parent.cversion += 1;
    parent.childCount += 1;
    this.changed.set(parentPath, parent);
    const ephemeral = request.ephemeral === true;
    this.changed.set(path, { version: 0, cversion: 0, aversion: 0, childCount: 0, ephemeral });
    return {
      type: 'create',
      path,
      data: request.data,
      acl: request.acl ?? OPEN_ACL_UNSAFE,
      ephemeral,
      parentCversion: parent.cversion,
    };
  }

  private delete(request: DeleteRequest): TransactionBody {
    const { path } = request;
    const lastSlash = path.lastIndexOf('/');
    if (lastSlash < 0 || SPECIAL_PATHS.includes(path)) throw new KeeperError('BadArguments', path);
    const parentPath = path.slice(0, lastSlash);
    const parent = this.record(parentPath);
    const node = this.record(path);
    this.checkVersion(request.version, node.version, path);
    if (node.childCount > 0) throw new KeeperError('NotEmpty', path);
    parent.childCount -= 1;
    this.changed.set(parentPath, parent);
    this.changed.set(path, null);
    return { type: 'delete', path };
  }

  private setData(request: SetDataRequest): TransactionBody {
    const { path, data } = request;
    const node = this.record(path);
    this.checkVersion(request.version, node.version, path);
    node.version += 1;
    this.changed.set(path, node);
    return { type: 'setData', path, data, version: node.version };
  }

  private setAcl(request: SetAclRequest): TransactionBody {
    const { path, acl } = request;
    if (acl.length === 0) throw new KeeperError('InvalidACL', path);
    const node = this.record(path);
    this.checkVersion(request.version, node.aversion, path);
    return { type: 'setACL', path, acl, version: node.aversion + 1 };
  }

  private check(request: CheckRequest): TransactionBody {
    const node = this.record(request.path);
    this.checkVersion(request.version, node.version, request.path);
    return { type: 'check', path: request.path, version: node.version + 1 };
  }

  private checkVersion(asked: number, actual: number, path: string): void {
    if (asked !== -1 && asked !== actual) throw new KeeperError('BadVersion', path);
  }

  /** Throws NoNode. */
  private record(path: string): ChangeRecord {
    const record = this.find(path);
    if (record === undefined) throw new KeeperError('NoNode', path);
    return record;
  }

  private find(path: string): ChangeRecord | undefined {
    const changed = this.changed.get(path);
    if (changed !== undefined) return changed ?? undefined;
    const node = this.tree.node(path);
    if (node === undefined) return undefined;
    const { version, cversion, aversion, children, ephemeralOwner } = node;
    return { version, cversion, aversion, childCount: children.size, ephemeral: ephemeralOwner !== 0n };
  }
}
