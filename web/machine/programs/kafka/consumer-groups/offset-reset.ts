import type { AdminClient } from '../../../../engine/clients/admin/admin-client';
import type { FoundOffset } from '../../../../engine/clients/consumer/offset-lookup';
import type { KafkaConsumer } from '../../../../engine/clients/consumer/kafka-consumer';
import { KafkaError } from '../../../../engine/clients/kafka-error';
import type { Op } from '../../../../engine/kernel/task';
import { scalaImmutableOrder, topicPartitionHash } from '../../../../engine/protocol/jvm-hash-order';
import { type TopicPartition, topicPartitionName } from '../../../../engine/protocol/messages';
import { printUsageAndDie } from '../../lib/command-line-utils';
import type { Jvm } from '../../lib/jvm';
import { readTextFile } from '../../lib/tool-arguments';
import type { CheckedArguments } from './check-arguments';
import { groupOffsets } from './group-offsets';
import { JavaTimeError, minusDuration, parseDateTime } from './java-time';
import { SCENARIOS } from './options';

export interface NewOffset extends TopicPartition {
  readonly offset: number;
}

/** Something else than a Kafka error that Java throws here; the message is Java's. */
export function javaError(message: string): KafkaError {
  return new KafkaError('java.lang.IllegalArgumentException', message);
}

/**
 * Which offsets `--reset-offsets` would set: which partitions (the scope) and where to (the scenario).
 *
 * Units: offsets count records from 0.
 * Errors: KafkaError; ends the program with its usage when scope or scenario is missing.
 * @source kafka 1.1.0 core/src/main/scala/kafka/admin/ConsumerGroupCommand.scala prepareOffsetsToReset
 */
export class OffsetReset {
  constructor(
    private readonly jvm: Jvm,
    private readonly args: CheckedArguments,
    private readonly admin: AdminClient,
    private readonly consumer: () => KafkaConsumer,
  ) {}

  *plan(groupId: string): Op<NewOffset[]> {
    const partitions = yield* this.partitions(groupId);
    return inScalaOrder(yield* this.newOffsets(groupId, partitions));
  }

  private *partitions(groupId: string): Op<TopicPartition[]> {
    const { options, parser } = this.args;
    if (options.has('all-topics')) return yield* groupOffsets(this.admin, groupId);
    if (options.has('topic')) {
      const partitions: TopicPartition[] = [];
      for (const topic of options.valuesOf('topic')) partitions.push(...(yield* this.partitionsOf(topic)));
      return partitions;
    }
    if (options.has('from-file')) return [];
    return printUsageAndDie(this.jvm, parser, 'One of the reset scopes should be defined: --all-topics, --topic.');
  }

  /** `orders` for all partitions, `orders:0,2` for some. */
  private *partitionsOf(text: string): Op<TopicPartition[]> {
    if (!text.includes(':')) return [...(yield* this.consumer().partitionsFor(text))].map(({ topic, partition }) => ({ topic, partition }));
    const [topic, list] = text.split(':');
    if (list === undefined || list === '') throw javaError('1');
    return list.split(',').map((each) => {
      if (!/^[+-]?\d+$/.test(each)) throw javaError(`For input string: "${each}"`);
      return { topic: topic as string, partition: Number(each) };
    });
  }

  private *newOffsets(groupId: string, partitions: readonly TopicPartition[]): Op<NewOffset[]> {
    const { options, parser } = this.args;
    if (options.has('to-offset')) {
      const offset = options.numberOf('to-offset') as number;
      return yield* this.withinRange(partitions.map(({ topic, partition }) => ({ topic, partition, offset })));
    }
    if (options.has('to-earliest')) return inOrderOf(partitions, yield* this.consumer().beginningOffsets(partitions));
    if (options.has('to-latest')) return inOrderOf(partitions, yield* this.consumer().endOffsets(partitions));
    if (options.has('shift-by')) return yield* this.shifted(groupId, partitions);
    if (options.has('to-datetime')) return yield* this.fromTime(partitions, () => parseDateTime(options.valueOf('to-datetime') as string));
    if (options.has('by-duration')) {
      const nowMs = this.jvm.process.machine.sim.dateMs();
      return yield* this.fromTime(partitions, () => minusDuration(nowMs, options.valueOf('by-duration') as string));
    }
    if (options.has('from-file')) return yield* this.withinRange(this.readPlan(options.valueOf('from-file') as string));
    if (options.has('to-current')) return yield* this.current(groupId, partitions);
    const scenarios = SCENARIOS.map((each) => `[${each}]`).join(', ');
    return printUsageAndDie(this.jvm, parser, `Option '[reset-offsets]' requires one of the following scenarios: Set(${scenarios})`);
  }

