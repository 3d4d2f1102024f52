import type { Simulation } from '../kernel/simulation';
import { Host } from './host';
import { Segment } from './segment';

/**
 * All hosts, and the segments (a laptop's loopback apart) that join them.
 *
 * Faults: `cut` holds everything between two hosts back, silently and both ways, until `heal`: as TCP sees a pulled cable.
 */
export class Network {
  readonly hosts: Host[] = [];
  private readonly cuts = new Set<string>();

  constructor(readonly sim: Simulation) {}

  addHost(name: string): Host {
    const host = new Host(this, name);
    this.hosts.push(host);
    return host;
  }

  removeHost(host: Host): void {
    host.shutDown();
    const at = this.hosts.indexOf(host);
    if (at >= 0) this.hosts.splice(at, 1);
  }

  /** `prefix` is the first three numbers of a /24 or /16's addresses, such as `172.18.0`. The gateway is `.1`. */
  addSegment(name: string, prefix: string): Segment {
    return new Segment(name, prefix);
  }

  cut(a: Host, b: Host): void {
    this.cuts.add(pairKey(a, b));
  }

  /** Heals one cut, or all. What was held back arrives now. */
  heal(a?: Host, b?: Host): void {
    if (a !== undefined && b !== undefined) this.cuts.delete(pairKey(a, b));
    else this.cuts.clear();
    for (const host of this.hosts) host.releaseHeldBack();
  }

  isCut(a: Host, b: Host): boolean {
    return this.cuts.size > 0 && this.cuts.has(pairKey(a, b));
  }
}

function pairKey(a: Host, b: Host): string {
  return a.id < b.id ? `${a.id}-${b.id}` : `${b.id}-${a.id}`;
}
