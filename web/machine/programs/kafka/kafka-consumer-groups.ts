import { AdminClient, type ConsumerGroupSummary, type ConsumerSummary, type GroupOffset } from '../../../engine/clients/admin/admin-client';
import { KafkaConsumer } from '../../../engine/clients/consumer/kafka-consumer';
import { KafkaError } from '../../../engine/clients/kafka-error';
import type { Op } from '../../../engine/kernel/task';
import { ERRORS, errorForCode } from '../../../engine/protocol/errors';
import { scalaImmutableOrder, topicPartitionHash } from '../../../engine/protocol/jvm-hash-order';
import type { TopicPartition } from '../../../engine/protocol/messages';
import type { Program } from '../../os/program';
import { JoptError } from '../lib/joptsimple-error';
import { parseProperties } from '../lib/properties';
import { DEFAULT_HEAP_BYTES, Jvm, JvmExit, UncaughtException } from '../lib/jvm';
import { readTextFile } from '../lib/tool-arguments';
import { type CheckedArguments, checkArguments } from './consumer-groups/check-arguments';
import { groupOffsets } from './consumer-groups/group-offsets';
import { OffsetReset } from './consumer-groups/offset-reset';
import { OPTIONS } from './consumer-groups/options';
import { membersTable, type OffsetRow, offsetsTable, resetTable, stateTable } from './consumer-groups/tables';

const ADMIN_FRAMES = [
  'org.apache.kafka.clients.ClientUtils.parseAndValidateAddresses(ClientUtils.java:66)',
  'kafka.admin.AdminClient$.create(AdminClient.scala:527)',
  'kafka.admin.AdminClient$.create(AdminClient.scala:516)',
  'kafka.admin.AdminClient$.create(AdminClient.scala:514)',
  'kafka.admin.ConsumerGroupCommand$KafkaConsumerGroupService.createAdminClient(ConsumerGroupCommand.scala:646)',
  'kafka.admin.ConsumerGroupCommand$KafkaConsumerGroupService.<init>(ConsumerGroupCommand.scala:546)',
  'kafka.admin.ConsumerGroupCommand$.main(ConsumerGroupCommand.scala:69)',
  'kafka.admin.ConsumerGroupCommand.main(ConsumerGroupCommand.scala)',
];
const STRING_DESERIALIZER = 'org.apache.kafka.common.serialization.StringDeserializer';

/**
 * Lists, describes, resets and deletes consumer groups.
 *
 * Simplified: groups of the old consumer (`--zookeeper`) are refused once the options are checked.
 * @source kafka 1.1.0 core/src/main/scala/kafka/admin/ConsumerGroupCommand.scala
 */
export const kafkaConsumerGroups: Program = {
  name: 'kafka-consumer-groups.sh',
  main(process): Op<number> {
    return new Jvm(process).run(DEFAULT_HEAP_BYTES, main);
  },
  complete({ words, index, prefix, names }) {
    const matching = (candidates: readonly string[]): string[] => candidates.filter((each) => each.startsWith(prefix));
    if (words[index - 1] === '--topic') return matching(names('topic'));
    if (words[index - 1] === '--group') return matching(names('group'));
    return prefix.startsWith('-') ? matching(OPTIONS.map((each) => `--${each.names[0]}`)) : undefined;
  },
};

function* main(jvm: Jvm): Op<number> {
  const args = checkArguments(jvm);
  if (args.options.has('zookeeper')) {
    jvm.err.println('Note: This will only show information about consumers that use ZooKeeper (not those using the Java consumer API).');
    jvm.err.println('kafka-consumer-groups.sh: groups of the old consumer (--zookeeper) are not simulated yet');
    throw new JvmExit(1);
  }
  jvm.err.println('Note: This will not show information about old Zookeeper-based consumers.');
  const service = new GroupService(jvm, args);
  try {
    yield* service.run();
  } catch (error) {
    if (!(error instanceof KafkaError) && !(error instanceof JoptError)) throw error;
    jvm.out.println(`Error: Executing consumer group command failed due to ${error.message}`);
  }
  yield* service.close();
  return 0;
}

