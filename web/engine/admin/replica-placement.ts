import type { Random } from '../kernel/random';
import { scalaMutableMapOrder } from '../protocol/jvm-hash-order';
import { adminOperation, invalidPartitions, invalidReplicationFactor } from './admin-errors';

/** A broker as the placement sees it; `rack` is null where racks do not count. */
export interface BrokerMetadata {
  readonly id: number;
  readonly rack: string | null;
}

/** Partition -> brokers, the preferred leader first. Iterates as Kafka's own map does, which the stored JSON shows. */
export type ReplicaAssignment = ReadonlyMap<number, readonly number[]>;

export interface PlacementRequest {
  /** Sorted by id. */
  readonly brokers: readonly BrokerMetadata[];
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Where to begin in the list of brokers; random when absent. */
  readonly fixedStartIndex?: number;
  /** The first new partition, when partitions are added. */
  readonly startPartitionId?: number;
}

/**
 * Spreads partitions over brokers: leaders in turn from a random one, followers shifted, more at each round.
 *
 * Errors: AdminError InvalidPartitions, InvalidReplicationFactor, AdminOperation.
 * @source kafka 1.1.0 core/src/main/scala/kafka/admin/AdminUtils.scala assignReplicasToBrokers
 */
export function assignReplicasToBrokers(request: PlacementRequest, random: Random): ReplicaAssignment {
  const { brokers, partitions, replicationFactor } = request;
  if (partitions <= 0) throw invalidPartitions('Number of partitions must be larger than 0.');
  if (replicationFactor <= 0) throw invalidReplicationFactor('Replication factor must be larger than 0.');
  if (replicationFactor > brokers.length) {
    throw invalidReplicationFactor(`Replication factor: ${replicationFactor} larger than available brokers: ${brokers.length}.`);
  }
  if (brokers.every((broker) => broker.rack === null))
    return place(
      request,
      random,
      brokers.map((broker) => broker.id),
      followersInTurn,
    );
  if (brokers.some((broker) => broker.rack === null)) {
    throw adminOperation('Not all brokers have rack information for replica rack aware assignment.');
  }
  return place(request, random, rackAlternated(brokers), followersByRack(brokers));
}

interface Position {
  readonly ids: readonly number[];
  readonly first: number;
  readonly shift: number;
  readonly followers: number;
}

/** The first replica is chosen; who are the others? */
type ChooseFollowers = (position: Position) => number[];

function place(request: PlacementRequest, random: Random, ids: readonly number[], choose: ChooseFollowers): ReplicaAssignment {
  const start = request.fixedStartIndex ?? random.below(ids.length);
  let shift = request.fixedStartIndex ?? random.below(ids.length);
  const assignment = new Map<number, readonly number[]>();
  const from = Math.max(0, request.startPartitionId ?? 0);
  for (let partition = from; partition < from + request.partitions; partition++) {
    if (partition > 0 && partition % ids.length === 0) shift += 1;
    const first = (partition + start) % ids.length;
    const followers = choose({ ids, first, shift, followers: request.replicationFactor - 1 });
    assignment.set(partition, [ids[first] as number, ...followers]);
  }
  const order = scalaMutableMapOrder([...assignment.keys()], (partition) => partition);
  return new Map(order.map((partition) => [partition, assignment.get(partition) as readonly number[]]));
}

function replicaIndex(first: number, shift: number, index: number, count: number): number {
  return (first + 1 + ((shift + index) % (count - 1))) % count;
}

function followersInTurn({ ids, first, shift, followers }: Position): number[] {
  return Array.from({ length: followers }, (_, index) => ids[replicaIndex(first, shift, index, ids.length)] as number);
}

/** As many racks as there are, then as many brokers. */
function followersByRack(brokers: readonly BrokerMetadata[]): ChooseFollowers {
  const rackOf = new Map(brokers.map((broker) => [broker.id, broker.rack as string]));
  const rackCount = new Set(rackOf.values()).size;
  return ({ ids, first, shift, followers }) => {
    const leader = ids[first] as number;
    const racks = new Set([rackOf.get(leader) as string]);
    const taken = new Set([leader]);
    const chosen: number[] = [];
    for (let index = 0; chosen.length < followers; index++) {
      const broker = ids[replicaIndex(first, shift * rackCount, index, ids.length)] as number;
      const rack = rackOf.get(broker) as string;
      const rackIsFree = !racks.has(rack) || racks.size === rackCount;
      const brokerIsFree = !taken.has(broker) || taken.size === ids.length;
      if (!rackIsFree || !brokerIsFree) continue;
      chosen.push(broker);
      racks.add(rack);
      taken.add(broker);
    }
    return chosen;
  };
}

/** One broker of each rack in turn: of racks A {0, 1} and B {2, 3} comes 0, 2, 1, 3. */
function rackAlternated(brokers: readonly BrokerMetadata[]): number[] {
  const byRack = new Map<string, number[]>();
  for (const { id, rack } of brokers)
    byRack.set(
      rack as string,
      [...(byRack.get(rack as string) ?? []), id].sort((a, b) => a - b),
    );
  const racks = [...byRack.keys()].sort();
  const result: number[] = [];
  for (let round = 0; result.length < brokers.length; round++) {
    for (const rack of racks) {
      const id = byRack.get(rack)?.[round];
      if (id !== undefined) result.push(id);
    }
  }
  return result;
}
