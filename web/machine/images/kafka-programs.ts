import type { Program } from '../os/program';
import { kafkaConsoleConsumer } from '../programs/kafka/kafka-console-consumer';
import { kafkaConsoleProducer } from '../programs/kafka/kafka-console-producer';
import { kafkaConsumerGroups } from '../programs/kafka/kafka-consumer-groups';
import { kafkaRunClass } from '../programs/kafka/kafka-run-class';
import { kafkaTopics } from '../programs/kafka/kafka-topics';
import { zookeeperShell } from '../programs/zookeeper/zookeeper-shell';
import { kafkaServerStart, kafkaServerStop } from './kafka-server-start';
import { zooKeeperServerStart, zooKeeperServerStop } from './zookeeper-server-start';

/** The scripts of Kafka's `bin` that do something here. A new tool is one row. */
export const KAFKA_PROGRAMS: readonly Program[] = [
  kafkaConsoleConsumer,
  kafkaConsoleProducer,
  kafkaConsumerGroups,
  kafkaRunClass,
  kafkaServerStart,
  kafkaServerStop,
  kafkaTopics,
  zooKeeperServerStart,
  zooKeeperServerStop,
  zookeeperShell,
];

/** All scripts of Kafka 1.1.0's `bin`. */
export const KAFKA_SCRIPTS = [
  'connect-distributed.sh', 'connect-standalone.sh', 'kafka-acls.sh', 'kafka-broker-api-versions.sh', 'kafka-configs.sh', 'kafka-console-consumer.sh',
  'kafka-console-producer.sh', 'kafka-consumer-groups.sh', 'kafka-consumer-perf-test.sh', 'kafka-delegation-tokens.sh', 'kafka-delete-records.sh',
  'kafka-log-dirs.sh', 'kafka-mirror-maker.sh', 'kafka-preferred-replica-election.sh', 'kafka-producer-perf-test.sh', 'kafka-reassign-partitions.sh',
  'kafka-replay-log-producer.sh', 'kafka-replica-verification.sh', 'kafka-run-class.sh', 'kafka-server-start.sh', 'kafka-server-stop.sh',
  'kafka-simple-consumer-shell.sh', 'kafka-streams-application-reset.sh', 'kafka-topics.sh', 'kafka-verifiable-consumer.sh', 'kafka-verifiable-producer.sh',
  'trogdor.sh', 'zookeeper-security-migration.sh', 'zookeeper-server-start.sh', 'zookeeper-server-stop.sh', 'zookeeper-shell.sh',
] as const;

/** A tool that is in `bin` and says that it does nothing. */
export function notSimulated(name: string): Program {
  return {
    name,
    *main(process) {
      yield* process.err(`${name} is not simulated yet.\n`);
      return 1;
    },
  };
}