  private *shifted(groupId: string, partitions: readonly TopicPartition[]): Op<NewOffset[]> {
    const by = this.args.options.numberOf('shift-by') as number;
    const committed = yield* groupOffsets(this.admin, groupId);
    const requested = partitions.map(({ topic, partition }) => {
      const current = find(committed, { topic, partition });
      if (current === undefined) {
        throw javaError(`Cannot shift offset for partition ${topicPartitionName({ topic, partition })} since there is no current committed offset`);
      }
      return { topic, partition, offset: current.offset + by };
    });
    return yield* this.withinRange(requested);
  }

  private *fromTime(partitions: readonly TopicPartition[], timestamp: () => number): Op<NewOffset[]> {
    let timestampMs: number;
    try {
      timestampMs = timestamp();
    } catch (error) {
      if (error instanceof JavaTimeError) throw javaError(error.message);
      throw error;
    }
    const found: FoundOffset[] = yield* this.consumer().offsetsForTimes(partitions.map(({ topic, partition }) => ({ topic, partition, timestampMs })));
    const rest = partitions.filter((each) => find(found, each) === undefined);
    const ends = rest.length === 0 ? [] : yield* this.consumer().endOffsets(rest);
    return inOrderOf(partitions, [...found, ...ends]);
  }

  private *current(groupId: string, partitions: readonly TopicPartition[]): Op<NewOffset[]> {
    const committed = yield* groupOffsets(this.admin, groupId);
    const known = partitions.flatMap((each) => find(committed, each) ?? []);
    const rest = partitions.filter((each) => find(committed, each) === undefined);
    return [...known, ...(rest.length === 0 ? [] : inOrderOf(rest, yield* this.consumer().endOffsets(rest)))];
  }

  private readPlan(path: string): NewOffset[] {
    const file = readTextFile(this.jvm, path);
    if ('problem' in file) throw javaError(`${path} (${file.problem})`);
    const lines = file.text.split('\n');
    while (lines.length > 0 && lines[lines.length - 1] === '') lines.pop();
    return lines.map((line) => {
      const fields = line.split(',').map((each) => each.trim());
      // Scala's message for an array that does not match the pattern names the array's class and identity.
      if (fields.length !== 3) throw javaError('[Ljava.lang.String;@1b2c3d (of class [Ljava.lang.String;)');
      const [topic, partition, offset] = fields as [string, string, string];
      for (const each of [partition, offset]) if (!/^[+-]?\d+$/.test(each)) throw javaError(`For input string: "${each}"`);
      return { topic, partition: Number(partition), offset: Number(offset) };
    });
  }

  /** Offsets that lie outside of the log become its ends, with a warning. */
  private *withinRange(requested: readonly NewOffset[]): Op<NewOffset[]> {
    if (requested.length === 0) return [];
    const ordered = inScalaOrder(requested);
    const starts = yield* this.consumer().beginningOffsets(ordered);
    const ends = yield* this.consumer().endOffsets(ordered);
    return ordered.map((each) => {
      const name = topicPartitionName(each);
      const end = find(ends, each)?.offset ?? each.offset;
      const start = find(starts, each)?.offset ?? each.offset;
      if (each.offset > end) {
        this.warn(`New offset (${each.offset}) is higher than latest offset for topic partition ${name}. Value will be set to ${end}`);
        return { ...each, offset: end };
      }
      if (each.offset < start) {
        this.warn(`New offset (${each.offset}) is lower than earliest offset for topic partition ${name}. Value will be set to ${start}`);
        return { ...each, offset: start };
      }
      return each;
    });
  }

  private warn(message: string): void {
    this.jvm.log({ level: 'WARN', logger: 'kafka.admin.ConsumerGroupCommand$', message });
  }
}

function find<T extends TopicPartition>(items: readonly T[], tp: TopicPartition): T | undefined {
  return items.find((each) => each.partition === tp.partition && each.topic === tp.topic);
}

function inOrderOf(partitions: readonly TopicPartition[], offsets: readonly FoundOffset[]): NewOffset[] {
  return partitions.flatMap((each) => {
    const found = find(offsets, each);
    return found === undefined ? [] : [{ topic: each.topic, partition: each.partition, offset: found.offset }];
  });
}

function inScalaOrder(offsets: readonly NewOffset[]): NewOffset[] {
  return scalaImmutableOrder(offsets, topicPartitionHash);
}
