import { YamlFloat, type YamlMap, type YamlValue, pythonRepr } from '../yaml/yaml-value';

export type SchemaType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';

/** As much of JSON Schema draft 4 as compose's schemas use. */
export interface Schema {
  /** Compose words errors by it. */
  readonly id?: string;
  readonly type?: SchemaType | readonly SchemaType[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: false;
  readonly items?: Schema;
  readonly uniqueItems?: true;
  readonly oneOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly format?: 'ports' | 'expose' | 'subnet_ip_address';
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
}

/** One thing that is wrong, as the Python package `jsonschema` tells it. */
export interface SchemaError {
  readonly validator: keyof Schema;
  readonly validatorValue: unknown;
  readonly instance: YamlValue;
  readonly schema: Schema;
  /** Keys and indexes from the value that was checked. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Of a failed `oneOf`: what each alternative found, paths from its own value. */
  readonly context: readonly SchemaError[];
  /** Of a failed format: why. */
  readonly cause?: string;
}

export type FormatChecker = (format: string, value: YamlValue) => string | undefined;

/** Everything that is wrong with a value. */
export function validate(value: YamlValue, schema: Schema, checkFormat: FormatChecker): SchemaError[] {
  return new Validator(checkFormat).errors(value, schema, []);
}

type Path = readonly (string | number)[];

class Validator {
  constructor(private readonly checkFormat: FormatChecker) {}

  errors(value: YamlValue, schema: Schema, path: Path): SchemaError[] {
    const found: SchemaError[] = [];
    const add = (validator: keyof Schema, message: string, more: Partial<SchemaError> = {}): void => {
      found.push({ validator, validatorValue: schema[validator], instance: value, schema, path, message, context: [], ...more });
    };
    this.checkType(value, schema, add);
    if (value instanceof Map) found.push(...this.checkObject(value, schema, path, add));
    if (Array.isArray(value)) {
      if (schema.items !== undefined) for (const [index, item] of value.entries()) found.push(...this.errors(item, schema.items, [...path, index]));
      if (schema.uniqueItems === true && !isUnique(value)) add('uniqueItems', `${pythonRepr(value)} has non-unique elements`);
    }
    this.checkScalar(value, schema, add);
    if (schema.oneOf !== undefined) this.checkOneOf(value, schema.oneOf, add);
    return found;
  }

  private checkType(value: YamlValue, schema: Schema, add: Add): void {
    if (schema.type === undefined) return;
    const types: readonly SchemaType[] = typeof schema.type === 'string' ? [schema.type] : schema.type;
    if (!types.some((type) => isOfType(value, type))) add('type', `${pythonRepr(value)} is not of type ${types.map((type) => `'${type}'`).join(', ')}`);
  }

  private checkObject(value: YamlMap, schema: Schema, path: Path, add: Add): SchemaError[] {
    const found: SchemaError[] = [];
    const { properties = {}, patternProperties = {} } = schema;
    const patterns = Object.keys(patternProperties);
    const extras: string[] = [];
    for (const [key, each] of value) {
      const name = String(key);
      const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
      const matching = patterns.filter((pattern) => new RegExp(pattern).test(name));
      if (own !== undefined) found.push(...this.errors(each, own, [...path, name]));
      for (const pattern of matching) found.push(...this.errors(each, patternProperties[pattern] as Schema, [...path, name]));
      if (own === undefined && matching.length === 0) extras.push(name);
    }
    if (schema.additionalProperties === false && extras.length > 0) add('additionalProperties', extrasMessage(extras, patterns));
    for (const name of schema.required ?? []) if (!value.has(name)) add('required', `'${name}' is a required property`);
    for (const [name, needed] of Object.entries(schema.dependencies ?? {})) {
      if (value.has(name)) for (const each of needed) if (!value.has(each)) add('dependencies', `'${each}' is a dependency of '${name}'`);
    }
    return found;
  }

  private checkScalar(value: YamlValue, schema: Schema, add: Add): void {
    if (schema.format !== undefined) {
      const cause = this.checkFormat(schema.format, value);
      if (cause !== undefined) add('format', `${pythonRepr(value)} is not a '${schema.format}'`, { cause });
    }
    if (schema.enum !== undefined && !(typeof value === 'string' && schema.enum.includes(value))) {
      add('enum', `${pythonRepr(value)} is not one of [${schema.enum.map((each) => `'${each}'`).join(', ')}]`);
    }
    const number = value instanceof YamlFloat ? value.value : value;
    if (typeof number !== 'number') return;
    if (schema.minimum !== undefined && number < schema.minimum) add('minimum', `${pythonRepr(value)} is less than the minimum of ${schema.minimum}`);
    if (schema.maximum !== undefined && number > schema.maximum) add('maximum', `${pythonRepr(value)} is greater than the maximum of ${schema.maximum}`);
  }

  private checkOneOf(value: YamlValue, alternatives: readonly Schema[], add: Add): void {
    const context: SchemaError[] = [];
    for (const alternative of alternatives) {
      const errors = this.errors(value, alternative, []);
      if (errors.length === 0) return;
      context.push(...errors);
    }
    add('oneOf', `${pythonRepr(value)} is not valid under any of the given schemas`, { context });
  }
}

type Add = (validator: keyof Schema, message: string, more?: Partial<SchemaError>) => void;

function isOfType(value: YamlValue, type: SchemaType): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'string':
    case 'boolean':
      return typeof value === type;
    case 'integer':
      return typeof value === 'number';
    case 'number':
      return typeof value === 'number' || value instanceof YamlFloat;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return value instanceof Map;
  }
}

function isUnique(items: readonly YamlValue[]): boolean {
  return new Set(items.map(pythonRepr)).size === items.length;
}

function extrasMessage(extras: readonly string[], patterns: readonly string[]): string {
  const names = (list: readonly string[]): string => list.map((name) => pythonRepr(name)).join(', ');
  if (patterns.length === 0) return `Additional properties are not allowed (${names(extras)} ${extras.length === 1 ? 'was' : 'were'} unexpected)`;
  return `${names([...extras].sort())} ${extras.length === 1 ? 'does' : 'do'} not match any of the regexes: ${names([...patterns].sort())}`;
}
