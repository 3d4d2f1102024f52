import type { FileSystem } from '../os/file-system';
import type { DirectoryNode } from '../os/file-node';
import { DockerError } from './docker-error';

export interface Volume {
  readonly name: string;
  readonly createdMs: number;
  readonly labels: ReadonlyMap<string, string>;
  /** Made for a VOLUME of an image, not by name. */
  readonly anonymous: boolean;
  readonly tree: DirectoryNode;
}

/** Where the engine keeps its volumes on the laptop's disk. */
export const VOLUMES_DIRECTORY = '/var/lib/docker/volumes';

/** Named and anonymous volumes: directories of the laptop that outlive containers. */
export class VolumeStore {
  private readonly volumes = new Map<string, Volume>();

  constructor(
    private readonly files: FileSystem,
    private readonly clock: { dateMs(): number },
    private readonly usersOf: (volume: Volume) => readonly string[],
  ) {}

  list(): readonly Volume[] {
    return [...this.volumes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): Volume | undefined {
    return this.volumes.get(name);
  }

  create(name: string, options: { readonly labels?: ReadonlyMap<string, string>; readonly anonymous?: boolean } = {}): Volume {
    const found = this.volumes.get(name);
    if (found !== undefined) return found;
    const tree = this.files.makeDirectories(`${VOLUMES_DIRECTORY}/${name}/_data`);
    const volume = { name, createdMs: this.clock.dateMs(), labels: options.labels ?? new Map(), anonymous: options.anonymous ?? false, tree };
    this.volumes.set(name, volume);
    return volume;
  }

  /** Throws DockerError when there is none or a container uses it. */
  remove(name: string): void {
    const volume = this.volumes.get(name);
    if (volume === undefined) throw new DockerError(`get ${name}: no such volume`, 404);
    const users = this.usersOf(volume);
    if (users.length > 0) throw new DockerError(`unable to remove volume: remove ${name}: volume is in use - [${users.join(', ')}]`, 409);
    this.files.removeTree(`${VOLUMES_DIRECTORY}/${name}`);
    this.volumes.delete(name);
  }
}
