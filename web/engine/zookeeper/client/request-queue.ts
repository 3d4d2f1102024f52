import type { Future } from '../../kernel/waitables';
import type { ZkRequest, ZkResponse } from './messages';

export interface Packet {
  readonly request: ZkRequest;
  readonly future: Future<ZkResponse>;
}

const AUTH_XID = -4;

/** A session's requests: those that wait for a connection, and those that wait for their answer, which come in order. */
export class RequestQueue {
  private nextXid = 1;
  private waiting: Packet[] = [];
  private inFlight: (Packet & { readonly xid: number })[] = [];

  wait(packet: Packet): void {
    this.waiting.push(packet);
  }

  takeWaiting(): Packet[] {
    return this.waiting.splice(0);
  }

  /** The request is sent now, under the number that is returned. */
  sent(packet: Packet): number {
    const xid = packet.request.op === 'auth' ? AUTH_XID : this.nextXid++;
    this.inFlight.push({ ...packet, xid });
    return xid;
  }

  /** The request that was sent first of those without an answer, which must be this one. */
  answered(xid: number): Packet {
    const packet = this.inFlight.shift();
    if (packet === undefined || packet.xid !== xid) throw new Error(`ZooKeeper answered ${xid}, not ${packet?.xid}`);
    return packet;
  }

  /** None of them will be answered. */
  lose(code: 'ConnectionLoss' | 'SessionExpired'): void {
    for (const packet of [...this.inFlight.splice(0), ...this.waiting.splice(0)]) packet.future.resolve({ code });
  }

  /** None of them will even be told. */
  forget(): void {
    this.inFlight = [];
    this.waiting = [];
  }
}
