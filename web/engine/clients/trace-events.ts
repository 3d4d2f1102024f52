import { traceEvent } from '../kernel/trace';

/** A consumer handed records to its program. */
export const recordsConsumed = traceEvent<{ readonly clientId: string; readonly host: string; readonly topic: string; readonly partition: number; readonly count: number }>('records.consumed');
