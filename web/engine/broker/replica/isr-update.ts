import type { Partition } from './partition';
import type { PartitionHost } from './partition-host';
import type { RemoteReplica } from './replica';
import { isrExpanded, isrShrunk } from './trace-events';

/**
 * The in-sync replica set of one partition, as its leader keeps it: followers that fall behind leave, those that catch up come back.
 *
 * Why: the state in ZooKeeper is what the controller elects from, so a change counts only once it is written there.
 * Trace: `isr.shrunk`, `isr.expanded`.
 * @source kafka 1.1.0 core/src/main/scala/kafka/cluster/Partition.scala maybeShrinkIsr, maybeExpandIsr
 */
export class IsrUpdate {
  members: readonly number[] = [];
  /** While a change is on its way to ZooKeeper no other is begun. */
  private writing = false;
  /** Goes up when the controller decides anew: what was on its way then is void. */
  private generation = 0;

  constructor(
    private readonly partition: Partition,
    private readonly host: PartitionHost,
  ) {}

  reset(members: readonly number[]): void {
    this.members = members;
    this.writing = false;
    this.generation += 1;
  }

  /** Takes the follower in when it has all that is committed. */
  maybeExpand(remote: RemoteReplica): void {
    const { partition } = this;
    const leader = partition.leaderReplica;
    if (leader === undefined || this.members.includes(remote.brokerId)) return;
    remote.fetching?.markDirty();
    if (this.writing || !partition.assignment.includes(remote.brokerId) || remote.logEndOffset < leader.highWatermark) return;
    const members = [...this.members, remote.brokerId];
    partition.log.info(`Expanding ISR from ${this.members.join(',')} to ${members.join(',')}`);
    this.write(members);
  }

  /** Leaves out who has not caught up for `replica.lag.time.max.ms`. */
  maybeShrink(): void {
    const { partition, host } = this;
    if (!partition.isLeader || this.writing || this.members.length <= 1) return;
    const nowMs = host.sim.dateMs();
    const members = this.members.filter((id) => {
      const remote = partition.remotes.get(id);
      return remote === undefined || nowMs - remote.lastCaughtUpTimeMs <= host.replicaLagTimeMaxMs;
    });
    if (members.length === this.members.length) return;
    partition.log.info(`Shrinking ISR from ${this.members.join(',')} to ${members.join(',')}`);
    this.write(members);
  }

  private write(members: readonly number[]): void {
    this.writing = true;
    const { generation } = this;
    this.host.writeIsr(this.partition, members, (zkVersion) => {
      if (generation !== this.generation) return;
      this.writing = false;
      if (zkVersion === undefined) this.partition.log.info(`Cached zkVersion [${this.partition.zkVersion}] not equal to that in zookeeper, skip updating ISR`);
      else this.written(members, zkVersion);
    });
  }

  private written(members: readonly number[], zkVersion: number): void {
    const { partition, host } = this;
    const from = this.members;
    this.members = members;
    partition.zkVersion = zkVersion;
    host.onIsrChanged(partition);
    const channel = host.sim.trace.channel(members.length < from.length ? isrShrunk : isrExpanded);
    if (channel.hot) channel.emit({ ...partition.event, from, to: members });
    for (const id of from) if (!members.includes(id)) partition.remotes.get(id)?.fetching?.markDirty();
    if (partition.maybeIncrementHighWatermark()) host.completeDelayed(partition);
  }
}
