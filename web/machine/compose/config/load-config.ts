import type { FileAccess } from '../../os/file-access';
import { normalisePath } from '../../os/file-system';
import { decodeText } from '../../os/text';
import { schemaOf } from '../schema/compose-schemas';
import { type FormatChecker, validate } from '../schema/json-schema';
import { anglicize, schemaMessage } from '../schema/schema-messages';
import { type YamlMap, type YamlValue, pythonType } from '../yaml/yaml-value';
import { type ComposeConfig, type ServiceConfig, checkNamedVolumes } from './compose-config';
import { type ComposeEnvironment, parseEnvFile } from './compose-environment';
import type { ComposeVersion } from './compose-version';
import type { ConfigFile } from './config-files';
import { ConfigurationError, VERSION_EXPLANATION } from './configuration-error';
import { interpolateSection } from './interpolation';
import { type ServicePort, parsePorts, portProblem } from './port-spec';
import { checkService } from './service-checks';
import { mergeServices, toList, toMapping } from './service-merge';
import { type OrderedService, sortServices } from './service-order';
import { parseVolume, splitPathMapping, volumeText } from './volume-spec';

export interface LoadOptions {
  readonly files: FileAccess;
  readonly workingDir: string;
  readonly home: string;
  readonly environment: ComposeEnvironment;
  readonly warn: (text: string) => void;
}

/**
 * Puts compose files together: variables, schema, overrides, `extends` within a file, paths, order.
 *
 * Errors: ConfigurationError in compose's words.
 * Simplified: `extends` from another file is not simulated; secrets, configs and `deploy` are checked and then do nothing.
 * @source docker/compose 1.20.1 compose/config/config.py load
 */
export function loadConfig(files: readonly ConfigFile[], options: LoadOptions): ComposeConfig {
  const [main, ...others] = files as [ConfigFile, ...ConfigFile[]];
  const { version } = checkVersions(main, others);
  const processed = files.map((file) => processFile(file, version, options.environment));
  const volumes = mergeSections(processed.map((file) => file.volumes));
  const networks = mergeSections(processed.map((file) => file.networks));
  let services = (processed[0] as ProcessedFile).services;
  for (const next of processed.slice(1)) services = mergeFiles(services, next.services);
  const loader = new ServiceLoader(options, services, version);
  const config: ComposeConfig = { version, services: loader.load(), volumes, networks };
  checkNamedVolumes(config);
  warnOfSwarmKeys(config, options.warn);
  return config;
}

interface ProcessedFile {
  readonly services: YamlMap;
  readonly volumes: YamlMap;
  readonly networks: YamlMap;
}

function checkVersions(main: ConfigFile, others: readonly ConfigFile[]): { version: ComposeVersion } {
  requireMapping(main);
  const { version } = main;
  for (const next of others) {
    requireMapping(next);
    if (next.version.text !== version.text) {
      throw new ConfigurationError(`Version mismatch: file ${main.fileName} specifies version ${version.text} but extension file ${next.fileName} uses version ${next.version.text}`);
    }
  }
  return { version };
}

/** Throws ConfigurationError. */
function requireMapping(file: ConfigFile): YamlMap {
  return file.mapping;
}

function processFile(file: ConfigFile, version: ComposeVersion, environment: ComposeEnvironment): ProcessedFile {
  const read = (name: 'services' | 'volumes' | 'networks', kind: string): YamlMap =>
    interpolateSection(checkSection(file, file.section(name), kind), kind, version, environment);
  const services = read('services', 'service');
  const volumes = version.isFirst ? new Map() : read('volumes', 'volume');
  const networks = version.isFirst ? new Map() : read('networks', 'network');
  const whole: YamlMap = version.isFirst ? services : new Map([...file.mapping, ['services', services], ['volumes', volumes], ['networks', networks]]);
  checkSchema(file, version, whole);
  return { services, volumes: volumes as YamlMap, networks: networks as YamlMap };
}

const YAML_TYPES: Readonly<Record<string, string>> = { dict: 'mapping', list: 'array', int: 'number', float: 'number', bool: 'boolean', str: 'string' };

function typeWord(value: YamlValue): string {
  const type = pythonType(value);
  return anglicize(YAML_TYPES[type] ?? type);
}

