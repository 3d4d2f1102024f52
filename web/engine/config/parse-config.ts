import {
  ConfigException,
  type ConfigDef,
  type ConfigRow,
  type ConfigType,
  type ConfigValue,
  invalidValue,
  showValue,
} from './config-def';
import { isKnownClass } from './known-classes';

interface Parsed {
  readonly value: ConfigValue;
  /** The value in its shortest spelling: trimmed, whole numbers without sign or leading zeros. */
  readonly text: string;
}

/** The settings of one program, each checked. */
export class ConfigValues {
  constructor(
    readonly def: ConfigDef,
    private readonly parsed: ReadonlyMap<string, Parsed>,
    /** What was given, defaults left out. */
    readonly originals: ReadonlyMap<string, string>,
  ) {}

  /** Given settings that this program does not have, in the order given. */
  get unknownNames(): string[] {
    return [...this.originals.keys()].filter((name) => !this.parsed.has(name));
  }

  value(name: string): ConfigValue {
    return this.parsedOf(name).value;
  }

  number(name: string): number {
    return this.value(name) as number;
  }

  optionalNumber(name: string): number | null {
    return this.value(name) as number | null;
  }

  string(name: string): string {
    return this.value(name) as string;
  }

  optionalString(name: string): string | null {
    return this.value(name) as string | null;
  }

  boolean(name: string): boolean {
    return this.value(name) as boolean;
  }

  list(name: string): readonly string[] {
    return this.value(name) as readonly string[];
  }

  /** The value as a log shows it: exact digits, `[a, b]`, `class x.Y`, `[hidden]`, `null`. */
  text(name: string): string {
    const row = this.def.rows.find((candidate) => candidate.name === name) as ConfigRow;
    const { value, text } = this.parsedOf(name);
    return showValue(row.type, value, text);
  }

  /** A copy with some settings replaced by what the program makes of them (a generated client id, for instance). */
  with(changes: Readonly<Record<string, ConfigValue>>): ConfigValues {
    const parsed = new Map(this.parsed);
    for (const [name, value] of Object.entries(changes)) parsed.set(name, { value, text: value === null ? 'null' : String(value) });
    return new ConfigValues(this.def, parsed, this.originals);
  }

  private parsedOf(name: string): Parsed {
    const parsed = this.parsed.get(name);
    if (parsed === undefined) throw new Error(`${this.def.simpleName} has no setting ${name}`);
    return parsed;
  }
}

/**
 * Checks settings against their table, in the table's order; the first fault is thrown as ConfigException.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/common/config/ConfigDef.java parse
 */
export function parseConfig(def: ConfigDef, props: ReadonlyMap<string, string>): ConfigValues {
  const parsed = new Map<string, Parsed>();
  for (const row of def.rows) parsed.set(row.name, parseRow(row, props));
  return new ConfigValues(def, parsed, props);
}

function parseRow(row: ConfigRow, props: ReadonlyMap<string, string>): Parsed {
  const given = props.get(row.name) ?? row.defaultText;
  if (given === undefined) {
    throw new ConfigException(`Missing required configuration "${row.name}" which has no default value.`);
  }
  const parsed: Parsed = given === null ? { value: null, text: 'null' } : parseValue(row.name, given, row.type);
  row.validator?.(row.name, parsed.value, parsed.value === null ? 'null' : showValue(row.type, parsed.value, parsed.text));
  return parsed;
}

const INTEGER_BOUNDS = {
  SHORT: [-32768n, 32767n],
  INT: [-2147483648n, 2147483647n],
  LONG: [-9223372036854775808n, 9223372036854775807n],
} as const;
const DOUBLE = /^[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?)$/;

/** Throws ConfigException when `given` is not of `type`. */
function parseValue(name: string, given: string, type: ConfigType): Parsed {
  const text = given.trim();
  switch (type) {
    case 'BOOLEAN': {
      const lower = text.toLowerCase();
      if (lower !== 'true' && lower !== 'false') throw invalidValue(name, given, 'Expected value to be either true or false');
      return { value: lower === 'true', text: lower };
    }
    case 'SHORT':
    case 'INT':
    case 'LONG': {
      const [min, max] = INTEGER_BOUNDS[type];
      const exact = /^[+-]?\d+$/.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined;
      if (exact === undefined || exact < min || exact > max) throw invalidValue(name, given, `Not a number of type ${type}`);
      return { value: Number(exact), text: exact.toString() };
    }
    case 'DOUBLE':
      if (!DOUBLE.test(text)) throw invalidValue(name, given, `Not a number of type ${type}`);
      return { value: Number(text.replace(/[fFdD]$/, '')), text };
    case 'LIST':
      return { value: text === '' ? [] : text.split(/\s*,\s*/), text };
    case 'CLASS':
      if (!isKnownClass(text)) throw invalidValue(name, given, `Class ${given} could not be found.`);
      return { value: text, text };
    default:
      return { value: text, text };
  }
}
