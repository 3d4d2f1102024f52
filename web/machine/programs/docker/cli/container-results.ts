import type { Op } from '../../../../engine/kernel/task';
import type { Container } from '../../../docker/container';
import { DockerError } from '../../../docker/docker-error';
import type { DockerContext } from './docker-command';

/** Does something to each container named, prints the names that it worked for, and at last what went wrong. Returns the exit code. */
export function* forEachContainer({ process, engine, args }: DockerContext, act: (container: Container) => Op<void>): Op<number> {
  return yield* forEachName(process, args, function* (name) {
    yield* act(engine.container(name));
  });
}

export function* forEachName(process: DockerContext['process'], names: readonly string[], act: (name: string) => Op<string | void>): Op<number> {
  const errors: string[] = [];
  for (const name of names) {
    try {
      const text = yield* act(name);
      yield* process.out(`${typeof text === 'string' ? text : name}\n`);
    } catch (error) {
      if (!(error instanceof DockerError)) throw error;
      errors.push(`Error response from daemon: ${error.message}`);
    }
  }
  if (errors.length > 0) yield* process.err(`${errors.join('\n')}\n`);
  return errors.length > 0 ? 1 : 0;
}
