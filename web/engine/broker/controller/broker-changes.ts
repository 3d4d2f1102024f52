import type { BrokerRegistration } from '../../admin/zk-json';
import { brokerIdPath } from '../../admin/zk-paths';
import type { Op } from '../../kernel/task';
import { ERRORS, type ErrorCode } from '../../protocol/errors';
import type { ControlledShutdownResponse, TopicPartition } from '../../protocol/messages';
import type { CachedBroker } from '../metadata-cache';
import type { ControllerParts } from './controller-parts';
import { type PartitionAndReplica, replicaName } from './leader-and-isr';
import { brokerLost } from './trace-events';

/**
 * What the controller does when brokers come, go, or say that they will.
 *
 * Trace: `broker.lost`.
 * @source kafka 1.1.0 core/src/main/scala/kafka/controller/KafkaController.scala BrokerChange, ControlledShutdown
 */
export class BrokerChanges {
  constructor(private readonly parts: ControllerParts) {}

  *watchBrokers(brokerIds: readonly number[]): Op<void> {
    this.parts.log.debug(`Register BrokerModifications handler for Set(${brokerIds.join(', ')})`);
    for (const id of brokerIds) {
      yield* this.parts.env.zk.registerZNodeChangeHandlerAndCheckExistence({
        path: brokerIdPath(id),
        handleDataChange: () => this.parts.enqueue('BrokerModifications', () => this.onBrokerModified(id)),
      });
    }
  }

  unwatchBrokers(brokerIds: readonly number[]): void {
    this.parts.log.debug(`Unregister BrokerModifications handler for Set(${brokerIds.join(', ')})`);
    for (const id of brokerIds) this.parts.env.zk.client.unregisterZNodeChangeHandler(brokerIdPath(id));
  }

  *onBrokerChange(): Op<void> {
    const { context } = this.parts;
    const current = (yield* this.parts.env.zk.getAllBrokersInCluster()).map(cachedBroker);
    const currentIds = current.map((broker) => broker.id);
    const known = context.liveOrShuttingDownIds;
    const added = currentIds.filter((id) => !known.includes(id)).sort(byNumber);
    const dead = known.filter((id) => !currentIds.includes(id)).sort(byNumber);
    context.setLiveBrokers(current);
    const all = [...currentIds].sort(byNumber).join(',');
    this.parts.log.info(`Newly added brokers: ${added.join(',')}, deleted brokers: ${dead.join(',')}, all live brokers: ${all}`);
    for (const broker of current) if (added.includes(broker.id)) this.parts.channels()?.addBroker(broker);
    for (const id of dead) this.parts.channels()?.removeBroker(id);
    if (added.length > 0) yield* this.onBrokerStartup(added);
    if (dead.length > 0) yield* this.onBrokerFailure(dead);
  }

  private *onBrokerStartup(brokerIds: readonly number[]): Op<void> {
    this.parts.log.info(`New broker startup callback for ${brokerIds.join(',')}`);
    this.parts.sendUpdateMetadata();
    const onThem = this.parts.context.replicasOnBrokers(brokerIds);
    yield* this.parts.replicas.handleStateChanges(onThem, 'OnlineReplica');
    yield* this.parts.partitions.triggerOnline();
    for (const { tp, newReplicas } of [...this.parts.context.reassigned.values()]) {
      if (newReplicas.some((id) => brokerIds.includes(id))) yield* this.parts.reassignment.advance(tp);
    }
    const toDelete = onThem.filter((replica) => this.parts.deletion.isQueued(replica.topic));
    if (toDelete.length > 0) {
      this.parts.log.info(
        `Some replicas ${toDelete.map(replicaName).join(',')} for topics scheduled for deletion ${this.parts.deletion.topicsToBeDeleted.join(',')} ` +
          `are on the newly restarted brokers ${brokerIds.join(',')}. Signaling restart of topic deletion for these topics`,
      );
      yield* this.parts.deletion.resumeFor([...new Set(toDelete.map((replica) => replica.topic))]);
    }
    yield* this.watchBrokers(brokerIds);
  }

