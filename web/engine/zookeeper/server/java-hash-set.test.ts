import { expect, test } from 'vitest';
import { JavaHashSet } from './java-hash-set';

function order(names: string[]): string[] {
  const set = new JavaHashSet();
  for (const name of names) set.add(name);
  return set.toArray();
}

test('the children of the root come out as on Java 7', () => {
  const created = ['zookeeper', 'consumers', 'brokers', 'config', 'admin', 'isr_change_notification', 'latest_producer_id_block'];
  const later = ['log_dir_event_notification', 'cluster', 'controller', 'controller_epoch'];
  expect(order([...created, ...later])).toEqual(
    'log_dir_event_notification isr_change_notification zookeeper admin consumers cluster config latest_producer_id_block controller brokers controller_epoch'.split(
      ' ',
    ),
  );
});

test('small sets come out as on Java 7', () => {
  expect(order(['ids', 'topics', 'seqid'])).toEqual(['seqid', 'topics', 'ids']);
  expect(order(['changes', 'topics', 'clients', 'users', 'brokers'])).toEqual([
    'users',
    'topics',
    'brokers',
    'clients',
    'changes',
  ]);
  expect(order(['1001', '1002', '1003'])).toEqual(['1003', '1001', '1002']);
  expect(order(['0', '1', '2'])).toEqual(['2', '1', '0']);
});

test('a removed value is gone and can come back', () => {
  const set = new JavaHashSet();
  set.add('a');
  set.add('b');
  set.delete('a');
  expect(set.has('a')).toBe(false);
  expect(set.size).toBe(1);
  set.add('a');
  expect(set.toArray().sort()).toEqual(['a', 'b']);
});
