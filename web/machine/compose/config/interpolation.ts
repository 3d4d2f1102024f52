import type { YamlKey, YamlMap, YamlValue } from '../yaml/yaml-value';
import type { ComposeEnvironment } from './compose-environment';
import type { ComposeVersion } from './compose-version';
import { ConfigurationError } from './configuration-error';
import { convertValue } from './value-conversion';

class InvalidInterpolation extends Error {}
class UnsetRequired extends Error {}

const SIMPLE = /\$(?:(\$)|([_a-z][_a-z0-9]*)|\{([_a-z][_a-z0-9]*)\}|)/gi;
const WITH_DEFAULTS = /\$(?:(\$)|([_a-z][_a-z0-9]*)|\{([_a-z][_a-z0-9]*(?:(:?[-?])[^}]*)?)\}|)/gi;

/**
 * Puts variables into every text of a section: `$NAME`, `${NAME}` and, from format 2.1 on, `${NAME:-default}` and `${NAME:?error}`.
 * Throws ConfigurationError.
 * @source docker/compose 1.20.1 compose/config/interpolation.py
 */
export function interpolateSection(section: YamlMap, kind: string, version: ComposeVersion, environment: ComposeEnvironment): YamlMap {
  const substitute = version.atLeast('2.1') ? withDefaults : simple;
  const out: YamlMap = new Map();
  for (const [name, config] of section) {
    const own: YamlMap = new Map();
    if (config instanceof Map) for (const [key, value] of config) own.set(key, interpolateOption(value, { kind, name, key }, (text) => substitute(text, environment)));
    out.set(name, own);
  }
  return out;
}

function interpolateOption(value: YamlValue, at: { kind: string; name: YamlKey; key: YamlKey }, substitute: (text: string) => string): YamlValue {
  try {
    return walk(value, `${at.kind}.${String(at.name)}.${String(at.key)}`, substitute);
  } catch (error) {
    if (error instanceof InvalidInterpolation) {
      throw new ConfigurationError(`Invalid interpolation format for "${String(at.key)}" option in ${at.kind} "${String(at.name)}": "${error.message}"`);
    }
    if (error instanceof UnsetRequired) {
      throw new ConfigurationError(`Missing mandatory value for "${String(at.key)}" option in ${at.kind} "${String(at.name)}": ${error.message}`);
    }
    throw error;
  }
}

function walk(value: YamlValue, path: string, substitute: (text: string) => string): YamlValue {
  if (typeof value === 'string') return convertValue(path, substitute(value));
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, walk(each, `${path}.${String(key)}`, substitute)]));
  if (Array.isArray(value)) return value.map((each) => walk(each, path, substitute));
  return convertValue(path, value);
}

function simple(text: string, environment: ComposeEnvironment): string {
  return text.replace(SIMPLE, (_whole, escaped?: string, named?: string, braced?: string) => {
    if (escaped !== undefined) return '$';
    const name = named ?? braced;
    if (name === undefined) throw new InvalidInterpolation(text);
    return environment.valueOf(name);
  });
}

function withDefaults(text: string, environment: ComposeEnvironment): string {
  return text.replace(WITH_DEFAULTS, (_whole, escaped?: string, named?: string, braced?: string, separator?: string) => {
    if (escaped !== undefined) return '$';
    if (named === undefined && braced === undefined) throw new InvalidInterpolation(text);
    if (braced !== undefined && separator !== undefined) {
      const result = bracedValue(braced, separator, environment);
      if (result !== '') return result;
    }
    return environment.valueOf(named ?? (braced as string));
  });
}

function bracedValue(braced: string, separator: string, environment: ComposeEnvironment): string {
  const at = braced.indexOf(separator);
  const name = braced.slice(0, at);
  const rest = braced.slice(at + separator.length);
  const value = environment.get(name);
  switch (separator) {
    case ':-':
      return value === undefined || value === '' ? rest : value;
    case '-':
      return value ?? rest;
    case ':?':
      if (value === undefined || value === '') throw new UnsetRequired(rest);
      return value;
    default:
      if (value === undefined) throw new UnsetRequired(rest);
      return value;
  }
}
