import { type Op, spawn } from '../../engine/kernel/task';
import { Delay, firstOf, sleep } from '../../engine/kernel/waitables';
import { openNull } from '../os/devices';
import type { OpenFile } from '../os/open-file';
import { makePipe } from '../os/pipe';
import { type ExitStatus, exitCodeOf } from '../os/exit-status';
import { type Signal, parseSignal } from '../os/signals';
import { Terminal } from '../os/terminal';
import { decodeText } from '../os/text';
import type { Container } from './container';
import { prepareFiles, writeNetworkFiles } from './container-files';
import { ContainerOutput, logDisplay } from './container-output';
import { uidOf } from './container-user';
import { DOCKER_COSTS } from './docker-costs';
import type { DockerEngine } from './docker-engine';
import { DockerError } from './docker-error';
import { containerStarted, containerStopped } from './docker-events';
import { environmentOf } from './exec-session';
import { ExecutableError, lookUpExecutable, ociError } from './executable-lookup';
import { type PublishedPort, publishPort } from './port-proxy';

const FIRST_RANDOM_PORT = 32768;
const SERVICE_LABEL = 'com.docker.compose.service';

/**
 * Starts, stops, kills and freezes containers, and starts them again as their restart policy says.
 *
 * Simplified: a frozen container's processes stop and nothing reaches it over the network, where Docker freezes its cgroup.
 * @source docker-ce 18.03.0 components/engine/daemon/start.go, stop.go, restartmanager
 */
export class ContainerLifecycle {
  private nextRandomPort = FIRST_RANDOM_PORT;
  private readonly starting = new Set<Container>();

  constructor(private readonly engine: DockerEngine) {}

  /** Does nothing when it runs already. Throws DockerError when it cannot be started; the container then stays as it was. */
  *start(container: Container): Op<void> {
    if (container.status === 'paused') throw new DockerError('cannot start a paused container, try unpause instead', 409);
    if (container.status === 'removing') throw new DockerError(`No such container: ${container.id}`, 404);
    while (this.starting.has(container)) yield container.changed;
    if (container.running) return;
    this.starting.add(container);
    try {
      yield* sleep(this.engine.sim, DOCKER_COSTS.startContainerUs);
      container.stoppedByUser = false;
      this.launch(container);
    } catch (error) {
      if (error instanceof DockerError) container.error = error.message;
      if (container.exitCode === 0) container.exitCode = 128;
      this.takeNetworkAway(container);
      throw error;
    } finally {
      this.starting.delete(container);
      container.changed.notifyAll();
    }
  }

  /** Sends the stop signal, waits, kills. Does nothing when it does not run. */
  *stop(container: Container, timeoutS: number): Op<void> {
    yield* sleep(this.engine.sim, DOCKER_COSTS.requestUs);
    container.stoppedByUser = true;
    if (container.status === 'restarting') container.setStatus('exited');
    if (!container.running) return;
    this.unpause(container);
    this.engine.event(container, 'kill', [['signal', '15']]);
    container.main?.signal(parseSignal(container.config.stopSignal) ?? 'SIGTERM');
    yield* this.waitForEnd(container, timeoutS * 1_000_000);
    if (this.isRunning(container)) container.main?.signal('SIGKILL');
    yield* sleep(this.engine.sim, DOCKER_COSTS.stoppedUs);
    this.engine.event(container, 'stop');
  }

  /** Throws DockerError when it does not run. */
  *kill(container: Container, signal: Signal): Op<void> {
    yield* sleep(this.engine.sim, DOCKER_COSTS.requestUs);
    if (container.status === 'restarting') {
      container.stoppedByUser = true;
      container.setStatus('exited');
      return;
    }
    if (!container.running) throw new DockerError(`Cannot kill container: ${container.name}: Container ${container.id} is not running`, 409);
    if (signal === 'SIGKILL') container.stoppedByUser = true;
    this.unpause(container);
    container.main?.signal(signal);
    this.engine.event(container, 'kill', [['signal', signal]]);
    if (signal === 'SIGKILL') yield* sleep(this.engine.sim, DOCKER_COSTS.stoppedUs);
  }

