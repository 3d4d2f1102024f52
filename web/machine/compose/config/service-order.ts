import { ConfigurationError } from './configuration-error';

/** What decides the order of services. */
export interface OrderedService {
  readonly name: string;
  readonly links: readonly string[];
  readonly volumesFrom: readonly string[];
  /** Services whose network or process namespace it shares. */
  readonly shares: readonly string[];
  readonly dependsOn: readonly string[];
}

/**
 * Sorts services so that each comes after those that it needs. Throws ConfigurationError for a circle.
 * @source docker/compose 1.20.1 compose/config/sort_services.py
 */
export function sortServices<T extends OrderedService>(services: readonly T[]): T[] {
  const unmarked = [...services];
  const visiting = new Set<string>();
  const sorted: T[] = [];
  const dependents = (name: string): T[] =>
    services.filter((each) => [...each.links, ...each.volumesFrom, ...each.shares, ...each.dependsOn].includes(name));
  const visit = (service: T): void => {
    if (visiting.has(service.name)) throw circle(service, visiting);
    if (!unmarked.includes(service)) return;
    visiting.add(service.name);
    for (const dependent of dependents(service.name)) visit(dependent);
    visiting.delete(service.name);
    unmarked.splice(unmarked.indexOf(service), 1);
    sorted.unshift(service);
  };
  while (unmarked.length > 0) visit(unmarked.at(-1) as T);
  return sorted;
}

function circle(service: OrderedService, visiting: ReadonlySet<string>): ConfigurationError {
  const { name } = service;
  if (service.links.includes(name)) return new ConfigurationError(`A service can not link to itself: ${name}`);
  if (service.volumesFrom.includes(name)) return new ConfigurationError(`A service can not mount itself as volume: ${name}`);
  if (service.dependsOn.includes(name)) return new ConfigurationError(`A service can not depend on itself: ${name}`);
  return new ConfigurationError(`Circular dependency between ${[...visiting].join(' and ')}`);
}