/** What the tool does for groups that keep their offsets in Kafka. */
class GroupService {
  private readonly admin: AdminClient;
  private readonly commandConfig: ReadonlyMap<string, string>;
  private consumer: KafkaConsumer | undefined;

  constructor(
    private readonly jvm: Jvm,
    private readonly args: CheckedArguments,
  ) {
    this.commandConfig = this.readCommandConfig();
    const props = new Map(this.commandConfig).set('bootstrap.servers', args.options.valueOf('bootstrap-server') as string);
    try {
      this.admin = new AdminClient(jvm.clientEnvironment, props);
    } catch (error) {
      if (error instanceof KafkaError) throw new UncaughtException({ text: error.toString(), frames: ADMIN_FRAMES });
      throw error;
    }
    jvm.process.atExit(() => this.admin.close());
  }

  *run(): Op<void> {
    const { options } = this.args;
    if (options.has('list')) for (const group of yield* this.admin.listConsumerGroups()) this.jvm.out.println(group);
    else if (options.has('describe')) yield* this.describe();
    else if (options.has('delete')) yield* this.deleteGroups();
    else yield* this.resetOffsets();
  }

  *close(): Op<void> {
    this.admin.close();
    if (this.consumer !== undefined) yield* this.consumer.close();
  }

  // --describe

  private *describe(): Op<void> {
    const { options } = this.args;
    const group = options.valuesOf('group')[0] as string;
    const summary = yield* this.admin.describeConsumerGroup(group, options.numberOf('timeout') as number);
    if (options.has('members')) {
      const { consumers } = summary;
      if (this.showsRows(group, summary.state, consumers.length)) this.jvm.out.print(membersTable(consumers, options.has('verbose')));
    } else if (options.has('state')) {
      if (this.showsRows(group, summary.state, 1)) this.jvm.out.print(stateTable(stateRow(summary)));
    } else {
      const rows = yield* this.offsetRows(group, summary.consumers);
      if (this.showsRows(group, summary.state, rows.length)) this.jvm.out.print(offsetsTable(rows));
    }
  }

  /** Says what is special about the group's state. */
  private showsRows(group: string, state: string, rows: number): boolean {
    if (state === 'Dead') this.jvm.out.println(`Error: Consumer group '${group}' does not exist.`);
    else if (state === 'Empty') this.jvm.err.println(`Consumer group '${group}' has no active members.`);
    else if (state !== 'Stable') this.jvm.err.println(`Warning: Consumer group '${group}' is rebalancing.`);
    return state !== 'Dead' && rows > 0;
  }

  private *offsetRows(group: string, consumers: readonly ConsumerSummary[]): Op<OffsetRow[]> {
    const offsets = yield* groupOffsets(this.admin, group);
    const rows: OffsetRow[] = [];
    const assigned: TopicPartition[] = [];
    const busy = offsets.length === 0 ? [] : consumers.filter((each) => each.assignment.length > 0);
    for (const consumer of [...busy].sort((a, b) => b.assignment.length - a.assignment.length)) {
      assigned.push(...consumer.assignment);
      const sorted = [...consumer.assignment].sort((a, b) => a.partition - b.partition);
      rows.push(...(yield* this.rowsOf(sorted, offsets, consumer)));
    }
    const rest = offsets.filter((each) => find(assigned, each) === undefined);
    for (const each of rest) rows.push(...(yield* this.rowsOf([each], offsets, { consumerId: '-', host: '-', clientId: '-' })));
    return rows;
  }

