import type { Bind, PortBinding } from '../../docker/container';
import type { CreateOptions } from '../../docker/container-factory';
import { type YamlMap, YamlFloat, type YamlValue, pythonFloat } from '../yaml/yaml-value';
import type { ServiceConfig } from '../config/compose-config';
import { toList, toMapping } from '../config/service-merge';
import { isNamedVolume, parseVolume } from '../config/volume-spec';
import { shellWords } from './shell-words';

export interface OptionContext {
  readonly image: string;
  readonly networks: readonly { readonly network: string; readonly aliases: readonly string[]; readonly address?: string }[];
  volumeName(name: string): string;
}

/** What a service's options ask the engine for. */
export function createOptionsOf(config: ServiceConfig, context: OptionContext): CreateOptions {
  const { options } = config;
  const text = (key: string): string | undefined => {
    const value = options.get(key);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const [restartName = 'no', retries = '0'] = (text('restart') ?? 'no').split(':');
  const mode = text('network_mode');
  return {
    image: context.image,
    ...(options.has('command') && options.get('command') !== null ? { cmd: command(options.get('command')) } : {}),
    ...(options.has('entrypoint') && options.get('entrypoint') !== null ? { entrypoint: command(options.get('entrypoint')) } : {}),
    ...(text('hostname') === undefined ? {} : { hostname: text('hostname') as string }),
    ...(text('working_dir') === undefined ? {} : { workingDir: text('working_dir') as string }),
    ...(text('user') === undefined ? {} : { user: text('user') as string }),
    ...(text('stop_signal') === undefined ? {} : { stopSignal: text('stop_signal') as string }),
    env: environmentList(options.get('environment')),
    labels: new Map([...toMapping('labels', options.get('labels'))].map(([key, value]) => [String(key), scalarText(value)])),
    tty: options.get('tty') === true,
    openStdin: options.get('stdin_open') === true,
    exposedPorts: toList(options.get('expose')).map((port) => (String(port).includes('/') ? String(port) : `${String(port)}/tcp`)),
    portBindings: config.ports.map(bindingOf),
    binds: toList(options.get('volumes')).map((volume) => bindOf(volume, context)),
    restartPolicy: { name: restartName as NonNullable<CreateOptions['restartPolicy']>['name'], maximumRetryCount: Number(retries) },
    extraHosts: [...toMapping('extra_hosts', options.get('extra_hosts'))].map(([name, address]) => [String(name), String(address)] as const),
    networkMode: mode ?? 'default',
    ...(mode === undefined ? { networks: context.networks } : {}),
  };
}

function command(value: YamlValue | undefined): string[] {
  if (typeof value === 'string') return shellWords(value);
  return toList(value).map(String);
}

/** `KEY=VALUE`; an entry without a value is left out, as the engine takes it away. */
function environmentList(value: YamlValue | undefined): string[] {
  return [...toMapping('environment', value)].map(([key, each]) => (each === null ? String(key) : `${String(key)}=${scalarText(each)}`));
}

function scalarText(value: YamlValue): string {
  if (value === null) return '';
  if (value instanceof YamlFloat) return pythonFloat(value.value);
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}

function bindingOf(port: ServiceConfig['ports'][number]): PortBinding {
  const published = typeof port.published === 'string' ? Number(port.published.split('-')[0]) : (port.published ?? 0);
  return { containerPort: `${port.target}/${port.protocol ?? 'tcp'}`, hostIp: port.externalIp ?? '0.0.0.0', hostPort: published };
}

function bindOf(volume: YamlValue, context: OptionContext): Bind {
  if (volume instanceof Map) return longBind(volume, context);
  const spec = parseVolume(String(volume));
  const source = isNamedVolume(spec) ? context.volumeName(spec.external as string) : spec.external;
  return { source, target: spec.internal, readOnly: spec.mode.split(',').includes('ro') };
}

function longBind(volume: YamlMap, context: OptionContext): Bind {
  const source = volume.has('source') ? String(volume.get('source')) : undefined;
  const named = volume.get('type') === 'volume' && source !== undefined;
  return { source: named ? context.volumeName(source) : source, target: String(volume.get('target')), readOnly: volume.get('read_only') === true };
}
