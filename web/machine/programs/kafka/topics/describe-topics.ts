import type { KafkaZkClient } from '../../../../engine/admin/kafka-zk-client';
import type { Op } from '../../../../engine/kernel/task';
import type { Jvm } from '../../lib/jvm';
import type { OptionSet } from '../../lib/joptsimple';
import { noPartitions } from './topic-errors';

interface Report {
  readonly underReplicated: boolean;
  readonly unavailable: boolean;
  readonly withOverrides: boolean;
  readonly liveBrokers: ReadonlySet<number>;
}

/** `--describe`: a line a topic, a line a partition; read from ZooKeeper, so that it shows what is stored there. */
export function* describeTopics(jvm: Jvm, options: OptionSet, zk: KafkaZkClient, topics: readonly string[]): Op<void> {
  const report: Report = {
    underReplicated: options.has('under-replicated-partitions'),
    unavailable: options.has('unavailable-partitions'),
    withOverrides: options.has('topics-with-overrides'),
    liveBrokers: new Set((yield* zk.getAllBrokersInCluster()).map((broker) => broker.id)),
  };
  for (const topic of topics) {
    const assignment = (yield* zk.getPartitionAssignmentForTopics([topic])).get(topic);
    if (assignment === undefined) jvm.out.println(`Topic ${topic} doesn't exist!`);
    else yield* describeTopic(jvm, zk, report, { topic, assignment });
  }
}

function* describeTopic(
  jvm: Jvm,
  zk: KafkaZkClient,
  report: Report,
  subject: { topic: string; assignment: ReadonlyMap<number, readonly number[]> },
): Op<void> {
  const { topic, assignment } = subject;
  const marked = yield* zk.isTopicMarkedForDeletion(topic);
  const showTopic = !report.unavailable && !report.underReplicated;
  if (showTopic) {
    const configs = yield* zk.getEntityConfigs('topics', topic);
    if (!report.withOverrides || configs.size > 0) {
      const [first] = assignment.values();
      if (first === undefined) throw noPartitions();
      const settings = [...configs].map(([name, value]) => `${name}=${value}`).join(',');
      const deletion = marked ? '\tMarkedForDeletion:true' : '';
      jvm.out.println(
        `Topic:${topic}\tPartitionCount:${assignment.size}\tReplicationFactor:${first.length}\tConfigs:${settings}${deletion}`,
      );
    }
  }
  if (report.withOverrides) return;
  for (const [partition, replicas] of [...assignment].sort(([a], [b]) => a - b)) {
    const state = yield* zk.getTopicPartitionState({ topic, partition });
    const isr = state?.isr ?? [];
    if (!isShown(report, replicas, { leader: state?.leader, isr })) continue;
    const deletion = marked && !showTopic ? '\tMarkedForDeletion: true' : '';
    const leader = state?.leader ?? 'none';
    jvm.out.println(
      `\tTopic: ${topic}\tPartition: ${partition}\tLeader: ${leader}\tReplicas: ${replicas.join(',')}\tIsr: ${isr.join(',')}${deletion}`,
    );
  }
}

function isShown(
  report: Report,
  replicas: readonly number[],
  state: { leader: number | undefined; isr: readonly number[] },
): boolean {
  if (!report.underReplicated && !report.unavailable) return true;
  if (report.underReplicated && state.isr.length < replicas.length) return true;
  return report.unavailable && (state.leader === undefined || !report.liveBrokers.has(state.leader));
}