/** A section must be a mapping of mappings. Throws ConfigurationError. */
function checkSection(file: ConfigFile, section: YamlValue, kind: string): YamlMap {
  const where = `In file '${file.fileName}', `;
  if (!(section instanceof Map)) throw new ConfigurationError(`${where}${kind} must be a mapping, not ${typeWord(section)}.`);
  for (const [key, value] of section) {
    if (typeof key !== 'string') throw new ConfigurationError(`${where}the ${kind} name ${String(key)} must be a quoted string, i.e. '${String(key)}'.`);
    if (!(value instanceof Map) && value !== null) throw new ConfigurationError(`${where}${kind} '${key}' must be a mapping not ${typeWord(value)}.`);
  }
  return section;
}

const checkFormat: FormatChecker = (format, value) => {
  if (format === 'ports') return typeof value === 'string' || typeof value === 'number' ? portProblem(String(value)) : undefined;
  if (typeof value !== 'string') return undefined;
  if (format === 'expose' && !/^\d+(-\d+)?(\/[a-zA-Z]+)?$/.test(value)) return "should be of the format 'PORT[/PROTOCOL]'";
  if (format === 'subnet_ip_address' && !/^(\d{1,3}\.){3}\d{1,3}\/(\d|[1-2]\d|3[0-2])$|^[0-9a-fA-F:.]+\/\d+$/.test(value)) return 'should use the CIDR format';
  return undefined;
};

function checkSchema(file: ConfigFile, version: ComposeVersion, content: YamlMap): void {
  const schema = schemaOf(version);
  if (schema === undefined) throw new ConfigurationError(`Version in "${file.fileName}" is unsupported. ${VERSION_EXPLANATION}`);
  const errors = validate(content, schema, checkFormat).sort((a, b) => (a.message < b.message ? -1 : a.message > b.message ? 1 : 0));
  if (errors.length === 0) return;
  throw new ConfigurationError(`The Compose file '${file.fileName}' is invalid because:\n${errors.map(schemaMessage).join('\n')}`);
}

/** Volumes or networks of all files; later files win. */
function mergeSections(sections: readonly YamlMap[]): YamlMap {
  const merged: YamlMap = new Map();
  for (const section of sections) for (const [name, config] of section) merged.set(name, config instanceof Map ? config : new Map());
  return merged;
}

function mergeFiles(base: YamlMap, override: YamlMap): YamlMap {
  const merged: YamlMap = new Map();
  for (const name of new Set([...base.keys(), ...override.keys()])) {
    merged.set(name, mergeServices((base.get(name) ?? new Map()) as YamlMap, (override.get(name) ?? new Map()) as YamlMap));
  }
  return merged;
}

interface LoadedService extends OrderedService {
  readonly config: ServiceConfig;
}

/** Makes services from what the files say of them. */
class ServiceLoader {
  private readonly names: readonly string[];

  constructor(
    private readonly options: LoadOptions,
    private readonly services: YamlMap,
    private readonly version: ComposeVersion,
  ) {
    this.names = [...services.keys()].map(String);
  }

  load(): ServiceConfig[] {
    const loaded = this.names.map((name) => this.build(name));
    return sortServices(loaded).map((each) => each.config);
  }

  private build(name: string): LoadedService {
    const own = this.extended(name, []);
    const ports = this.ports(own);
    this.resolvePaths(own);
    checkService({ name, options: own, names: this.names, version: this.version, pathExists: (path) => this.options.files.exists(path) });
    return this.finalize(name, own, ports);
  }

  /** Follows `extends` to another service of the same file. */
  private extended(name: string, seen: readonly string[]): YamlMap {
    const own = new Map(this.services.get(name) as YamlMap);
    const wanted = own.get('extends');
    if (wanted === undefined) return own;
    own.delete('extends');
    const base = String(wanted instanceof Map ? wanted.get('service') : wanted);
    if (wanted instanceof Map && wanted.has('file')) throw new ConfigurationError(`Extending a service of another file ('${String(wanted.get('file'))}') is not simulated yet.`);
    if (seen.includes(name)) throw new ConfigurationError(`Circular reference:\n  ${[...seen, name].map((each) => `${each} in ${this.options.workingDir}`).join('\n  extends ')}`);
    if (!this.services.has(base)) throw new ConfigurationError(`Cannot extend service '${base}' in ${this.options.workingDir}: Service not found`);
    return mergeServices(this.extended(base, [...seen, name]), own);
  }

  private ports(own: YamlMap): ServicePort[] {
    const ports = toList(own.get('ports')).flatMap((entry) => {
      if (!(entry instanceof Map)) return parsePorts(String(entry));
      const published = entry.get('published');
      return [{ target: Number(entry.get('target')), published: typeof published === 'number' ? published : undefined, protocol: entry.has('protocol') ? String(entry.get('protocol')) : undefined, externalIp: undefined }];
    });
    own.delete('ports');
    return ports;
  }

