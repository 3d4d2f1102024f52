import type { LogDirFailureChannel } from '../log/log-dir-failure-channel';
import type { ReplicaManager } from './replica-manager';

/**
 * Takes the replicas of a log directory whose disk failed out of service; without any directory left, the broker halts.
 *
 * Errors: KAFKA_STORAGE_ERROR for what is asked of such a replica.
 * Simplified: the controller is not told that replicas are offline while the broker has other directories.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/ReplicaManager.scala handleLogDirFailure
 */
export class LogDirFailureHandler {
  private isRunning = false;

  constructor(private readonly manager: ReplicaManager) {}

  start(failures: LogDirFailureChannel): void {
    this.isRunning = true;
    failures.handleWith((dir) => {
      if (this.isRunning) this.handle(dir);
    });
  }

  stop(): void {
    this.isRunning = false;
  }

  private handle(dir: string): void {
    const { manager } = this;
    const { logManager } = manager.env;
    if (!logManager.liveLogDirs.includes(dir)) return;
    manager.log.info(`Stopping serving replicas in dir ${dir}`);
    const offline = manager.partitions.filter((partition) => partition.local?.log.parentDir === dir);
    const names = offline.map((partition) => partition.name).join(',');
    manager.fetcherManager.removePartitions(offline);
    manager.alterLogDirsLog.info(`Removed fetcher for partitions ${names}`);
    for (const partition of offline) manager.takeOffline(partition);
    const reason = `because they are in the failed log directory ${dir}.`;
    manager.log.info(`Broker ${manager.brokerId} stopped fetcher for partitions ${names} and stopped moving logs for partitions  ${reason}`);
    manager.highWatermarks.forget(dir);
    if (logManager.handleLogDirFailure(dir)) manager.log.info(`Stopped serving replicas in dir ${dir}`);
    else manager.env.exit(1);
  }
}
