import type { Op } from '../../../../engine/kernel/task';
import { firstOf } from '../../../../engine/kernel/waitables';
import type { Container } from '../../../docker/container';
import type { LogEntry } from '../../../docker/container-log';
import { isoNanos } from '../../../docker/utc-date';
import type { Process } from '../../../os/process';
import { type DockerCommand, StatusError } from '../cli/docker-command';

export interface LogOptions {
  readonly follow: boolean;
  /** How many of the last lines; Infinity for all. */
  readonly tail: number;
  readonly sinceUs: number;
  readonly untilUs: number;
}

/** A container's log lines, old ones first; with `follow` those to come until it has stopped. */
export function* readLog(container: Container, options: LogOptions, onEntry: (entry: LogEntry) => Op<void>): Op<void> {
  const { log } = container;
  const wanted = (entry: LogEntry): boolean => entry.timeUs >= options.sinceUs && entry.timeUs <= options.untilUs;
  let at = options.tail === Infinity ? log.first : Math.max(log.first, log.end - options.tail);
  for (;;) {
    at = Math.max(at, log.first);
    const entry = log.entry(at);
    if (entry !== undefined) {
      at += 1;
      if (wanted(entry)) yield* onEntry(entry);
      continue;
    }
    if (!options.follow || !(container.running || container.status === 'restarting')) return;
    yield* firstOf(log.appended, container.changed);
  }
}

/** `docker logs`. */
export const logs: DockerCommand = {
  use: 'logs [OPTIONS] CONTAINER',
  short: 'Fetch the logs of a container',
  args: { min: 1, max: 1 },
  flags: [
    { name: 'details', kind: 'bool', usage: 'Show extra details provided to logs' },
    { name: 'follow', short: 'f', kind: 'bool', usage: 'Follow log output' },
    { name: 'since', kind: 'string', usage: 'Show logs since timestamp (e.g. 2013-01-02T13:23:37) or relative (e.g. 42m for 42 minutes)' },
    { name: 'tail', kind: 'string', usage: 'Number of lines to show from the end of the logs', defaultValue: 'all' },
    { name: 'timestamps', short: 't', kind: 'bool', usage: 'Show timestamps' },
    { name: 'until', kind: 'string', usage: 'Show logs before a timestamp (e.g. 2013-01-02T13:23:37) or relative (e.g. 42m for 42 minutes)' },
  ],
  completes: 'container',
  *run({ process, engine, flags, args }) {
    const container = engine.findContainer(args[0] as string);
    if (container === undefined) throw new StatusError(`Error: No such container: ${args[0] as string}`, 1);
    const tail = flags.string('tail');
    yield* readLog(
      container,
      {
        follow: flags.bool('follow'),
        tail: /^\d+$/.test(tail) ? Number(tail) : Infinity,
        sinceUs: flags.has('since') ? momentUs(process, flags.string('since')) : 0,
        untilUs: flags.has('until') ? momentUs(process, flags.string('until')) : Infinity,
      },
      function* (entry) {
        const fd = entry.stream === 'stderr' ? 2 : 1;
        if (flags.bool('timestamps')) yield* process.write(fd, `${isoNanos(engine.sim, entry.timeUs)} `);
        yield* process.write(fd, entry.bytes);
      },
    );
    return 0;
  },
};

const UNIT_S: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** A moment as `--since` takes it (`42m`, `2018-06-20T10:00:00`, Unix seconds), in simulated us. */
function momentUs(process: Process, text: string): number {
  const { sim } = process.machine;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([smh])/g)];
  if (parts.length > 0 && parts.map((part) => part[0]).join('') === text) {
    const seconds = parts.reduce((sum, part) => sum + Number(part[1]) * (UNIT_S[part[2] as string] as number), 0);
    return sim.nowUs - seconds * 1_000_000;
  }
  if (/^\d+(\.\d+)?$/.test(text)) return (Number(text) * 1000 - sim.startDateMs) * 1000;
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?)?Z?$/.exec(text);
  if (match === null) throw new StatusError(`Error response from daemon: invalid value for "since": failed to parse value as time or duration: "${text}"`, 1);
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = 0] = match.map((part) => (part === undefined ? undefined : Number(part)));
  const days = daysSince1970(year as number, month as number, day as number);
  return (((days * 24 + hour) * 60 + minute) * 60 + second + fraction) * 1_000_000 - sim.startDateMs * 1000;
}

function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}
