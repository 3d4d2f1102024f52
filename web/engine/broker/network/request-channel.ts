import type { IncomingRequest } from './incoming-request';

/** Requests that were read from connections and wait for a request handler thread. */
export class RequestChannel {
  private readonly queue: IncomingRequest[] = [];
  private onRequest: (() => void) | undefined;

  get size(): number {
    return this.queue.length;
  }

  put(request: IncomingRequest): void {
    this.queue.push(request);
    this.onRequest?.();
  }

  take(): IncomingRequest | undefined {
    return this.queue.shift();
  }

  notify(onRequest: (() => void) | undefined): void {
    this.onRequest = onRequest;
  }

  clear(): void {
    this.queue.length = 0;
  }
}
