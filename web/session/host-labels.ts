import type { Container } from '../machine/docker/container';
import type { Laptop } from '../machine/images/laptop';

const SERVICE_LABEL = 'com.docker.compose.service';

export function serviceOf(container: Container): string | null {
  return container.config.labels.get(SERVICE_LABEL) ?? null;
}

/** All containers, newest first; none before the laptop is furnished. */
export function containersOf(laptop: Laptop): readonly Container[] {
  return laptop.docker?.containers ?? [];
}

/** What a host is called in pictures and checks: the laptop, a container's service, else its name. */
export function hostLabel(laptop: Laptop, host: string): string {
  if (host === laptop.machine.hostname) return host;
  const container = containersOf(laptop).find((each) => each.machine.hostname === host);
  return container === undefined ? host : (serviceOf(container) ?? container.name);
}
