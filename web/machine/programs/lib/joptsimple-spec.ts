/** What the argument of an option is converted to, as the help names it. */
export type ArgumentType = 'String' | 'Integer' | 'Long' | 'Double' | 'Boolean';

/** One option, as a tool declares it. */
export interface OptionSpec {
  /** Without hyphens; one letter is a short option. */
  readonly names: readonly string[];
  readonly description: string;
  /** Absent for a flag. */
  readonly argument?: {
    /** False for one that may be left out: `--whitelist [pattern]`. Default true. */
    readonly required?: boolean;
    /** `describedAs`. */
    readonly label?: string;
    readonly type?: ArgumentType;
    /** `defaultsTo`. */
    readonly defaults?: readonly string[];
    /** `withValuesSeparatedBy`. */
    readonly separator?: string;
  };
  /** joptsimple's own `required()`, which Kafka's tools seldom use. */
  readonly required?: boolean;
}

/** A flag. */
export function flag(name: string, description: string): OptionSpec {
  return { names: [name], description };
}

/** An option with a required argument: `--topic <String: topic>`. */
export function option(name: string, description: string, argument: OptionSpec['argument']): OptionSpec {
  return { names: [name], description, argument: { required: true, ...argument } };
}

/** How messages name an option: `[topic]`, `[h, help]`. */
export function optionText(spec: OptionSpec): string {
  return `[${arranged(spec.names).join(', ')}]`;
}

/** Short names first, each kind sorted. */
export function arranged(names: readonly string[]): string[] {
  const sorted = [...names].sort();
  return [...sorted.filter((name) => name.length === 1), ...sorted.filter((name) => name.length > 1)];
}
