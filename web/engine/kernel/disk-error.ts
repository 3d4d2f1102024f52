import { DiskFullError } from './disk';

/** A file is there, and what it says makes no sense. */
export class CorruptFileError extends Error {}

/** What Java throws for an error of the disk, as a log shows it; undefined for an error of another kind. */
export function ioExceptionOf(error: unknown): string | undefined {
  if (error instanceof DiskFullError || error instanceof CorruptFileError) return `java.io.IOException: ${error.message}`;
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const path = 'path' in error ? String(error.path) : '';
  if (error.code === 'ENOENT') return `java.nio.file.NoSuchFileException: ${path}`;
  return `java.io.IOException: ${path === '' ? error.message : `${path}: ${error.message}`}`;
}
