import type { Op } from '../../../../engine/kernel/task';
import type { Container } from '../../../docker/container';
import type { CreateOptions } from '../../../docker/container-factory';
import type { DockerEngine } from '../../../docker/docker-engine';
import { DockerError } from '../../../docker/docker-error';
import { parseImageReference } from '../../../docker/image-reference';
import type { Process } from '../../../os/process';
import { type DockerCommand, type DockerContext, StatusError } from '../cli/docker-command';
import { PullDisplay } from '../cli/pull-display';
import { proxySignals, streamContainer } from '../cli/streaming';
import { CONTAINER_FLAGS } from './run-flags';
import { RunOptionError, createOptionsOf } from './run-options';

/** `docker run`. */
export const run: DockerCommand = {
  use: 'run [OPTIONS] IMAGE [COMMAND] [ARG...]',
  short: 'Run a command in a new container',
  args: { min: 1, max: Infinity },
  flags: [
    ...CONTAINER_FLAGS,
    { name: 'detach', short: 'd', kind: 'bool', usage: 'Run container in background and print container ID' },
    { name: 'detach-keys', kind: 'string', usage: 'Override the key sequence for detaching a container' },
    { name: 'sig-proxy', kind: 'bool', usage: 'Proxy received signals to the process', defaultValue: 'true' },
  ],
  interspersed: false,
  completes: 'image',
  *run(context) {
    const { process, engine, flags } = context;
    const detach = flags.bool('detach');
    const options = readOptions(context, 'run');
    if (!detach && options.tty === true && options.openStdin === true && !process.isTerminal(0)) throw new StatusError('the input device is not a TTY', 1);
    if (detach && options.autoRemove === true && options.restartPolicy?.name !== 'no') throw new StatusError('docker: Conflicting options: --restart and --rm.\nSee \'docker run --help\'.', 125);
    const container = yield* createContainer(process, engine, options, 'run');
    if (detach) return yield* startDetached(process, engine, container);
    return yield* startAttached(process, engine, container, { stdin: options.openStdin === true, sigProxy: flags.bool('sig-proxy') });
  },
};

/** `docker create`. */
export const create: DockerCommand = {
  use: 'create [OPTIONS] IMAGE [COMMAND] [ARG...]',
  short: 'Create a new container',
  args: { min: 1, max: Infinity },
  flags: CONTAINER_FLAGS,
  interspersed: false,
  completes: 'image',
  *run(context) {
    const { process, engine } = context;
    const container = yield* createContainer(process, engine, readOptions(context, 'create'), 'create');
    yield* process.out(`${container.id}\n`);
    return 0;
  },
};

function readOptions({ process, flags, args }: DockerContext, verb: string): CreateOptions {
  try {
    return createOptionsOf(process, flags, args);
  } catch (error) {
    if (error instanceof RunOptionError) throw new StatusError(`docker: ${error.message}.\nSee 'docker ${verb} --help'.`, 125);
    if (error instanceof DockerError) throw failure(error, verb);
    throw error;
  }
}

/** Makes the container, pulling its image first when it is not here. */
function* createContainer(process: Process, engine: DockerEngine, options: CreateOptions, verb: string): Op<Container> {
  try {
    if (engine.images.find(options.image) === undefined) yield* pullMissing(process, engine, options.image);
    return yield* engine.create(options);
  } catch (error) {
    if (error instanceof DockerError) throw failure(error, verb);
    throw error;
  }
}

function* pullMissing(process: Process, engine: DockerEngine, name: string): Op<void> {
  const { repository, tag } = parseImageReference(name);
  yield* process.err(`Unable to find image '${repository}:${tag}' locally\n`);
  const display = new PullDisplay(process, 2);
  yield* engine.pull(name, (event) => display.show(event));
}

function failure(error: DockerError, verb: string): StatusError {
  return new StatusError(`docker: ${error.message === 'invalid reference format' ? '' : 'Error response from daemon: '}${error.message.replace(/\.$/, '')}.\nSee 'docker ${verb} --help'.`, 125);
}

function* startDetached(process: Process, engine: DockerEngine, container: Container): Op<number> {
  yield* process.out(`${container.id}\n`);
  try {
    yield* engine.start(container);
  } catch (error) {
    throw startFailure(error, container);
  }
  return 0;
}

function* startAttached(process: Process, engine: DockerEngine, container: Container, options: { stdin: boolean; sigProxy: boolean }): Op<number> {
  const reader = container.log.attach();
  if (options.sigProxy && !container.config.tty) proxySignals(process, engine, container);
  try {
    yield* engine.start(container);
  } catch (error) {
    container.log.detach(reader);
    if (container.config.autoRemove) yield* engine.remove(container, { volumes: true });
    throw startFailure(error, container);
  }
  const ended = yield* streamContainer(process, engine, { container, reader, ...options });
  if (!ended) return 0;
  return yield* engine.wait(container);
}

function startFailure(error: unknown, container: Container): unknown {
  if (!(error instanceof DockerError)) return error;
  const code = container.exitCode === 127 || container.exitCode === 126 ? container.exitCode : 125;
  return new StatusError(`docker: Error response from daemon: ${error.message}.`, code);
}
