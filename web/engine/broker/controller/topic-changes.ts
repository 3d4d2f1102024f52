import { topicPath } from '../../admin/zk-paths';
import type { Op } from '../../kernel/task';
import { ERRORS } from '../../protocol/errors';
import { type StopReplicaResponse, type TopicPartition, topicPartitionName } from '../../protocol/messages';
import type { ControllerParts } from './controller-parts';
import { type PartitionAndReplica, replicaName } from './leader-and-isr';
import { topicCreated } from './trace-events';

/**
 * What the controller does when topics come, grow and go.
 *
 * Trace: `topic.created`.
 * @source kafka 1.1.0 core/src/main/scala/kafka/controller/KafkaController.scala TopicChange, PartitionModifications, TopicDeletion
 */
export class TopicChanges {
  constructor(private readonly parts: ControllerParts) {}

  /** Watches new topics and learns their assignment. Returns their partitions. */
  *readTopics(topics: readonly string[]): Op<TopicPartition[]> {
    const { zk } = this.parts.env;
    for (const topic of topics) {
      this.parts.context.topics.add(topic);
      zk.client.registerZNodeChangeHandler({
        path: topicPath(topic),
        handleDataChange: () => this.parts.enqueue('PartitionModifications', () => this.onPartitionModifications(topic)),
      });
    }
    const added: TopicPartition[] = [];
    for (const [topic, assignment] of yield* zk.getPartitionAssignmentForTopics(topics)) {
      for (const [partition, replicas] of assignment) {
        added.push({ topic, partition });
        this.parts.context.assignments.set({ topic, partition }, replicas);
      }
    }
    return added;
  }

  *onTopicChange(): Op<void> {
    const { context } = this.parts;
    const topics = yield* this.parts.env.zk.getAllTopicsInCluster();
    const present = new Set(topics);
    const added = topics.filter((topic) => !context.topics.has(topic));
    const deleted = [...context.topics].filter((topic) => !present.has(topic));
    for (const topic of deleted) context.removeTopic(topic);
    const partitions = yield* this.readTopics(added);
    const assigned = partitions.map((tp) => `${topicPartitionName(tp)} -> Vector(${context.assignmentOf(tp).join(', ')})`);
    this.parts.log.info(
      `New topics: [Set(${added.join(', ')})], deleted topics: [Set(${deleted.join(', ')})], new partition replica assignment [Map(${assigned.join(', ')})]`,
    );
    if (partitions.length > 0) yield* this.onNewPartitions(partitions);
    const created = this.parts.env.sim.trace.channel(topicCreated);
    if (created.hot) for (const topic of added) created.emit({ topic, partitions: context.assignments.ofTopic(topic).length });
  }

  private *onNewPartitions(partitions: readonly TopicPartition[]): Op<void> {
    this.parts.log.info(`New partition creation callback for ${partitions.map(topicPartitionName).join(',')}`);
    const replicas = this.parts.context.replicasOf(partitions);
    yield* this.parts.partitions.handleStateChanges(partitions, 'NewPartition');
    yield* this.parts.replicas.handleStateChanges(replicas, 'NewReplica');
    yield* this.parts.partitions.handleStateChanges(partitions, 'OnlinePartition', 'offline');
    yield* this.parts.replicas.handleStateChanges(replicas, 'OnlineReplica');
  }

  private *onPartitionModifications(topic: string): Op<void> {
    const { context } = this.parts;
    const assignment = (yield* this.parts.env.zk.getPartitionAssignmentForTopics([topic])).get(topic) ?? new Map<number, readonly number[]>();
    // The watch was used up by the change; the read above has left the next one.
    const added = [...assignment].filter(([partition]) => !context.assignments.has({ topic, partition }));
    if (this.parts.deletion.isQueued(topic)) {
      const which = added.map(([partition]) => partition).join(',');
      this.parts.log.error(`Skipping adding partitions ${which} for topic ${topic} since it is currently being deleted`);
      return;
    }
    if (added.length === 0) return;
    const shown = added.map(([partition, replicas]) => `${topic}-${partition} -> Vector(${replicas.join(', ')})`);
    this.parts.log.info(`New partitions to be added Map(${shown.join(', ')})`);
    for (const [partition, replicas] of added) context.assignments.set({ topic, partition }, replicas);
    yield* this.onNewPartitions(added.map(([partition]) => ({ topic, partition })));
  }

  *onTopicDeletion(): Op<void> {
    const { context } = this.parts;
    const { zk, config } = this.parts.env;
    const asked = yield* zk.getTopicDeletions();
    this.parts.log.debug(`Delete topics listener fired for topics ${asked.join(',')} to be deleted`);
    const unknown = asked.filter((topic) => !context.topics.has(topic));
    if (unknown.length > 0) {
      this.parts.log.warn(`Ignoring request to delete non-existing topics ${unknown.join(',')}`);
      yield* zk.deleteTopicDeletions(unknown);
    }
    const topics = asked.filter((topic) => context.topics.has(topic));
    if (!config.boolean('delete.topic.enable')) {
      this.parts.log.info(`Removing Set(${topics.join(', ')}) since delete topic is disabled`);
      yield* zk.deleteTopicDeletions(topics);
      return;
    }
    if (topics.length === 0) return;
    this.parts.log.info(`Starting topic deletion for topics ${topics.join(',')}`);
    const moving = new Set([...context.reassigned.values()].map((each) => each.tp.topic));
    this.parts.deletion.markIneligible(topics.filter((topic) => moving.has(topic)));
    yield* this.parts.deletion.enqueue(topics);
  }

  *onReplicaStopped(response: StopReplicaResponse, replica: PartitionAndReplica): Op<void> {
    const failed = response.errorCode !== ERRORS.NONE || response.partitions.some((each) => each.errorCode !== ERRORS.NONE);
    this.parts.log.debug(`Delete topic callback invoked for ${replicaName(replica)}`);
    if (failed) yield* this.parts.deletion.failReplicaDeletion([replica]);
    else yield* this.parts.deletion.completeReplicaDeletion([replica]);
  }
}
