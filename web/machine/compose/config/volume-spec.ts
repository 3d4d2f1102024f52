import { normalisePath } from '../../os/file-system';
import { ConfigurationError } from './configuration-error';

/** One entry of `volumes` in its short form. */
export interface VolumeSpec {
  /** A path of the laptop, or a volume's name; undefined for an anonymous volume. */
  readonly external: string | undefined;
  readonly internal: string;
  readonly mode: string;
}

/** Python's os.path.normpath: a relative path stays relative. */
function normpath(path: string): string {
  if (path.startsWith('/')) return normalisePath(path);
  return normalisePath(`/${path}`).slice(1) || '.';
}

/** Throws ConfigurationError. */
export function parseVolume(text: string): VolumeSpec {
  const parts = text.split(':');
  if (parts.length > 3) throw new ConfigurationError(`Volume ${text} has incorrect format, should be external:internal[:mode]`);
  if (parts.length === 1) return { external: undefined, internal: normpath(text), mode: 'rw' };
  return { external: normpath(parts[0] as string), internal: normpath(parts[1] as string), mode: parts[2] ?? 'rw' };
}

export function isNamedVolume({ external }: VolumeSpec): boolean {
  return external !== undefined && external !== '' && !/^[./~]/.test(external);
}

/** `kafka-data:/kafka:rw`. */
export function volumeText({ external, internal, mode }: VolumeSpec): string {
  return external === undefined ? internal : `${external}:${internal}:${mode}`;
}

/** Takes `host:container:mode` apart; the host part is undefined when there is none. */
export function splitPathMapping(text: string): { readonly container: string; readonly host: string | undefined; readonly mode: string | undefined } {
  const at = text.indexOf(':');
  if (at < 0) return { container: text, host: undefined, mode: undefined };
  const rest = text.slice(at + 1);
  const last = rest.lastIndexOf(':');
  return { container: last < 0 ? rest : rest.slice(0, last), host: text.slice(0, at), mode: last < 0 ? undefined : rest.slice(last + 1) };
}
