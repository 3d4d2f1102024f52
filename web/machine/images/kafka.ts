import type { Image } from '../docker/image';
import type { Program } from '../os/program';
import { ALPINE } from './alpine';
import { createTopics } from './create-topics';
import { digestOf, layersOf } from './image-digest';
import { installKafka } from './kafka-files';
import { installLinux } from './linux-tools';
import { startKafka } from './start-kafka';

/** The scripts that the image adds to Kafka, in /usr/bin. */
const IMAGE_SCRIPTS: readonly Program[] = [createTopics, startKafka];

/** wurstmeister/kafka:1.1.0. */
export const kafka: Image = {
  repository: 'wurstmeister/kafka',
  tag: '1.1.0',
  id: digestOf('wurstmeister/kafka:1.1.0', '1cb328521f69'),
  digest: digestOf('wurstmeister/kafka:1.1.0 manifest'),
  createdMs: 1_522_747_320_000,
  layers: layersOf('wurstmeister/kafka', [
    [2_065, 4_150, 'ff3a5c916c92'], [0.238, 0.089, '5de5f69f42d7'], [54_200, 77_300, 'fd869c8b9b59'], [0.405, 0.004], [4.84, 5.6], [12_900, 31_700],
    [50_300, 61_400], [2.39, 6.14], [88_700, 158_000],
  ]),
  config: {
    cmd: ['start-kafka.sh'],
    env: [
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/jvm/java-1.8-openjdk/jre/bin:/usr/lib/jvm/java-1.8-openjdk/bin:/opt/kafka/bin',
      'LANG=C.UTF-8',
      'JAVA_HOME=/usr/lib/jvm/java-1.8-openjdk/jre',
      'JAVA_VERSION=8u151',
      'JAVA_ALPINE_VERSION=8.151.12-r0',
      'KAFKA_VERSION=1.1.0',
      'SCALA_VERSION=2.12',
      'KAFKA_HOME=/opt/kafka',
      'GLIBC_VERSION=2.27-r0',
    ],
    workingDir: '/',
    exposedPorts: [],
    volumes: ['/kafka'],
  },
  install(machine) {
    const { files } = machine;
    installLinux(machine, ALPINE);
    installKafka(files, '/opt/kafka_2.12-1.1.0');
    files.makeDirectories('/opt/kafka_2.12-1.1.0/logs');
    files.symlink('/opt/kafka_2.12-1.1.0', '/opt/kafka');
    files.makeDirectories('/kafka');
    // The image's bash is 4.4 and has no start-up file; its prompt says so.
    files.writeFile('/root/.bashrc', "PS1='bash-4.4\\$ '\n");
    for (const program of IMAGE_SCRIPTS) files.installProgram(`/usr/bin/${program.name}`, program, `#!/bin/bash\n# ${program.name}: a program of the simulation\n`);
    files.writeFile('/usr/bin/broker-list.sh', '#!/bin/bash\necho "$HOSTNAME:9092"\n', { mode: 0o755 });
    files.writeFile('/usr/bin/versions.sh', '#!/bin/bash\necho "$KAFKA_VERSION"\n', { mode: 0o755 });
  },
};
