import type { Machine } from '../os/machine';
import { installBaseSystem } from './base-system';

const BASHRC = `[ -z "$PS1" ] && return
PS1='\\u@\\h:\\w\\$ '
`;

/** Ubuntu 18.04. Simplified: it holds the tools that are simulated, not all of Ubuntu's. */
export function installUbuntu(machine: Machine): void {
  installBaseSystem(machine, { name: 'Ubuntu', id: 'ubuntu', version: '18.04', prettyName: 'Ubuntu 18.04 LTS' });
  machine.files.writeFile('/root/.bashrc', BASHRC);
}
