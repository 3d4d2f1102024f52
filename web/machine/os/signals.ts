/** Linux's numbers. */
export const SIGNALS = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGSTKFLT: 16,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGURG: 23,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGVTALRM: 26,
  SIGPROF: 27,
  SIGWINCH: 28,
  SIGIO: 29,
  SIGPWR: 30,
  SIGSYS: 31,
} as const;

export type Signal = keyof typeof SIGNALS;

const IGNORED = new Set<Signal>(['SIGCHLD', 'SIGCONT', 'SIGURG', 'SIGWINCH']);
const STOPPING = new Set<Signal>(['SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU']);

/** What a signal does to a process that has not said otherwise. */
export function defaultAction(signal: Signal): 'ignore' | 'stop' | 'terminate' {
  return IGNORED.has(signal) ? 'ignore' : STOPPING.has(signal) ? 'stop' : 'terminate';
}

export function signalNumber(signal: Signal): number {
  return SIGNALS[signal];
}

/** `9`, `KILL`, `SIGKILL`, `kill`; undefined when there is no such signal. */
export function parseSignal(text: string): Signal | undefined {
  const name = /^\d+$/.test(text) ? undefined : `SIG${text.toUpperCase().replace(/^SIG/, '')}`;
  return (Object.keys(SIGNALS) as Signal[]).find((each) => (name === undefined ? SIGNALS[each] === Number(text) : each === name));
}
