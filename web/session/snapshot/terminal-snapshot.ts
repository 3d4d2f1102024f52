import { baseName } from '../../machine/os/file-system';
import type { Process } from '../../machine/os/process';
import { hostLabel } from '../host-labels';
import type { Session } from '../session';
import type { TerminalSnapshot } from '../snapshot';

export function terminalSnapshot(session: Session, number: number): TerminalSnapshot {
  const chain = session.terminal(number)?.foregroundChain ?? [];
  const innermost = chain.at(-1);
  return {
    number,
    hosts: chain.length === 0 ? ['laptop'] : chain.map((process) => hostLabel(session.laptop, process.machine.hostname)),
    foregroundProgram: innermost === undefined ? 'bash' : programName(innermost),
    inputWaits: session.inputWaits(number),
  };
}

/** As a title shows it: a compose command with its verb, other programs by name alone. */
function programName(process: Process): string {
  const name = baseName(process.argv[0] ?? '').replace(/^-/, '');
  const verb = process.args.find((arg) => !arg.startsWith('-'));
  return (name === 'docker' || name === 'docker-compose') && verb !== undefined ? `${name} ${verb}` : name;
}
