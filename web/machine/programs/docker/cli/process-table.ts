import type { Container } from '../../../docker/container';
import { utcParts } from '../../../docker/utc-date';

const TITLES = ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'] as const;

/** The processes of a container as `ps -ef` on the laptop shows them. Numbers are those of the laptop, above the container's own. */
export function processTable(container: Container): { readonly titles: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const { machine } = container;
  const base = 1000 + (machine.host.id % 300) * 100;
  const rows = [...machine.processes.values()].filter((each) => each.alive).map((each) => {
    const started = utcParts(machine.sim.startDateMs + Math.floor(each.startedUs / 1000));
    const seconds = Math.floor(each.cpuUs / 1_000_000);
    return [
      machine.userName(each.uid),
      String(base + each.pid),
      String(each.parent === undefined ? base - 20 : base + each.parent.pid),
      '0',
      `${two(started.hour)}:${two(started.minute)}`,
      each.terminal === undefined ? '?' : 'pts/0',
      `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`,
      each.argv.join(' '),
    ];
  });
  return { titles: TITLES, rows };
}

const two = (value: number): string => String(value).padStart(2, '0');
