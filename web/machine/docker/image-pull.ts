import type { Simulation } from '../../engine/kernel/simulation';
import { type Op, spawn } from '../../engine/kernel/task';
import { Condition, Mailbox, sleep } from '../../engine/kernel/waitables';
import { DOCKER_COSTS } from './docker-costs';
import { DockerError } from './docker-error';
import type { Image, ImageLayer } from './image';
import { parseImageReference } from './image-reference';
import type { ImageStore } from './image-store';

/** One line of a pull's JSON stream. */
export interface PullEvent {
  readonly status: string;
  /** A layer's first 12 digits, or the tag in the first line. */
  readonly id?: string;
  /** Only layers have it. */
  readonly progress?: { readonly current: number; readonly total: number } | 'none';
}

const PARALLEL_DOWNLOADS = 3;

/**
 * Fetches an image from the registry: layers are downloaded three at a time and unpacked one after the other.
 * Throws DockerError when the registry cannot be reached for it.
 *
 * Simplified: the registry is on the laptop's own network and always answers at the same rate; what it does not hold is answered
 * as on a laptop without internet.
 * @source docker-ce 18.03.0 components/engine/distribution/xfer/download.go
 */
export class ImagePull {
  private readonly events = new Mailbox<PullEvent>();
  private finished = false;

  constructor(
    private readonly sim: Simulation,
    private readonly store: ImageStore,
  ) {}

  /** Gives events to `onEvent` as they come and returns the image. */
  *run(name: string, onEvent: (event: PullEvent) => Op<void>): Op<Image> {
    const { repository, tag } = parseImageReference(name);
    yield* sleep(this.sim, DOCKER_COSTS.registryRoundTripUs);
    const image = this.store.inRegistry(name);
    if (image === undefined) throw this.unreachable();
    const display = repository.includes('/') ? repository : `library/${repository}`;
    yield* onEvent({ status: `Pulling from ${display}`, id: tag });
    const upToDate = this.store.find(name) === image;
    if (!upToDate) yield* this.fetchLayers(image, onEvent);
    yield* onEvent({ status: `Digest: sha256:${image.digest}` });
    const what = upToDate ? 'Image is up to date for' : 'Downloaded newer image for';
    this.store.add(image);
    yield* onEvent({ status: `Status: ${what} ${repository}:${tag}` });
    return image;
  }

  private unreachable(): DockerError {
    const names = this.store.registry.map((image) => `${image.repository}:${image.tag}`).join(', ');
    return new DockerError(
      `Get https://registry-1.docker.io/v2/: dial tcp: lookup registry-1.docker.io: no such host\nThis laptop has no internet. Its registry holds: ${names}`,
      500,
    );
  }

  private *fetchLayers(image: Image, onEvent: (event: PullEvent) => Op<void>): Op<void> {
    const layers = image.layers.map((layer) => ({ layer, state: this.store.hasLayer(layer.digest) ? 'exists' : 'waiting' }) as LayerState);
    for (const each of layers) yield* onEvent(layerEvent(each.layer, each.state === 'exists' ? 'Already exists' : 'Pulling fs layer'));
    for (const each of layers.filter((one) => one.state === 'waiting').slice(PARALLEL_DOWNLOADS)) yield* onEvent(layerEvent(each.layer, 'Waiting'));
    const downloaded = new Condition();
    const tasks = [
      ...Array.from({ length: PARALLEL_DOWNLOADS }, () => spawn(this.sim, this.download(layers, downloaded))),
      spawn(this.sim, this.unpack(layers, downloaded)),
    ];
    try {
      for (;;) {
        const event = yield* this.events.take();
        if (this.finished && event.status === '') return;
        yield* onEvent(event);
      }
    } finally {
      for (const task of tasks) task.abandon();
    }
  }

  private *download(layers: LayerState[], downloaded: Condition): Op<void> {
    for (;;) {
      const next = layers.find((each) => each.state === 'waiting');
      if (next === undefined) return;
      next.state = 'downloading';
      const { layer } = next;
      const rate = DOCKER_COSTS.downloadBytesPerUs / PARALLEL_DOWNLOADS;
      yield* this.progress(layer, 'Downloading', layer.compressedBytes, rate);
      this.events.put(layerEvent(layer, 'Verifying Checksum'));
      this.events.put(layerEvent(layer, 'Download complete'));
      next.state = 'downloaded';
      downloaded.notifyAll();
    }
  }

  private *unpack(layers: LayerState[], downloaded: Condition): Op<void> {
    for (const each of layers) {
      if (each.state === 'exists') continue;
      while (each.state !== 'downloaded') yield downloaded;
      yield* this.progress(each.layer, 'Extracting', each.layer.compressedBytes, DOCKER_COSTS.extractBytesPerUs);
      this.events.put(layerEvent(each.layer, 'Pull complete'));
    }
    this.finished = true;
    this.events.put({ status: '' });
  }

  private *progress(layer: ImageLayer, status: string, total: number, bytesPerUs: number): Op<void> {
    const step = Math.max(1, Math.floor(bytesPerUs * DOCKER_COSTS.progressEveryUs));
    let current = Math.min(total, 32768);
    while (current < total) {
      this.events.put(layerEvent(layer, status, { current, total }));
      yield* sleep(this.sim, DOCKER_COSTS.progressEveryUs);
      current += step;
    }
    this.events.put(layerEvent(layer, status, { current: total, total }));
    yield* sleep(this.sim, 1000);
  }
}

interface LayerState {
  readonly layer: ImageLayer;
  state: 'exists' | 'waiting' | 'downloading' | 'downloaded';
}

function layerEvent(layer: ImageLayer, status: string, progress: PullEvent['progress'] = 'none'): PullEvent {
  return { id: layer.digest.slice(0, 12), status, progress };
}
