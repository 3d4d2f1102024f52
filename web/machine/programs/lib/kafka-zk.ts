import { KafkaZkClient } from '../../../engine/admin/kafka-zk-client';
import type { Op } from '../../../engine/kernel/task';
import { ConnectStringError, UnknownHostError } from '../../../engine/zookeeper/client/connect-string';
import { ZooKeeperClient } from '../../../engine/zookeeper/client/zookeeper-client';
import { ZooKeeperClientError } from '../../../engine/zookeeper/client/zookeeper-client-error';
import { type Jvm, UncaughtException } from './jvm';

const TIMEOUT_MS = 30_000;
const UNKNOWN_HOST_FRAMES = [
  'java.net.Inet4AddressImpl.lookupAllHostAddr(Native Method)',
  'java.net.InetAddress$2.lookupAllHostAddr(InetAddress.java:928)',
  'java.net.InetAddress.getAddressesFromNameService(InetAddress.java:1323)',
  'java.net.InetAddress.getAllByName0(InetAddress.java:1276)',
  'java.net.InetAddress.getAllByName(InetAddress.java:1192)',
  'java.net.InetAddress.getAllByName(InetAddress.java:1126)',
  'org.apache.zookeeper.client.StaticHostProvider.<init>(StaticHostProvider.java:61)',
  'org.apache.zookeeper.ZooKeeper.<init>(ZooKeeper.java:446)',
  'org.apache.zookeeper.ZooKeeper.<init>(ZooKeeper.java:380)',
  'kafka.zookeeper.ZooKeeperClient.<init>(ZooKeeperClient.scala:86)',
];
const PARSE_FRAMES = [
  'org.apache.zookeeper.client.ConnectStringParser.<init>(ConnectStringParser.java:72)',
  'org.apache.zookeeper.ZooKeeper.<init>(ZooKeeper.java:443)',
  'org.apache.zookeeper.ZooKeeper.<init>(ZooKeeper.java:380)',
  'kafka.zookeeper.ZooKeeperClient.<init>(ZooKeeperClient.scala:86)',
];
const TIMEOUT_FRAMES = [
  'kafka.zookeeper.ZooKeeperClient$$anonfun$kafka$zookeeper$ZooKeeperClient$$waitUntilConnected$1.apply$mcV$sp(ZooKeeperClient.scala:230)',
  'kafka.zookeeper.ZooKeeperClient$$anonfun$kafka$zookeeper$ZooKeeperClient$$waitUntilConnected$1.apply(ZooKeeperClient.scala:226)',
  'kafka.utils.CoreUtils$.inLock(CoreUtils.scala:250)',
  'kafka.zookeeper.ZooKeeperClient.kafka$zookeeper$ZooKeeperClient$$waitUntilConnected(ZooKeeperClient.scala:226)',
  'kafka.zookeeper.ZooKeeperClient.<init>(ZooKeeperClient.scala:95)',
];

/**
 * A tool's connection to ZooKeeper, with the 30 s that all of them grant.
 *
 * Errors: an uncaught exception when a name is unknown, or nobody answers. `toolFrames` are the tool's own, innermost first.
 */
export function* openKafkaZkClient(jvm: Jvm, connectString: string, toolFrames: readonly string[]): Op<KafkaZkClient> {
  const { sim, host } = jvm.process.machine;
  const client = jvm.ownsClient(
    new ZooKeeperClient(
      { sim, host, log: jvm.log },
      { connectString, sessionTimeoutMs: TIMEOUT_MS, maxInFlightRequests: Infinity },
    ),
  );
  try {
    yield* client.connectAndWait();
  } catch (error) {
    if (!(error instanceof ConnectStringError || error instanceof ZooKeeperClientError)) throw error;
    const frames = [...framesInside(error), 'kafka.zk.KafkaZkClient$.apply(KafkaZkClient.scala:1538)', ...toolFrames];
    throw new UncaughtException({ text: `${error.javaClass}: ${error.message}`, frames });
  }
  return new KafkaZkClient(client, jvm.log);
}

function framesInside(error: ConnectStringError | ZooKeeperClientError): readonly string[] {
  if (error instanceof UnknownHostError) return UNKNOWN_HOST_FRAMES;
  return error instanceof ConnectStringError ? PARSE_FRAMES : TIMEOUT_FRAMES;
}
