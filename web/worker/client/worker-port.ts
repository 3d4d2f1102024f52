import type { SessionPort } from './session-client';
import { WorkerSessionPort } from './worker-session-port';

/** The Worker in which the session runs, as a file of its own beside the page. */
export function createWorkerPort(): SessionPort {
  return new WorkerSessionPort(new Worker(new URL('../host/session-worker.ts', import.meta.url), { type: 'module', name: 'samsa-session' }));
}
