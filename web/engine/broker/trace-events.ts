import { traceEvent } from '../kernel/trace';

/** A broker finished its start: it is registered and answers. */
export const brokerUp = traceEvent<{ readonly brokerId: number; readonly host: string }>('broker.up');

/** A broker's process ended; `clean` when it was asked to. */
export const brokerStopped = traceEvent<{ readonly brokerId: number; readonly host: string; readonly clean: boolean }>('broker.stopped');
