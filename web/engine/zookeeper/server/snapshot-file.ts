import { Bytes, type Disk, readFile } from '../../kernel/disk';
import type { SessionId } from '../client/messages';
import { type DataNode, DataTree } from './data-tree';
import { JavaHashSet } from './java-hash-set';
import { JuteReader, JuteWriter } from './jute';
import { readAcl, writeAcl } from './transaction-codec';
import { adler32, numberedFiles, zxidOfName } from './transaction-log';

const MAGIC = 0x5a4b534e;
const VERSION = 2;
const END_OF_TREE = '/';

/** What a server knows: the tree, and how long each session may be silent. */
export interface ServerState {
  readonly tree: DataTree;
  readonly sessionTimeoutsMs: Map<SessionId, number>;
}

/** Names of the snapshots, the oldest first. */
export function snapshotFilesOf(disk: Disk, directory: string): string[] {
  return numberedFiles(disk, directory, 'snapshot');
}

/**
 * Writes `snapshot.<zxid>` and returns its path. Throws DiskFullError.
 *
 * Simplified: each znode carries its own ACL instead of a number in a table of ACLs.
 * @source zookeeper 3.4.6 src/java/main/org/apache/zookeeper/server/persistence/FileSnap.java
 */
export function writeSnapshot(disk: Disk, path: string, state: ServerState): void {
  const out = new JuteWriter().int(MAGIC).int(VERSION).long(-1).int(state.sessionTimeoutsMs.size);
  for (const [sessionId, timeoutMs] of state.sessionTimeoutsMs) out.long(sessionId).int(timeoutMs);
  writeNode(out, state.tree, '');
  out.string(END_OF_TREE);
  const body = out.toBytes();
  disk.create(path).replace([
    new Bytes(body),
    new Bytes(
      new JuteWriter()
        .long(BigInt(adler32(body)))
        .string(END_OF_TREE)
        .toBytes(),
    ),
  ]);
}

/** The newest snapshot that can be read; undefined when there is none. */
export function readNewestSnapshot(disk: Disk, directory: string): ServerState | undefined {
  for (const name of snapshotFilesOf(disk, directory).reverse()) {
    const file = disk.open(`${directory}/${name}`);
    const state = file === undefined ? undefined : decode(readFile(file), zxidOfName(name));
    if (state !== undefined) return state;
  }
  return undefined;
}

function writeNode(out: JuteWriter, tree: DataTree, path: string): void {
  const node = tree.nodes.get(path) as DataNode;
  out.string(path).buffer(node.data);
  writeAcl(out, node.acl);
  out
    .long(node.czxid)
    .long(node.mzxid)
    .long(node.ctimeMs)
    .long(node.mtimeMs)
    .int(node.version)
    .int(node.cversion)
    .int(node.aversion);
  out.long(node.ephemeralOwner).long(node.pzxid);
  for (const child of node.children.toArray()) writeNode(out, tree, `${path}/${child}`);
}

function decode(bytes: Uint8Array, zxid: number): ServerState | undefined {
  try {
    const input = new JuteReader(bytes);
    if (input.int() !== MAGIC || input.int() !== VERSION) return undefined;
    input.long();
    const sessionTimeoutsMs = new Map(
      Array.from({ length: input.int() }, (): [SessionId, number] => [BigInt.asUintN(64, input.long()), input.int()]),
    );
    const tree = new DataTree();
    tree.nodes.clear();
    for (let path = input.string(); path !== END_OF_TREE; path = input.string()) tree.attach(path, readNode(input));
    if (BigInt(adler32(bytes.subarray(0, input.position))) !== input.long()) return undefined;
    tree.lastProcessedZxid = zxid;
    return { tree, sessionTimeoutsMs };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readNode(input: JuteReader): DataNode {
  return {
    data: input.buffer(),
    acl: readAcl(input),
    czxid: input.count(),
    mzxid: input.count(),
    ctimeMs: input.count(),
    mtimeMs: input.count(),
    version: input.int(),
    cversion: input.int(),
    aversion: input.int(),
    ephemeralOwner: BigInt.asUintN(64, input.long()),
    pzxid: input.count(),
    children: new JavaHashSet(),
  };
}
