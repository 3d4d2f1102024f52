import type { Image, ImageLayer } from '../docker/image';
import { installHelloWorld } from './hello-world-image';
import { installKafkaImage } from './kafka-image';
import { installUbuntu } from './ubuntu-image';
import { installZooKeeperImage } from './zookeeper-image';

const KIB = 1000;
const MIB = 1_000_000;

/** A digest of 64 digits from its first twelve. */
function digest(start: string): string {
  let out = start;
  for (let state = parseInt(start.slice(0, 7), 16); out.length < 64; ) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    out += (state >>> 8).toString(16).padStart(6, '0');
  }
  return out.slice(0, 64);
}

function layer(id: string, compressedBytes: number, sizeInBytes: number): ImageLayer {
  return { digest: digest(id), compressedBytes: Math.round(compressedBytes), sizeInBytes: Math.round(sizeInBytes) };
}

const ZOOKEEPER_LAYERS = [
  layer('a3ed95caeb02', 32, 0), layer('ef38b711a50f', 68 * MIB, 188 * MIB), layer('e057c74597c7', 0.2 * MIB, 0.2 * MIB), layer('666c214f6385', 0.4 * KIB, 1.9 * KIB),
  layer('c3d6a96f1ffc', 38 * MIB, 96 * MIB), layer('3fe26a83e0ca', 62 * MIB, 128 * MIB), layer('3d3a7dd3a3b1', 17.7 * MIB, 20 * MIB), layer('f8cc938abe5f', 0.2 * KIB, 0.3 * KIB),
  layer('9978b75f7a58', 0.5 * KIB, 0.9 * KIB), layer('4d4dbcc8f8cc', 17 * MIB, 18 * MIB), layer('ccf399e5f3b7', 0.3 * KIB, 0.9 * KIB), layer('a80f54931267', 0.3 * KIB, 0.2 * KIB),
  layer('551a52c71f3f', 0.4 * KIB, 0.3 * KIB), layer('d77a729a2184', 0.6 * KIB, 0.7 * KIB),
];

/**
 * What the registry offers, a row an image.
 * Simplified: digests and sizes of layers are made up where no published capture names them.
 */
export const IMAGES: readonly Image[] = [
  {
    repository: 'hello-world',
    tag: 'latest',
    id: digest('e38bc07ac18e'),
    digest: digest('f5233545e43561214ca4891fd1157e1c3c563316ed8e237750d59bde73361e77'.slice(0, 12)),
    createdMs: Date.UTC(2018, 3, 11, 0, 20, 0),
    layers: [layer('9bb5a5d4561a', 0.977 * KIB, 1.85 * KIB)],
    config: { cmd: ['/hello'], env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], workingDir: '/', exposedPorts: [], volumes: [] },
    install: installHelloWorld,
  },
  {
    repository: 'ubuntu',
    tag: 'latest',
    id: digest('452a96d81c30'),
    digest: digest('c8c275751219'),
    createdMs: Date.UTC(2018, 3, 27, 21, 7, 0),
    layers: [layer('a48c500ed24e', 31.2 * MIB, 79.6 * MIB), layer('1e1de00ff7e1', 0.85 * KIB, 0.7 * KIB), layer('0330ca45a200', 0.47 * KIB, 0.4 * KIB), layer('471db38bcfbf', 0.85 * KIB, 0.7 * KIB), layer('0b4aba487617', 0.16 * KIB, 7)],
    config: { cmd: ['/bin/bash'], env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], workingDir: '/', exposedPorts: [], volumes: [] },
    install: installUbuntu,
  },
  {
    repository: 'wurstmeister/zookeeper',
    tag: '3.4.6',
    id: digest('6fe5551964f5'),
    digest: '294d69bb580a614ed3128969b95b5355c480e84704d826cdf73e790b5a6e63fc',
    createdMs: Date.UTC(2015, 11, 14, 21, 30, 0),
    layers: ZOOKEEPER_LAYERS,
    config: {
      cmd: ['/bin/sh', '-c', '/usr/sbin/sshd && start-zk.sh'],
      env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'ZOOKEEPER_VERSION=3.4.6', 'JAVA_HOME=/usr/lib/jvm/java-7-openjdk-amd64', 'ZK_HOME=/opt/zookeeper-3.4.6'],
      workingDir: '/opt/zookeeper-3.4.6',
      exposedPorts: ['2181/tcp', '22/tcp', '2888/tcp', '3888/tcp'],
      volumes: ['/opt/zookeeper-3.4.6/conf', '/opt/zookeeper-3.4.6/data'],
    },
    install: installZooKeeperImage,
  },
  {
    repository: 'wurstmeister/kafka',
    tag: '1.1.0',
    id: digest('92e7a6a5a4c9'),
    digest: digest('47a95ee0e7c1'),
    createdMs: Date.UTC(2018, 3, 23, 18, 12, 0),
    layers: [layer('ff3a5c916c92', 2.07 * MIB, 4.15 * MIB), layer('5de5f69f42d7', 0.238 * KIB, 87), layer('fd869c8b9b59', 55 * MIB, 77.5 * MIB), layer('ed6b2e4a9c1f', 0.6 * KIB, 5.3 * KIB), layer('aba16c65a9a4', 91 * MIB, 250 * MIB)],
    config: {
      cmd: ['start-kafka.sh'],
      env: [
        'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/jvm/java-1.8-openjdk/jre/bin:/usr/lib/jvm/java-1.8-openjdk/bin:/opt/kafka/bin',
        'LANG=C.UTF-8', 'JAVA_HOME=/usr/lib/jvm/java-1.8-openjdk/jre', 'JAVA_VERSION=8u151', 'KAFKA_VERSION=1.1.0', 'SCALA_VERSION=2.12', 'KAFKA_HOME=/opt/kafka', 'GLIBC_VERSION=2.27-r0',
      ],
      workingDir: '/',
      exposedPorts: [],
      volumes: ['/kafka'],
    },
    install: installKafkaImage,
  },
];
