import { parseYaml } from '../../../compose/yaml/yaml-parser';
import { YamlError } from '../../../compose/yaml/yaml-error';
import type { FileSystem } from '../../../os/file-system';
import { decodeText } from '../../../os/text';

/** The services that the compose file of a folder names, for Tab; none when there is no file or it cannot be read. */
export function serviceNamesIn(files: FileSystem, folder: string): string[] {
  for (const name of ['docker-compose.yml', 'docker-compose.yaml']) {
    const node = files.find(`${folder}/${name}`);
    if (node?.kind !== 'regular') continue;
    try {
      const root = parseYaml(decodeText(node.read()), name);
      const services = root instanceof Map ? root.get('services') : undefined;
      return services instanceof Map ? [...services.keys()].map(String) : [];
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
      return [];
    }
  }
  return [];
}
