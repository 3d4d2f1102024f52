import type { Machine } from '../os/machine';
import { decodeText } from '../os/text';
import { DockerError } from './docker-error';

/** The numeric user of `--user`: a name of the container's `/etc/passwd` or a number. Throws DockerError. */
export function uidOf(machine: Machine, user: string): number {
  const name = user.split(':')[0] as string;
  if (name === '') return 0;
  if (/^\d+$/.test(name)) return Number(name);
  const passwd = machine.files.find('/etc/passwd');
  const lines = passwd?.kind === 'regular' ? decodeText(passwd.read()).split('\n') : [];
  const line = lines.find((each) => each.startsWith(`${name}:`));
  if (line === undefined) throw new DockerError(`linux spec user: unable to find user ${name}: no matching entries in passwd file`);
  return Number(line.split(':')[2]);
}
