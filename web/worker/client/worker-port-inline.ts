import SessionWorker from '../host/session-worker?worker&inline';
import type { SessionPort } from './session-client';

/** The same Worker for the single-file page: its code travels inside the page, since a page from disk can load nothing. */
export function createWorkerPort(): SessionPort {
  return new SessionWorker({ name: 'samsa-session' }) as unknown as SessionPort;
}
