import type { Op } from '../../../../engine/kernel/task';
import type { DockerEngine } from '../../../docker/docker-engine';
import type { Process } from '../../../os/process';
import type { FlagSpec, FlagValues } from './flags';

/** What a command works with. */
export interface DockerContext {
  readonly process: Process;
  readonly engine: DockerEngine;
  readonly flags: FlagValues;
  readonly args: readonly string[];
}

/** One command of the client: its usage and options as data, and what it does. */
export interface DockerCommand {
  /** `ps [OPTIONS]`; the first word is its name. */
  readonly use: string;
  readonly short: string;
  readonly aliases?: readonly string[];
  readonly args: { readonly min: number; readonly max: number };
  readonly flags: readonly FlagSpec[];
  /** False when the first argument ends the options. */
  readonly interspersed?: boolean;
  run(context: DockerContext): Op<number>;
  /** What Tab offers for an argument: `container`, `image`, `network`, `volume`. */
  readonly completes?: 'container' | 'image' | 'network' | 'volume';
}

/** A command that only has commands below it: `docker network`. */
export interface DockerGroup {
  readonly name: string;
  readonly short: string;
  readonly commands: readonly DockerCommand[];
}

/** Ends the client with a text on standard error and an exit code. */
export class StatusError extends Error {
  constructor(
    message: string,
    readonly code: number,
  ) {
    super(message);
  }
}

export function commandName(command: DockerCommand): string {
  return command.use.split(' ')[0] as string;
}
