import type { Simulation } from '../../engine/kernel/simulation';
import type { Network } from '../../engine/network/network';
import { DockerEngine } from '../docker/docker-engine';
import { Machine, TaskLimit } from '../os/machine';
import { Memory } from '../os/memory';
import { Storage } from '../os/storage';
import { createDocker } from '../programs/docker/docker';
import { createDockerCompose } from '../programs/docker/docker-compose';
import { installKafka } from './kafka-files';
import { installLinux } from './linux-files';
import { REGISTRY } from './registry';

/** What a lab puts on the laptop. */
export interface LaptopLab {
  readonly document: { readonly folder: string };
  /** Path below the lab's folder -> text. */
  readonly files: Readonly<Record<string, string>>;
}

export interface LaptopOptions {
  readonly sim: Simulation;
  readonly network: Network;
  readonly labs: readonly LaptopLab[];
  /** Libraries that come late. None is needed here: compose files are read as PyYAML reads them. */
  readonly libraries?: unknown;
}

export interface Laptop {
  readonly machine: Machine;
  readonly docker: DockerEngine;
}

export const STUDENT_UID = 1000;
const HOME = '/home/student';
const BASH_PROFILE = `# Kafka's tools run in the broker's container. After ". ~/.bash_profile" these do without the long words.
alias ktopics='docker-compose exec kafka /opt/kafka/bin/kafka-topics.sh'
alias kproducer='docker-compose exec kafka /opt/kafka/bin/kafka-console-producer.sh'
alias kconsumer='docker-compose exec kafka /opt/kafka/bin/kafka-console-consumer.sh'
alias kgroups='docker-compose exec kafka /opt/kafka/bin/kafka-consumer-groups.sh'
`;

/** The student's laptop: Linux with bash and GNU's tools, Docker, the labs, and an unpacked Kafka. */
export function createLaptop(options: LaptopOptions): Laptop {
  const { sim, network } = options;
  const memory = new Memory();
  const tasks = new TaskLimit();
  const machine = new Machine({ sim, host: network.addHost('laptop'), storage: new Storage(), memory, tasks });
  machine.users.set(STUDENT_UID, { name: 'student', home: HOME });
  installLinux(machine, { prettyName: 'Debian GNU/Linux 12 (bookworm)', id: 'debian', versionId: '12' });
  const docker = new DockerEngine({ sim, network, laptop: machine, memory, tasks, registry: REGISTRY });
  machine.files.installProgram('/usr/bin/docker', createDocker(docker));
  machine.files.installProgram('/usr/local/bin/docker-compose', createDockerCompose(docker));
  installHome(machine, options.labs);
  return { machine, docker };
}

function installHome(machine: Machine, labs: readonly LaptopLab[]): void {
  const { files } = machine;
  files.makeDirectories(HOME, 0o755, STUDENT_UID);
  files.writeFile('/etc/hosts', '127.0.0.1\tlocalhost\n127.0.1.1\tlaptop\n');
  files.writeFile('/etc/hostname', 'laptop\n');
  files.writeFile('/etc/passwd', `root:x:0:0:root:/root:/bin/bash\nstudent:x:${STUDENT_UID}:${STUDENT_UID}:student:${HOME}:/bin/bash\n`);
  files.writeFile('/etc/group', `root:x:0:\nstudent:x:${STUDENT_UID}:\ndocker:x:999:student\n`);
  files.writeFile(`${HOME}/.bashrc`, "PS1='\\h:\\W\\$ '\n", { uid: STUDENT_UID });
  files.writeFile(`${HOME}/.bash_profile`, BASH_PROFILE, { uid: STUDENT_UID });
  installKafka(files, `${HOME}/kafka_2.12-1.1.0`, STUDENT_UID);
  for (const lab of labs) {
    const folder = `${HOME}/kafka-labs/labs/${lab.document.folder}`;
    files.makeDirectories(folder, 0o755, STUDENT_UID);
    for (const [path, text] of Object.entries(lab.files)) files.writeFile(`${folder}/${path}`, text, { uid: STUDENT_UID });
  }
}
