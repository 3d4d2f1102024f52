import type { ComposeConfig, ServiceConfig } from './compose-config';
import type { ComposeVersion } from './compose-version';
import { portText } from './port-spec';
import { dumpYaml } from '../yaml/yaml-dump';
import type { YamlMap, YamlValue } from '../yaml/yaml-value';

/**
 * What `docker-compose config` prints.
 * @source docker/compose 1.20.1 compose/config/serialize.py
 */
export function serializeConfig(config: ComposeConfig): string {
  const { version } = config;
  const root: YamlMap = new Map<string, YamlValue>([
    ['version', version.isFirst ? '2.1' : version.text],
    ['services', new Map(config.services.map((service) => [service.name, serviceMap(service, version)]))],
  ]);
  for (const key of ['networks', 'volumes'] as const) if (config[key].size > 0) root.set(key, config[key]);
  return dumpYaml(root);
}

function serviceMap(service: ServiceConfig, version: ComposeVersion): YamlMap {
  const out: YamlMap = new Map(service.options);
  if (version.isFirst && !out.has('network_mode')) out.set('network_mode', 'bridge');
  if (out.has('depends_on') && (version.below('2.1') || version.atLeast('3.0'))) out.set('depends_on', [...service.dependsOn].sort());
  if (service.ports.length > 0) out.set('ports', service.ports.map((port) => (version.below('3.2') ? portText(port) : portMap(port))));
  return out;
}

function portMap(port: ServiceConfig['ports'][number]): YamlMap {
  const out: YamlMap = new Map<string, YamlValue>([['target', port.target]]);
  if (port.published !== undefined) out.set('published', port.published);
  if (port.protocol !== undefined) out.set('protocol', port.protocol);
  if (port.externalIp !== undefined) out.set('external_ip', port.externalIp);
  return out;
}