  /** Throws DockerError. */
  pause(container: Container): void {
    if (container.status === 'paused') throw new DockerError(`Container ${container.id} is already paused`, 409);
    if (!container.running) throw new DockerError(`Container ${container.id} is not running`, 409);
    for (const process of container.machine.processes.values()) process.signal('SIGSTOP');
    const { host } = container.machine;
    for (const other of host.network.hosts) if (other !== host) host.network.cut(host, other);
    container.setStatus('paused');
    this.engine.event(container, 'pause');
  }

  /** Does nothing when it is not paused. */
  unpause(container: Container): void {
    if (container.status !== 'paused') return;
    container.setStatus('running');
    const { host } = container.machine;
    for (const other of [...host.network.hosts]) if (other !== host && host.network.isCut(host, other)) host.network.heal(host, other);
    for (const process of [...container.machine.processes.values()]) process.signal('SIGCONT');
    this.engine.event(container, 'unpause');
  }

  private launch(container: Container): void {
    const { machine, config } = container;
    prepareFiles(container, this.engine.laptop.files);
    for (const [name, endpoint] of container.networks) this.engine.networks.get(name).join(endpoint, machine.host);
    writeNetworkFiles(container);
    this.publish(container);
    const env = environmentOf(container, [], config.tty);
    const context = { env, cwd: config.workingDir, uid: uidOf(machine, config.user) };
    machine.files.makeDirectories(config.workingDir);
    const found = this.findProgram(container, context);
    machine.restartNumbering();
    const { fds, terminal } = this.openStreams(container);
    const main = machine.start({ ...found, ...context, umask: 0o022, fds, parent: undefined, group: 'new', terminal, init: true });
    if (terminal !== undefined) {
      terminal.foregroundGroup = main.pgid;
      terminal.leader = main;
    }
    container.main = main;
    container.error = '';
    container.exitCode = 0;
    container.startedMs = this.engine.sim.dateMs();
    container.setStatus('running');
    main.atExit(() => this.ended(container, main.exit as ExitStatus));
    this.engine.event(container, 'start');
    const started = this.engine.sim.trace.channel(containerStarted);
    if (started.hot) started.emit({ id: container.id, name: container.name, service: config.labels.get(SERVICE_LABEL) ?? null });
  }

  private findProgram(container: Container, context: Parameters<typeof lookUpExecutable>[2]): ReturnType<typeof lookUpExecutable> {
    try {
      return lookUpExecutable(container.machine, container.argv, context);
    } catch (error) {
      if (!(error instanceof ExecutableError)) throw error;
      container.exitCode = error.notFound ? 127 : 126;
      throw new DockerError(ociError('create', error), 400);
    }
  }

  private openStreams(container: Container): { fds: Map<number, OpenFile>; terminal: Terminal | undefined } {
    const { config, machine, log } = container;
    if (config.tty) {
      const terminal = new Terminal(machine, logDisplay(log), 80, 24, '/dev/pts/0');
      container.terminal = terminal;
      container.stdin = config.openStdin ? typingInto(terminal) : undefined;
      return { fds: new Map([0, 1, 2].map((fd) => [fd, terminal.open()])), terminal };
    }
    let input = openNull();
    container.stdin = undefined;
    if (config.openStdin) {
      const pipe = makePipe('pipe:stdin');
      input = pipe.reader;
      container.stdin = writingInto(pipe.writer);
    }
    return { fds: new Map([[0, input], [1, new ContainerOutput(log, 'stdout')], [2, new ContainerOutput(log, 'stderr')]]), terminal: undefined };
  }

