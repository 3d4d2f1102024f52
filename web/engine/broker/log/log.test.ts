import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logConfigFromProps } from '../../config/log-config';
import { Bytes, DiskFullError } from '../../kernel/disk';
import { ERRORS } from '../../protocol/errors';
import { encodeUtf8 } from '../../protocol/utf8';
import { batchOf, contentOf, LOG_DIR, LogFixture } from './log-fixture';

const lines = (fixture: LogFixture, logger: string): string[] => fixture.lines.filter((line) => line.endsWith(`(${logger})`));

describe('a new partition', () => {
  test('says what the real broker says', () => {
    const fixture = new LogFixture();
    const log = fixture.log('helloworld');
    log.appendAsLeader([batchOf(fixture.sim, ['Hello World!'])], 0);
    expect(fixture.lines.filter((line) => line.includes('helloworld'))).toEqual([
      `INFO [Log partition=helloworld-0, dir=${LOG_DIR}] Loading producer state from offset 0 with message format version 2 (kafka.log.Log)`,
      `INFO [Log partition=helloworld-0, dir=${LOG_DIR}] Completed load of log with 1 segments, log start offset 0 and log end offset 0 in 0 ms (kafka.log.Log)`,
      `INFO Created log for partition helloworld-0 in ${LOG_DIR} with properties {compression.type -> producer, message.format.version -> 1.1-IV0, file.delete.delay.ms -> 60000, max.message.bytes -> 1000012, min.compaction.lag.ms -> 0, message.timestamp.type -> CreateTime, min.insync.replicas -> 1, segment.jitter.ms -> 0, preallocate -> false, index.interval.bytes -> 4096, min.cleanable.dirty.ratio -> 0.5, unclean.leader.election.enable -> false, retention.bytes -> -1, delete.retention.ms -> 86400000, cleanup.policy -> [delete], flush.ms -> 9223372036854775807, segment.bytes -> 1073741824, segment.ms -> 604800000, retention.ms -> 604800000, message.timestamp.difference.max.ms -> 9223372036854775807, segment.index.bytes -> 10485760, flush.messages -> 9223372036854775807}. (kafka.log.LogManager)`,
      'INFO Updated PartitionLeaderEpoch. New: {epoch:0, offset:0}, Current: {epoch:-1, offset:-1} for Partition: helloworld-0. Cache now contains 0 entries. (kafka.server.epoch.LeaderEpochFileCache)',
    ]);
  });

  test('has the files of the real broker, with their sizes', () => {
    const fixture = new LogFixture();
    const log = fixture.log('orders');
    log.appendAsLeader([batchOf(fixture.sim, ['alice=espresso', 'bob=latte'])], 0);
    log.appendAsLeader([batchOf(fixture.sim, ['no key'])], 0);
    expect(fixture.disk.list(LOG_DIR)).toEqual(
      ['.lock', 'cleaner-offset-checkpoint', 'log-start-offset-checkpoint', 'orders-0', 'recovery-point-offset-checkpoint'].sort(),
    );
    const files = fixture.disk.list(log.dir).map((name) => [name, fixture.disk.open(`${log.dir}/${name}`)?.sizeInBytes]);
    expect(files).toEqual([
      ['00000000000000000000.index', 10485760],
      ['00000000000000000000.log', 170],
      ['00000000000000000000.timeindex', 10485756],
      ['leader-epoch-checkpoint', 8],
    ]);
  });
});

describe('what cannot be appended', () => {
  test('a batch that is larger than the topic allows', () => {
    const fixture = new LogFixture();
    const info = fixture.log('t', { 'max.message.bytes': '100' }).appendAsLeader([batchOf(fixture.sim, ['x'.repeat(100)])], 0);
    expect(info).toMatchObject({
      errorCode: ERRORS.MESSAGE_TOO_LARGE,
      errorMessage: 'The record batch size is 170 bytes which exceeds the maximum configured value of 100.',
    });
  });

  test('a record without key into a compacted topic', () => {
    const fixture = new LogFixture();
    const log = fixture.log('t', { 'cleanup.policy': 'compact' });
    expect(log.appendAsLeader([batchOf(fixture.sim, ['no key'])], 0)).toMatchObject({
      errorCode: ERRORS.CORRUPT_MESSAGE,
      errorMessage: 'Compacted topic cannot accept message without key.',
    });
    expect(log.logEndOffset).toBe(0);
  });
});

