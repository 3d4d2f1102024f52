import { LABS } from 'virtual:labs';
import type { FromWorker, ToWorker } from '../../session/messages';
import { SessionHost } from './session-host';

/** The worker's entry: messages from the page go to the host of the session, its answers go back. */
const scope = globalThis as unknown as {
  postMessage(message: FromWorker): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
};

const host = new SessionHost(LABS, (message) => scope.postMessage(message));
scope.addEventListener('message', (event) => host.receive(event.data));
