import type { KafkaZkClient } from '../admin/kafka-zk-client';
import { decodeConfigChange } from '../admin/zk-json';
import { ZK_PATHS } from '../admin/zk-paths';
import type { KafkaConfig } from '../config/kafka-config';
import { logConfigFromProps } from '../config/log-config';
import type { LogSink } from '../kernel/logger';
import type { Simulation } from '../kernel/simulation';
import type { Op } from '../kernel/task';
import { Condition } from '../kernel/waitables';
import { javaStringHash } from '../protocol/java-string-hash';
import { scalaMutableMapOrder } from '../protocol/jvm-hash-order';
import type { BrokerTasks } from './broker-tasks';
import { ClassLogger } from './class-logger';
import type { LogManager } from './log/log-manager';

const EXPIRATION_MS = 15 * 60 * 1000;
const HANDLER_NAME = `change-notification-${ZK_PATHS.configChanges}`;

/** What the manager needs of its broker. */
export interface DynamicConfigEnvironment {
  readonly sim: Simulation;
  readonly log: LogSink;
  readonly tasks: BrokerTasks;
  readonly zk: KafkaZkClient;
  readonly config: KafkaConfig;
  readonly logManager: LogManager;
}

/**
 * Hears from ZooKeeper that somebody changed the settings of a topic, and applies them.
 *
 * Simplified: changed settings of brokers, users and clients are logged and have no effect.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/DynamicConfigManager.scala, kafka/common/ZkNodeChangeNotificationListener.scala
 */
export class DynamicConfigManager {
  private readonly listenerLog: ClassLogger;
  private readonly threadLog: ClassLogger;
  private readonly log: ClassLogger;
  private lastExecutedChange = -1;
  private pending = false;
  private running = true;
  private readonly wake = new Condition();

  constructor(private readonly env: DynamicConfigEnvironment) {
    this.log = new ClassLogger(env.log, 'kafka.server.DynamicConfigManager');
    this.listenerLog = new ClassLogger(env.log, 'kafka.common.ZkNodeChangeNotificationListener');
    this.threadLog = new ClassLogger(
      env.log,
      'kafka.common.ZkNodeChangeNotificationListener$ChangeEventProcessThread',
      `[${ZK_PATHS.configChanges}-event-process-thread]: `,
    );
  }

  startup(): void {
    const { client } = this.env.zk;
    client.registerStateChangeHandler({ name: HANDLER_NAME, afterInitializingSession: () => this.notify() });
    client.registerZNodeChildChangeHandler({ path: ZK_PATHS.configChanges, handleChildChange: () => this.notify() });
    this.pending = true;
    this.threadLog.info('Starting');
    this.env.tasks.start(this.run());
  }

  shutdown(): void {
    const { client } = this.env.zk;
    client.unregisterStateChangeHandler(HANDLER_NAME);
    client.unregisterZNodeChildChangeHandler(ZK_PATHS.configChanges);
    this.threadLog.info('Shutting down');
    this.running = false;
    this.notify();
    this.threadLog.info('Stopped');
    this.threadLog.info('Shutdown completed');
  }

  private notify(): void {
    this.pending = true;
    this.wake.notifyAll();
  }

  private *run(): Op<void> {
    while (this.running) {
      if (!this.pending) {
        yield this.wake;
        continue;
      }
      this.pending = false;
      yield* this.processNotifications();
    }
  }

  private *processNotifications(): Op<void> {
    const { zk, sim } = this.env;
    const names = [...(yield* zk.getChildren(ZK_PATHS.configChanges))].sort();
    if (names.length === 0 || !this.running) return;
    this.listenerLog.info(`Processing notification(s) to ${ZK_PATHS.configChanges}`);
    const nowMs = sim.dateMs();
    for (const name of names) {
      const number = Number(name.slice(name.lastIndexOf('_') + 1));
      if (number <= this.lastExecutedChange) continue;
      const found = yield* zk.getDataAndStat(`${ZK_PATHS.configChanges}/${name}`);
      const entityPath = found === undefined ? undefined : decodeConfigChange(found.data);
      if (entityPath !== undefined) yield* this.processChange(entityPath);
      this.lastExecutedChange = number;
    }
    yield* this.purge(names, nowMs);
  }

  private *processChange(entityPath: string): Op<void> {
    const at = entityPath.indexOf('/');
    const type = entityPath.slice(0, at);
    const name = entityPath.slice(at + 1);
    const overrides = yield* this.env.zk.getEntityConfigs(type, name);
    const shown = scalaMutableMapOrder([...overrides], ([key]) => javaStringHash(key)).map(([key, value]) => `${key} -> ${value}`);
    this.log.info(`Processing override for entityPath: ${entityPath} with config: Map(${shown.join(', ')})`);
    if (type === 'topics') this.changeTopic(name, overrides);
  }

  private changeTopic(topic: string, overrides: ReadonlyMap<string, string>): void {
    const { config, logManager } = this.env;
    const logs = logManager.logsByTopic(topic);
    if (logs.length === 0) return;
    const changed = logConfigFromProps(config.logConfigDefaults, overrides);
    for (const log of logs) log.updateConfig(new Set(overrides.keys()), changed);
  }

  private *purge(names: readonly string[], nowMs: number): Op<void> {
    const { zk } = this.env;
    for (const name of names) {
      const path = `${ZK_PATHS.configChanges}/${name}`;
      const found = yield* zk.getDataAndStat(path);
      if (found !== undefined && nowMs - found.stat.ctimeMs > EXPIRATION_MS) yield* zk.deleteAll([path]);
    }
  }
}
