import { describe, expect, test } from 'vitest';
import { Bytes, readFile } from '../../kernel/disk';
import { MemoryDisk } from '../../kernel/memory-disk';
import { Random } from '../../kernel/random';
import { OPEN_ACL_UNSAFE } from '../client/messages';
import { Database } from './database';
import { writeSnapshot } from './snapshot-file';
import type { TransactionBody } from './transaction';

const SESSION = 0x164_0000_0000_0000n;

function open(disk: MemoryDisk): Database {
  return new Database(disk, '/data/version-2', new Random(1, 'test'), {
    onNewLogFile: () => undefined,
    onSnapshot: () => undefined,
  });
}

function commit(database: Database, body: TransactionBody): void {
  database.commit({ sessionId: SESSION, cxid: 1, zxid: database.lastZxid + 1, timeMs: 1_529_488_800_000, body });
}

function create(database: Database, path: string, ephemeral = false): void {
  commit(database, { type: 'create', path, data: new Uint8Array([1, 2]), acl: OPEN_ACL_UNSAFE, ephemeral, parentCversion: 1 });
}

describe('what a server left on disk', () => {
  test('a log alone brings back tree, sessions and zxid', () => {
    const disk = new MemoryDisk();
    const database = open(disk);
    commit(database, { type: 'createSession', timeoutMs: 6000 });
    create(database, '/a');
    create(database, '/a/e', true);
    commit(database, { type: 'error', code: 'NoNode' });
    const again = open(disk);
    expect(again.lastZxid).toBe(4);
    expect(again.tree.ephemeralsOf(SESSION)).toEqual(['/a/e']);
    expect([...again.sessionTimeoutsMs]).toEqual([[SESSION, 6000]]);
    expect(disk.open('/data/version-2/log.1')?.sizeInBytes).toBe(67_108_880);
  });

  test('a snapshot and the log after it', () => {
    const disk = new MemoryDisk();
    const database = open(disk);
    commit(database, { type: 'createSession', timeoutMs: 6000 });
    create(database, '/a', true);
    writeSnapshot(disk, '/data/version-2/snapshot.2', database);
    disk.remove('/data/version-2/log.1');
    const again = open(disk);
    expect(again.lastZxid).toBe(2);
    expect(again.tree.ephemeralsOf(SESSION)).toEqual(['/a']);
    create(again, '/b');
    expect(open(disk).tree.requireNode('/b').czxid).toBe(3);
  });

  test('a damaged record ends what is read', () => {
    const disk = new MemoryDisk();
    const database = open(disk);
    create(database, '/a');
    create(database, '/b');
    const file = disk.open('/data/version-2/log.1')!;
    const bytes = readFile(file).slice();
    bytes[bytes.length - 10] = (bytes[bytes.length - 10] as number) ^ 1;
    file.replace([new Bytes(bytes)]);
    const again = open(disk);
    expect(again.tree.node('/a')).toBeDefined();
    expect(again.tree.node('/b')).toBeUndefined();
  });

  test('a purge keeps the newest snapshots and the logs that they need', () => {
    const disk = new MemoryDisk();
    const database = open(disk);
    for (const name of ['log.1', 'log.5', 'log.9', 'snapshot.2', 'snapshot.6', 'snapshot.a', 'snapshot.c'])
      disk.create(`/data/version-2/${name}`);
    database.purge(3);
    expect(disk.list('/data/version-2')).toEqual(['log.5', 'log.9', 'snapshot.6', 'snapshot.a', 'snapshot.c']);
  });
});
