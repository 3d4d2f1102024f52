import type { FileSystem } from '../os/file-system';
import { KAFKA_LIBRARIES } from './kafka-libraries';
import { KAFKA_PROGRAMS, KAFKA_SCRIPTS, notSimulated } from './kafka-programs';
import { SERVER_PROPERTIES } from './server-properties';

const CONFIG_FILES: Readonly<Record<string, string>> = {
  'connect-console-sink.properties': 'name=local-console-sink\nconnector.class=org.apache.kafka.connect.file.FileStreamSinkConnector\ntasks.max=1\ntopics=connect-test\n',
  'connect-console-source.properties': 'name=local-console-source\nconnector.class=org.apache.kafka.connect.file.FileStreamSourceConnector\ntasks.max=1\ntopic=connect-test\n',
  'connect-distributed.properties': 'bootstrap.servers=localhost:9092\ngroup.id=connect-cluster\nkey.converter=org.apache.kafka.connect.json.JsonConverter\nvalue.converter=org.apache.kafka.connect.json.JsonConverter\n',
  'connect-file-sink.properties': 'name=local-file-sink\nconnector.class=FileStreamSink\ntasks.max=1\nfile=test.sink.txt\ntopics=connect-test\n',
  'connect-file-source.properties': 'name=local-file-source\nconnector.class=FileStreamSource\ntasks.max=1\nfile=test.txt\ntopic=connect-test\n',
  'connect-log4j.properties': 'log4j.rootLogger=INFO, stdout\n',
  'connect-standalone.properties': 'bootstrap.servers=localhost:9092\nkey.converter=org.apache.kafka.connect.json.JsonConverter\nvalue.converter=org.apache.kafka.connect.json.JsonConverter\noffset.storage.file.filename=/tmp/connect.offsets\n',
  'consumer.properties': 'bootstrap.servers=localhost:9092\n\ngroup.id=test-consumer-group\n',
  'log4j.properties': `log4j.rootLogger=INFO, stdout, kafkaAppender

log4j.appender.stdout=org.apache.log4j.ConsoleAppender
log4j.appender.stdout.layout=org.apache.log4j.PatternLayout
log4j.appender.stdout.layout.ConversionPattern=[%d] %p %m (%c)%n

log4j.appender.kafkaAppender=org.apache.log4j.DailyRollingFileAppender
log4j.appender.kafkaAppender.File=\${kafka.logs.dir}/server.log
log4j.appender.kafkaAppender.layout.ConversionPattern=[%d] %p %m (%c)%n

log4j.logger.kafka.controller=TRACE, controllerAppender
log4j.additivity.kafka.controller=false

log4j.logger.kafka.log.LogCleaner=INFO, cleanerAppender
log4j.additivity.kafka.log.LogCleaner=false

log4j.logger.state.change.logger=TRACE, stateChangeAppender
log4j.additivity.state.change.logger=false
`,
  'producer.properties': 'bootstrap.servers=localhost:9092\n\ncompression.type=none\n',
  'server.properties': SERVER_PROPERTIES,
  'tools-log4j.properties': 'log4j.rootLogger=WARN, stderr\n\nlog4j.appender.stderr=org.apache.log4j.ConsoleAppender\nlog4j.appender.stderr.layout=org.apache.log4j.PatternLayout\nlog4j.appender.stderr.layout.ConversionPattern=[%d] %p %m (%c)%n\nlog4j.appender.stderr.Target=System.err\n',
  'zookeeper.properties': 'dataDir=/tmp/zookeeper\nclientPort=2181\nmaxClientCnxns=0\n',
};

/** Unpacks `kafka_2.12-1.1.0.tgz` into a directory. */
export function installKafka(files: FileSystem, root: string, uid = 0): void {
  for (const name of KAFKA_SCRIPTS) {
    const program = KAFKA_PROGRAMS.find((each) => each.name === name) ?? notSimulated(name);
    files.installProgram(`${root}/bin/${name}`, program, `#!/bin/bash\n# ${name}: a program of the simulation\n`);
  }
  files.makeDirectories(`${root}/bin/windows`);
  for (const [name, text] of Object.entries(CONFIG_FILES)) files.writeFile(`${root}/config/${name}`, text);
  for (const [name, kb] of KAFKA_LIBRARIES) files.writeFile(`${root}/libs/${name}`, '').allocate(kb * 1024);
  files.makeDirectories(`${root}/site-docs`);
  files.writeFile(`${root}/site-docs/kafka_2.12-1.1.0-site-docs.tgz`, '').allocate(6_100_000);
  files.writeFile(`${root}/LICENSE`, 'Apache License 2.0. See https://www.apache.org/licenses/LICENSE-2.0\n');
  files.writeFile(`${root}/NOTICE`, 'Apache Kafka\nThis product includes software of the Apache Software Foundation (https://www.apache.org/).\n');
  if (uid !== 0) own(files, root, uid);
}

function own(files: FileSystem, path: string, uid: number): void {
  const node = files.get(path);
  node.uid = uid;
  node.gid = uid;
  if (node.kind === 'directory') for (const name of node.entries.keys()) own(files, `${path}/${name}`, uid);
}
