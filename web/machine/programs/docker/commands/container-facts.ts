import { DockerError } from '../../../docker/docker-error';
import { type DockerCommand, StatusError } from '../cli/docker-command';
import { humanBinarySize } from '../cli/human-units';
import { printList } from '../cli/list-output';
import { processTable } from '../cli/process-table';
import { tabTable } from '../cli/tab-table';

/** `docker port`. */
export const port: DockerCommand = {
  use: 'port CONTAINER [PRIVATE_PORT[/PROTO]]',
  short: 'List port mappings or a specific mapping for the container',
  args: { min: 1, max: 2 },
  flags: [],
  completes: 'container',
  *run({ process, engine, args }) {
    const [name, wanted] = args as [string, string?];
    const container = engine.container(name);
    if (wanted === undefined) {
      for (const each of [...container.ports].sort((a, b) => (a.containerPort < b.containerPort ? -1 : 1))) {
        yield* process.out(`${each.containerPort} -> ${each.hostIp}:${each.hostPort}\n`);
      }
      return 0;
    }
    const key = wanted.includes('/') ? wanted : `${wanted}/tcp`;
    const found = container.ports.filter((each) => each.containerPort === key);
    if (found.length === 0) throw new StatusError(`Error: No public port '${key}' published for ${name}`, 1);
    for (const each of found) yield* process.out(`${each.hostIp}:${each.hostPort}\n`);
    return 0;
  },
};

/** `docker top`. Options of `ps` are accepted; the columns stay those of `ps -ef`. */
export const top: DockerCommand = {
  use: 'top CONTAINER [ps OPTIONS]',
  short: 'Display the running processes of a container',
  args: { min: 1, max: Infinity },
  flags: [],
  interspersed: false,
  completes: 'container',
  *run({ process, engine, args }) {
    const container = engine.container(args[0] as string);
    if (!container.running) throw new DockerError(`Container ${container.id} is not running`, 409);
    const { titles, rows } = processTable(container);
    yield* process.out(tabTable([titles, ...rows]));
    return 0;
  },
};

/** `docker stats`. */
export const stats: DockerCommand = {
  use: 'stats [OPTIONS] [CONTAINER...]',
  short: 'Display a live stream of container(s) resource usage statistics',
  args: { min: 0, max: Infinity },
  flags: [
    { name: 'all', short: 'a', kind: 'bool', usage: 'Show all containers (default shows just running)' },
    { name: 'format', kind: 'string', usage: 'Pretty-print images using a Go template' },
    { name: 'no-stream', kind: 'bool', usage: 'Disable streaming stats and only pull the first result' },
    { name: 'no-trunc', kind: 'bool', usage: 'Do not truncate output' },
  ],
  completes: 'container',
  *run({ process, engine, flags, args }) {
    const shown = (): typeof engine.containers =>
      args.length > 0 ? args.map((name) => engine.container(name)) : engine.containers.filter((each) => flags.bool('all') || each.running);
    const before = new Map<string, number>();
    for (;;) {
      const startedUs = engine.sim.nowUs;
      for (const container of shown()) before.set(container.id, cpuUs(container));
      yield* process.sleep(1_000_000);
      const elapsedUs = engine.sim.nowUs - startedUs;
      const rows = shown().map((container) => statsRow(container, engine.options.memory.totalBytes, (cpuUs(container) - (before.get(container.id) ?? 0)) / elapsedUs));
      if (!flags.bool('no-stream')) yield* process.out('\x1b[2J\x1b[H');
      yield* printList(process, rows, {
        columns: [['Container', 'CONTAINER ID'], ['Name', 'NAME'], ['CPUPerc', 'CPU %'], ['MemUsage', 'MEM USAGE / LIMIT'], ['MemPerc', 'MEM %'], ['NetIO', 'NET I/O'], ['BlockIO', 'BLOCK I/O'], ['PIDs', 'PIDS']],
        format: flags.string('format'),
        quiet: false,
        idField: 'Container',
      });
      if (flags.bool('no-stream')) return 0;
    }
  },
};

type AnyContainer = Parameters<typeof processTable>[0];

function cpuUs(container: AnyContainer): number {
  return [...container.machine.processes.values()].reduce((sum, each) => sum + each.cpuUs, 0);
}

/** What a process takes beyond what it says it holds. */
const PROCESS_BYTES = 3 * 1024 * 1024;

function statsRow(container: AnyContainer, totalBytes: number, cpuShare: number): Record<string, string> {
  const processes = container.running ? [...container.machine.processes.values()] : [];
  const bytes = processes.reduce((sum, each) => sum + each.memoryBytes + PROCESS_BYTES, 0);
  return {
    Container: container.shortId,
    ID: container.shortId,
    Name: container.name,
    CPUPerc: `${(Math.max(0, cpuShare) * 100).toFixed(2)}%`,
    MemUsage: `${humanBinarySize(bytes)} / ${humanBinarySize(totalBytes)}`,
    MemPerc: `${((bytes / totalBytes) * 100).toFixed(2)}%`,
    NetIO: '0B / 0B',
    BlockIO: '0B / 0B',
    PIDs: String(processes.length),
  };
}
