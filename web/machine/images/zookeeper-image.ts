import type { Machine } from '../os/machine';
import type { Program } from '../os/program';
import { installBaseSystem } from './base-system';
import { startZooKeeper, ZOOKEEPER_HOME } from './zookeeper-process';

const ZOO_CFG = `tickTime=2000
initLimit=10
syncLimit=5
dataDir=${ZOOKEEPER_HOME}/data
clientPort=2181
autopurge.snapRetainCount=3
autopurge.purgeInterval=1
`;

const BASHRC = `PS1='\\u@\\h:\\w\\$ '\n`;

/** Simplified: the image's ssh daemon starts and listens to nobody. */
const sshd: Program = {
  name: 'sshd',
  // eslint-disable-next-line require-yield
  *main() {
    return 0;
  },
};

/** wurstmeister/zookeeper:3.4.6 on Ubuntu 14.04. */
export function installZooKeeperImage(machine: Machine): void {
  const { files } = machine;
  installBaseSystem(machine, { name: 'Ubuntu', id: 'ubuntu', version: '14.04', prettyName: 'Ubuntu 14.04.1 LTS' });
  files.makeDirectories(`${ZOOKEEPER_HOME}/bin`);
  files.makeDirectories(`${ZOOKEEPER_HOME}/data`);
  files.writeFile(`${ZOOKEEPER_HOME}/conf/zoo.cfg`, ZOO_CFG);
  files.installProgram('/usr/sbin/sshd', sshd);
  files.installProgram('/usr/bin/start-zk.sh', startZooKeeper, '#!/bin/bash\n# start-zk.sh of wurstmeister/zookeeper 3.4.6\n');
  files.writeFile('/root/.bashrc', BASHRC);
}