describe('an idempotent producer', () => {
  const send = (fixture: LogFixture, sequence: number, producerEpoch = 0): { errorCode: number; firstOffset: number; isDuplicate: boolean } => {
    const { errorCode, firstOffset, isDuplicate } = fixture
      .log('t')
      .appendAsLeader([batchOf(fixture.sim, ['a', 'b'], { producerId: 7, producerEpoch, baseSequence: sequence })], 0);
    return { errorCode, firstOffset, isDuplicate };
  };

  test('is not written twice, may not skip, and cannot come back from an old epoch', () => {
    const fixture = new LogFixture();
    expect(send(fixture, 4)).toMatchObject({ errorCode: ERRORS.UNKNOWN_PRODUCER_ID });
    expect(send(fixture, 0)).toEqual({ errorCode: 0, firstOffset: 0, isDuplicate: false });
    expect(send(fixture, 2)).toEqual({ errorCode: 0, firstOffset: 2, isDuplicate: false });
    expect(send(fixture, 0)).toEqual({ errorCode: 0, firstOffset: 0, isDuplicate: true });
    expect(send(fixture, 6)).toMatchObject({ errorCode: ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER });
    expect(send(fixture, 0, 1)).toEqual({ errorCode: 0, firstOffset: 4, isDuplicate: false });
    expect(send(fixture, 2, 0)).toMatchObject({ errorCode: ERRORS.INVALID_PRODUCER_EPOCH });
    expect(fixture.log('t').logEndOffset).toBe(6);
  });

  test.each(['stop', 'kill'] as const)('is still known after a %s', (how) => {
    const fixture = new LogFixture();
    send(fixture, 0);
    send(fixture, 2);
    fixture[how]();
    fixture.start();
    expect(send(fixture, 2)).toEqual({ errorCode: 0, firstOffset: 2, isDuplicate: true });
    expect(send(fixture, 4)).toEqual({ errorCode: 0, firstOffset: 4, isDuplicate: false });
  });
});

test('read_committed readers stop before an open transaction and learn what was aborted', () => {
  const fixture = new LogFixture();
  const log = fixture.log('t');
  const ids = { producerId: 9, producerEpoch: 0, isTransactional: true };
  log.appendAsLeader([batchOf(fixture.sim, ['a'])], 0);
  log.appendAsLeader([batchOf(fixture.sim, ['b'], { ...ids, baseSequence: 0 })], 0);
  expect(log.firstUnstableOffset?.messageOffset).toBe(1);
  const marker = batchOf(fixture.sim, ['\0\0\0\0=\0\0\0\0\0\0'], { ...ids, isControlBatch: true });
  log.appendAsLeader([marker], 0, false);
  expect(log.firstUnstableOffset?.messageOffset).toBe(1);
  log.onHighWatermarkIncremented(3);
  expect(log.firstUnstableOffset).toBeUndefined();
  const fetched = log.read(0, 1000, { isReadCommitted: true });
  expect(fetched.abortedTransactions).toEqual([{ producerId: 9, firstOffset: 1 }]);
  expect(fixture.disk.open(`${log.dir}/00000000000000000000.txnindex`)?.sizeInBytes).toBe(34);
});

