import type { Op } from '../../../../engine/kernel/task';
import type { Process } from '../../../os/process';
import type { ComposeContext } from './compose-context';

/** One command of docker-compose. Its options are declared by its usage text. */
export type ComposeCommand = (context: ComposeContext) => Op<number>;

/** A user's mistake: printed as an error, exit code 1. */
export class UserError extends Error {}

/** SIGINT, or SIGTERM where a command listens to it, came in. */
export class ShutdownException extends Error {}

/** Signals end what the command waits for by ShutdownException. */
export function shutdownOnSignals(process: Process): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.onSignal(signal, () => process.interrupt(new ShutdownException()));
}

/** `--timeout`, in seconds. */
export function timeoutOf(context: ComposeContext): number | undefined {
  const text = context.options.value('--timeout');
  return text === undefined ? undefined : Number.parseInt(text, 10);
}

/** `--scale kafka=2` and the arguments of `scale`. Throws UserError. */
export function parseScale(words: readonly string[]): Map<string, number> {
  const scale = new Map<string, number>();
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 0) throw new UserError('Arguments to scale should be in the form service=num');
    const name = word.slice(0, at);
    if (!/^\s*[-+]?\d+\s*$/.test(word.slice(at + 1))) throw new UserError(`Number of containers for service "${name}" is not a number`);
    scale.set(name, Number(word.slice(at + 1)));
  }
  return scale;
}
