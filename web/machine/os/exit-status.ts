import { type Signal, signalNumber } from './signals';

/** How a process ended. */
export type ExitStatus = { readonly code: number; readonly signal?: undefined } | { readonly signal: Signal; readonly code?: undefined };

/** What a shell shows as `$?`. */
export function exitCodeOf(status: ExitStatus): number {
  return status.signal === undefined ? status.code : 128 + signalNumber(status.signal);
}
