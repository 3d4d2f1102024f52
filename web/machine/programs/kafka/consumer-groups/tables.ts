import type { ConsumerSummary } from '../../../../engine/clients/admin/admin-client';
import type { TopicPartition } from '../../../../engine/protocol/messages';
import { padRight } from '../../lib/java-format';

/** One row of `--describe --offsets`; null shows as `-`. */
export interface OffsetRow extends TopicPartition {
  readonly offset: number | null;
  readonly logEndOffset: number | null;
  readonly lag: number | null;
  readonly consumerId: string;
  readonly host: string;
  readonly clientId: string;
}

const MISSING = '-';
const LEAST_WIDTH = 15;

function widthOf(texts: readonly string[], least = LEAST_WIDTH): number {
  return texts.reduce((width, text) => Math.max(width, text.length), least);
}

function cell(value: number | null): string {
  return padRight(value ?? MISSING, LEAST_WIDTH);
}

export function offsetsTable(rows: readonly OffsetRow[]): string {
  const topicWidth = widthOf(rows.map((each) => each.topic));
  const idWidth = widthOf(rows.map((each) => each.consumerId));
  const hostWidth = widthOf(rows.map((each) => each.host));
  const fixed = ['CURRENT-OFFSET', 'LOG-END-OFFSET', 'LAG'].map((each) => padRight(each, LEAST_WIDTH)).join(' ');
  const head = `${padRight('TOPIC', topicWidth)} ${padRight('PARTITION', 10)} ${fixed} ${padRight('CONSUMER-ID', idWidth)} ${padRight('HOST', hostWidth)} CLIENT-ID`;
  const lines = rows.map((row) => {
    const numbers = [row.offset, row.logEndOffset, row.lag].map(cell).join(' ');
    const who = `${padRight(row.consumerId, idWidth)} ${padRight(row.host, hostWidth)} ${row.clientId}`;
    return `${padRight(row.topic, topicWidth)} ${padRight(row.partition, 10)} ${numbers} ${who}`;
  });
  return `\n${[head, ...lines].join('\n')}\n`;
}

export function membersTable(members: readonly ConsumerSummary[], verbose: boolean): string {
  const idWidth = widthOf(members.map((each) => each.consumerId));
  const hostWidth = widthOf(members.map((each) => each.host));
  const clientWidth = widthOf(members.map((each) => each.clientId));
  const row = (id: string, host: string, client: string, count: string | number, assignment: string): string =>
    `${padRight(id, idWidth)} ${padRight(host, hostWidth)} ${padRight(client, clientWidth)} ${padRight(count, LEAST_WIDTH)} ${verbose ? assignment : ''}`;
  const head = row('CONSUMER-ID', 'HOST', 'CLIENT-ID', '#PARTITIONS', 'ASSIGNMENT');
  const lines = members.map((each) => row(each.consumerId, each.host, each.clientId, each.assignment.length, assignmentText(each.assignment)));
  return `\n${[head, ...lines].join('\n')}\n`;
}

/** `orders(0,1), refunds(3)`. */
function assignmentText(assignment: readonly TopicPartition[]): string {
  if (assignment.length === 0) return MISSING;
  const byTopic = new Map<string, number[]>();
  for (const { topic, partition } of assignment) byTopic.set(topic, [...(byTopic.get(topic) ?? []), partition]);
  return [...byTopic]
    .map(([topic, partitions]) => `${topic}(${partitions.sort((a, b) => a - b).join(',')})`)
    .sort()
    .join(', ');
}

export function stateTable(group: { readonly coordinator: string; readonly strategy: string; readonly state: string; readonly members: number }): string {
  const width = widthOf([group.coordinator], 25);
  const row = (coordinator: string, strategy: string, state: string, members: string | number): string =>
    `${padRight(coordinator, width)} ${padRight(strategy, 25)} ${padRight(state, 20)} ${members}`;
  const head = row('COORDINATOR (ID)', 'ASSIGNMENT-STRATEGY', 'STATE', '#MEMBERS');
  return `\n${head}\n${row(group.coordinator, group.strategy, group.state, group.members)}\n`;
}

export function resetTable(offsets: readonly (TopicPartition & { readonly offset: number })[]): string {
  const row = (topic: string, partition: string | number, offset: string | number): string =>
    `${padRight(topic, 30)} ${padRight(partition, 10)} ${padRight(offset, 15)}`;
  return `\n${[row('TOPIC', 'PARTITION', 'NEW-OFFSET'), ...offsets.map((each) => row(each.topic, each.partition, each.offset))].join('\n')}\n`;
}
