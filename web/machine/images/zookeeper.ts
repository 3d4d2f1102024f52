import type { Image } from '../docker/image';
import type { Program } from '../os/program';
import { digestOf, layersOf } from './image-digest';
import { installLinux } from './linux-tools';
import { zkCli } from '../programs/zookeeper/zk-cli';
import { startZk, zkServer } from './zookeeper-server-start';

const HOME = '/opt/zookeeper-3.4.6';
const ZOO_CFG = `# Milliseconds of a tick
tickTime=2000
# Ticks that the first synchronisation may take
initLimit=10
# Ticks between a request and its acknowledgement
syncLimit=5
dataDir=${HOME}/data
clientPort=2181
#maxClientCnxns=60
#autopurge.snapRetainCount=3
#autopurge.purgeInterval=1
`;

/** The SSH daemon of the base image: goes to the background at once, and nobody logs in. */
const sshd: Program = {
  name: 'sshd',
  *main(process) {
    yield* process.sleep(8000);
    return 0;
  },
};

/** wurstmeister/zookeeper:3.4.6. */
export const zookeeper: Image = {
  repository: 'wurstmeister/zookeeper',
  tag: '3.4.6',
  id: digestOf('wurstmeister/zookeeper:3.4.6', '6fe5551964f5'),
  digest: '294d69bb580a614ed3128969b95b5355c480e84704d826cdf73e790b5a6e63fc',
  createdMs: 1_451_656_440_000,
  layers: layersOf('wurstmeister/zookeeper', [
    [0.032, 0, 'a3ed95caeb02'], [65_700, 188_000, 'ef38b711a50f'], [0.72, 0.19, 'e057c74597c7'], [0.53, 1.9, '666c214f6385'], [0.44, 2.7, 'c3d6a96f1ffc'],
    [0.66, 0.1, '3fe26a83e0ca'], [94_000, 223_300, '3d3a7dd3a3b1'], [0.24, 0, 'f8cc938abe5f'], [17_700, 17_700, '9978b75f7a58'], [17_500, 22_000, '4d4dbcc8f8cc'],
    [0.29, 0.9, 'ccf399e5f3b7'], [0.32, 0.2, 'a80f54931267'], [0.31, 0.9, '551a52c71f3f'], [0.36, 0.3, 'd77a729a2184'],
  ]),
  config: {
    cmd: ['/bin/sh', '-c', '/usr/sbin/sshd && start-zk.sh'],
    env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'JAVA_HOME=/usr/lib/jvm/java-7-openjdk-amd64', `ZK_HOME=${HOME}`],
    workingDir: HOME,
    exposedPorts: ['22/tcp', '2181/tcp', '2888/tcp', '3888/tcp'],
    volumes: [`${HOME}/conf`, `${HOME}/data`],
  },
  install(machine) {
    const { files } = machine;
    installLinux(machine, { prettyName: 'Ubuntu 14.04.3 LTS', id: 'ubuntu', versionId: '14.04' });
    files.installProgram('/usr/sbin/sshd', sshd);
    files.installProgram('/usr/bin/start-zk.sh', startZk, '#!/bin/bash\n# start-zk.sh: a program of the simulation\n');
    files.installProgram(`${HOME}/bin/zkServer.sh`, zkServer, '#!/bin/bash\n# zkServer.sh: a program of the simulation\n');
    files.installProgram(`${HOME}/bin/zkCli.sh`, zkCli, '#!/bin/bash\n# zkCli.sh: a program of the simulation\n');
    files.writeFile(`${HOME}/conf/zoo.cfg`, ZOO_CFG);
    files.writeFile(`${HOME}/conf/log4j.properties`, 'zookeeper.root.logger=INFO, CONSOLE\nlog4j.rootLogger=${zookeeper.root.logger}\n');
    files.makeDirectories(`${HOME}/data`);
    files.writeFile(`${HOME}/zookeeper-3.4.6.jar`, '').allocate(1_340_305);
    const prompt = "PS1='\\u@\\h:\\w\\$ '\n";
    files.writeFile('/root/.bashrc', prompt);
    files.writeFile('/etc/bash.bashrc', prompt);
  },
};