  private publish(container: Container): void {
    const owned = (port: number): boolean => this.engine.containers.some((each) => each.ports.some((one) => one.hostPort === port));
    const ports: PublishedPort[] = [];
    for (const binding of container.config.portBindings) {
      const endpoint = [...container.networks.values()].find((each) => each.address !== '');
      if (endpoint === undefined) continue;
      try {
        let { hostPort } = binding;
        while (hostPort === 0) {
          const next = this.nextRandomPort++;
          if (!owned(next)) hostPort = next;
        }
        ports.push(publishPort(this.engine.laptop.host, { ...binding, hostPort, address: endpoint.address }, (port) => owned(port) || ports.some((each) => each.hostPort === port)));
      } catch (error) {
        for (const port of ports) port.close();
        if (!(error instanceof DockerError)) throw error;
        throw new DockerError(`driver failed programming external connectivity on endpoint ${container.name} (${endpoint.endpointId}): ${error.message}`);
      }
    }
    container.ports = ports;
  }

  private ended(container: Container, status: ExitStatus): void {
    container.machine.killAll();
    container.terminal?.hangUp();
    container.terminal = undefined;
    container.stdin?.close();
    container.stdin = undefined;
    container.main = undefined;
    container.log.flush();
    this.takeNetworkAway(container);
    container.exitCode = exitCodeOf(status);
    container.finishedMs = this.engine.sim.dateMs();
    const restarts = this.shouldRestart(container);
    container.setStatus(restarts ? 'restarting' : 'exited');
    this.engine.event(container, 'die', [['exitCode', String(container.exitCode)]]);
    const stopped = this.engine.sim.trace.channel(containerStopped);
    if (stopped.hot) stopped.emit({ id: container.id, name: container.name, service: container.config.labels.get(SERVICE_LABEL) ?? null, exitCode: container.exitCode });
    if (restarts) spawn(this.engine.sim, this.restartLater(container));
    else if (container.config.autoRemove) this.engine.sim.after(DOCKER_COSTS.removeContainerUs, () => this.engine.discard(container, true), undefined);
  }

  private takeNetworkAway(container: Container): void {
    for (const port of container.ports) port.close();
    container.ports = [];
    const { host } = container.machine;
    host.shutDown();
    for (const [name, endpoint] of container.networks) this.engine.networks.find(name)?.leave(endpoint, host);
  }

  private shouldRestart(container: Container): boolean {
    const { name, maximumRetryCount } = container.config.restartPolicy;
    if (container.stoppedByUser || name === 'no') return false;
    if (name !== 'on-failure') return true;
    return container.exitCode !== 0 && (maximumRetryCount === 0 || container.restartCount < maximumRetryCount);
  }

  private *restartLater(container: Container): Op<void> {
    const ranLongUs = (container.finishedMs - container.startedMs) * 1000;
    if (ranLongUs >= 10_000_000) container.restartCount = 0;
    const backoffUs = Math.min(DOCKER_COSTS.restartBackoffUs * 2 ** Math.min(container.restartCount, 20), DOCKER_COSTS.restartBackoffLimitUs);
    yield* sleep(this.engine.sim, backoffUs);
    if (container.status !== 'restarting' || container.stoppedByUser) return;
    container.restartCount += 1;
    try {
      yield* this.start(container);
    } catch (error) {
      if (!(error instanceof DockerError)) throw error;
      container.setStatus('exited');
    }
  }

  private *waitForEnd(container: Container, forUs: number): Op<void> {
    const deadlineUs = this.engine.sim.nowUs + forUs;
    while (this.isRunning(container) && this.engine.sim.nowUs < deadlineUs) {
      yield* firstOf(container.changed, new Delay(this.engine.sim, deadlineUs - this.engine.sim.nowUs));
    }
  }

  private isRunning(container: Container): boolean {
    return container.running;
  }
}

function typingInto(terminal: Terminal): NonNullable<Container['stdin']> {
  return {
    *write(bytes) {
      terminal.input(decodeText(bytes));
    },
    close: () => terminal.input('\x04'),
  };
}

function writingInto(pipe: OpenFile): NonNullable<Container['stdin']> {
  let open = true;
  return {
    write: (bytes, by) => pipe.write(bytes, by),
    close: () => {
      if (open) pipe.release();
      open = false;
    },
  };
}
