/** The 64 bits of a session id. */
export type SessionId = bigint;

/** What a znode says of itself. Zxids are whole numbers below 2^53; times are milliseconds since 1970. */
export interface Stat {
  readonly czxid: number;
  readonly mzxid: number;
  readonly ctimeMs: number;
  readonly mtimeMs: number;
  readonly version: number;
  readonly cversion: number;
  readonly aversion: number;
  readonly ephemeralOwner: SessionId;
  readonly dataLength: number;
  readonly numChildren: number;
  readonly pzxid: number;
}

/** Bits of `perms`, as ZooKeeper numbers them. */
export const PERMISSIONS = { read: 1, write: 2, create: 4, delete: 8, admin: 16, all: 31 } as const;

export interface Acl {
  readonly perms: number;
  readonly scheme: string;
  readonly id: string;
}

export const OPEN_ACL_UNSAFE: readonly Acl[] = [{ perms: PERMISSIONS.all, scheme: 'world', id: 'anyone' }];

export interface CreateRequest {
  readonly op: 'create';
  readonly path: string;
  /** null is a znode without data, which is not the same as empty data. */
  readonly data: Uint8Array | null;
  readonly acl?: readonly Acl[];
  readonly ephemeral?: boolean;
  readonly sequential?: boolean;
}

export interface DeleteRequest {
  readonly op: 'delete';
  readonly path: string;
  /** -1 is any version, here and below. */
  readonly version: number;
}

export interface SetDataRequest {
  readonly op: 'setData';
  readonly path: string;
  readonly data: Uint8Array | null;
  readonly version: number;
}

export interface SetAclRequest {
  readonly op: 'setACL';
  readonly path: string;
  readonly acl: readonly Acl[];
  readonly version: number;
}

export interface CheckRequest {
  readonly op: 'check';
  readonly path: string;
  readonly version: number;
}

/** All of them happen, or none. */
export interface MultiRequest {
  readonly op: 'multi';
  readonly ops: readonly (CreateRequest | DeleteRequest | SetDataRequest | CheckRequest)[];
}

/** Requests that change nothing; those with `watch` leave a one-shot watch. */
export interface ReadRequest {
  readonly op: 'exists' | 'getData' | 'getChildren' | 'getACL';
  readonly path: string;
  readonly watch?: boolean;
}

export interface SyncRequest {
  readonly op: 'sync';
  readonly path: string;
}

export interface PingRequest {
  readonly op: 'ping';
}

export interface CloseSessionRequest {
  readonly op: 'closeSession';
}

/** Sent after a reconnection: the watches that the client still waits for. */
export interface SetWatchesRequest {
  readonly op: 'setWatches';
  readonly relativeZxid: number;
  readonly dataWatches: readonly string[];
  readonly existWatches: readonly string[];
  readonly childWatches: readonly string[];
}

export interface AuthRequest {
  readonly op: 'auth';
  readonly scheme: string;
  readonly auth: Uint8Array;
}

export type ZkRequest =
  | CreateRequest
  | DeleteRequest
  | SetDataRequest
  | SetAclRequest
  | CheckRequest
  | MultiRequest
  | ReadRequest
  | SyncRequest
  | PingRequest
  | CloseSessionRequest
  | SetWatchesRequest
  | AuthRequest;

/** The fields that an answer has depend on the request: `name` for create, `stat` for most, `data`, `children`, `acl`, `results` for multi. */
export interface ZkResponse {
  readonly code: KeeperCode;
  /** Where it failed, when it did. */
  readonly path?: string;
  /** The name of a created znode, with its number when it is sequential. */
  readonly name?: string;
  readonly stat?: Stat;
  readonly data?: Uint8Array | null;
  readonly children?: readonly string[];
  readonly acl?: readonly Acl[];
  readonly results?: readonly ZkResponse[];
}

/** KeeperException.Code, by the names of its exceptions. */
export type KeeperCode = keyof typeof KEEPER_CODES;

export const KEEPER_CODES = {
  Ok: 0,
  SystemError: -1,
  RuntimeInconsistency: -2,
  DataInconsistency: -3,
  ConnectionLoss: -4,
  MarshallingError: -5,
  Unimplemented: -6,
  OperationTimeout: -7,
  BadArguments: -8,
  APIError: -100,
  NoNode: -101,
  NoAuth: -102,
  BadVersion: -103,
  NoChildrenForEphemerals: -108,
  NodeExists: -110,
  NotEmpty: -111,
  SessionExpired: -112,
  InvalidCallback: -113,
  InvalidACL: -114,
  AuthFailed: -115,
  SessionMoved: -118,
} as const;

export type WatchEventType = 'None' | 'NodeCreated' | 'NodeDeleted' | 'NodeDataChanged' | 'NodeChildrenChanged';
export type KeeperState = 'SyncConnected' | 'Disconnected' | 'Expired' | 'AuthFailed';

/** What a watcher is told. `path` is null when only the state of the connection changed. */
export interface WatchedEvent {
  readonly type: WatchEventType;
  readonly state: KeeperState;
  readonly path: string | null;
}

/** The first thing that a client sends. */
export interface ConnectMessage {
  readonly kind: 'zk.connect';
  readonly timeoutMs: number;
  /** 0 asks for a new session. */
  readonly sessionId: SessionId;
  readonly password: string;
  readonly lastZxidSeen: number;
}

/** The answer; `timeoutMs` 0 says that the session is gone. */
export interface ConnectedMessage {
  readonly kind: 'zk.connected';
  readonly timeoutMs: number;
  readonly sessionId: SessionId;
  readonly password: string;
}

export interface RequestMessage {
  readonly kind: 'zk.request';
  readonly xid: number;
  readonly request: ZkRequest;
}

export interface ReplyMessage {
  readonly kind: 'zk.reply';
  readonly xid: number;
  readonly zxid: number;
  readonly response: ZkResponse;
}

export interface WatchMessage {
  readonly kind: 'zk.watch';
  readonly type: WatchEventType;
  readonly path: string;
}

export type ZkMessage = ConnectMessage | ConnectedMessage | RequestMessage | ReplyMessage | WatchMessage;

/** True for what a ZooKeeper client or server sends, and not for what came to its port by mistake. */
export function isZkMessage(message: unknown): message is ZkMessage {
  return typeof message === 'object' && message !== null && 'kind' in message && String(message.kind).startsWith('zk.');
}
