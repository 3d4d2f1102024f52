import { type YamlMap, YamlFloat } from '../yaml/yaml-value';
import type { ComposeVersion } from './compose-version';
import { ConfigurationError } from './configuration-error';
import { toList, toMapping } from './service-merge';

interface Checked {
  readonly name: string;
  readonly options: YamlMap;
  readonly names: readonly string[];
  readonly version: ComposeVersion;
  pathExists(path: string): boolean;
}

/**
 * What a schema cannot say of a service. Throws ConfigurationError.
 * @source docker/compose 1.20.1 compose/config/config.py validate_service
 */
export function checkService(service: Checked): void {
  checkImage(service);
  checkBuildPath(service);
  checkCpus(service);
  checkUlimits(service);
  checkNetworkMode(service);
  checkPid(service);
  for (const dependency of toMapping('depends_on', service.options.get('depends_on')).keys()) {
    if (!service.names.includes(String(dependency))) throw new ConfigurationError(`Service '${service.name}' depends on service '${String(dependency)}' which is undefined.`);
  }
  for (const link of toList(service.options.get('links'))) {
    if (!service.names.includes(String(link).split(':')[0] as string)) throw new ConfigurationError(`Service '${service.name}' has a link to service '${String(link)}' which is undefined.`);
  }
  checkHealth(service);
  if (!service.options.get('image') && /[A-Z]/.test(service.name)) {
    throw new ConfigurationError(
      `Service '${service.name}' contains uppercase characters which are not valid as part of an image name. Either use a lowercase service name or use the \`image\` field to set a custom name for the service image.`,
    );
  }
}

function checkImage({ name, options, version }: Checked): void {
  const invalid = (text: string): never => {
    throw new ConfigurationError(`The Compose file is invalid because:\n${text}`);
  };
  if (version.isFirst && options.has('image') && options.has('build')) {
    invalid(`Service ${name} has both an image and build path specified. A service can either be built to image or use an existing image, not both.`);
  }
  if (version.isFirst && options.has('image') && options.has('dockerfile')) {
    invalid(`Service ${name} has both an image and alternate Dockerfile. A service can either be built to image or use an existing image, not both.`);
  }
  if (!options.has('image') && !options.has('build')) invalid(`Service ${name} has neither an image nor a build context specified. At least one must be provided.`);
}

function checkBuildPath({ options, pathExists }: Checked): void {
  const build = options.get('build');
  const path = build instanceof Map ? build.get('context') : build;
  if (typeof path !== 'string' || /^(https?:\/\/|git:\/\/|github\.com\/|git@)/.test(path) || pathExists(path)) return;
  throw new ConfigurationError(`build path ${path} either does not exist, is not accessible, or is not a valid URL.`);
}

function checkCpus({ options }: Checked): void {
  const cpus = options.get('cpus');
  if (cpus instanceof YamlFloat && !Number.isInteger(cpus.value * 1e9)) throw new ConfigurationError('cpus must have nine or less digits after decimal point');
}

function checkUlimits({ name, options }: Checked): void {
  const ulimits = options.get('ulimits');
  if (!(ulimits instanceof Map)) return;
  for (const limit of ulimits.values()) {
    if (!(limit instanceof Map) || Number(limit.get('soft')) <= Number(limit.get('hard'))) continue;
    throw new ConfigurationError(`Service '${name}' has invalid ulimit '${[...ulimits.keys()].map(String).join(', ')}'. 'soft' value can not be greater than 'hard' value `);
  }
}

function checkNetworkMode({ name, options, names }: Checked): void {
  const mode = options.get('network_mode');
  if (!mode) return;
  if (options.has('networks')) throw new ConfigurationError("'network_mode' and 'networks' cannot be combined");
  const dependency = /^service:(.*)$/.exec(String(mode))?.[1];
  if (dependency !== undefined && !names.includes(dependency)) {
    throw new ConfigurationError(`Service '${name}' uses the network stack of service '${dependency}' which is undefined.`);
  }
}

function checkPid({ name, options, names }: Checked): void {
  const dependency = /^service:(.*)$/.exec(String(options.get('pid') ?? ''))?.[1];
  if (dependency !== undefined && !names.includes(dependency)) {
    throw new ConfigurationError(`Service '${name}' uses the PID namespace of service '${dependency}' which is undefined.`);
  }
}

function checkHealth({ name, options }: Checked): void {
  const healthcheck = options.get('healthcheck');
  const test = healthcheck instanceof Map ? healthcheck.get('test') : undefined;
  if (!Array.isArray(test)) return;
  const invalid = (text: string): never => {
    throw new ConfigurationError(`Service "${name}" defines an invalid healthcheck: ${text}`);
  };
  if (test.length === 0) invalid('"test" is an empty list');
  if (test[0] === 'NONE' && (healthcheck as YamlMap).size > 1) invalid('"disable: true" cannot be combined with other options');
  if (!['NONE', 'CMD', 'CMD-SHELL'].includes(String(test[0]))) invalid('when "test" is a list the first item must be either NONE, CMD or CMD-SHELL');
}
