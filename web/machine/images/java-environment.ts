const JAR_FOLDER = '/opt/kafka/bin/../libs';
const JARS = [
  'aopalliance-repackaged-2.5.0-b32.jar', 'argparse4j-0.7.0.jar', 'commons-lang3-3.5.jar', 'connect-api-1.1.0.jar', 'connect-file-1.1.0.jar', 'connect-json-1.1.0.jar',
  'connect-runtime-1.1.0.jar', 'connect-transforms-1.1.0.jar', 'guava-20.0.jar', 'jackson-databind-2.9.4.jar', 'jopt-simple-5.0.4.jar', 'kafka-clients-1.1.0.jar',
  'kafka-log4j-appender-1.1.0.jar', 'kafka-streams-1.1.0.jar', 'kafka-tools-1.1.0.jar', 'kafka_2.12-1.1.0.jar', 'log4j-1.2.17.jar', 'lz4-java-1.4.jar', 'metrics-core-2.2.0.jar',
  'rocksdbjni-5.7.3.jar', 'scala-library-2.12.4.jar', 'slf4j-api-1.7.25.jar', 'slf4j-log4j12-1.7.25.jar', 'snappy-java-1.1.7.1.jar', 'zkclient-0.10.jar', 'zookeeper-3.4.10.jar',
];
const KERNEL = '4.15.0-20-generic';
const NATIVE_PATHS = '/usr/java/packages/lib/amd64:/usr/lib64:/lib64:/lib:/usr/lib';

/** System properties of the broker's Java 8, in the order in which its ZooKeeper client shows them. */
export const KAFKA_JAVA: ReadonlyMap<string, string> = new Map([
  ['java.version', '1.8.0_151'],
  ['java.vendor', 'Oracle Corporation'],
  ['java.home', '/usr/lib/jvm/java-1.8-openjdk/jre'],
  ['java.class.path', JARS.map((jar) => `${JAR_FOLDER}/${jar}`).join(':')],
  ['java.library.path', NATIVE_PATHS],
  ['java.io.tmpdir', '/tmp'],
  ['java.compiler', '<NA>'],
  ['os.name', 'Linux'],
  ['os.arch', 'amd64'],
  ['os.version', KERNEL],
  ['user.name', 'root'],
  ['user.home', '/root'],
  ['user.dir', '/'],
]);

const ZOOKEEPER_HOME = '/opt/zookeeper-3.4.6';
const ZOOKEEPER_CLASS_PATH = [
  'bin/../build/classes', 'bin/../build/lib/*.jar', 'bin/../lib/slf4j-log4j12-1.6.1.jar', 'bin/../lib/slf4j-api-1.6.1.jar', 'bin/../lib/netty-3.7.0.Final.jar',
  'bin/../lib/log4j-1.2.16.jar', 'bin/../lib/jline-0.9.94.jar', 'bin/../zookeeper-3.4.6.jar', 'bin/../src/java/lib/*.jar', 'bin/../conf',
];

/** System properties of ZooKeeper's Java 7. */
export const ZOOKEEPER_JAVA: ReadonlyMap<string, string> = new Map([
  ['java.version', '1.7.0_65'],
  ['java.vendor', 'Oracle Corporation'],
  ['java.home', '/usr/lib/jvm/java-7-openjdk-amd64/jre'],
  ['java.class.path', `${ZOOKEEPER_CLASS_PATH.map((path) => `${ZOOKEEPER_HOME}/${path}`).join(':')}:`],
  ['java.library.path', '/usr/java/packages/lib/amd64:/usr/lib/x86_64-linux-gnu/jni:/lib/x86_64-linux-gnu:/usr/lib/x86_64-linux-gnu:/usr/lib/jni:/lib:/usr/lib'],
  ['java.io.tmpdir', '/tmp'],
  ['java.compiler', '<NA>'],
  ['os.name', 'Linux'],
  ['os.arch', 'amd64'],
  ['os.version', KERNEL],
  ['user.name', 'root'],
  ['user.home', '/root'],
  ['user.dir', ZOOKEEPER_HOME],
]);
