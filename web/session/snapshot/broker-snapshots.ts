import type { KafkaServer } from '../../engine/broker/kafka-server';
import type { Log } from '../../engine/broker/log/log';
import { hostLabel } from '../host-labels';
import type { Laptop } from '../../machine/images/laptop';
import type { BrokerSnapshot, GroupSnapshot, ReplicaSnapshot } from '../snapshot';

export function brokerSnapshot(server: KafkaServer, laptop: Laptop, controllerId: number | null): BrokerSnapshot {
  return {
    brokerId: server.brokerId,
    host: hostLabel(laptop, server.host),
    advertised: server.advertised,
    rack: server.rack,
    state: server.state,
    isController: controllerId === server.brokerId,
    replicas: (server.logManager?.allLogs ?? []).map((log) => replicaSnapshot(server, log)).sort(byPartition),
    purgatory: server.state === 'running' ? server.parkedRequests : [],
  };
}

function byPartition(a: ReplicaSnapshot, b: ReplicaSnapshot): number {
  return a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition;
}

function replicaSnapshot(server: KafkaServer, log: Log): ReplicaSnapshot {
  const { topic, partition: number } = log.topicPartition;
  const partition = server.replicaManager?.partition(topic, number);
  const local = partition?.local;
  return {
    topic,
    partition: number,
    isLeader: partition?.isLeader ?? false,
    inSync: partition === undefined || !partition.isLeader || partition.inSyncReplicas.includes(server.brokerId),
    logStartOffset: log.logStartOffset,
    highWatermark: local?.highWatermark ?? 0,
    lastStableOffset: local?.lastStableOffset ?? 0,
    logEndOffset: log.logEndOffset,
    sizeInBytes: log.size,
    segments: log.segments.all.map((segment) => ({ baseOffset: segment.baseOffset, sizeInBytes: segment.records.sizeInBytes })),
  };
}

export function groupSnapshots(server: KafkaServer): GroupSnapshot[] {
  if (server.state !== 'running') return [];
  return (server.groupCoordinator?.groupManager.allGroups ?? []).map((group) => ({
    groupId: group.groupId,
    state: group.state,
    generationId: group.generationId,
    protocol: group.protocol ?? '',
    coordinator: server.brokerId,
    members: group.members.map((member) => ({
      memberId: member.memberId,
      clientId: member.clientId,
      host: member.clientHost,
      partitions: (member.assignment?.partitions ?? []).map(({ topic, partition }) => `${topic}-${partition}`),
      isLeader: group.isLeader(member.memberId),
    })),
    offsets: group.committedOffsets.map(({ topic, partition, offset }) => ({ topic, partition, committedOffset: offset })),
  }));
}
