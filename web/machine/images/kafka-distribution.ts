import type { FileSystem } from '../os/file-system';
import type { Program } from '../os/program';
import { KAFKA_TOOLS } from '../programs/kafka/programs';
import { defaultServerProperties } from './server-properties';

const LICENCE = 'Apache License, Version 2.0: https://www.apache.org/licenses/LICENSE-2.0\n';
const LIBS = ['kafka_2.12-1.1.0.jar', 'kafka-clients-1.1.0.jar', 'kafka-tools-1.1.0.jar', 'log4j-1.2.17.jar', 'slf4j-api-1.7.25.jar', 'slf4j-log4j12-1.7.25.jar', 'zkclient-0.10.jar', 'zookeeper-3.4.10.jar', 'jopt-simple-5.0.4.jar', 'argparse4j-0.7.0.jar', 'lz4-java-1.4.jar', 'snappy-java-1.1.7.1.jar', 'scala-library-2.12.4.jar'];

/** Settings of the other files in `config`, as shipped. */
const CONFIG_FILES: Readonly<Record<string, string>> = {
  'consumer.properties': 'bootstrap.servers=localhost:9092\ngroup.id=test-consumer-group\n#auto.offset.reset=\n',
  'producer.properties': 'bootstrap.servers=localhost:9092\ncompression.type=none\n#partitioner.class=\n#request.timeout.ms=\n#max.block.ms=\n#linger.ms=\n#max.request.size=\n#batch.size=\n#buffer.memory=\n',
  'zookeeper.properties': 'dataDir=/tmp/zookeeper\nclientPort=2181\nmaxClientCnxns=0\n',
  'tools-log4j.properties': 'log4j.rootLogger=WARN, stderr\nlog4j.appender.stderr=org.apache.log4j.ConsoleAppender\nlog4j.appender.stderr.layout=org.apache.log4j.PatternLayout\nlog4j.appender.stderr.layout.ConversionPattern=[%d] %p %m (%c)%n\nlog4j.appender.stderr.Target=System.err\n',
  'log4j.properties': 'log4j.rootLogger=INFO, stdout, kafkaAppender\nlog4j.appender.stdout=org.apache.log4j.ConsoleAppender\nlog4j.appender.stdout.layout=org.apache.log4j.PatternLayout\nlog4j.appender.stdout.layout.ConversionPattern=[%d] %p %m (%c)%n\n',
  'connect-standalone.properties': 'bootstrap.servers=localhost:9092\nkey.converter=org.apache.kafka.connect.json.JsonConverter\nvalue.converter=org.apache.kafka.connect.json.JsonConverter\nkey.converter.schemas.enable=true\nvalue.converter.schemas.enable=true\noffset.storage.file.filename=/tmp/connect.offsets\noffset.flush.interval.ms=10000\n',
  'connect-distributed.properties': 'bootstrap.servers=localhost:9092\ngroup.id=connect-cluster\nkey.converter=org.apache.kafka.connect.json.JsonConverter\nvalue.converter=org.apache.kafka.connect.json.JsonConverter\noffset.storage.topic=connect-offsets\nconfig.storage.topic=connect-configs\nstatus.storage.topic=connect-status\n',
  'connect-file-source.properties': 'name=local-file-source\nconnector.class=FileStreamSource\ntasks.max=1\nfile=test.txt\ntopic=connect-test\n',
  'connect-file-sink.properties': 'name=local-file-sink\nconnector.class=FileStreamSink\ntasks.max=1\nfile=test.sink.txt\ntopics=connect-test\n',
  'connect-console-source.properties': 'name=local-console-source\nconnector.class=org.apache.kafka.connect.file.FileStreamSourceConnector\ntasks.max=1\ntopic=connect-test\n',
  'connect-console-sink.properties': 'name=local-console-sink\nconnector.class=org.apache.kafka.connect.file.FileStreamSinkConnector\ntasks.max=1\ntopics=connect-test\n',
  'connect-log4j.properties': 'log4j.rootLogger=INFO, stdout\nlog4j.appender.stdout=org.apache.log4j.ConsoleAppender\nlog4j.appender.stdout.layout=org.apache.log4j.PatternLayout\nlog4j.appender.stdout.layout.ConversionPattern=[%d] %p %m (%c:%L)%n\n',
};

/** An unpacked Kafka 1.1.0 at a path: its scripts, its settings, the names of its libraries. `extra` are programs of `bin` that only this machine can run. */
export function installKafka(files: FileSystem, home: string, options: { readonly extra?: readonly Program[]; readonly uid?: number } = {}): void {
  const uid = options.uid ?? 0;
  for (const directory of ['bin', 'bin/windows', 'config', 'libs', 'site-docs']) files.makeDirectories(`${home}/${directory}`, 0o755, uid);
  for (const program of [...KAFKA_TOOLS, ...(options.extra ?? [])]) {
    files.installProgram(`${home}/bin/${program.name}`, program, `#!/bin/bash\n# ${program.name} of Kafka 1.1.0\n`);
  }
  files.writeFile(`${home}/config/server.properties`, defaultServerProperties(), { uid });
  for (const [name, text] of Object.entries(CONFIG_FILES)) files.writeFile(`${home}/config/${name}`, text, { uid });
  for (const name of LIBS) files.writeFile(`${home}/libs/${name}`, 'PK\x03\x04', { uid });
  files.writeFile(`${home}/LICENSE`, LICENCE, { uid });
  files.writeFile(`${home}/NOTICE`, 'Apache Kafka\n', { uid });
}
