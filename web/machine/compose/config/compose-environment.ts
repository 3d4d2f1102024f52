/** Variables for a compose file: the shell's, over those of the project's `.env`. */
export class ComposeEnvironment {
  private readonly values: Map<string, string>;
  private readonly missing = new Set<string>();

  constructor(
    shell: ReadonlyMap<string, string>,
    envFile: ReadonlyMap<string, string>,
    private readonly warn: (text: string) => void,
  ) {
    this.values = new Map([...envFile, ...shell]);
  }

  get(key: string): string | undefined {
    return this.values.get(key);
  }

  has(key: string): boolean {
    return this.values.has(key);
  }

  /** The value; a warning, once, and an empty text when there is none. */
  valueOf(key: string): string {
    const value = this.values.get(key);
    if (value !== undefined) return value;
    if (!this.missing.has(key)) this.warn(`The ${key} variable is not set. Defaulting to a blank string.`);
    this.missing.add(key);
    return '';
  }

  /** True unless unset, empty, `0` or `false`. */
  flag(key: string): boolean {
    const value = (this.values.get(key) ?? '').toLowerCase();
    return value !== '' && value !== '0' && value !== 'false';
  }
}

/** Lines `KEY=VALUE`; a key alone has no value. */
export function parseEnvFile(text: string): Map<string, string | undefined> {
  const values = new Map<string, string | undefined>();
  for (const raw of text.replace(/^\ufeff/, '').split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const at = line.indexOf('=');
    values.set(at < 0 ? line : line.slice(0, at), at < 0 ? undefined : line.slice(at + 1));
  }
  return values;
}
