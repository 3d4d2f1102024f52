import type { Network } from '../../engine/network/network';
import { DockerEngine } from '../docker/docker-engine';
import type { DirectoryNode } from '../os/file-node';
import { createDocker } from '../programs/docker/docker';
import { createDockerCompose } from '../programs/docker/docker-compose';
import { installKafka } from './kafka-files';
import { type Laptop, STUDENT_HOME, STUDENT_UID } from './laptop';
import { installTools } from './linux-tools';
import { REGISTRY } from './registry';

/**
 * Puts onto the laptop what a prompt can do without: the GNU tools, Docker with its registry, an unpacked Kafka.
 *
 * Why apart: all this is loaded after the page has shown its prompt. When it comes makes no difference to a run: no file's time and no other state depends on it.
 */
export function furnishLaptop(laptop: Laptop, network: Network): void {
  const { machine, memory, tasks } = laptop;
  const { sim } = machine;
  installTools(machine);
  const docker = new DockerEngine({ sim, network, laptop: machine, memory, tasks, registry: REGISTRY });
  laptop.docker = docker;
  machine.files.installProgram('/usr/bin/docker', createDocker(docker));
  machine.files.installProgram('/usr/local/bin/docker-compose', createDockerCompose(docker));
  installKafka(machine.files, `${STUDENT_HOME}/kafka_2.12-1.1.0`, STUDENT_UID);
  setTimes(machine.files.root, sim.startDateMs);
}

function setTimes(directory: DirectoryNode, dateMs: number): void {
  directory.mtimeMs = dateMs;
  for (const node of directory.entries.values()) {
    node.mtimeMs = dateMs;
    if (node.kind === 'directory') setTimes(node, dateMs);
  }
}
