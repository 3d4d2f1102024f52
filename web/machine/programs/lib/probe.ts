import { type Op } from '../../../engine/kernel/task';
import { Delay, Future, firstOf } from '../../../engine/kernel/waitables';
import type { Endpoint } from '../../../engine/network/connection';
import type { ConnectFailure } from '../../../engine/network/host';
import type { Process } from '../../os/process';

/** What became of a try to connect. */
export type ProbeResult = { readonly endpoint: Endpoint; readonly received: Uint8Array[]; readonly closed: Future<void> } | { readonly failure: ConnectFailure };

/** Tries to connect, waiting at most `timeoutUs`. Bytes that arrive are gathered; what is no bytes is another protocol's and counts for nothing. */
export function* tryConnect(process: Process, target: { address: string; port: number }, timeoutUs = Infinity): Op<ProbeResult> {
  const { host, sim } = process.machine;
  const result = new Future<ProbeResult>();
  const received: Uint8Array[] = [];
  const closed = new Future<void>();
  const pending = host.connect(target, {
    onConnected(endpoint) {
      result.resolve({ endpoint, received, closed });
      return {
        onMessage: (_, message) => {
          if (message instanceof Uint8Array) received.push(message);
        },
        onClosed: () => closed.resolve(undefined),
      };
    },
    onFailed: (failure) => result.resolve({ failure }),
  });
  process.atExit(() => {
    pending.cancel();
    const { value } = result;
    if (value !== undefined && 'endpoint' in value) value.endpoint.close();
  });
  if (timeoutUs === Infinity) return yield* result.wait();
  const first = yield* firstOf(result, new Delay(sim, timeoutUs));
  if (first === 0) return yield* result.wait();
  pending.cancel();
  return { failure: 'timeout' };
}

export const FAILURE_TEXTS: Readonly<Record<ConnectFailure, string>> = { refused: 'Connection refused', 'no-route': 'No route to host', timeout: 'Connection timed out' };