  private *rowsOf(
    partitions: readonly TopicPartition[],
    offsets: readonly GroupOffset[],
    who: { readonly consumerId: string; readonly host: string; readonly clientId: string },
  ): Op<OffsetRow[]> {
    const ends = yield* this.getConsumer().endOffsets(partitions);
    return scalaImmutableOrder(partitions, topicPartitionHash).map(({ topic, partition }) => {
      const offset = find(offsets, { topic, partition })?.offset ?? null;
      const logEndOffset = find(ends, { topic, partition })?.offset ?? null;
      const lag = offset === null || offset === -1 || logEndOffset === null ? null : logEndOffset - offset;
      return { topic, partition, offset, logEndOffset, lag, consumerId: who.consumerId, host: who.host, clientId: who.clientId };
    });
  }

  // --delete

  private *deleteGroups(): Op<void> {
    const { out } = this.jvm;
    const results = [...(yield* this.admin.deleteConsumerGroups(this.args.options.valuesOf('group')))];
    const deleted = results.filter(([, code]) => code === ERRORS.NONE).map(([group]) => `'${group}'`);
    if (deleted.length === results.length) {
      out.println(`Deletion of requested consumer groups (${deleted.join(', ')}) was successful.`);
      return;
    }
    out.println('Error: Deletion of some consumer groups failed:');
    for (const [group, code] of results) {
      if (code !== ERRORS.NONE) out.println(`* Group '${group}' could not be deleted due to: ${errorForCode(code).name}`);
    }
    if (deleted.length > 0) out.println(`\nThese consumer groups were deleted successfully: ${deleted.join(', ')}`);
  }

  // --reset-offsets

  private *resetOffsets(): Op<void> {
    const { options } = this.args;
    const group = options.valueOf('group') as string;
    const { state } = yield* this.admin.describeConsumerGroup(group, options.numberOf('timeout') as number);
    const isInactive = state === 'Empty' || state === 'Dead';
    if (!isInactive) {
      this.jvm.out.println(`Error: Assignments can only be reset if the group '${group}' is inactive, but the current state is ${state}.`);
    }
    const reset = new OffsetReset(this.jvm, this.args, this.admin, () => this.getConsumer());
    const offsets = isInactive ? yield* reset.plan(group) : [];
    if (isInactive && options.has('execute')) {
      yield* this.getConsumer().commitSync(offsets.map((each) => ({ ...each, metadata: '' })));
    }
    if (options.has('export')) {
      for (const { topic, partition, offset } of offsets) this.jvm.out.println(`${topic},${partition},${offset}`);
      this.jvm.out.println('');
    } else this.jvm.out.print(resetTable(offsets));
  }

  private getConsumer(): KafkaConsumer {
    if (this.consumer !== undefined) return this.consumer;
    const props = new Map([
      ['bootstrap.servers', this.args.options.valueOf('bootstrap-server') as string],
      ['group.id', this.args.options.valueOf('group') as string],
      ['enable.auto.commit', 'false'],
      ['session.timeout.ms', '30000'],
      ['key.deserializer', STRING_DESERIALIZER],
      ['value.deserializer', STRING_DESERIALIZER],
      ...this.commandConfig,
    ]);
    this.consumer = this.jvm.ownsClient(new KafkaConsumer(this.jvm.clientEnvironment, props));
    return this.consumer;
  }

  private readCommandConfig(): Map<string, string> {
    const path = this.args.options.valueOf('command-config');
    if (path === undefined) return new Map();
    const file = readTextFile(this.jvm, path);
    if ('problem' in file) {
      throw new UncaughtException({ text: `java.io.FileNotFoundException: ${path} (${file.problem})`, frames: ADMIN_FRAMES.slice(4) });
    }
    return parseProperties(file.text);
  }
}

function stateRow(summary: ConsumerGroupSummary): Parameters<typeof stateTable>[0] {
  const { host, port, id } = summary.coordinator;
  return { coordinator: `${host}:${port} (${id})`, strategy: summary.assignmentStrategy, state: summary.state, members: summary.consumers.length };
}

function find<T extends TopicPartition>(items: readonly T[], tp: TopicPartition): T | undefined {
  return items.find((each) => each.partition === tp.partition && each.topic === tp.topic);
}
