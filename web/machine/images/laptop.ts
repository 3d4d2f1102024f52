import type { Simulation } from '../../engine/kernel/simulation';
import type { Network } from '../../engine/network/network';
import type { DockerEngine } from '../docker/docker-engine';
import { Machine, TaskLimit } from '../os/machine';
import { Memory } from '../os/memory';
import { Storage } from '../os/storage';
import { installShell } from './linux-files';

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
}

/** The student's laptop. Docker, the GNU tools and Kafka come when it is furnished, which must be before the first command. */
export interface Laptop {
  readonly machine: Machine;
  readonly memory: Memory;
  readonly tasks: TaskLimit;
  docker: DockerEngine | undefined;
}

export const STUDENT_UID = 1000;
export const STUDENT_HOME = '/home/student';
const HOME = STUDENT_HOME;
const BASH_PROFILE = `# Kafka's tools run in the broker's container. After ". ~/.bash_profile" these do without the long words.
alias ktopics='docker-compose exec kafka /opt/kafka/bin/kafka-topics.sh'
alias kproducer='docker-compose exec kafka /opt/kafka/bin/kafka-console-producer.sh'
alias kconsumer='docker-compose exec kafka /opt/kafka/bin/kafka-console-consumer.sh'
alias kgroups='docker-compose exec kafka /opt/kafka/bin/kafka-consumer-groups.sh'
`;

/** Linux with bash, the student's home and the labs: as much as a prompt needs. */
export function createLaptop(options: LaptopOptions): Laptop {
  const { sim, network } = options;
  const memory = new Memory();
  const tasks = new TaskLimit();
  const machine = new Machine({ sim, host: network.addHost('laptop'), storage: new Storage(), memory, tasks });
  machine.users.set(STUDENT_UID, { name: 'student', home: HOME });
  installShell(machine, { prettyName: 'Debian GNU/Linux 12 (bookworm)', id: 'debian', versionId: '12' });
  installHome(machine, options.labs);
  return { machine, memory, tasks, docker: undefined };
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
  for (const lab of labs) {
    const folder = `${HOME}/kafka-labs/labs/${lab.document.folder}`;
    files.makeDirectories(folder, 0o755, STUDENT_UID);
    for (const [path, text] of Object.entries(lab.files)) files.writeFile(`${folder}/${path}`, text, { uid: STUDENT_UID });
  }
}
