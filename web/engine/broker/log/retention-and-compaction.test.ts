import { describe, expect, test } from 'vitest';
import { batchOf, contentOf, LOG_DIR, LogFixture } from './log-fixture';

const VALUE = 'reading-1-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';

describe('retention', () => {
  test('by size keeps whole segments', () => {
    const fixture = new LogFixture();
    fixture.manager.startup();
    const log = fixture.log('by-size', { 'segment.bytes': '200', 'retention.bytes': '300' });
    for (let i = 0; i < 5; i++) log.appendAsLeader([batchOf(fixture.sim, [VALUE])], 0);
    log.onHighWatermarkIncremented(5);
    expect(log.segments.all.map((segment) => segment.size)).toEqual([160, 160, 160, 160, 160]);
    fixture.runFor(29000);
    expect(log.logStartOffset).toBe(0);
    fixture.runFor(2000);
    expect([log.logStartOffset, log.logEndOffset]).toEqual([3, 5]);
    expect(fixture.disk.list(log.dir).filter((name) => name.endsWith('.log.deleted'))).toHaveLength(3);
    fixture.runFor(60000);
    expect(fixture.disk.list(log.dir).filter((name) => name.includes('deleted'))).toEqual([]);
  });

  test('by time takes the last segment too, after rolling it', () => {
    const fixture = new LogFixture();
    fixture.manager.startup();
    const log = fixture.log('orders', { 'retention.ms': '20000' });
    for (let i = 0; i < 10; i++) log.appendAsLeader([batchOf(fixture.sim, ['x'])], 0);
    log.onHighWatermarkIncremented(10);
    fixture.lines.length = 0;
    fixture.runFor(31000);
    expect([log.logStartOffset, log.logEndOffset]).toEqual([10, 10]);
    const prefix = `INFO [Log partition=orders-0, dir=${LOG_DIR}] `;
    expect(fixture.lines.filter((line) => line.includes('orders-0')).slice(0, 5)).toEqual([
      `${prefix}Found deletable segments with base offsets [0] due to retention time 20000ms breach (kafka.log.Log)`,
      'INFO [ProducerStateManager partition=orders-0] Writing producer snapshot at offset 10 (kafka.log.ProducerStateManager)',
      `${prefix}Rolled new log segment at offset 10 in 0 ms. (kafka.log.Log)`,
      `${prefix}Scheduling log segment [baseOffset 0, size 690] for deletion. (kafka.log.Log)`,
      `${prefix}Incrementing log start offset to 10 (kafka.log.Log)`,
    ]);
    fixture.stop();
    fixture.start();
    expect(fixture.log('orders').logEndOffset).toBe(10);
  });

  test('takes nothing that is not below the high watermark', () => {
    const fixture = new LogFixture();
    fixture.manager.startup();
    const log = fixture.log('t', { 'retention.ms': '1000' });
    log.appendAsLeader([batchOf(fixture.sim, ['x'])], 0);
    log.onHighWatermarkIncremented(0);
    fixture.runFor(400000);
    expect(log.logStartOffset).toBe(0);
  });
});

describe('compaction', () => {
  const COMPACTED = {
    'cleanup.policy': 'compact',
    'delete.retention.ms': '100',
    'segment.ms': '100',
    'min.cleanable.dirty.ratio': '0.01',
  };
  const produce = (fixture: LogFixture, ...texts: string[]): void => produceTo(fixture, COMPACTED, texts);
  const produceTo = (fixture: LogFixture, settings: Readonly<Record<string, string>>, texts: readonly string[]): void => {
    fixture.runFor(2000);
    fixture.log('prices', settings).appendAsLeader([batchOf(fixture.sim, texts)], 0);
  };

  test('keeps the newest value of each key, and the active segment as it is', () => {
    const fixture = new LogFixture();
    fixture.manager.startup();
    produce(fixture, 'p1=10', 'p2=20', 'p1=11');
    produce(fixture, 'p3=30', 'p2=21');
    produce(fixture, 'p1=12', 'p3=31');
    produce(fixture, 'p4=40');
    fixture.runFor(35000);
    const log = fixture.log('prices');
    expect(contentOf(log)).toEqual(['4:p2=21', '5:p1=12', '6:p3=31', '7:p4=40']);
    expect([log.logStartOffset, log.logEndOffset]).toEqual([0, 8]);
    produce(fixture, 'p4=41');
    produce(fixture, 'p2=22');
    fixture.runFor(35000);
    expect(contentOf(log)).toEqual(['4:p2=21', '5:p1=12', '6:p3=31', '8:p4=41', '9:p2=22']);
    expect(contentOf(log, 2).slice(0, 1)).toEqual(['4:p2=21']);
  });

  test('drops a tombstone some time after it has done its work, and survives a kill', () => {
    const fixture = new LogFixture();
    fixture.manager.startup();
    // Segments that are too large to be joined: one that is joined to the last clean one keeps its tombstones, as in Kafka.
    const settings = { ...COMPACTED, 'segment.bytes': '80' };
    produceTo(fixture, settings, ['a=1', 'b=1']);
    produceTo(fixture, settings, ['a=']);
    produceTo(fixture, settings, ['c=1']);
    fixture.runFor(20000);
    expect(contentOf(fixture.log('prices'))).toEqual(['1:b=1', '2:a=', '3:c=1']);
    produceTo(fixture, settings, ['d=1']);
    fixture.runFor(20000);
    produceTo(fixture, settings, ['e=1']);
    fixture.runFor(20000);
    expect(contentOf(fixture.log('prices'))).toEqual(['1:b=1', '3:c=1', '4:d=1', '5:e=1']);
    fixture.kill();
    fixture.start();
    expect(contentOf(fixture.log('prices'))).toEqual(['1:b=1', '3:c=1', '4:d=1', '5:e=1']);
  });

  test('tells in the words of the real cleaner what it does', () => {
    const fixture = new LogFixture();
    fixture.manager.startup();
    produce(fixture, 'a=1', 'a=2');
    produce(fixture, 'b=1');
    fixture.lines.length = 0;
    fixture.runFor(20000);
    expect(fixture.lines.filter((line) => line.includes('Cleaner 0')).map((line) => line.slice('INFO Cleaner 0: '.length))).toEqual([
      'Beginning cleaning of log prices-0. (kafka.log.LogCleaner)',
      'Building offset map for prices-0... (kafka.log.LogCleaner)',
      'Building offset map for log prices-0 for 1 segments in offset range [0, 2). (kafka.log.LogCleaner)',
      'Offset map for log prices-0 complete. (kafka.log.LogCleaner)',
      'Cleaning log prices-0 (cleaning prior to Wed Jun 20 10:00:02 UTC 2018, discarding tombstones prior to Thu Jan 01 00:00:00 UTC 1970)... (kafka.log.LogCleaner)',
      'Cleaning segment 0 in log prices-0 (largest timestamp Wed Jun 20 10:00:02 UTC 2018) into 0, retaining deletes. (kafka.log.LogCleaner)',
      'Swapping in cleaned segment 0 for segment(s) 0 in log prices-0 (kafka.log.LogCleaner)',
    ]);
    expect(fixture.disk.open(`${LOG_DIR}/cleaner-offset-checkpoint`)?.chunks[0]?.encode()).toEqual(
      new TextEncoder().encode('0\n1\nprices 0 2\n'),
    );
  });
});
