import type { BrokerSnapshot, ClientSnapshot, GroupSnapshot, ReplicaSnapshot, Snapshot, TopicSnapshot } from '../../session/snapshot';
import { isAcknowledgement, isAppend, isReadOfRecords, partitionKey } from './trip';
import type { Trip } from './trip';

/**
 * The snapshot as the picture shows it: what drawn trips still carry is not there yet.
 *
 * Why: a trip is drawn slower than it was, and a cell must not fill before its record arrives in the picture.
 * An offset never goes back because of a trip: `shown` is what was shown before.
 */
export function holdBack(snapshot: Snapshot, trips: readonly Trip[], shown: Snapshot | null): Snapshot {
  const underway = trips.filter((trip) => trip.travel.sentUs <= snapshot.nowUs);
  if (underway.length === 0) return snapshot;
  const toClients = new Set(snapshot.clients.flatMap(({ connections }) => connections.map(({ connectionId }) => connectionId)));
  const toBrokers = underway.filter(({ travel }) => isAppend(travel) || (isReadOfRecords(travel) && !toClients.has(travel.connectionId)));
  const brokers = snapshot.brokers.map((broker) => holdBackBroker(broker, toBrokers, shown));
  const clients = snapshot.clients.map((client) => holdBackClient(client, underway, shown));
  return {
    ...snapshot,
    brokers,
    topics: snapshot.topics.map((topic) => cutRecords(topic, brokers)),
    clients,
    groups: snapshot.groups.map((group) => holdBackGroup(group, clients, snapshot.clients)),
  };
}

function holdBackBroker(broker: BrokerSnapshot, trips: readonly Trip[], shown: Snapshot | null): BrokerSnapshot {
  const missing = new Map<string, number>();
  for (const { travel } of trips) {
    if (travel.toHost !== broker.host) continue;
    for (const { topic, partition, recordCount: count } of travel.partitions) {
      const key = partitionKey(topic, partition);
      missing.set(key, (missing.get(key) ?? 0) + count);
    }
  }
  if (missing.size === 0) return broker;
  const before = shown?.brokers.find((other) => other.host === broker.host);
  return { ...broker, replicas: broker.replicas.map((replica) => {
    const count = missing.get(partitionKey(replica.topic, replica.partition));
    return count ? shorten(replica, count, before) : replica;
  }) };
}

function shorten(replica: ReplicaSnapshot, count: number, before: BrokerSnapshot | undefined): ReplicaSnapshot {
  const old = before?.replicas.find((other) => other.topic === replica.topic && other.partition === replica.partition);
  const least = Math.min(replica.logEndOffset, old?.logEndOffset ?? replica.logStartOffset);
  const logEndOffset = Math.max(replica.logStartOffset, least, replica.logEndOffset - count);
  return {
    ...replica,
    logEndOffset,
    highWatermark: Math.min(replica.highWatermark, logEndOffset),
    lastStableOffset: Math.min(replica.lastStableOffset, logEndOffset),
  };
}

/** Records beyond the leader's shown log end are not in their cells yet. */
function cutRecords(topic: TopicSnapshot, brokers: readonly BrokerSnapshot[]): TopicSnapshot {
  return { ...topic, partitions: topic.partitions.map((partition) => {
    const leader = brokers.find((broker) => broker.brokerId === partition.leader);
    const replica = leader?.replicas.find((other) => other.topic === topic.topic && other.partition === partition.partition);
    const last = partition.records[partition.records.length - 1];
    if (!replica || !last || last.offset < replica.logEndOffset) return partition;
    return { ...partition, records: partition.records.filter((record) => record.offset < replica.logEndOffset) };
  }) };
}

/** A group has not committed what its member has not read in the picture. */
function holdBackGroup(group: GroupSnapshot, held: readonly ClientSnapshot[], real: readonly ClientSnapshot[]): GroupSnapshot {
  const late = held.filter((client, index) => client.groupId === group.groupId && client.positions !== real[index]!.positions);
  if (late.length === 0) return group;
  return { ...group, offsets: group.offsets.map((offset) => {
    const position = late.flatMap(({ positions }) => positions).find((place) => place.topic === offset.topic && place.partition === offset.partition)?.position;
    return position !== undefined && position < offset.committedOffset ? { ...offset, committedOffset: position } : offset;
  }) };
}

function holdBackClient(client: ClientSnapshot, trips: readonly Trip[], shown: Snapshot | null): ClientSnapshot {
  const connections = new Set(client.connections.map((connection) => connection.connectionId));
  let unacknowledged = 0;
  let unread = 0;
  const positions = new Map<string, number>();
  for (const { travel, records } of trips) {
    if (!connections.has(travel.connectionId)) continue;
    if (isAcknowledgement(travel)) unacknowledged += records;
    if (!isReadOfRecords(travel)) continue;
    unread += records;
    for (const { topic, partition, offset } of travel.partitions) {
      const key = partitionKey(topic, partition);
      if (offset !== null && !positions.has(key)) positions.set(key, offset);
    }
  }
  if (unacknowledged + unread === 0) return client;
  const before = shown?.clients.find((other) => other.id === client.id);
  return {
    ...client,
    acknowledged: Math.max(Math.min(before?.acknowledged ?? 0, client.acknowledged), client.acknowledged - unacknowledged),
    records: client.kind === 'consumer'
      ? Math.max(Math.min(before?.records ?? 0, client.records), client.records - unread)
      : client.records,
    positions: client.positions.map((place) => {
      const held = positions.get(partitionKey(place.topic, place.partition));
      return held !== undefined && held < place.position ? { ...place, position: held } : place;
    }),
  };
}
