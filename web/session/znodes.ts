import type { DataTree } from '../engine/zookeeper/server/data-tree';
import { decodeText } from '../machine/os/text';

/** What ZooKeeper keeps of one topic. */
export interface TopicZnode {
  readonly topic: string;
  readonly configs: Readonly<Record<string, string>>;
  readonly partitions: readonly { readonly partition: number; readonly leader: number; readonly leaderEpoch: number; readonly replicas: readonly number[]; readonly isr: readonly number[] }[];
}

interface Cached {
  readonly data: Uint8Array | null;
  readonly value: unknown;
}
const parsed = new WeakMap<object, Cached>();

/** The JSON of a znode; undefined when there is none. Parsed once for each version of its data. */
function json<T>(tree: DataTree, path: string): T | undefined {
  const node = tree.node(path);
  if (node === undefined || node.data === null || node.data.length === 0) return undefined;
  const cached = parsed.get(node);
  if (cached !== undefined && cached.data === node.data) return cached.value as T;
  let value: unknown;
  try {
    value = JSON.parse(decodeText(node.data));
  } catch {
    value = undefined;
  }
  parsed.set(node, { data: node.data, value });
  return value as T | undefined;
}

function childrenOf(tree: DataTree, path: string): string[] {
  const node = tree.node(path);
  return node === undefined ? [] : node.children.toArray().sort();
}

export function registeredBrokers(tree: DataTree): number[] {
  return childrenOf(tree, '/brokers/ids').map(Number).sort((a, b) => a - b);
}

export function controllerId(tree: DataTree): number | null {
  return json<{ brokerid: number }>(tree, '/controller')?.brokerid ?? null;
}

export function topicZnodes(tree: DataTree): TopicZnode[] {
  return childrenOf(tree, '/brokers/topics').map((topic) => {
    const assignment = json<{ partitions: Record<string, number[]> }>(tree, `/brokers/topics/${topic}`)?.partitions ?? {};
    const partitions = Object.keys(assignment)
      .map(Number)
      .sort((a, b) => a - b)
      .map((partition) => {
        const state = json<{ leader: number; leader_epoch: number; isr: number[] }>(tree, `/brokers/topics/${topic}/partitions/${partition}/state`);
        return { partition, leader: state?.leader ?? -1, leaderEpoch: state?.leader_epoch ?? 0, replicas: assignment[String(partition)] ?? [], isr: state?.isr ?? [] };
      });
    return { topic, configs: json<{ config: Record<string, string> }>(tree, `/config/topics/${topic}`)?.config ?? {}, partitions };
  });
}