describe('a restart', () => {
  test('after a clean stop trusts the files', () => {
    const fixture = new LogFixture();
    const log = fixture.log('t');
    log.appendAsLeader([batchOf(fixture.sim, ['a', 'b'])], 3);
    fixture.stop();
    expect(fixture.disk.list(log.dir)).toContain('00000000000000000002.snapshot');
    expect(fixture.disk.open(`${log.dir}/00000000000000000000.index`)?.sizeInBytes).toBe(0);
    expect(fixture.disk.exists(`${LOG_DIR}/.kafka_cleanshutdown`)).toBe(true);
    fixture.start();
    expect(fixture.lines.filter((line) => line.includes('t-0'))).toEqual([
      `INFO [Log partition=t-0, dir=${LOG_DIR}] Loading producer state from offset 2 with message format version 2 (kafka.log.Log)`,
      `INFO [ProducerStateManager partition=t-0] Loading producer state from snapshot file '${LOG_DIR}/t-0/00000000000000000002.snapshot' (kafka.log.ProducerStateManager)`,
      `INFO [Log partition=t-0, dir=${LOG_DIR}] Completed load of log with 1 segments, log start offset 0 and log end offset 2 in 0 ms (kafka.log.Log)`,
    ]);
    expect(fixture.disk.exists(`${LOG_DIR}/.kafka_cleanshutdown`)).toBe(false);
    expect(contentOf(fixture.log('t'))).toEqual(['0:a', '1:b']);
    expect(fixture.log('t').leaderEpochCache.entries).toEqual([{ epoch: 3, startOffset: 0 }]);
  });

  test('after a kill reads the log again and loses nothing', () => {
    const fixture = new LogFixture();
    fixture.log('t').appendAsLeader([batchOf(fixture.sim, ['a', 'b'])], 3);
    fixture.kill();
    fixture.start();
    expect(fixture.lines.some((line) => line.startsWith('WARN') && line.includes('Found a corrupted index file'))).toBe(true);
    expect(fixture.lines).toContain(`INFO [Log partition=t-0, dir=${LOG_DIR}] Recovering unflushed segment 0 (kafka.log.Log)`);
    expect(contentOf(fixture.log('t'))).toEqual(['0:a', '1:b']);
  });

  test('cuts the log where a byte was damaged', () => {
    const fixture = new LogFixture();
    const log = fixture.log('t');
    for (const text of ['a', 'b', 'c']) log.appendAsLeader([batchOf(fixture.sim, [text])], 0);
    fixture.stop();
    fixture.disk.remove(`${LOG_DIR}/.kafka_cleanshutdown`);
    fixture.disk.remove(`${LOG_DIR}/recovery-point-offset-checkpoint`);
    const file = fixture.disk.open(`${log.dir}/00000000000000000000.log`)!;
    const bytes = file.chunks.flatMap((chunk) => [...chunk.encode()]);
    bytes[69 + 66] = 0x5a;
    file.replace([new Bytes(new Uint8Array(bytes))]);
    fixture.start();
    expect(fixture.lines.filter((line) => line.startsWith('WARN')).map((line) => line.replace(/\d{5,}/g, 'N'))).toEqual([
      `WARN Found invalid messages in log segment ${LOG_DIR}/t-0/N.log at byte offset 69: Record is corrupt (stored crc = N, computed crc = N). (kafka.log.LogSegment)`,
      `WARN [Log partition=t-0, dir=${LOG_DIR}] Corruption found in segment 0, truncating to offset 1 (kafka.log.Log)`,
    ]);
    expect(contentOf(fixture.log('t'))).toEqual(['0:a']);
  });

  test('finds nothing where somebody emptied the file', () => {
    const fixture = new LogFixture();
    const log = fixture.log('t');
    log.appendAsLeader([batchOf(fixture.sim, ['a'])], 0);
    fixture.stop();
    fixture.disk.open(`${log.dir}/00000000000000000000.log`)?.replace([]);
    fixture.start();
    expect(fixture.log('t').logEndOffset).toBe(0);
  });

  test('says which directory does not belong there', () => {
    const fixture = new LogFixture();
    fixture.disk.makeDirectories(`${LOG_DIR}/backup`);
    expect(() => fixture.start()).toThrow("'backup' is not in the form of topic-partition or topic-partition.uniqueId-delete");
  });
});

test('a deleted partition is renamed, and gone a minute later', () => {
  const fixture = new LogFixture();
  fixture.manager.startup();
  fixture.runFor(60000);
  fixture.log('t').appendAsLeader([batchOf(fixture.sim, ['a'])], 0);
  fixture.lines.length = 0;
  const log = fixture.manager.asyncDelete({ topic: 't', partition: 0 });
  expect(log?.dir).toMatch(/\/t-0\.[0-9a-f]{32}-delete$/);
  expect(fixture.disk.list(log!.dir)).toHaveLength(4);
  fixture.runFor(125000);
  expect(fixture.disk.exists(log!.dir)).toBe(false);
  expect(fixture.lines.slice(-4)).toEqual([
    `INFO Deleted log ${log!.dir}/00000000000000000000.log. (kafka.log.LogSegment)`,
    `INFO Deleted offset index ${log!.dir}/00000000000000000000.index. (kafka.log.LogSegment)`,
    `INFO Deleted time index ${log!.dir}/00000000000000000000.timeindex. (kafka.log.LogSegment)`,
    `INFO Deleted log for partition t-0 in ${log!.dir}. (kafka.log.LogManager)`,
  ]);
});

