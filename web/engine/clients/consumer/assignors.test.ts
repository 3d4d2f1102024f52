import { describe, expect, it } from 'vitest';
import type { Subscription, TopicPartition } from '../../protocol/messages';
import type { PartitionAssignor } from './partition-assignor';
import { RangeAssignor } from './range-assignor';
import { RoundRobinAssignor } from './round-robin-assignor';
import { StickyAssignor } from './sticky-assignor';

function assign(assignor: PartitionAssignor, counts: Record<string, number>, wants: Record<string, string[]>): Record<string, string> {
  const subscriptions = new Map(Object.entries(wants).map(([member, topics]) => [member, { topics }]));
  return shown(assignor.assign(new Map(Object.entries(counts)), subscriptions));
}

function shown(assignment: Map<string, TopicPartition[]>): Record<string, string> {
  return Object.fromEntries([...assignment].map(([member, tps]) => [member, tps.map((tp) => `${tp.topic}${tp.partition}`).sort().join(' ')]));
}

describe('range', () => {
  it('gives the first members one more', () => {
    expect(assign(new RangeAssignor(), { t: 5 }, { b: ['t'], a: ['t'] })).toEqual({ a: 't0 t1 t2', b: 't3 t4' });
  });
  it('goes topic by topic, so the first member gets more of every topic', () => {
    expect(assign(new RangeAssignor(), { t: 3, u: 3 }, { a: ['t', 'u'], b: ['t', 'u'] })).toEqual({ a: 't0 t1 u0 u1', b: 't2 u2' });
  });
  it('leaves members idle when there are fewer partitions', () => {
    expect(assign(new RangeAssignor(), { t: 1 }, { a: ['t'], b: ['t'] })).toEqual({ a: 't0', b: '' });
  });
});

describe('roundrobin', () => {
  it('deals over topics', () => {
    expect(assign(new RoundRobinAssignor(), { t: 3, u: 3 }, { a: ['t', 'u'], b: ['t', 'u'] })).toEqual({ a: 't0 t2 u1', b: 't1 u0 u2' });
  });
  it('passes over who does not want a topic', () => {
    expect(assign(new RoundRobinAssignor(), { t: 2, u: 2 }, { a: ['t'], b: ['t', 'u'] })).toEqual({ a: 't0', b: 't1 u0 u1' });
  });
});

describe('sticky', () => {
  it('moves nothing but what it must when a member comes', () => {
    const owners = new Map([['a', new StickyAssignor()], ['b', new StickyAssignor()]]);
    const counts = new Map([['t', 6]]);
    const leader = new StickyAssignor();
    const first = leader.assign(counts, new Map([['a', { topics: ['t'] }], ['b', { topics: ['t'] }]]));
    for (const [member, tps] of first) owners.get(member)?.onAssignment(tps);
    const wants = new Map<string, Subscription>([['c', { topics: ['t'] }]]);
    for (const [member, own] of owners) wants.set(member, { topics: ['t'], userData: own.userData() });
    const second = leader.assign(counts, wants);
    expect([...second.values()].map((each) => each.length)).toEqual([2, 2, 2]);
    for (const member of ['a', 'b']) {
      const before = new Set(shown(first)[member]?.split(' '));
      for (const tp of shown(second)[member]?.split(' ') ?? []) expect(before).toContain(tp);
    }
  });
});
