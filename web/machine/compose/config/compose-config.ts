import type { YamlMap } from '../yaml/yaml-value';
import type { ComposeVersion } from './compose-version';
import { isNamedVolume, parseVolume, volumeText } from './volume-spec';
import { ConfigurationError } from './configuration-error';
import type { ServicePort } from './port-spec';

/** One service after everything was put together: its options by compose's names, ports and volumes taken apart. */
export interface ServiceConfig {
  readonly name: string;
  /** Without `ports`; values are in their final form. */
  readonly options: YamlMap;
  readonly ports: readonly ServicePort[];
  readonly dependsOn: readonly string[];
}

/** What the compose files of a project say together. */
export interface ComposeConfig {
  readonly version: ComposeVersion;
  /** Sorted so that a service comes after those that it needs. */
  readonly services: readonly ServiceConfig[];
  readonly volumes: YamlMap;
  readonly networks: YamlMap;
}

/** A named volume must be declared. Throws ConfigurationError. */
export function checkNamedVolumes(config: ComposeConfig): void {
  if (config.version.isFirst) return;
  for (const service of config.services) {
    const volumes = service.options.get('volumes');
    for (const each of Array.isArray(volumes) ? volumes : []) {
      if (typeof each !== 'string') continue;
      const spec = parseVolume(each);
      if (!isNamedVolume(spec) || config.volumes.has(spec.external as string)) continue;
      throw new ConfigurationError(`Named volume "${volumeText(spec)}" is used in service "${service.name}" but no declaration was found in the volumes section.`);
    }
  }
}