test('a partition that was deleted just before a restart is loaded, and deleted after it', () => {
  const fixture = new LogFixture();
  fixture.log('t').appendAsLeader([batchOf(fixture.sim, ['a'])], 0);
  const dir = fixture.manager.asyncDelete({ topic: 't', partition: 0 })!.dir;
  fixture.stop();
  fixture.start();
  const log = `[Log partition=t-0, dir=${LOG_DIR}] `;
  const corrupt = `Corrupt index found, index file (${dir}/00000000000000000000.index) has non-zero size but the last offset is 0 which is no greater than the base offset 0.`;
  expect(fixture.lines.filter((line) => line.includes('t-0'))).toEqual([
    `WARN ${log}Found a corrupted index file corresponding to log file ${dir}/00000000000000000000.log due to ${corrupt}}, recovering segment and rebuilding index files... (kafka.log.Log)`,
    'INFO [ProducerStateManager partition=t-0] Writing producer snapshot at offset 1 (kafka.log.ProducerStateManager)',
    'INFO Cleared latest Set(EpochEntry(0,0)) entries from epoch cache based on passed offset 0 leaving 0 in EpochFile for partition t-0 (kafka.server.epoch.LeaderEpochFileCache)',
    `INFO ${log}Loading producer state from offset 0 with message format version 2 (kafka.log.Log)`,
    `INFO ${log}Completed load of log with 1 segments, log start offset 0 and log end offset 0 in 0 ms (kafka.log.Log)`,
  ]);
  fixture.manager.startup();
  fixture.runFor(61000);
  expect(fixture.disk.exists(dir)).toBe(false);
});

test('the first record that is not older than a timestamp', () => {
  const fixture = new LogFixture();
  const log = fixture.log('t', { 'segment.bytes': '150' });
  const start = fixture.sim.dateMs();
  for (const text of ['a', 'b', 'c', 'd']) {
    log.appendAsLeader([batchOf(fixture.sim, [text])], 0);
    fixture.runFor(1000);
  }
  expect(log.segments.size).toBe(2);
  expect(log.fetchOffsetByTimestamp(start + 1500)).toEqual({ timestampMs: start + 2000, offset: 2 });
  expect(log.fetchOffsetByTimestamp(start + 3000)).toEqual({ timestampMs: start + 3000, offset: 3 });
  expect(log.fetchOffsetByTimestamp(start + 3001)).toBeUndefined();
  expect(log.fetchOffsetByTimestamp(-2)?.offset).toBe(0);
  expect(log.fetchOffsetByTimestamp(-1)?.offset).toBe(4);
});

test('a topic with its own codec stores batches in it', () => {
  const fixture = new LogFixture();
  const log = fixture.log('t', { 'message.timestamp.type': 'LogAppendTime', 'compression.type': 'uncompressed' });
  const info = log.appendAsLeader([batchOf(fixture.sim, ['a'])], 0);
  expect(info.logAppendTimeMs).toBe(fixture.sim.dateMs());
  expect(log.read(0, 1000).batches[0]).toMatchObject({ timestampType: 'LogAppendTime', compressionType: 'none', isValid: true });
});

/** A partition as a list of texts; undefined where nothing can be read any more. */
class NaiveLog {
  start = 0;
  readonly records: string[] = [];

  get content(): string[] {
    return this.records.map((text, offset) => `${offset}:${text}`).slice(this.start);
  }
}

const command = fc.oneof(
  fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 5 }), size: fc.integer({ min: 0, max: 60 }) }),
  fc.record({ kind: fc.constant('truncate' as const), share: fc.integer({ min: 0, max: 100 }) }),
  fc.record({ kind: fc.constant('deleteRecords' as const), share: fc.integer({ min: 0, max: 100 }) }),
  fc.record({ kind: fc.constant('stop' as const) }),
  fc.record({ kind: fc.constant('kill' as const) }),
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 200 }) }),
);

