import type { LogLevel, LogSink } from '../kernel/logger';
import type { Op } from '../kernel/task';
import type { ZNodeChangeHandler } from '../zookeeper/client/watch-handlers';
import type { ZooKeeperClient } from '../zookeeper/client/zookeeper-client';
import { constantOf, KeeperError } from '../zookeeper/client/keeper-error';
import type { KeeperCode, SessionId, Stat, ZkRequest, ZkResponse } from '../zookeeper/client/messages';

const LOGGER = 'kafka.zk.KafkaZkClient';
const EPHEMERAL_LOGGER = 'kafka.zk.KafkaZkClient$CheckedEphemeral';
const ANY_VERSION = -1;

/** The outcome of a write that names the version it expects. `version` is the new one, -1 when nothing was written. */
export interface ConditionalUpdate {
  readonly succeeded: boolean;
  readonly version: number;
}

/** Throws KeeperError unless the code is one of `allowed`. */
export function requireCode(response: ZkResponse, path: string, ...allowed: readonly KeeperCode[]): void {
  if (response.code !== 'Ok' && !allowed.includes(response.code)) throw new KeeperError(response.code, path);
}

/**
 * What Kafka does with any znode. Requests that a lost connection swallowed are asked again.
 *
 * Errors: KeeperError with the codes that an operation does not expect; ZooKeeperClientError when the session expired.
 * @source kafka 1.1.0 core/src/main/scala/kafka/zk/KafkaZkClient.scala
 */
export abstract class ZkOperations {
  constructor(
    readonly client: ZooKeeperClient,
    private readonly logSink: LogSink,
  ) {}

  get sessionId(): SessionId {
    return this.client.sessionId;
  }

  *close(): Op<void> {
    yield* this.client.close();
  }

  /** Registers the handler, asks whether its znode is there and leaves a watch. */
  *registerZNodeChangeHandlerAndCheckExistence(handler: ZNodeChangeHandler): Op<boolean> {
    this.client.registerZNodeChangeHandler(handler);
    return yield* this.pathExists(handler.path);
  }

  *pathExists(path: string): Op<boolean> {
    const response = yield* this.ask({ op: 'exists', path });
    requireCode(response, path, 'NoNode');
    return response.code === 'Ok';
  }

  /** Empty when there is no such znode. */
  *getChildren(path: string): Op<readonly string[]> {
    const response = yield* this.ask({ op: 'getChildren', path });
    requireCode(response, path, 'NoNode');
    return response.children ?? [];
  }

  /** Undefined when there is no such znode. */
  *getDataAndStat(path: string): Op<{ data: Uint8Array | null; stat: Stat } | undefined> {
    const response = yield* this.ask({ op: 'getData', path });
    requireCode(response, path, 'NoNode');
    return response.code === 'Ok' ? { data: response.data ?? null, stat: response.stat as Stat } : undefined;
  }

  /** Writes when the znode still has `expectedVersion`. Other reasons to fail than version and absence are thrown. */
  *conditionalUpdatePath(path: string, data: Uint8Array, expectedVersion: number): Op<ConditionalUpdate> {
    const response = yield* this.ask({ op: 'setData', path, data, version: expectedVersion });
    requireCode(response, path, 'NoNode', 'BadVersion');
    return { succeeded: response.code === 'Ok', version: response.stat?.version ?? ANY_VERSION };
  }

  *makeSurePersistentPathExists(path: string): Op<void> {
    yield* this.createRecursive(path, null, { throwIfPathExists: false });
  }

  /** Makes a znode and those above it. Throws NodeExists unless told otherwise. */
  *createRecursive(
    path: string,
    data: Uint8Array | null = null,
    options: { throwIfPathExists: boolean } = { throwIfPathExists: true },
  ): Op<void> {
    const tolerated: KeeperCode[] = options.throwIfPathExists ? [] : ['NodeExists'];
    const response = yield* this.ask({ op: 'create', path, data });
    requireCode(response, path, 'NoNode', ...tolerated);
    if (response.code !== 'NoNode') return;
    yield* this.createParents(parentOf(path));
    requireCode(yield* this.ask({ op: 'create', path, data }), path, ...tolerated);
  }

