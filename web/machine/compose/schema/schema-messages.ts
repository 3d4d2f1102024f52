import { VERSION_EXPLANATION } from '../config/configuration-error';
import { type YamlValue, YamlDate, YamlFloat, pythonRepr } from '../yaml/yaml-value';
import type { Schema, SchemaError, SchemaType } from './json-schema';

/** Docker's own words for keys that compose calls otherwise. */
const HINTS: Readonly<Record<string, string>> = {
  cpu_share: 'cpu_shares', add_host: 'extra_hosts', hosts: 'extra_hosts', extra_host: 'extra_hosts', device: 'devices', link: 'links',
  memory_swap: 'memswap_limit', port: 'ports', privilege: 'privileged', priviliged: 'privileged', privilige: 'privileged', volume: 'volumes', workdir: 'working_dir',
};
const NAME_CHARACTERS = '[a-zA-Z0-9\\._\\-]';

/**
 * What compose says of a schema error.
 * @source docker/compose 1.20.1 compose/config/validation.py
 */
export function schemaMessage(error: SchemaError): string {
  return (error.schema.id === undefined ? undefined : messageBySchema(error)) ?? genericMessage(error);
}

export function anglicize(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function pathText(path: readonly (string | number)[]): string {
  return path.filter((part) => typeof part === 'string').join('.');
}

/** The first name in quotes: compose takes the key from there. */
function firstQuoted(message: string): string {
  return message.split("'")[1] ?? '';
}

function messageBySchema(error: SchemaError): string | undefined {
  if (error.validator !== 'additionalProperties') return undefined;
  const id = error.schema.id as string;
  if (id === 'config_schema_v1.json' || id === '#/properties/services') {
    const names = error.instance instanceof Map ? [...error.instance.keys()].map(String) : [];
    const wrong = names.find((name) => !/^[a-zA-Z0-9._-]+$/.test(name)) ?? '';
    return `Invalid service name '${wrong}' - only ${NAME_CHARACTERS} characters are allowed`;
  }
  if (id === '#/definitions/service') {
    const key = firstQuoted(error.message);
    const hint = HINTS[key] === undefined ? '' : ` (did you mean '${HINTS[key]}'?)`;
    return `Unsupported config option for ${pathText(error.path)}: '${key}'${hint}`;
  }
  if (id.startsWith('config_schema_v')) {
    const sections = Object.keys(error.schema.properties ?? {}).join(', ');
    return `Invalid top-level property "${firstQuoted(error.message)}". Valid top-level sections for this Compose file are: ${sections}, and extensions starting with "x-".\n\n${VERSION_EXPLANATION}`;
  }
  return error.path.length === 0 ? `${error.message}\n\n${VERSION_EXPLANATION}` : undefined;
}

function genericMessage(error: SchemaError): string {
  const path = pathText(error.path);
  switch (error.validator) {
    case 'oneOf': {
      const { key, message } = oneOfMessage(error);
      return `${key === undefined ? path : pathText([...error.path, key])} ${message}`;
    }
    case 'type':
      return `${path} contains an invalid type, it should be ${typesText(error.validatorValue as Schema['type'])}`;
    case 'required':
      return `${path} is invalid, ${(error.validatorValue as readonly string[]).join(', ')} is required.`;
    case 'dependencies': {
      const [key = '', needed = []] = Object.entries(error.validatorValue as NonNullable<Schema['dependencies']>)[0] ?? [];
      return `${pathText([...error.path, key])} is invalid: when defining '${key}' you must set '${needed.join(',')}' as well`;
    }
    default:
      if (error.cause !== undefined) return `${path} is invalid: ${error.cause}`;
      return error.path.length > 0 ? `${path} value ${error.message}` : error.message;
  }
}

function typesText(types: Schema['type'] | readonly (SchemaType | readonly SchemaType[])[]): string {
  const list = (typeof types === 'string' ? [types] : [...(types ?? [])]).map((each) => (typeof each === 'string' ? each : each.join(', ')));
  if (list.length === 1) return anglicize(list[0] as string);
  return `${[anglicize(list[0] ?? ''), ...list.slice(1, -1)].join(', ')}, or ${anglicize(list.at(-1) ?? '')}`;
}

/** Which of the alternatives was meant, judged from what the first of them found. */
function oneOfMessage(error: SchemaError): { readonly key: string | undefined; readonly message: string } {
  const types: (SchemaType | readonly SchemaType[])[] = [];
  for (const context of error.context) {
    if (context.validator === 'oneOf') return { key: pathText(context.path), message: oneOfMessage(context).message };
    if (context.validator === 'required') return { key: undefined, message: context.message };
    if (context.validator === 'additionalProperties') return { key: undefined, message: `contains unsupported option: '${firstQuoted(context.message)}'` };
    if (context.validator === 'uniqueItems') {
      return { key: context.path.length > 0 ? pathText(context.path) : undefined, message: `contains non-unique items, please remove duplicates from ${pythonRepr(context.instance)}` };
    }
    if (context.path.length > 0) {
      return { key: pathText(context.path), message: `contains ${jsonText(context.instance)}, which is an invalid type, it should be ${typesText(context.validatorValue as Schema['type'])}` };
    }
    if (context.validator === 'type') types.push(context.validatorValue as SchemaType);
  }
  return { key: undefined, message: `contains an invalid type, it should be ${typesText(types)}` };
}

/** Python's `json.dumps`. */
export function jsonText(value: YamlValue): string {
  if (value instanceof YamlFloat) return pythonRepr(value);
  if (value instanceof YamlDate) return JSON.stringify(value.text);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`;
  if (value instanceof Map) return `{${[...value].map(([key, each]) => `${JSON.stringify(String(key))}: ${jsonText(each)}`).join(', ')}}`;
  return JSON.stringify(value);
}
