import type { Process } from '../os/process';

const KERNEL = '4.15.0-23-generic';

/** Java's system properties in Kafka's image, as the ZooKeeper client prints them. */
export function kafkaJavaEnvironment(process: Process, classPath: string): Map<string, string> {
  return new Map([
    ['java.version', '1.8.0_151'],
    ['java.vendor', 'Oracle Corporation'],
    ['java.home', '/usr/lib/jvm/java-1.8-openjdk/jre'],
    ['java.class.path', classPath],
    ['java.library.path', '/usr/lib/jvm/java-1.8-openjdk/jre/lib/amd64/server:/usr/lib/jvm/java-1.8-openjdk/jre/lib/amd64:/usr/lib/jvm/java-1.8-openjdk/jre/../lib/amd64:/usr/java/packages/lib/amd64:/usr/lib64:/lib64:/lib:/usr/lib'],
    ...commonEnvironment(process),
  ]);
}

/** The same in ZooKeeper's image, which has Java 7. */
export function zooKeeperJavaEnvironment(process: Process, classPath: string): Map<string, string> {
  return new Map([
    ['java.version', '1.7.0_65'],
    ['java.vendor', 'Oracle Corporation'],
    ['java.home', '/usr/lib/jvm/java-7-openjdk-amd64/jre'],
    ['java.class.path', classPath],
    ['java.library.path', '/usr/java/packages/lib/amd64:/usr/lib/x86_64-linux-gnu/jni:/lib/x86_64-linux-gnu:/usr/lib/x86_64-linux-gnu:/usr/lib/jni:/lib:/usr/lib'],
    ...commonEnvironment(process),
  ]);
}

function commonEnvironment(process: Process): (readonly [string, string])[] {
  return [
    ['java.io.tmpdir', '/tmp'],
    ['java.compiler', '<NA>'],
    ['os.name', 'Linux'],
    ['os.arch', 'amd64'],
    ['os.version', KERNEL],
    ['user.name', process.machine.userName(process.uid)],
    ['user.home', process.env.get('HOME') ?? '/root'],
    ['user.dir', process.cwd],
  ];
}