  private expand(path: string): string {
    const { files, workingDir, home } = this.options;
    return normalisePath(path.replace(/^~(?=\/|$)/, home), files.resolve(workingDir));
  }

  private resolvePaths(own: YamlMap): void {
    if (own.has('env_file')) own.set('env_file', toList(own.get('env_file')).map((path) => this.expand(String(path))));
    const build = own.get('build');
    if (typeof build === 'string') own.set('build', this.expand(build));
    else if (build instanceof Map && typeof build.get('context') === 'string') own.set('build', new Map([...build, ['context', this.expand(String(build.get('context')))]]));
    if (own.has('volumes')) own.set('volumes', toList(own.get('volumes')).map((volume) => (typeof volume === 'string' ? this.resolveVolume(volume) : volume)));
    for (const key of ['dns', 'dns_search', 'tmpfs']) if (own.has(key)) own.set(key, [...toList(own.get(key))]);
    if (own.has('labels')) own.set('labels', toMapping('labels', own.get('labels')));
    if (own.has('depends_on')) own.set('depends_on', toMapping('depends_on', own.get('depends_on')));
  }

  private resolveVolume(text: string): string {
    const { container, host, mode } = splitPathMapping(text);
    if (host === undefined) return container;
    const path = /^[.~]/.test(host) ? this.expand(host) : host;
    return `${path}:${container}${mode === undefined || mode === '' ? '' : `:${mode}`}`;
  }

  private finalize(name: string, own: YamlMap, ports: readonly ServicePort[]): LoadedService {
    if (own.has('environment') || own.has('env_file')) {
      own.set('environment', this.environment(own));
      own.delete('env_file');
    }
    if (own.has('volumes')) own.set('volumes', toList(own.get('volumes')).map((volume) => (typeof volume === 'string' ? volumeText(parseVolume(volume)) : volume)));
    if (own.has('networks')) own.set('networks', toMapping('networks', own.get('networks')));
    if (own.has('net')) {
      own.set('network_mode', own.get('net') as YamlValue);
      own.delete('net');
    }
    checkRestart(own);
    const dependsOn = [...toMapping('depends_on', own.get('depends_on')).keys()].map(String);
    const shares = [own.get('network_mode'), own.get('pid')].map((mode) => /^service:(.*)$/.exec(String(mode ?? ''))?.[1]).filter((each) => each !== undefined);
    return {
      name,
      links: toList(own.get('links')).map((link) => String(link).split(':')[0] as string),
      volumesFrom: toList(own.get('volumes_from')).map((source) => String(source).split(':')[0] as string),
      shares,
      dependsOn,
      config: { name, options: own, ports, dependsOn },
    };
  }

  /** Entries without a value take the shell's; those of `env_file` come first. */
  private environment(own: YamlMap): YamlMap {
    const values: YamlMap = new Map();
    for (const path of toList(own.get('env_file'))) {
      const node = this.options.files.tryStat(String(path));
      if (node === undefined) throw new ConfigurationError(`Couldn't find env file: ${String(path)}`);
      if (node.kind !== 'regular') throw new ConfigurationError(`${String(path)} is not a file.`);
      for (const [key, value] of parseEnvFile(decodeText(node.read()))) values.set(key, value ?? null);
    }
    for (const [key, value] of toMapping('environment', own.get('environment'))) values.set(key, value);
    for (const [key, value] of values) if (value === null && this.options.environment.has(String(key))) values.set(key, this.options.environment.get(String(key)) as string);
    return values;
  }
}

function checkRestart(own: YamlMap): void {
  const restart = own.get('restart');
  if (typeof restart !== 'string' || restart === '') return;
  const parts = restart.split(':');
  if (parts.length > 2 || (parts[1] !== undefined && !/^\d+$/.test(parts[1]))) {
    throw new ConfigurationError(`Restart ${restart} has incorrect format, should be mode[:max_retry]`);
  }
}

function warnOfSwarmKeys(config: ComposeConfig, warn: (text: string) => void): void {
  for (const key of ['deploy', 'credential_spec', 'configs']) {
    const names = config.services.filter((service) => service.options.get(key)).map((service) => service.name).sort();
    if (names.length === 0) continue;
    warn(
      `Some services (${names.join(', ')}) use the '${key}' key, which will be ignored. Compose does not support '${key}' configuration - use \`docker stack deploy\` to deploy to a swarm.`,
    );
  }
}
