import { YamlFloat, type YamlValue } from '../yaml/yaml-value';
import { ConfigurationError } from './configuration-error';

type Convert = (text: string) => YamlValue;

const toBoolean: Convert = (text) => {
  if (['y', 'yes', 'true', 'on'].includes(text.toLowerCase())) return true;
  if (['n', 'no', 'false', 'off'].includes(text.toLowerCase())) return false;
  throw new ConfigurationError(`"${text}" is not a valid boolean value`);
};

const toInteger: Convert = (text) => {
  const trimmed = text.trim();
  if (/^0[0-7]+$/.test(trimmed)) return Number.parseInt(trimmed, 8);
  if (/^[-+]?(\d+|0x[0-9a-fA-F]+|0b[01]+|0o[0-7]+)$/.test(trimmed)) return Number(trimmed);
  throw new ConfigurationError(`"${text}" is not a valid integer`);
};

const toFloat: Convert = (text) => {
  if (!/^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(text)) throw new ConfigurationError(`"${text}" is not a valid float`);
  return new YamlFloat(Number(text));
};

const path = (...parts: string[]): RegExp => new RegExp(`^${parts.join('\\.')}$`);
const service = (...parts: string[]): RegExp => path('service', '[^.]+', ...parts);

/** Options whose texts become numbers or booleans once variables are in. */
const CONVERSIONS: readonly (readonly [RegExp, Convert])[] = [
  [service('blkio_config', 'weight'), toInteger], [service('cpus'), toFloat], [service('cpu_count'), toInteger], [service('configs', 'mode'), toInteger],
  [service('secrets', 'mode'), toInteger], [service('healthcheck', 'retries'), toInteger], [service('healthcheck', 'disable'), toBoolean],
  [service('deploy', 'replicas'), toInteger], [service('deploy', 'update_config', 'parallelism'), toInteger],
  [service('deploy', 'update_config', 'max_failure_ratio'), toFloat], [service('deploy', 'restart_policy', 'max_attempts'), toInteger],
  [service('mem_swappiness'), toInteger], [service('oom_kill_disable'), toBoolean], [service('oom_score_adj'), toInteger], [service('ports', 'target'), toInteger],
  [service('ports', 'published'), toInteger], [service('scale'), toInteger], [service('ulimits', '[^.]+'), toInteger], [service('ulimits', '[^.]+', 'soft'), toInteger],
  [service('ulimits', '[^.]+', 'hard'), toInteger], [service('privileged'), toBoolean], [service('read_only'), toBoolean], [service('stdin_open'), toBoolean],
  [service('tty'), toBoolean], [service('volumes', 'read_only'), toBoolean], [service('volumes', 'volume', 'nocopy'), toBoolean],
  [path('network', '[^.]+', 'attachable'), toBoolean], [path('network', '[^.]+', 'external'), toBoolean], [path('network', '[^.]+', 'internal'), toBoolean],
  [path('volume', '[^.]+', 'external'), toBoolean],
];
const LABELS: readonly RegExp[] = [service('labels', '.+'), service('deploy', 'labels', '[^.]+'), service('build', 'labels', '.+'), path('(?:network|volume)', '[^.]+', 'labels', '.+')];

/** Throws ConfigurationError when an option's text is not of its type. */
export function convertValue(at: string, value: YamlValue): YamlValue {
  if (typeof value !== 'string') return LABELS.some((each) => each.test(at)) ? labelText(value) : value;
  const convert = CONVERSIONS.find(([pattern]) => pattern.test(at))?.[1];
  if (convert === undefined) return value;
  try {
    return convert(value);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(`Error while attempting to convert ${at} to appropriate type: ${error.message}`);
  }
}

function labelText(value: YamlValue): YamlValue {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  return value instanceof YamlFloat ? String(value.value) : value;
}
