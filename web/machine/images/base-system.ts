import type { Machine } from '../os/machine';
import type { Program } from '../os/program';
import { COREUTILS } from '../programs/coreutils/programs';
import { bash } from '../shell/bash';

export interface Release {
  /** `Alpine Linux`. */
  readonly name: string;
  readonly id: string;
  readonly version: string;
  readonly prettyName: string;
}

/** Programs that `/bin` has too, as scripts expect them there. */
const IN_BIN: ReadonlySet<string> = new Set([
  'cat', 'chmod', 'cp', 'date', 'df', 'echo', 'egrep', 'false', 'fgrep', 'grep', 'hostname', 'kill', 'ln', 'ls', 'mkdir', 'mktemp', 'mv', 'ps', 'pwd', 'rm', 'rmdir',
  'sed', 'sleep', 'stty', 'touch', 'true', 'uname',
]);

/** What every Linux here has: a shell, the GNU tools, the files of `/etc` that programs look at. */
export function installBaseSystem(machine: Machine, release: Release, programs: readonly Program[] = COREUTILS): void {
  const { files } = machine;
  for (const directory of ['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local/bin', '/etc', '/var/log', '/var/tmp', '/opt', '/mnt', '/home', '/srv', '/run', '/proc', '/sys']) {
    files.makeDirectories(directory);
  }
  files.makeDirectories('/root').mode = 0o700;
  files.makeDirectories('/tmp').mode = 0o1777;
  files.installProgram('/bin/bash', bash);
  files.symlink('bash', '/bin/sh');
  files.symlink('/bin/bash', '/usr/bin/bash');
  for (const program of programs) {
    files.installProgram(`/usr/bin/${program.name}`, program);
    if (IN_BIN.has(program.name)) files.symlink(`/usr/bin/${program.name}`, `/bin/${program.name}`);
  }
  files.writeFile('/etc/os-release', osRelease(release));
  files.writeFile('/etc/passwd', 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n');
  files.writeFile('/etc/group', 'root:x:0:\nnogroup:x:65534:\n');
}

function osRelease({ name, id, version, prettyName }: Release): string {
  return `PRETTY_NAME="${prettyName}"\nNAME="${name}"\nID=${id}\nVERSION_ID="${version}"\n`;
}
