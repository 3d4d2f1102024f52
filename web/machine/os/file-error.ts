/** The errors of file operations that can happen here, in the C library's words. */
const MESSAGES = {
  ENOENT: 'No such file or directory',
  EEXIST: 'File exists',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  ENOTEMPTY: 'Directory not empty',
  EACCES: 'Permission denied',
  EPERM: 'Operation not permitted',
  ENOSPC: 'No space left on device',
  EINVAL: 'Invalid argument',
  ELOOP: 'Too many levels of symbolic links',
  EBADF: 'Bad file descriptor',
  EBUSY: 'Device or resource busy',
  EIO: 'Input/output error',
  EROFS: 'Read-only file system',
  ENXIO: 'No such device or address',
  ENOEXEC: 'Exec format error',
  ENAMETOOLONG: 'File name too long',
  EXDEV: 'Invalid cross-device link',
} as const;

export type FileErrorCode = keyof typeof MESSAGES;

/** A file operation that failed: a student's mistake or a full disk, never our bug. `message` is strerror's text. */
export class FileError extends Error {
  constructor(
    readonly code: FileErrorCode,
    readonly path = '',
  ) {
    super(MESSAGES[code]);
  }
}
