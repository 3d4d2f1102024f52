import type { ServiceConfig } from '../config/compose-config';
import { portText } from '../config/port-spec';
import { dumpYaml } from '../yaml/yaml-dump';
import type { YamlValue } from '../yaml/yaml-value';

/** A hash of what a container was made from: another one means that it must be made anew. Any function will do that always gives the same for the same. */
export function configHash(config: ServiceConfig, imageId: string, networks: readonly { readonly network: string; readonly aliases: readonly string[] }[]): string {
  const text = dumpYaml(
    new Map<string, YamlValue>([
      ['options', config.options],
      ['ports', config.ports.map(portText)],
      ['image_id', imageId],
      ['networks', networks.map((each) => `${each.network} ${each.aliases.join(' ')}`)],
    ]),
  );
  let out = '';
  for (let round = 0; out.length < 64; round++) {
    let hash = 0x811c9dc5 ^ round;
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    out += (hash >>> 0).toString(16).padStart(8, '0');
  }
  return out;
}
