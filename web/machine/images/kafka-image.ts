import type { Machine } from '../os/machine';
import { installBaseSystem } from './base-system';
import { createTopics } from './create-topics';
import { installKafka } from './kafka-distribution';
import { kafkaServerStart, kafkaServerStop } from './kafka-server-scripts';
import { startKafka } from './start-kafka';

const FOLDER = '/opt/kafka_2.12-1.1.0';

/** wurstmeister/kafka:1.1.0 on Alpine 3.7. Simplified: its tools print GNU's messages, not busybox's. */
export function installKafkaImage(machine: Machine): void {
  const { files } = machine;
  installBaseSystem(machine, { name: 'Alpine Linux', id: 'alpine', version: '3.7.0', prettyName: 'Alpine Linux v3.7' });
  installKafka(files, FOLDER, { extra: [kafkaServerStart, kafkaServerStop] });
  files.makeDirectories(`${FOLDER}/logs`);
  files.symlink('kafka_2.12-1.1.0', '/opt/kafka');
  files.makeDirectories('/kafka');
  for (const program of [startKafka, createTopics]) files.installProgram(`/usr/bin/${program.name}`, program, `#!/bin/bash\n# ${program.name} of wurstmeister/kafka 1.1.0\n`);
}
