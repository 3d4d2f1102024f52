import type { Simulation } from '../../kernel/simulation';
import { KeeperError } from '../client/keeper-error';
import type { ReadRequest, SetWatchesRequest, ZkRequest, ZkResponse } from '../client/messages';
import type { Database } from './database';
import { RequestPreparation } from './request-preparation';
import { isChange, type PipelineRequest } from './request-pipeline';
import type { ServerConnection } from './server-connection';
import { hex, PREP_THREAD, type ServerLog } from './server-log';
import type { SessionTracker } from './session-tracker';
import type { TransactionBody } from './transaction';
import { OP_CODES } from './transaction-codec';

/**
 * Checks a request, makes it a transaction when it changes something, and finds its answer.
 *
 * @source zookeeper 3.4.6 src/java/main/org/apache/zookeeper/server/PrepRequestProcessor.java, FinalRequestProcessor.java
 */
export class RequestProcessor {
  constructor(
    private readonly sim: Simulation,
    private readonly database: Database,
    private readonly sessions: SessionTracker,
    private readonly log: ServerLog,
  ) {}

  /** Throws DiskFullError. */
  process(request: PipelineRequest): ZkResponse {
    if (isChange(request.request)) return this.change(request);
    try {
      this.checkSession(request);
      return this.read(request);
    } catch (error) {
      if (!(error instanceof KeeperError)) throw error;
      return { code: error.code, path: error.path };
    }
  }

  private change(request: PipelineRequest): ZkResponse {
    const zxid = this.database.lastZxid + 1;
    const body = this.prepare(request, zxid);
    const response = this.database.commit({
      sessionId: request.sessionId,
      cxid: request.cxid,
      zxid,
      timeMs: this.sim.dateMs(),
      body,
    });
    if (body.type === 'closeSession') this.sessions.remove(request.sessionId);
    return response;
  }

  private prepare(request: PipelineRequest, zxid: number): TransactionBody {
    const asked = request.request;
    const preparation = new RequestPreparation(this.database.tree);
    try {
      switch (asked.op) {
        case 'createSession':
          return { type: 'createSession', timeoutMs: asked.timeoutMs };
        case 'closeSession':
          this.log.info(
            PREP_THREAD,
            'PrepRequestProcessor@494',
            `Processed session termination for sessionid: ${hex(request.sessionId)}`,
          );
          return { type: 'closeSession' };
        case 'multi':
          this.checkSession(request);
          return preparation.prepareMulti(asked, (error) => this.refused(request, zxid, error));
        case 'create':
        case 'delete':
        case 'setData':
        case 'setACL':
        case 'check':
          this.checkSession(request);
          return preparation.prepare(asked);
        default:
          throw new Error(`${asked.op} changes nothing`);
      }
    } catch (error) {
      if (!(error instanceof KeeperError)) throw error;
      this.refused(request, zxid, error);
      return { type: 'error', code: error.code };
    }
  }

  private checkSession(request: PipelineRequest): void {
    const session = this.sessions.get(request.sessionId);
    if (session === undefined || session.closing) throw new KeeperError('SessionExpired');
  }

  private refused(request: PipelineRequest, zxid: number, error: KeeperError): void {
    const { op } = request.request;
    const multi = op === 'multi';
    const what = `sessionid:${hex(request.sessionId)} type:${op} cxid:${hex(request.cxid)} zxid:${hex(zxid)} txntype:${OP_CODES.error} reqpath:n/a`;
    const aborting = multi ? ' aborting remaining multi ops.' : '';
    const location = multi ? 'PrepRequestProcessor@592' : 'PrepRequestProcessor@645';
    const why = `Error Path:${error.path ?? 'null'} Error:${error.message}`;
    this.log.info(PREP_THREAD, location, `Got user-level KeeperException when processing ${what}${aborting} ${why}`);
  }

  private read(request: PipelineRequest): ZkResponse {
    const asked = request.request as ZkRequest;
    switch (asked.op) {
      case 'exists':
      case 'getData':
      case 'getChildren':
      case 'getACL':
        return this.readNode(asked, asked.watch === true ? request.connection : undefined);
      case 'setWatches':
        if (request.connection !== undefined) this.setWatches(asked, request.connection);
        return { code: 'Ok' };
      case 'sync':
        return { code: 'Ok', name: asked.path };
      default:
        return { code: 'Ok' };
    }
  }

  private readNode(asked: ReadRequest, watcher: ServerConnection | undefined): ZkResponse {
    const { tree } = this.database;
    if (asked.op === 'exists' && watcher !== undefined) tree.dataWatches.add(asked.path, watcher);
    const node = tree.requireNode(asked.path);
    const stat = tree.statOf(node);
    switch (asked.op) {
      case 'exists':
        return { code: 'Ok', stat };
      case 'getData':
        if (watcher !== undefined) tree.dataWatches.add(asked.path, watcher);
        return { code: 'Ok', stat, data: node.data };
      case 'getChildren':
        if (watcher !== undefined) tree.childWatches.add(asked.path, watcher);
        return { code: 'Ok', stat, children: node.children.toArray() };
      case 'getACL':
        return { code: 'Ok', stat, acl: node.acl };
    }
  }

  private setWatches(asked: SetWatchesRequest, watcher: ServerConnection): void {
    const { tree } = this.database;
    for (const path of asked.dataWatches) {
      const node = tree.node(path);
      if (node === undefined) watcher.onWatch('NodeDeleted', path);
      else if (node.mzxid > asked.relativeZxid) watcher.onWatch('NodeDataChanged', path);
      else tree.dataWatches.add(path, watcher);
    }
    for (const path of asked.existWatches) {
      if (tree.node(path) !== undefined) watcher.onWatch('NodeCreated', path);
      else tree.dataWatches.add(path, watcher);
    }
    for (const path of asked.childWatches) {
      const node = tree.node(path);
      if (node === undefined) watcher.onWatch('NodeDeleted', path);
      else if (node.pzxid > asked.relativeZxid) watcher.onWatch('NodeChildrenChanged', path);
      else tree.childWatches.add(path, watcher);
    }
  }
}
