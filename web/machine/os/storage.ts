import { DiskFullError } from '../../engine/kernel/disk';

const MIB = 1024 * 1024;

/** The disk that the laptop and all its containers share: how much they say they hold, and how much is really kept in memory. */
export class Storage {
  /** Bytes in all files, record batches that are not encoded counted too. */
  usedBytes = 0;

  constructor(
    readonly capacityBytes = 64 * 1024 * MIB,
    /** Past this the disk is full too: a session's memory in the page is not endless. */
    readonly keptLimitBytes = 256 * MIB,
  ) {}

  /** Throws DiskFullError. */
  take(bytes: number): void {
    if (this.usedBytes + bytes > this.keptLimitBytes) throw new DiskFullError();
    this.usedBytes += bytes;
  }

  give(bytes: number): void {
    this.usedBytes -= bytes;
  }
}
