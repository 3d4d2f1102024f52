import type { ConfigDef } from './config-def';
import type { ConfigValues } from './parse-config';

/** What a program logs about its settings: `KafkaConfig values: ` and a line for each, sorted; it ends with a line break, as the real one does. */
export function configValuesBlock(def: ConfigDef, values: ConfigValues): string {
  const lines = def.rows
    .map((row) => row.name)
    .sort()
    .map((name) => `\t${name} = ${values.text(name)}\n`);
  return `${def.simpleName} values: \n${lines.join('')}`;
}

