import { DockerError } from './docker-error';
import type { Image } from './image';
import { parseImageReference } from './image-reference';

/** The images that the laptop has, newest first, and those that its registry offers. */
export class ImageStore {
  private local: Image[] = [];

  constructor(
    readonly registry: readonly Image[],
    readonly hasContainerOf: (image: Image) => string | undefined,
  ) {}

  /** As `docker images` lists them: by age of the image, newest first. */
  list(): readonly Image[] {
    return [...this.local].sort((a, b) => b.createdMs - a.createdMs);
  }

  add(image: Image): void {
    if (!this.local.includes(image)) this.local.unshift(image);
  }

  /** By name, or by the first digits of its id. */
  find(name: string): Image | undefined {
    const digits = /^(?:sha256:)?([0-9a-f]+)$/.exec(name)?.[1];
    const byId = digits === undefined ? undefined : this.local.find((image) => image.id.startsWith(digits));
    if (byId !== undefined) return byId;
    const { repository, tag } = parseImageReference(name);
    return this.local.find((image) => image.repository === repository && image.tag === tag);
  }

  /** Throws DockerError `No such image`. */
  get(name: string): Image {
    const image = this.find(name);
    if (image === undefined) throw new DockerError(`No such image: ${this.complete(name)}`, 404);
    return image;
  }

  inRegistry(name: string): Image | undefined {
    const { repository, tag } = parseImageReference(name);
    return this.registry.find((image) => image.repository === repository && image.tag === tag);
  }

  /** Layers that images here already have. */
  hasLayer(digest: string): boolean {
    return this.local.some((image) => image.layers.some((layer) => layer.digest === digest));
  }

  /** Takes an image away and returns what `docker rmi` prints. Throws DockerError when a container needs it. */
  remove(name: string, options: { readonly force: boolean }): readonly string[] {
    const image = this.get(name);
    const container = this.hasContainerOf(image);
    if (container !== undefined && !options.force) {
      throw new DockerError(
        `conflict: unable to remove repository reference "${name}" (must force) - container ${container} is using its referenced image ${image.id.slice(0, 12)}`,
        409,
      );
    }
    this.local = this.local.filter((each) => each !== image);
    const lines = [`Untagged: ${image.repository}:${image.tag}`, `Untagged: ${image.repository}@sha256:${image.digest}`];
    if (container !== undefined) return lines;
    const layers = [...image.layers].reverse().filter((layer) => !this.hasLayer(layer.digest));
    return [...lines, `Deleted: sha256:${image.id}`, ...layers.map((layer) => `Deleted: sha256:${chainId(layer.digest)}`)];
  }

  private complete(name: string): string {
    const { tagGiven } = parseImageReference(name);
    return tagGiven ? name : `${name}:latest`;
  }
}

/** A layer is known by another hash once it is unpacked; any that differs from the download's will do. */
function chainId(digest: string): string {
  return [...digest].reverse().join('');
}
