import type { Simulation } from '../../engine/kernel/simulation';
import type { Network } from '../../engine/network/network';
import { DockerEngine } from '../docker/docker-engine';
import { Machine, TaskLimit } from '../os/machine';
import { Memory } from '../os/memory';
import { Storage } from '../os/storage';
import { createDocker } from '../programs/docker/docker';
import { createDockerCompose, type YamlLibrary } from '../programs/docker/docker-compose';
import { installBaseSystem } from './base-system';
import { IMAGES } from './image-table';
import { installKafka } from './kafka-distribution';

const STUDENT = 1000;
const HOME = '/home/student';

/** Sourced by every terminal's shell: the prompt that the labs show. */
const BASHRC = `PS1='\\h:\\W\\$ '\n`;
/** Read by login shells, and by those who ask for it with \`. ~/.bash_profile\`. */
const BASH_PROFILE = `# Short names for the tools in the container. Use them with: . ~/.bash_profile
alias ktopics='docker-compose exec kafka /opt/kafka/bin/kafka-topics.sh'
alias kproducer='docker-compose exec kafka /opt/kafka/bin/kafka-console-producer.sh'
alias kconsumer='docker-compose exec kafka /opt/kafka/bin/kafka-console-consumer.sh'
[ -f ~/.bashrc ] && . ~/.bashrc
`;

/** A lab's folder on the laptop. */
export interface LabFolder {
  /** `01-Verify-Installation`. */
  readonly folder: string;
  /** Path below it -> text. */
  readonly files: Readonly<Record<string, string>>;
}

export interface LaptopOptions {
  readonly sim: Simulation;
  readonly network: Network;
  readonly labs: readonly LabFolder[];
  /** Asked for when the first compose file is read. */
  readonly yaml: () => YamlLibrary;
}

export interface Laptop {
  readonly machine: Machine;
  readonly docker: DockerEngine;
}

/** The student's laptop: Linux, user `student`, Docker CE 18.03.0 with docker-compose 1.20.1, the labs, and an unpacked Kafka. */
export function createLaptop(options: LaptopOptions): Laptop {
  const memory = new Memory();
  const tasks = new TaskLimit();
  const machine = new Machine({ sim: options.sim, host: options.network.addHost('laptop'), storage: new Storage(), memory, tasks });
  const docker = new DockerEngine({ sim: options.sim, network: options.network, laptop: machine, memory, tasks, registry: IMAGES });
  installBaseSystem(machine, { name: 'Ubuntu', id: 'ubuntu', version: '18.04', prettyName: 'Ubuntu 18.04 LTS' });
  machine.users.set(STUDENT, { name: 'student', home: HOME });
  installHome(machine, options.labs);
  machine.files.installProgram('/usr/bin/docker', createDocker(docker));
  machine.files.installProgram('/usr/local/bin/docker-compose', createDockerCompose(docker, options.yaml));
  return { machine, docker };
}

function installHome(machine: Machine, labs: readonly LabFolder[]): void {
  const { files } = machine;
  files.makeDirectories(HOME).uid = STUDENT;
  files.writeFile('/etc/passwd', `root:x:0:0:root:/root:/bin/bash\nstudent:x:${STUDENT}:${STUDENT}:Student:${HOME}:/bin/bash\n`);
  files.writeFile('/etc/group', `root:x:0:\ndocker:x:999:student\nstudent:x:${STUDENT}:\n`);
  files.writeFile('/etc/hostname', 'laptop\n');
  files.writeFile('/etc/hosts', '127.0.0.1\tlocalhost\n127.0.1.1\tlaptop\n');
  files.writeFile(`${HOME}/.bashrc`, BASHRC, { uid: STUDENT });
  files.writeFile(`${HOME}/.bash_profile`, BASH_PROFILE, { uid: STUDENT });
  for (const { folder, files: contents } of labs) {
    const path = `${HOME}/kafka-labs/labs/${folder}`;
    files.makeDirectories(path, 0o755, STUDENT);
    for (const [name, text] of Object.entries(contents)) files.writeFile(`${path}/${name}`, text, { uid: STUDENT });
  }
  installKafka(files, `${HOME}/kafka_2.12-1.1.0`, { uid: STUDENT });
}
