import type { ClientEnvironment, ClientProcess } from './client-environment';

/** How many clients of a kind each program has made: the number in `consumer-1`. */
const counts = new WeakMap<ClientProcess, Map<string, number>>();

/** 1 for the first client of that kind in its program, as Java counts them. */
export function nextClientNumber(env: ClientEnvironment, kind: string): number {
  if (env.process === undefined) return 1;
  let ofProcess = counts.get(env.process);
  if (ofProcess === undefined) {
    ofProcess = new Map();
    counts.set(env.process, ofProcess);
  }
  const number = (ofProcess.get(kind) ?? 0) + 1;
  ofProcess.set(kind, number);
  return number;
}
