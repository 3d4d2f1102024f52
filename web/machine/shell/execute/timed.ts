import type { Op } from '../../../engine/kernel/task';
import type { Shell } from './shell';

const DEFAULT_FORMAT = '\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS';
const POSIX_FORMAT = 'real %2R\nuser %2U\nsys %2S';

/** `time`: prints how long the pipeline took. Simplified: all processor time counts as user time. */
export function* timed(shell: Shell, posix: boolean, body: () => Op<number>): Op<number> {
  const { sim } = shell.process.machine;
  const startUs = sim.nowUs;
  const startCpuUs = shell.process.cpuUs + shell.childrenCpuUs;
  const status = yield* body();
  const realUs = sim.nowUs - startUs;
  const userUs = shell.process.cpuUs + shell.childrenCpuUs - startCpuUs;
  const format = posix ? POSIX_FORMAT : shell.variables.get('TIMEFORMAT') ?? DEFAULT_FORMAT;
  if (format !== '') yield* shell.process.err(`${formatTimes(format, { R: realUs, U: userUs, S: 0 })}\n`);
  return status;
}

function formatTimes(format: string, times: Readonly<Record<string, number>>): string {
  return format.replace(/%(?:%|([0-3]?)(l?)([RUSP]))/g, (whole, digits: string, long: string, what: string) => {
    if (whole === '%%') return '%';
    if (what === 'P') {
      const share = times.R === 0 ? 0 : (100 * ((times.U as number) + (times.S as number))) / (times.R as number);
      return share.toFixed(2);
    }
    return clock(times[what] as number, digits === '' ? 3 : Number(digits), long !== '');
  });
}

function clock(us: number, digits: number, long: boolean): string {
  const ms = Math.floor(us / 1000);
  const seconds = Math.floor(ms / 1000);
  const fraction = digits === 0 ? '' : `.${String(ms % 1000).padStart(3, '0').slice(0, digits)}`;
  return long ? `${Math.floor(seconds / 60)}m${seconds % 60}${fraction}s` : `${seconds}${fraction}`;
}

/** `times`' format. */
export function minutesAndSeconds(us: number): string {
  return clock(us, 3, true);
}
