import type { Laptop } from '../machine/images/laptop';
import { containersOf, serviceOf } from './host-labels';
import type { World } from './world';

/** Things by name that Tab can complete, by their kind. */
export function completionNames(kind: string, laptop: Laptop, world: World): readonly string[] {
  const find = KINDS[kind];
  return find === undefined ? [] : [...new Set(find(laptop, world))].sort();
}

const KINDS: Readonly<Record<string, (laptop: Laptop, world: World) => readonly string[]>> = {
  topic: (_laptop, world) => world.topics().map((each) => each.name),
  group: (_laptop, world) => world.groups().map((each) => each.groupId),
  container: (laptop) => containersOf(laptop).map((each) => each.name),
  service: (laptop) => containersOf(laptop).flatMap((each) => serviceOf(each) ?? []),
  image: (_laptop, world) => world.images(),
  network: (laptop) => laptop.docker?.networks.list().map((each) => each.name) ?? [],
  volume: (laptop) => laptop.docker?.volumes.list().map((each) => each.name) ?? [],
};
