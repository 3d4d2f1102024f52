import { describe, expect, it } from 'vitest';
import { ERRORS } from '../protocol/errors';
import type { JoinGroupRequest, JoinGroupResponse } from '../protocol/messages';
import { TestCluster } from './test-cluster';

function startGroupCluster(settings: Record<string, string> = {}): TestCluster {
  const cluster = new TestCluster(1, settings).startAll();
  cluster.createTopic('orders', 2, 1);
  cluster.ask(1, 'FindCoordinator', { coordinatorKey: 'g1', coordinatorType: 0 });
  cluster.wait(3);
  return cluster;
}

function joinBody(memberId = '', sessionTimeoutMs = 10_000): JoinGroupRequest {
  return {
    groupId: 'g1',
    sessionTimeoutMs,
    rebalanceTimeoutMs: 30_000,
    memberId,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: { topics: ['orders'] } }],
  };
}

/** Joins alone and takes all partitions. */
function joinAndSync(cluster: TestCluster): JoinGroupResponse {
  const joined = cluster.ask(1, 'JoinGroup', joinBody(), { clientId: 'c1' });
  const { generationId, memberId } = joined;
  const assignment = { partitions: [0, 1].map((partition) => ({ topic: 'orders', partition })) };
  const synced = cluster.ask(1, 'SyncGroup', { groupId: 'g1', generationId, memberId, assignments: [{ memberId, assignment }] });
  expect(synced).toEqual({ errorCode: ERRORS.NONE, assignment });
  return joined;
}

