// oxlint-disable-next-line import/default -- the build makes this default export out of the worker's file
import SessionWorker from '../host/session-worker?worker&inline';
import type { SessionPort } from './session-client';
import { WorkerSessionPort } from './worker-session-port';

/** The same Worker for the single-file page: its code travels inside the page, since a page from disk can load nothing. */
export function createWorkerPort(): SessionPort {
  return new WorkerSessionPort(new SessionWorker({ name: 'samsa-session' }));
}
