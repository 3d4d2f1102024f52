import { DiskFullError } from './disk';

/** A file is there, and what it says makes no sense. */
export class CorruptFileError extends Error {}

/** What Java's streams report when a file cannot be opened. */
const NOT_OPENED: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES']);

/** What Java throws for an error of the disk, as a log shows it; undefined for an error of another kind. */
export function ioExceptionOf(error: unknown): string | undefined {
  if (error instanceof DiskFullError || error instanceof CorruptFileError) return `java.io.IOException: ${error.message}`;
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const path = 'path' in error ? String(error.path) : '';
  if (NOT_OPENED.has(error.code)) return `java.io.FileNotFoundException: ${path} (${error.message})`;
  return `java.io.IOException: ${path === '' ? error.message : `${path}: ${error.message}`}`;
}
