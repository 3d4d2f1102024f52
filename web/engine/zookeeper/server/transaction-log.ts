import { Bytes, type Disk, type DiskFile, readFile } from '../../kernel/disk';
import { JuteReader, JuteWriter } from './jute';
import type { Transaction } from './transaction';
import { decodeTransaction, encodeTransaction } from './transaction-codec';

const MAGIC = 0x5a4b4c47;
const VERSION = 2;
const END_OF_RECORD = 0x42;
const HEADER_BYTES = 16;
/** How much of the disk a log takes at once. */
const PREALLOCATED_BYTES = 64 * 1024 * 1024;
/** The file grows when less than this is left. */
const MARGIN_BYTES = 4096;

/**
 * The log of all changes, `log.<first zxid>` files in one directory.
 *
 * Why: a server that was killed knows after its restart what it had acknowledged before.
 * Errors: `append` throws DiskFullError.
 * @source zookeeper 3.4.6 src/java/main/org/apache/zookeeper/server/persistence/FileTxnLog.java
 */
export class TransactionLog {
  private file: DiskFile | undefined;
  private usedBytes = 0;
  private allocatedBytes = 0;

  constructor(
    private readonly disk: Disk,
    private readonly directory: string,
    private readonly onNewFile: (name: string) => void,
  ) {}

  append(transaction: Transaction): void {
    const file = this.file ?? this.begin(transaction.zxid);
    const payload = encodeTransaction(transaction);
    const record = new JuteWriter()
      .long(BigInt(adler32(payload)))
      .buffer(payload)
      .toBytes();
    const bytes = new Uint8Array(record.length + 1);
    bytes.set(record);
    bytes[record.length] = END_OF_RECORD;
    if (this.usedBytes + bytes.length + MARGIN_BYTES >= this.allocatedBytes) {
      this.allocatedBytes += PREALLOCATED_BYTES;
      file.allocate(this.allocatedBytes);
    }
    file.append(new Bytes(bytes));
    this.usedBytes += bytes.length;
  }

  /** The next change starts a new file. */
  roll(): void {
    this.file = undefined;
  }

  /** All changes after `zxid`, in order. What follows a damaged record of a file is not read. */
  *readAfter(zxid: number): Generator<Transaction, void, undefined> {
    for (const name of logFilesOf(this.disk, this.directory)) {
      const file = this.disk.open(`${this.directory}/${name}`);
      if (file === undefined) continue;
      for (const transaction of readRecords(readFile(file))) if (transaction.zxid > zxid) yield transaction;
    }
  }

  private begin(zxid: number): DiskFile {
    const name = `log.${zxid.toString(16)}`;
    this.onNewFile(name);
    const file = this.disk.create(`${this.directory}/${name}`);
    file.append(new Bytes(new JuteWriter().int(MAGIC).int(VERSION).long(0).toBytes()));
    this.file = file;
    this.usedBytes = HEADER_BYTES;
    this.allocatedBytes = HEADER_BYTES + PREALLOCATED_BYTES;
    file.allocate(this.allocatedBytes);
    return file;
  }
}

/** Names of the logs, the oldest first. */
export function logFilesOf(disk: Disk, directory: string): string[] {
  return numberedFiles(disk, directory, 'log');
}

/** `prefix.<hexadecimal zxid>` files by their number. */
export function numberedFiles(disk: Disk, directory: string, prefix: string): string[] {
  const pattern = new RegExp(`^${prefix}\\.[0-9a-f]+$`);
  return disk
    .list(directory)
    .filter((name) => pattern.test(name))
    .sort((a, b) => zxidOfName(a) - zxidOfName(b));
}

export function zxidOfName(name: string): number {
  return parseInt(name.slice(name.indexOf('.') + 1), 16);
}

function* readRecords(bytes: Uint8Array): Generator<Transaction, void, undefined> {
  const input = new JuteReader(bytes);
  try {
    if (input.int() !== MAGIC) return;
    input.int();
    input.long();
    while (!input.atEnd) {
      const checksum = input.long();
      const payload = input.buffer();
      if (payload === null || payload.length === 0 || input.byte() !== END_OF_RECORD) return;
      if (BigInt(adler32(payload)) !== checksum) return;
      yield decodeTransaction(payload);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}

/** The checksum of java.util.zip.Adler32. */
export function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}