test('whatever is done to a log, it reads as a list of records would', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const fixture = new LogFixture(
        new Map([['t', logConfigFromProps(undefined, new Map([['segment.bytes', '400'], ['index.interval.bytes', '100']]))]]),
      );
      fixture.manager.startup();
      fixture.log('t');
      const model = new NaiveLog();
      for (const step of commands) {
        const log = fixture.log('t');
        if (step.kind === 'append') {
          const texts = Array.from({ length: step.count }, (_, i) => `${model.records.length + i}`.padEnd(step.size, '.'));
          const info = log.appendAsLeader([batchOf(fixture.sim, texts)], 0);
          // A batch as large as this may not fit into a segment at all.
          if (info.errorCode === 0) model.records.push(...texts);
          log.onHighWatermarkIncremented(log.logEndOffset);
        } else if (step.kind === 'truncate') {
          const span = log.logEndOffset - log.logStartOffset;
          const wanted = log.logStartOffset + Math.floor((span * step.share) / 100);
          const boundary = log.read(wanted, 1, { minOneMessage: true }).batches[0]?.baseOffset ?? wanted;
          if (boundary < log.logStartOffset) continue;
          fixture.manager.truncateTo([[log.topicPartition, boundary]]);
          model.records.length = boundary;
          model.start = Math.min(model.start, boundary);
        } else if (step.kind === 'deleteRecords') {
          const offset = log.logStartOffset + Math.floor(((log.logEndOffset - log.logStartOffset) * step.share) / 100);
          log.maybeIncrementLogStartOffset(offset);
          fixture.manager.checkpointLogStartOffsets();
          model.start = offset;
        } else if (step.kind === 'wait') {
          fixture.runFor(step.seconds * 1000);
        } else {
          fixture[step.kind]();
          fixture.start();
          fixture.manager.startup();
          fixture.log('t').onHighWatermarkIncremented(fixture.log('t').logEndOffset);
        }
        const after = fixture.log('t');
        expect([after.logStartOffset, after.logEndOffset]).toEqual([model.start, model.records.length]);
        expect(contentOf(after)).toEqual(model.content);
      }
    }),
    { numRuns: 150 },
  );
});

test('a full disk takes the log directory offline, and says so', () => {
  const fixture = new LogFixture();
  const log = fixture.log('t');
  log.appendAsLeader([batchOf(fixture.sim, ['a'])], 0);
  const file = fixture.disk.open(`${log.dir}/00000000000000000000.log`)!;
  file.append = () => {
    throw new DiskFullError();
  };
  const info = log.appendAsLeader([batchOf(fixture.sim, ['b'])], 0);
  const message = `Error while appending records to t-0 in dir ${LOG_DIR}`;
  expect(info).toMatchObject({ errorCode: ERRORS.KAFKA_STORAGE_ERROR, errorMessage: message });
  expect(fixture.lines.at(-1)).toBe(`ERROR ${message} (kafka.server.LogDirFailureChannel)`);
  fixture.runFor(1);
  expect(fixture.failedDirs).toEqual([LOG_DIR]);
  expect(fixture.manager.handleLogDirFailure(LOG_DIR)).toBe(false);
  expect(fixture.lines.at(-1)).toBe(`ERROR Shutdown broker because all log dirs in ${LOG_DIR} have failed (kafka.log.LogManager)`);
});

test('log lines of a truncation', () => {
  const fixture = new LogFixture();
  const log = fixture.log('t');
  log.appendAsLeader([batchOf(fixture.sim, ['a'])], 0);
  log.appendAsLeader([batchOf(fixture.sim, ['b'])], 1);
  fixture.lines.length = 0;
  expect([log.truncateTo(5), log.truncateTo(1)]).toEqual([false, true]);
  expect(lines(fixture, 'kafka.log.Log').map((line) => line.replace(/.*\] /, ''))).toEqual([
    'Truncating to 5 has no effect as the largest offset in the log is 1 (kafka.log.Log)',
    'Truncating to offset 1 (kafka.log.Log)',
    'Loading producer state from offset 1 with message format version 2 (kafka.log.Log)',
  ]);
  expect(lines(fixture, 'kafka.server.epoch.LeaderEpochFileCache')).toEqual([
    'INFO Cleared latest Set(EpochEntry(1,1)) entries from epoch cache based on passed offset 1 leaving 1 in EpochFile for partition t-0 (kafka.server.epoch.LeaderEpochFileCache)',
  ]);
  expect(encodeUtf8('0\n1\n0 0\n')).toEqual(fixture.disk.open(`${log.dir}/leader-epoch-checkpoint`)?.chunks[0]?.encode());
});
