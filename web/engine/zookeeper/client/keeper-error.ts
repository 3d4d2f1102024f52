import type { KeeperCode } from './messages';

/** Texts that differ from the code's name, as KeeperException.getCodeMessage has them. */
const CODE_MESSAGES: Partial<Record<KeeperCode, string>> = {
  Ok: 'ok',
  SessionExpired: 'Session expired',
  SessionMoved: 'Session moved',
  NotEmpty: 'Directory not empty',
  InvalidCallback: 'Invalid callback',
};

/**
 * An answer that says no: `org.apache.zookeeper.KeeperException`.
 *
 * @source zookeeper 3.4.10 src/java/main/org/apache/zookeeper/KeeperException.java
 */
export class KeeperError extends Error {
  constructor(
    readonly code: KeeperCode,
    readonly path: string | undefined = undefined,
  ) {
    const what = `KeeperErrorCode = ${CODE_MESSAGES[code] ?? code}`;
    super(path === undefined ? what : `${what} for ${path}`);
  }

  /** `org.apache.zookeeper.KeeperException$NoNodeException`. */
  get javaClass(): string {
    return `org.apache.zookeeper.KeeperException$${this.code}Exception`;
  }

  /** The constant's name, as Kafka logs it: `NODEEXISTS`. */
  get constant(): string {
    return constantOf(this.code);
  }
}

/** `NODEEXISTS` for `NodeExists`. */
export function constantOf(code: KeeperCode): string {
  return code.toUpperCase();
}
