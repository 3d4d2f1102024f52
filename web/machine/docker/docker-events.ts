import type { Simulation } from '../../engine/kernel/simulation';
import { traceEvent } from '../../engine/kernel/trace';
import { Condition } from '../../engine/kernel/waitables';

/** What happened to a container, an image, a network or a volume, as `docker events` tells it. */
export interface DockerEvent {
  readonly index: number;
  readonly timeUs: number;
  readonly type: 'container' | 'image' | 'network' | 'volume';
  readonly action: string;
  readonly id: string;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface ContainerTrace {
  readonly id: string;
  readonly name: string;
  readonly service: string | null;
}
export const containerStarted = traceEvent<ContainerTrace>('container.started');
export const containerStopped = traceEvent<ContainerTrace & { readonly exitCode: number }>('container.stopped');

const KEPT = 1024;

/** The engine's events, the newest 1,024 of them. */
export class DockerEvents {
  private events: DockerEvent[] = [];
  private nextIndex = 0;
  readonly appended = new Condition();

  constructor(private readonly sim: Simulation) {}

  get end(): number {
    return this.nextIndex;
  }

  /** Those from `index` on. */
  since(index: number): readonly DockerEvent[] {
    return this.events.filter((event) => event.index >= index);
  }

  add(type: DockerEvent['type'], action: string, id: string, attributes: ReadonlyMap<string, string>): void {
    this.events.push({ index: this.nextIndex++, timeUs: this.sim.nowUs, type, action, id, attributes });
    if (this.events.length > KEPT) this.events.splice(0, this.events.length - KEPT / 2);
    this.appended.notifyAll();
  }
}
