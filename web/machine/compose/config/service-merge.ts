import type { YamlKey, YamlMap, YamlValue } from '../yaml/yaml-value';
import { parsePorts, portText } from './port-spec';
import { splitPathMapping } from './volume-spec';

const MAPPINGS = ['environment', 'labels', 'ulimits', 'networks', 'sysctls', 'extra_hosts', 'depends_on'];
const UNIQUE_LISTS = ['cap_add', 'cap_drop', 'expose', 'external_links', 'volumes_from', 'device_cgroup_rules', 'links', 'security_opt'];
const JOINED_LISTS = ['dns', 'dns_search', 'env_file', 'tmpfs'];
const BY_PATH = ['volumes', 'devices'];

/**
 * One service over another of the same name: mappings and lists are joined, other options replaced.
 * @source docker/compose 1.20.1 compose/config/config.py merge_service_dicts
 */
export function mergeServices(base: YamlMap, override: YamlMap): YamlMap {
  const merged: YamlMap = new Map();
  for (const key of new Set<YamlKey>([...base.keys(), ...override.keys()])) merged.set(key, mergeOption(String(key), base.get(key), override.get(key)));
  return merged;
}

function mergeOption(key: string, base: YamlValue | undefined, override: YamlValue | undefined): YamlValue {
  if (MAPPINGS.includes(key)) return new Map([...toMapping(key, base), ...toMapping(key, override)]);
  if (key === 'ports') return mergePorts([...toList(base), ...toList(override)]);
  if (BY_PATH.includes(key)) return mergePaths([...toList(base), ...toList(override)]);
  if (UNIQUE_LISTS.includes(key)) return [...new Set([...toList(base), ...toList(override)].map(String))].sort();
  if (JOINED_LISTS.includes(key)) return [...toList(base), ...toList(override)];
  if ((key === 'logging' || key === 'healthcheck' || key === 'deploy') && base instanceof Map && override instanceof Map) return new Map([...base, ...override]);
  if (key === 'build') return mergeBuild(base, override);
  return override ?? base ?? null;
}

function mergeBuild(base: YamlValue | undefined, override: YamlValue | undefined): YamlValue {
  const asMap = (value: YamlValue | undefined): YamlMap => (value instanceof Map ? value : typeof value === 'string' ? new Map([['context', value]]) : new Map());
  return new Map([...asMap(base), ...asMap(override)]);
}

export function toList(value: YamlValue | undefined): readonly YamlValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** `KEY=VALUE` entries as a mapping; a key alone has no value, except among labels, where it is empty. */
export function toMapping(key: string, value: YamlValue | undefined): YamlMap {
  if (value instanceof Map) return value;
  const separator = key === 'extra_hosts' ? ':' : '=';
  return new Map(
    toList(value).map((entry): [YamlKey, YamlValue] => {
      const text = String(entry);
      if (key === 'networks') return [text, null];
      if (key === 'depends_on') return [text, new Map([['condition', 'service_started']])];
      const at = text.indexOf(separator);
      if (at < 0) return [text, key === 'labels' || key === 'sysctls' ? '' : null];
      return key === 'extra_hosts' ? [text.slice(0, at).trim(), text.slice(at + 1).trim()] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** Ports of both, each once, by their number in the container. */
function mergePorts(entries: readonly YamlValue[]): YamlValue[] {
  const ports = new Map<string, { target: number; value: YamlValue }>();
  for (const entry of entries) {
    if (entry instanceof Map) ports.set(JSON.stringify([...entry]), { target: Number(entry.get('target')), value: entry });
    else for (const port of parsePorts(String(entry))) ports.set(portText(port), { target: port.target, value: portText(port) });
  }
  return [...ports.values()].sort((a, b) => a.target - b.target).map((each) => each.value);
}

/** Volumes and devices: the last for each path in the container, sorted by that path. */
function mergePaths(entries: readonly YamlValue[]): YamlValue[] {
  const byPath = new Map<string, YamlValue>();
  for (const entry of entries) byPath.set(entry instanceof Map ? String(entry.get('target')) : splitPathMapping(String(entry)).container, entry);
  return [...byPath].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, value]) => value);
}
