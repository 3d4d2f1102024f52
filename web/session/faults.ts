import { type Op, spawn } from '../engine/kernel/task';
import type { Network } from '../engine/network/network';
import type { Container } from '../machine/docker/container';
import type { DockerEngine } from '../machine/docker/docker-engine';
import { DockerError } from '../machine/docker/docker-error';
import type { Laptop } from '../machine/images/laptop';
import { containersOf, serviceOf } from './host-labels';

/** A fault that cannot happen: an unknown name, or a service without a container. */
export class FaultError extends Error {}

interface Scene {
  readonly docker: DockerEngine;
  readonly network: Network;
  container(service: string | undefined): Container;
}

/** What can be done to a cluster from outside. */
const FAULTS: Readonly<Record<string, (scene: Scene, args: readonly string[]) => Op<void> | undefined>> = {
  kill: (scene, [service]) => scene.docker.lifecycle.kill(scene.container(service), 'SIGKILL'),
  stop: (scene, [service]) => scene.docker.stop(scene.container(service)),
  start: (scene, [service]) => scene.docker.start(scene.container(service)),
  cut({ network, container }, [a, b]) {
    network.cut(container(a).machine.host, container(b).machine.host);
    return undefined;
  },
  heal({ network, container }, [a, b]) {
    if (a === undefined || b === undefined) network.heal();
    else network.heal(container(a).machine.host, container(b).machine.host);
    return undefined;
  },
};

/**
 * What a fault takes to do: an operation that ends when it is done, or nothing when it is done already.
 * Errors: FaultError.
 */
export function faultOp(name: string, args: readonly string[], laptop: Laptop, network: Network): Op<void> | undefined {
  const fault = FAULTS[name];
  if (fault === undefined) throw new FaultError(`no fault ${name}: there are ${Object.keys(FAULTS).join(', ')}`);
  const container = (service: string | undefined): Container => {
    const found = containersOf(laptop).find((each) => serviceOf(each) === service || each.name === service);
    if (found === undefined) throw new FaultError(`no container of ${service ?? 'an unnamed service'}`);
    return found;
  };
  return fault({ docker: laptop.docker as DockerEngine, network, container }, args);
}

/**
 * Does a fault now: `kill SERVICE`, `stop SERVICE`, `start SERVICE`, `cut A B` (both ways, silently), `heal [A B]`.
 * Errors: FaultError. That Docker refuses it (a stopped container is killed) changes nothing.
 */
export function doFault(name: string, args: readonly string[], laptop: Laptop, network: Network): void {
  const op = faultOp(name, args, laptop, network);
  if (op === undefined) return;
  spawn(network.sim, op, (outcome) => {
    if ('error' in outcome && !(outcome.error instanceof DockerError)) throw outcome.error;
  });
}
