import { formatJavaDouble } from './java-double';

/** What the value of a setting is, by the names that error messages give the types. */
export type ConfigType = 'BOOLEAN' | 'STRING' | 'INT' | 'SHORT' | 'LONG' | 'DOUBLE' | 'LIST' | 'CLASS' | 'PASSWORD';

export type Importance = 'HIGH' | 'MEDIUM' | 'LOW';

/** A parsed value. Whole numbers beyond 53 bits are rounded here and exact in `ConfigValues.text`. */
export type ConfigValue = string | number | boolean | readonly string[] | null;

/** Throws ConfigException when `value` is not allowed. `text` is the value as a message shows it. */
export type Validator = (name: string, value: ConfigValue, text: string) => void;

/** One setting. */
export interface ConfigRow {
  readonly name: string;
  readonly type: ConfigType;
  /** As a properties file would spell it; null for none, undefined when the setting must be given. */
  readonly defaultText: string | null | undefined;
  readonly importance: Importance;
  readonly validator?: Validator;
}

/** The settings of one kind of program, in the order in which they are checked. */
export interface ConfigDef {
  /** What the log calls it: `KafkaConfig`, `ProducerConfig`. */
  readonly simpleName: string;
  readonly rows: readonly ConfigRow[];
}

/** A setting that its program does not accept. The message is Kafka's. */
export class ConfigException extends Error {
  /** What a stack trace begins with. */
  readonly javaClass = 'org.apache.kafka.common.config.ConfigException';
}

export function invalidValue(name: string, text: string, reason: string): ConfigException {
  return new ConfigException(`Invalid value ${text} for configuration ${name}: ${reason}`);
}

/** The default of a setting that must be given. */
export const REQUIRED = undefined;

export function row(
  name: string,
  type: ConfigType,
  defaultText: string | null | undefined,
  importance: Importance,
  validator?: Validator,
): ConfigRow {
  return { name, type, defaultText, importance, validator };
}

export function atLeast(min: number): Validator {
  return between(min, Infinity);
}

export function between(min: number, max: number): Validator {
  return (name, value, text) => {
    if (value === null) throw invalidValue(name, 'null', 'Value must be non-null');
    if ((value as number) < min) throw invalidValue(name, text, `Value must be at least ${min}`);
    if ((value as number) > max) throw invalidValue(name, text, `Value must be no more than ${max}`);
  };
}

export function oneOf(...allowed: readonly string[]): Validator {
  return (name, value, text) => {
    if (!allowed.includes(value as string)) throw invalidValue(name, text, `String must be one of: ${allowed.join(', ')}`);
  };
}

/** A list whose every member is one of `allowed`. */
export function listOf(...allowed: readonly string[]): Validator {
  const member = oneOf(...allowed);
  return (name, value) => {
    for (const text of value as readonly string[]) member(name, text, text);
  };
}

export function nonNull(name: string, value: ConfigValue): void {
  if (value === null) throw invalidValue(name, 'null', 'entry must be non null');
}

export function nonEmptyString(name: string, value: ConfigValue, text: string): void {
  if (value === '') throw invalidValue(name, text, 'String must be non-empty');
}

/** A value as Java's `toString` shows it in a log. */
export function showValue(type: ConfigType, value: ConfigValue, text: string): string {
  if (value === null) return 'null';
  switch (type) {
    case 'LIST':
      return `[${(value as readonly string[]).join(', ')}]`;
    case 'CLASS':
      return `class ${text}`;
    case 'PASSWORD':
      return '[hidden]';
    case 'DOUBLE':
      return formatJavaDouble(value as number);
    default:
      return text;
  }
}