  private *onBrokerFailure(brokerIds: readonly number[]): Op<void> {
    this.parts.log.info(`Broker failure callback for ${brokerIds.join(',')}`);
    const lost = this.parts.env.sim.trace.channel(brokerLost);
    if (lost.hot) for (const brokerId of brokerIds) lost.emit({ brokerId });
    const wereShuttingDown = brokerIds.filter((id) => this.parts.context.shuttingDown.delete(id));
    this.parts.log.info(`Removed ArrayBuffer(${wereShuttingDown.join(', ')}) from list of shutting down brokers.`);
    yield* this.onReplicasBecomeOffline(this.parts.context.replicasOnBrokers(brokerIds));
    this.unwatchBrokers(brokerIds);
  }

  private *onReplicasBecomeOffline(replicas: readonly PartitionAndReplica[]): Op<void> {
    const isQueued = (replica: PartitionAndReplica): boolean => this.parts.deletion.isQueued(replica.topic);
    const withoutLeader = this.parts.context.leadership
      .entries()
      .filter(([tp, state]) => !this.parts.context.isOnline(state.leader) && !this.parts.deletion.isQueued(tp.topic))
      .map(([tp]) => tp);
    yield* this.parts.partitions.handleStateChanges(withoutLeader, 'OfflinePartition');
    yield* this.parts.partitions.triggerOnline();
    yield* this.parts.replicas.handleStateChanges(
      replicas.filter((replica) => !isQueued(replica)),
      'OfflineReplica',
    );
    const toDelete = replicas.filter(isQueued);
    if (toDelete.length > 0) yield* this.parts.deletion.failReplicaDeletion(toDelete);
    if (withoutLeader.length === 0) this.parts.sendUpdateMetadata();
  }

  private *onBrokerModified(brokerId: number): Op<void> {
    const registered = yield* this.parts.env.zk.getBroker(brokerId);
    if (registered === undefined || this.parts.context.broker(brokerId) === undefined) return;
    const updated = cachedBroker(registered);
    this.parts.log.info(`Broker info update callback for ${brokerId}`);
    this.parts.context.setLiveBrokers([...this.parts.context.liveOrShuttingDownBrokers.filter((broker) => broker.id !== brokerId), updated]);
    this.parts.sendUpdateMetadata();
  }

  *controlledShutdown(brokerId: number, respond: (response: ControlledShutdownResponse) => void): Op<void> {
    const { context } = this.parts;
    const refuse = (errorCode: ErrorCode): void => respond({ errorCode, partitionsRemaining: [] });
    if (!this.parts.isActive()) {
      refuse(ERRORS.STALE_CONTROLLER_EPOCH);
      return;
    }
    this.parts.log.info(`Shutting down broker ${brokerId}`);
    if (context.broker(brokerId) === undefined) {
      refuse(ERRORS.BROKER_NOT_AVAILABLE);
      return;
    }
    context.shuttingDown.add(brokerId);
    this.parts.log.debug(`All shutting down brokers: ${[...context.shuttingDown].join(',')}`);
    this.parts.log.debug(`Live brokers: ${context.liveIds.join(',')}`);
    const replicated = context.partitionsOnBroker(brokerId).filter((tp) => context.assignmentOf(tp).length > 1 && context.leadership.has(tp));
    const isLed = (tp: TopicPartition): boolean => context.leadership.get(tp)?.leader === brokerId;
    const followed = replicated.filter((tp) => !isLed(tp));
    yield* this.parts.partitions.handleStateChanges(replicated.filter(isLed), 'OnlinePartition', 'controlledShutdown');
    for (const tp of followed) this.parts.batch.addStopReplica(brokerId, tp, { deletePartition: false });
    this.parts.batch.send();
    yield* this.parts.replicas.handleStateChanges(
      followed.map((tp) => ({ ...tp, replica: brokerId })),
      'OfflineReplica',
    );
    respond({ errorCode: ERRORS.NONE, partitionsRemaining: replicated.filter(isLed) });
  }
}

export function cachedBroker(registration: BrokerRegistration): CachedBroker {
  return { id: registration.id, rack: registration.rack, endPoints: registration.endPoints };
}

function byNumber(a: number, b: number): number {
  return a - b;
}
