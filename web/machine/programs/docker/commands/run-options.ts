import type { PortBinding, RestartPolicy } from '../../../docker/container';
import type { CreateOptions } from '../../../docker/container-factory';
import { DockerError } from '../../../docker/docker-error';
import type { Process } from '../../../os/process';
import { decodeText } from '../../../os/text';
import { type FlagValues } from '../cli/flags';

/** Options that contradict themselves; the client says so without asking the engine. */
export class RunOptionError extends Error {}

const PORT = /^(?:(?:(\d+\.\d+\.\d+\.\d+):)?(\d*(?:-\d+)?):)?(\d+(?:-\d+)?)(?:\/(tcp|udp))?$/;

/** What `docker run`'s options ask the engine for. Throws RunOptionError, DockerError. */
export function createOptionsOf(process: Process, flags: FlagValues, args: readonly string[]): CreateOptions {
  const [image, ...cmd] = args as [string, ...string[]];
  const network = flags.has('net') ? flags.string('net') : flags.string('network');
  const aliases = [...flags.list('network-alias'), ...flags.list('net-alias')];
  const plain = network === 'default' || network === 'bridge';
  if (plain && aliases.length > 0) throw new DockerError('network-scoped alias is supported only for containers in user defined networks', 400);
  return {
    image,
    ...(cmd.length > 0 ? { cmd } : {}),
    ...given(flags, 'name', 'name'),
    ...given(flags, 'hostname', 'hostname'),
    ...given(flags, 'user', 'user'),
    ...given(flags, 'workdir', 'workingDir'),
    ...(flags.has('entrypoint') ? { entrypoint: [flags.string('entrypoint')] } : {}),
    env: environment(process, flags),
    tty: flags.bool('tty'),
    openStdin: flags.bool('interactive'),
    labels: new Map(flags.list('label').map((each) => splitOnce(each, '='))),
    exposedPorts: flags.list('expose').map((each) => (each.includes('/') ? each : `${each}/tcp`)),
    portBindings: flags.list('publish').flatMap(parsePublish),
    publishAll: flags.bool('publish-all'),
    binds: flags.list('volume').map(parseVolume),
    restartPolicy: parseRestart(flags.string('restart')),
    autoRemove: flags.bool('rm'),
    networkMode: plain ? 'default' : network,
    ...(plain ? {} : { networks: [{ network, aliases, ...(flags.has('ip') ? { address: flags.string('ip') } : {}) }] }),
    extraHosts: flags.list('add-host').map((each) => splitOnce(each, ':')),
    stopSignal: flags.string('stop-signal'),
    ...(flags.has('stop-timeout') ? { stopTimeoutS: flags.number('stop-timeout') } : {}),
  };
}

function given(flags: FlagValues, flag: string, option: string): Record<string, string> {
  return flags.has(flag) ? { [option]: flags.string(flag) } : {};
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** `-e KEY` takes the client's own value; an unset one is left out. */
function environment(process: Process, flags: FlagValues): string[] {
  const out: string[] = [];
  const add = (entry: string): void => {
    if (entry.includes('=')) out.push(entry);
    else if (process.env.has(entry)) out.push(`${entry}=${process.env.get(entry) as string}`);
  };
  for (const path of flags.list('env-file')) {
    const file = process.files.tryStat(path);
    if (file === undefined) throw new RunOptionError(`open ${path}: no such file or directory`);
    for (const line of decodeText(process.files.readFile(path)).split('\n')) if (line.trim() !== '' && !line.startsWith('#')) add(line.trimStart());
  }
  for (const entry of flags.list('env')) add(entry);
  return out;
}

export function parsePublish(text: string): PortBinding[] {
  const match = PORT.exec(text);
  if (match === null) throw new RunOptionError(`Invalid containerPort: ${text.split(':').at(-1)?.split('/')[0] ?? ''}`);
  const [, hostIp = '0.0.0.0', hostRange = '', containerRange = '', protocol = 'tcp'] = match;
  const container = portsOf(containerRange);
  const host = hostRange === '' ? container.map(() => 0) : portsOf(hostRange);
  if (container.some((port) => port > 65535)) throw new RunOptionError(`Invalid containerPort: ${containerRange}`);
  if (host.some((port) => port > 65535)) throw new RunOptionError(`Invalid hostPort: ${hostRange}`);
  if (host.length !== container.length) throw new RunOptionError(`Invalid ranges specified for container and host Ports: ${containerRange} and ${hostRange}`);
  return container.map((port, index) => ({ containerPort: `${port}/${protocol}`, hostIp, hostPort: host[index] as number }));
}

function portsOf(range: string): number[] {
  const [low, high] = range.split('-').map(Number) as [number, number?];
  return Array.from({ length: (high ?? low) - low + 1 }, (_unused, index) => low + index);
}

function parseVolume(text: string): { source: string | undefined; target: string; readOnly: boolean } {
  const parts = text.split(':');
  if (parts.length === 1) return { source: undefined, target: text, readOnly: false };
  const [source = '', target = '', mode = ''] = parts;
  if (parts.length > 3) throw new DockerError(`invalid volume specification: '${text}'`, 400);
  return { source, target, readOnly: mode.split(',').includes('ro') };
}

function parseRestart(text: string): RestartPolicy {
  const [name = 'no', count = ''] = text.split(':');
  if (!['', 'no', 'always', 'on-failure', 'unless-stopped'].includes(name)) throw new DockerError(`invalid restart policy '${name}'`, 400);
  if (count !== '' && !/^\d+$/.test(count)) throw new RunOptionError(`maximum retry count must be an integer`);
  return { name: (name === '' ? 'no' : name) as RestartPolicy['name'], maximumRetryCount: Number(count || '0') };
}
