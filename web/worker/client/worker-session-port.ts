import type { FromWorker, ToWorker } from '../../session/messages';
import type { SessionPort } from './session-client';

/** A Worker as the client wants it. */
export class WorkerSessionPort implements SessionPort {
  constructor(private readonly worker: Worker) {}

  listen(onMessage: (message: FromWorker) => void, onError: (message: string) => void): void {
    this.worker.addEventListener('message', (event: MessageEvent<FromWorker>) => onMessage(event.data));
    this.worker.addEventListener('error', (event) => onError(event.message || 'The worker could not be loaded.'));
  }

  postMessage(message: ToWorker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a Worker has no origin to name
    this.worker.postMessage(message);
  }

  terminate(): void {
    this.worker.terminate();
  }
}
