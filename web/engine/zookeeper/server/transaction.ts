import type { Acl, KeeperCode, SessionId } from '../client/messages';

/** One change, as it is logged and applied: what a request became once it was checked. */
export type TransactionBody =
  | {
      readonly type: 'create';
      readonly path: string;
      readonly data: Uint8Array | null;
      readonly acl: readonly Acl[];
      readonly ephemeral: boolean;
      readonly parentCversion: number;
    }
  | { readonly type: 'delete'; readonly path: string }
  | { readonly type: 'setData'; readonly path: string; readonly data: Uint8Array | null; readonly version: number }
  | { readonly type: 'setACL'; readonly path: string; readonly acl: readonly Acl[]; readonly version: number }
  | { readonly type: 'check'; readonly path: string; readonly version: number }
  | { readonly type: 'createSession'; readonly timeoutMs: number }
  | { readonly type: 'closeSession' }
  | { readonly type: 'error'; readonly code: KeeperCode }
  | { readonly type: 'multi'; readonly bodies: readonly TransactionBody[] };

export interface Transaction {
  readonly sessionId: SessionId;
  readonly cxid: number;
  readonly zxid: number;
  readonly timeMs: number;
  readonly body: TransactionBody;
}
