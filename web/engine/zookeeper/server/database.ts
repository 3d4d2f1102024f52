import type { Disk } from '../../kernel/disk';
import type { Random } from '../../kernel/random';
import { KeeperError } from '../client/keeper-error';
import type { SessionId, ZkResponse } from '../client/messages';
import { DataTree } from './data-tree';
import { readNewestSnapshot, snapshotFilesOf, writeSnapshot } from './snapshot-file';
import type { Transaction } from './transaction';
import { logFilesOf, TransactionLog, zxidOfName } from './transaction-log';

/** Changes between two snapshots, before half of it is replaced by a random part. */
const SNAP_COUNT = 100_000;

export interface DatabaseListener {
  onNewLogFile(name: string): void;
  onSnapshot(zxid: number, path: string): void;
}

/**
 * The tree and the sessions, with their log and snapshots on disk.
 *
 * @source zookeeper 3.4.6 src/java/main/org/apache/zookeeper/server/ZKDatabase.java, SyncRequestProcessor.java
 */
export class Database {
  readonly tree: DataTree;
  readonly sessionTimeoutsMs: Map<SessionId, number>;
  private readonly log: TransactionLog;
  private sinceSnapshot = 0;
  private snapshotAt: number;

  /** Reads what an earlier server left in `directory` (`<dataDir>/version-2`), which is made when it is missing. */
  constructor(
    private readonly disk: Disk,
    readonly directory: string,
    private readonly random: Random,
    private readonly listener: DatabaseListener,
  ) {
    disk.makeDirectories(directory);
    this.log = new TransactionLog(disk, directory, (name) => listener.onNewLogFile(name));
    const snapshot = readNewestSnapshot(disk, directory);
    this.tree = snapshot?.tree ?? new DataTree();
    this.sessionTimeoutsMs = snapshot?.sessionTimeoutsMs ?? new Map();
    for (const transaction of this.log.readAfter(this.tree.lastProcessedZxid)) this.restore(transaction);
    this.snapshotAt = this.nextSnapshotAt();
  }

  get lastZxid(): number {
    return this.tree.lastProcessedZxid;
  }

  /** Logs a change and applies it. Throws DiskFullError before anything is applied. */
  commit(transaction: Transaction): ZkResponse {
    this.log.append(transaction);
    const response = this.apply(transaction);
    this.sinceSnapshot += 1;
    if (this.sinceSnapshot > this.snapshotAt) this.takeSnapshot();
    return response;
  }

  /** Removes snapshots but the newest `retain`, and the logs that only they needed. */
  purge(retain: number): void {
    const snapshots = snapshotFilesOf(this.disk, this.directory);
    const kept = snapshots.slice(-retain);
    const oldest = kept[0];
    if (oldest === undefined || kept.length < retain) return;
    const needed = zxidOfName(oldest);
    const logs = logFilesOf(this.disk, this.directory);
    const firstLog = logs.filter((name) => zxidOfName(name) <= needed).pop();
    const old = [...snapshots.slice(0, -retain), ...logs.filter((name) => zxidOfName(name) < needed && name !== firstLog)];
    for (const name of old) this.disk.remove(`${this.directory}/${name}`);
  }

  /** What does not fit, since files are missing, is passed over. */
  private restore(transaction: Transaction): void {
    try {
      this.apply(transaction);
    } catch (error) {
      if (!(error instanceof KeeperError)) throw error;
    }
  }

  private apply(transaction: Transaction): ZkResponse {
    const { body, sessionId } = transaction;
    if (body.type === 'createSession') this.sessionTimeoutsMs.set(sessionId, body.timeoutMs);
    if (body.type === 'closeSession') this.sessionTimeoutsMs.delete(sessionId);
    return this.tree.apply(transaction);
  }

  private takeSnapshot(): void {
    this.sinceSnapshot = 0;
    this.snapshotAt = this.nextSnapshotAt();
    this.log.roll();
    const path = `${this.directory}/snapshot.${this.lastZxid.toString(16)}`;
    this.listener.onSnapshot(this.lastZxid, path);
    writeSnapshot(this.disk, path, this);
  }

  private nextSnapshotAt(): number {
    return SNAP_COUNT / 2 + this.random.below(SNAP_COUNT / 2);
  }
}
