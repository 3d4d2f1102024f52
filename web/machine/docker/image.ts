import type { Machine } from '../os/machine';

/** One layer as the registry lists it. */
export interface ImageLayer {
  /** 64 hexadecimal digits; progress lines show the first 12. */
  readonly digest: string;
  /** What is downloaded. */
  readonly compressedBytes: number;
  /** What the layer takes on disk. */
  readonly sizeInBytes: number;
}

/** What a Dockerfile's ENTRYPOINT, CMD, ENV, EXPOSE, VOLUME, WORKDIR and USER made. */
export interface ImageConfig {
  readonly entrypoint?: readonly string[];
  readonly cmd: readonly string[];
  readonly env: readonly string[];
  readonly workingDir: string;
  /** `9092/tcp`. */
  readonly exposedPorts: readonly string[];
  readonly volumes: readonly string[];
}

/** An image that the registry holds: its names, its layers and how its files come into a new container. */
export interface Image {
  /** As shown: `hello-world`, `wurstmeister/kafka`. */
  readonly repository: string;
  readonly tag: string;
  /** 64 hexadecimal digits. */
  readonly id: string;
  /** Of the manifest, 64 hexadecimal digits. */
  readonly digest: string;
  /** When it was built; ISO date. */
  readonly createdMs: number;
  readonly layers: readonly ImageLayer[];
  readonly config: ImageConfig;
  /** Puts the image's files into the machine of a new container. */
  install(machine: Machine): void;
}

export function imageSizeInBytes(image: Image): number {
  return image.layers.reduce((sum, layer) => sum + layer.sizeInBytes, 0);
}