  /** False when there was no such znode. */
  *deleteRecursive(path: string): Op<boolean> {
    const response = yield* this.ask({ op: 'getChildren', path });
    requireCode(response, path, 'NoNode');
    if (response.code === 'NoNode') return false;
    for (const child of response.children ?? []) yield* this.deleteRecursive(`${path}/${child}`);
    requireCode(yield* this.ask({ op: 'delete', path, version: ANY_VERSION }), path, 'NoNode');
    return true;
  }

  /** The path with its number. */
  *createSequential(path: string, data: Uint8Array): Op<string> {
    const response = yield* this.ask({ op: 'create', path, data, sequential: true });
    requireCode(response, path);
    return response.name as string;
  }

  /** Writes, or creates with all above it. */
  *setOrCreate(path: string, data: Uint8Array): Op<void> {
    const response = yield* this.ask({ op: 'setData', path, data, version: ANY_VERSION });
    requireCode(response, path, 'NoNode');
    if (response.code === 'NoNode') yield* this.createRecursive(path, data);
  }

  *deleteAll(paths: readonly string[]): Op<void> {
    yield* this.askAll(paths.map((path) => ({ op: 'delete', path, version: ANY_VERSION })));
  }

  /** Creates an ephemeral znode, or finds that this session has made it before. Throws NodeExists when it is somebody else's. */
  *checkedEphemeralCreate(path: string, data: Uint8Array): Op<void> {
    this.log('INFO', `Creating ${path} (is it secure? false)`);
    const code = yield* this.tryEphemeral(path, data);
    this.log('INFO', `Result of znode creation at ${path} is: ${constantOf(code)}`);
    if (code !== 'Ok') throw new KeeperError(code);
  }

  protected *ask(request: ZkRequest): Op<ZkResponse> {
    return yield* this.client.retryUntilConnected(request);
  }

  protected *askAll(requests: readonly ZkRequest[]): Op<ZkResponse[]> {
    return yield* this.client.retryAllUntilConnected(requests);
  }

  protected log(level: LogLevel, message: string, logger = LOGGER): void {
    this.logSink({ level, message, logger });
  }

  private *tryEphemeral(path: string, data: Uint8Array): Op<KeeperCode> {
    const created = yield* this.ask({ op: 'create', path, data, ephemeral: true });
    if (created.code === 'Ok') return 'Ok';
    if (created.code !== 'NodeExists') {
      this.log(
        'ERROR',
        `Error while creating ephemeral at ${path} with return code: ${constantOf(created.code)}`,
        EPHEMERAL_LOGGER,
      );
      return created.code;
    }
    const found = yield* this.ask({ op: 'getData', path });
    const owner = found.stat?.ephemeralOwner;
    if (found.code === 'Ok' && owner === this.sessionId) return 'Ok';
    if (found.code === 'Ok') {
      const whose = `node already exists and owner '${BigInt.asIntN(64, owner as SessionId)}' does not match current session '${this.sessionId}'`;
      this.log('ERROR', `Error while creating ephemeral at ${path}, ${whose}`, EPHEMERAL_LOGGER);
      return 'NodeExists';
    }
    if (found.code === 'NoNode') {
      this.log('INFO', `The ephemeral node at ${path} went away while reading it, attempting create() again`, EPHEMERAL_LOGGER);
      return yield* this.tryEphemeral(path, data);
    }
    const why = `as it already exists and error getting the node data due to ${constantOf(found.code)}`;
    this.log('ERROR', `Error while creating ephemeral at ${path} ${why}`, EPHEMERAL_LOGGER);
    return found.code;
  }

  private *createParents(path: string): Op<void> {
    const request: ZkRequest = { op: 'create', path, data: null };
    const response = yield* this.ask(request);
    requireCode(response, path, 'NoNode', 'NodeExists');
    if (response.code !== 'NoNode') return;
    yield* this.createParents(parentOf(path));
    requireCode(yield* this.ask(request), path, 'NodeExists');
  }
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