describe('a consumer group', () => {
  it('has its coordinator where __consumer_offsets says', () => {
    const cluster = startGroupCluster();
    const found = cluster.ask(1, 'FindCoordinator', { coordinatorKey: 'g1', coordinatorType: 0 });
    expect(found).toMatchObject({ errorCode: ERRORS.NONE, coordinator: { id: 1, host: 'kafka1' } });
  });

  it('is joined, stable, and described', () => {
    const cluster = startGroupCluster();
    const { memberId, leaderId, generationId } = joinAndSync(cluster);
    expect({ leaderId, generationId }).toEqual({ leaderId: memberId, generationId: 1 });
    const { groups } = cluster.ask(1, 'DescribeGroups', { groupIds: ['g1'] });
    expect(groups[0]).toMatchObject({ state: 'Stable', protocol: 'range', members: [{ memberId, clientId: 'c1', clientHost: '/172.18.0.3' }] });
    expect(cluster.lines(1).filter((line) => line.startsWith('[GroupCoordinator 1]: ')).slice(2)).toEqual([
      '[GroupCoordinator 1]: Preparing to rebalance group g1 with old generation 0 (__consumer_offsets-42)',
      '[GroupCoordinator 1]: Stabilized group g1 generation 1 (__consumer_offsets-42)',
      '[GroupCoordinator 1]: Assignment received from leader for group g1 for generation 1',
    ]);
  });

  it('a second member makes the first rejoin', () => {
    const cluster = startGroupCluster();
    const first = joinAndSync(cluster);
    const second = cluster.send(1, 'JoinGroup', joinBody(), { clientId: 'c2' });
    cluster.wait(0.1);
    const beat = { groupId: 'g1', generationId: first.generationId, memberId: first.memberId };
    expect(cluster.ask(1, 'Heartbeat', beat).errorCode).toBe(ERRORS.REBALANCE_IN_PROGRESS);
    const again = cluster.ask(1, 'JoinGroup', joinBody(first.memberId));
    cluster.wait(0.1);
    expect(again.generationId).toBe(2);
    expect(again.members).toHaveLength(2);
    expect(second.response).toMatchObject({ errorCode: ERRORS.NONE, generationId: 2, leaderId: first.memberId });
  });

  it('is empty when its last member leaves', () => {
    const cluster = startGroupCluster();
    const { memberId } = joinAndSync(cluster);
    expect(cluster.ask(1, 'LeaveGroup', { groupId: 'g1', memberId }).errorCode).toBe(ERRORS.NONE);
    expect(cluster.ask(1, 'DescribeGroups', { groupIds: ['g1'] }).groups[0]?.state).toBe('Empty');
    expect(cluster.lines(1)).toContain('[GroupCoordinator 1]: Group g1 with generation 2 is now empty (__consumer_offsets-42)');
  });

  it('loses a member that is silent for its session timeout', () => {
    const cluster = startGroupCluster();
    const { memberId, generationId } = joinAndSync(cluster);
    const alive = () => cluster.ask(1, 'Heartbeat', { groupId: 'g1', generationId, memberId }).errorCode;
    for (let i = 0; i < 5; i++) {
      cluster.wait(6);
      expect(alive()).toBe(ERRORS.NONE);
    }
    cluster.wait(11);
    expect(alive()).toBe(ERRORS.UNKNOWN_MEMBER_ID);
    expect(cluster.lines(1)).toContain(`[GroupCoordinator 1]: Member ${memberId} in group g1 has failed, removing it from the group`);
  });

  it('remembers members and offsets over a restart, because they are in the log', () => {
    const cluster = startGroupCluster();
    const { memberId, generationId } = joinAndSync(cluster);
    const partitions = [{ topic: 'orders', partition: 1, offset: 7, metadata: 'seven' }];
    const committed = cluster.ask(1, 'OffsetCommit', { groupId: 'g1', generationId, memberId, retentionTimeMs: -1, partitions });
    expect(committed.partitions[0]?.errorCode).toBe(ERRORS.NONE);
    cluster.stop(1);
    cluster.restart(1);
    cluster.wait(4);
    const fetched = cluster.ask(1, 'OffsetFetch', { groupId: 'g1', partitions: null });
    expect(fetched.partitions).toEqual([{ topic: 'orders', partition: 1, errorCode: ERRORS.NONE, offset: 7, metadata: 'seven' }]);
    expect(cluster.ask(1, 'DescribeGroups', { groupIds: ['g1'] }).groups[0]).toMatchObject({ state: 'Stable', members: [{ memberId }] });
    expect(cluster.ask(1, 'Heartbeat', { groupId: 'g1', generationId, memberId }).errorCode).toBe(ERRORS.NONE);
  });

  it('forgets offsets that expired, and then itself', () => {
    const cluster = startGroupCluster({ 'offsets.retention.minutes': '1', 'offsets.retention.check.interval.ms': '30000' });
    const partitions = [{ topic: 'orders', partition: 0, offset: 3, metadata: '' }];
    cluster.ask(1, 'OffsetCommit', { groupId: 'g1', generationId: -1, memberId: '', retentionTimeMs: -1, partitions });
    cluster.wait(100);
    expect(cluster.ask(1, 'ListGroups', {}).groups).toEqual([]);
    expect(cluster.lines(1)).toContain('[GroupMetadataManager brokerId=1] Group g1 transitioned to Dead in generation 0');
  });

  it('can be deleted when it is empty only', () => {
    const cluster = startGroupCluster();
    const { memberId } = joinAndSync(cluster);
    expect(cluster.ask(1, 'DeleteGroups', { groupIds: ['g1', 'nosuch'] }).results.map((each) => each.errorCode)).toEqual([ERRORS.NON_EMPTY_GROUP, ERRORS.GROUP_ID_NOT_FOUND]);
    cluster.ask(1, 'LeaveGroup', { groupId: 'g1', memberId });
    expect(cluster.ask(1, 'DeleteGroups', { groupIds: ['g1'] }).results[0]?.errorCode).toBe(ERRORS.NONE);
    expect(cluster.ask(1, 'ListGroups', {}).groups).toEqual([]);
  });

  it('moves to another coordinator when its broker dies', () => {
    const cluster = new TestCluster(3).startAll();
    cluster.createTopic('orders', 2, 3);
    cluster.ask(1, 'FindCoordinator', { coordinatorKey: 'g1', coordinatorType: 0 });
    cluster.wait(5);
    const first = cluster.ask(1, 'FindCoordinator', { coordinatorKey: 'g1', coordinatorType: 0 }).coordinator.id;
    const partitions = [{ topic: 'orders', partition: 0, offset: 3, metadata: '' }];
    cluster.ask(first, 'OffsetCommit', { groupId: 'g1', generationId: -1, memberId: '', retentionTimeMs: -1, partitions });
    cluster.kill(first);
    cluster.wait(12);
    const other = [1, 2, 3].find((id) => id !== first) ?? 0;
    const second = cluster.ask(other, 'FindCoordinator', { coordinatorKey: 'g1', coordinatorType: 0 }).coordinator.id;
    expect(second).not.toBe(first);
    expect(cluster.ask(second, 'OffsetFetch', { groupId: 'g1', partitions: null }).partitions[0]?.offset).toBe(3);
  });
});
