import type { Op } from '../../../../engine/kernel/task';
import { DockerError } from '../../../docker/docker-error';
import { parseSignal } from '../../../os/signals';
import { type DockerCommand, StatusError } from '../cli/docker-command';
import { forEachContainer } from '../cli/container-results';
import { streamContainer } from '../cli/streaming';

const SOME = { min: 1, max: Infinity } as const;

export const start: DockerCommand = {
  use: 'start [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Start one or more stopped containers',
  args: SOME,
  flags: [
    { name: 'attach', short: 'a', kind: 'bool', usage: 'Attach STDOUT/STDERR and forward signals' },
    { name: 'detach-keys', kind: 'string', usage: 'Override the key sequence for detaching a container' },
    { name: 'interactive', short: 'i', kind: 'bool', usage: "Attach container's STDIN" },
  ],
  completes: 'container',
  *run(context) {
    const { process, engine, flags, args } = context;
    if (!flags.bool('attach') && !flags.bool('interactive')) {
      const code = yield* forEachContainer(context, (container) => engine.start(container));
      if (code !== 0) yield* process.err(`Error: failed to start containers: ${args.join(', ')}\n`);
      return code;
    }
    if (args.length > 1) throw new StatusError('you cannot start and attach multiple containers at once', 1);
    const container = engine.container(args[0] as string);
    const reader = container.log.attach();
    try {
      yield* engine.start(container);
    } catch (error) {
      container.log.detach(reader);
      if (!(error instanceof DockerError)) throw error;
      throw new StatusError(`Error response from daemon: ${error.message}`, 1);
    }
    const ended = yield* streamContainer(process, engine, { container, reader, stdin: flags.bool('interactive') && container.config.openStdin, sigProxy: flags.bool('attach') });
    return ended ? yield* engine.wait(container) : 0;
  },
};

export const stop: DockerCommand = {
  use: 'stop [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Stop one or more running containers',
  args: SOME,
  flags: [{ name: 'time', short: 't', kind: 'int', usage: 'Seconds to wait for stop before killing it', defaultValue: '10' }],
  completes: 'container',
  run: (context) =>
    forEachContainer(context, (container) => context.engine.stop(container, context.flags.has('time') ? context.flags.number('time') : undefined)),
};

export const restart: DockerCommand = {
  use: 'restart [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Restart one or more containers',
  args: SOME,
  flags: [{ name: 'time', short: 't', kind: 'int', usage: 'Seconds to wait for stop before killing the container', defaultValue: '10' }],
  completes: 'container',
  run: (context) =>
    forEachContainer(context, (container) => context.engine.restart(container, context.flags.has('time') ? context.flags.number('time') : undefined)),
};

export const kill: DockerCommand = {
  use: 'kill [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Kill one or more running containers',
  args: SOME,
  flags: [{ name: 'signal', short: 's', kind: 'string', usage: 'Signal to send to the container', defaultValue: 'KILL' }],
  completes: 'container',
  run: (context) =>
    forEachContainer(context, function* (container) {
      const signal = parseSignal(context.flags.string('signal'));
      if (signal === undefined) throw new DockerError(`Invalid signal: ${context.flags.string('signal')}`, 400);
      yield* context.engine.lifecycle.kill(container, signal);
    }),
};

export const rm: DockerCommand = {
  use: 'rm [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Remove one or more containers',
  args: SOME,
  flags: [
    { name: 'force', short: 'f', kind: 'bool', usage: 'Force the removal of a running container (uses SIGKILL)' },
    { name: 'link', short: 'l', kind: 'bool', usage: 'Remove the specified link' },
    { name: 'volumes', short: 'v', kind: 'bool', usage: 'Remove the volumes associated with the container' },
  ],
  completes: 'container',
  *run(context) {
    const { process, engine, args, flags } = context;
    const errors: string[] = [];
    for (const name of args) {
      try {
        const container = engine.findContainer(name);
        if (container === undefined) throw new DockerError(`No such container: ${name}`, 404);
        yield* engine.remove(container, { force: flags.bool('force'), volumes: flags.bool('volumes') });
        yield* process.out(`${name}\n`);
      } catch (error) {
        if (!(error instanceof DockerError)) throw error;
        errors.push(error.status === 404 ? `Error: ${error.message}` : `Error response from daemon: ${error.message}`);
      }
    }
    if (errors.length > 0) throw new StatusError(errors.join('\n'), 1);
    return 0;
  },
};

export const pause: DockerCommand = {
  use: 'pause CONTAINER [CONTAINER...]',
  short: 'Pause all processes within one or more containers',
  args: SOME,
  flags: [],
  completes: 'container',
  run: (context) =>
    forEachContainer(context, function* (container) {
      context.engine.lifecycle.pause(container);
    }),
};

export const unpause: DockerCommand = {
  use: 'unpause CONTAINER [CONTAINER...]',
  short: 'Unpause all processes within one or more containers',
  args: SOME,
  flags: [],
  completes: 'container',
  run: (context) =>
    forEachContainer(context, function* (container) {
      if (container.status !== 'paused') throw new DockerError(`Container ${container.id} is not paused`, 409);
      context.engine.lifecycle.unpause(container);
    }),
};

export const rename: DockerCommand = {
  use: 'rename CONTAINER NEW_NAME',
  short: 'Rename a container',
  args: { min: 2, max: 2 },
  flags: [],
  completes: 'container',
  *run({ process, engine, args }) {
    try {
      engine.rename(engine.container(args[0] as string), args[1] as string);
      return 0;
    } catch (error) {
      if (!(error instanceof DockerError)) throw error;
      yield* process.err(`Error response from daemon: ${error.message}\nError: failed to rename container named ${args[0] as string}\n`);
      return 1;
    }
  },
};

export const wait: DockerCommand = {
  use: 'wait CONTAINER [CONTAINER...]',
  short: 'Block until one or more containers stop, then print their exit codes',
  args: SOME,
  flags: [],
  completes: 'container',
  *run({ process, engine, args }): Op<number> {
    for (const name of args) yield* process.out(`${yield* engine.wait(engine.container(name))}\n`);
    return 0;
  },
};

export const attach: DockerCommand = {
  use: 'attach [OPTIONS] CONTAINER',
  short: 'Attach local standard input, output, and error streams to a running container',
  args: { min: 1, max: 1 },
  flags: [
    { name: 'detach-keys', kind: 'string', usage: 'Override the key sequence for detaching a container' },
    { name: 'no-stdin', kind: 'bool', usage: 'Do not attach STDIN' },
    { name: 'sig-proxy', kind: 'bool', usage: 'Proxy all received signals to the process', defaultValue: 'true' },
  ],
  completes: 'container',
  *run({ process, engine, flags, args }) {
    const container = engine.findContainer(args[0] as string);
    if (container === undefined) throw new StatusError(`Error: No such container: ${args[0] as string}`, 1);
    if (container.status === 'paused') throw new StatusError('You cannot attach to a paused container, unpause it first', 1);
    if (!container.running) throw new StatusError('You cannot attach to a stopped container, start it first', 1);
    const stdin = !flags.bool('no-stdin') && container.config.openStdin;
    if (stdin && container.config.tty && !process.isTerminal(0)) throw new StatusError('the input device is not a TTY', 1);
    const ended = yield* streamContainer(process, engine, { container, reader: container.log.attach(), stdin, sigProxy: flags.bool('sig-proxy') });
    if (ended) return yield* engine.wait(container);
    yield* process.out('read escape sequence\n');
    return 0;
  },
};
