/** What can be selected on the stage, and its name as one string; the last part may hold colons. */
export type Selected =
  | { readonly kind: 'zookeeper'; readonly host: string }
  | { readonly kind: 'broker'; readonly brokerId: number }
  | { readonly kind: 'partition'; readonly topic: string; readonly partition: number }
  | { readonly kind: 'record'; readonly topic: string; readonly partition: number; readonly offset: number }
  | { readonly kind: 'client'; readonly id: string };

export function selectionName(selected: Selected): string {
  switch (selected.kind) {
    case 'zookeeper': return `zookeeper:${selected.host}`;
    case 'broker': return `broker:${selected.brokerId}`;
    case 'partition': return `partition:${selected.topic}:${selected.partition}`;
    case 'record': return `record:${selected.topic}:${selected.partition}:${selected.offset}`;
    case 'client': return `client:${selected.id}`;
  }
}

/** Null for a name that is none of ours. */
export function parseSelection(name: string): Selected | null {
  const [kind, ...rest] = name.split(':');
  const all = rest.join(':');
  switch (kind) {
    case 'zookeeper': return { kind, host: all };
    case 'broker': return { kind, brokerId: Number(all) };
    case 'partition': return { kind, topic: rest[0] ?? '', partition: Number(rest[1]) };
    case 'record': return { kind, topic: rest[0] ?? '', partition: Number(rest[1]), offset: Number(rest[2]) };
    case 'client': return { kind, id: all };
    default: return null;
  }
}
