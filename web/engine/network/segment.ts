import type { Host } from './host';

/** One network that hosts are attached to: addresses, and names that resolve inside it (Docker's embedded DNS). */
export class Segment {
  private readonly byAddress = new Map<string, Host>();
  /** Addresses of a name in the order in which they were added. */
  private readonly names = new Map<string, string[]>();
  private readonly reverseNames = new Map<string, string>();

  constructor(
    readonly name: string,
    readonly prefix: string,
  ) {}

  get gateway(): string {
    return `${this.prefix}.1`;
  }

  /** Gives the host the lowest free address (or the one asked for) and returns it. */
  attach(host: Host, options: { address?: string } = {}): string {
    let address = options.address;
    if (address === undefined) {
      let number = 2;
      while (this.byAddress.has(`${this.prefix}.${number}`)) number += 1;
      address = `${this.prefix}.${number}`;
    }
    this.byAddress.set(address, host);
    host.attached(this, address);
    return address;
  }

  /** Joins the network to the host that it is reached through. */
  attachGateway(host: Host): void {
    this.byAddress.set(this.gateway, host);
    host.becameGateway(this, this.gateway);
  }

  detach(host: Host): void {
    for (const [address, owner] of [...this.byAddress]) {
      if (owner !== host) continue;
      this.byAddress.delete(address);
      this.reverseNames.delete(address);
      for (const [name, addresses] of [...this.names]) {
        const rest = addresses.filter((each) => each !== address);
        if (rest.length === 0) this.names.delete(name);
        else this.names.set(name, rest);
      }
      host.detached(this);
    }
  }

  addName(name: string, address: string): void {
    this.names.set(name, [...(this.names.get(name) ?? []), address]);
  }

  setReverseName(address: string, name: string): void {
    this.reverseNames.set(address, name);
  }

  hostAt(address: string): Host | undefined {
    return this.byAddress.get(address);
  }

  lookUp(name: string): readonly string[] {
    return this.names.get(name) ?? [];
  }

  reverseLookUp(address: string): string | undefined {
    return this.reverseNames.get(address);
  }
}
