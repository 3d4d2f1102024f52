import type { FileSystem } from '../os/file-system';
import type { Machine } from '../os/machine';
import { bash } from '../shell/bash';

const ROOT_DIRECTORIES = ['/bin', '/boot', '/etc', '/home', '/lib', '/lib64', '/media', '/mnt', '/opt', '/proc', '/root', '/run', '/sbin', '/srv', '/sys', '/usr/bin', '/usr/lib', '/usr/local/bin', '/usr/sbin', '/usr/share', '/var/lib', '/var/log', '/var/tmp'];
/** A Linux distribution as `/etc/os-release` names it. */
export interface Distribution {
  readonly prettyName: string;
  readonly id: string;
  readonly versionId: string;
}

/** The tree, bash and the users of a Linux, without its tools. */
export function installShell(machine: Machine, distribution: Distribution): void {
  const { files } = machine;
  for (const path of ROOT_DIRECTORIES) files.makeDirectories(path);
  files.makeDirectories('/tmp').mode = 0o1777;
  files.directory('/root').mode = 0o700;
  for (const path of ['/bin/bash', '/bin/sh', '/usr/bin/bash']) files.installProgram(path, bash);
  writeEtc(files, distribution);
}

function writeEtc(files: FileSystem, { prettyName, id, versionId }: Distribution): void {
  files.writeFile('/etc/os-release', `PRETTY_NAME="${prettyName}"\nNAME="${prettyName.split(' ')[0] as string}"\nID=${id}\nVERSION_ID="${versionId}"\n`);
  files.writeFile('/etc/passwd', 'root:x:0:0:root:/root:/bin/bash\nbin:x:1:1:bin:/bin:/sbin/nologin\ndaemon:x:2:2:daemon:/sbin:/sbin/nologin\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n');
  files.writeFile('/etc/group', 'root:x:0:\nbin:x:1:\ndaemon:x:2:\nnogroup:x:65534:\n');
}
