import { civilDate, msOfCivilDate } from '../../lib/date-text';

/** A text that Java cannot read; the message is Java's. */
export class JavaTimeError extends Error {}

const DATE_TIME = /^\s*(-?\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)\.(\d+)(Z|[+-]\d{1,2}(?::?\d{2})?)/;
const DURATION = /^(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/;

/**
 * `2018-06-01T10:00:00.000`, in UTC unless it names an offset, in ms since 1970.
 * @source kafka 1.1.0 core/src/main/scala/kafka/admin/ConsumerGroupCommand.scala convertTimestamp
 */
export function parseDateTime(text: string): number {
  const time = text.split('T')[1];
  // What Java 8 says of an array that is too short.
  if (time === undefined) throw new JavaTimeError('1');
  const full = /[+\-Z]/.test(time) ? text : `${text}Z`;
  const match = DATE_TIME.exec(full);
  if (match === null) throw new JavaTimeError(`Unparseable date: "${full}"`);
  const [year, month, day, hour, minute, second, millisecond] = match.slice(1, 8).map(Number) as [number, number, number, number, number, number, number];
  return msOfCivilDate({ year, month, day, hour, minute, second, millisecond }) - offsetMs(match[8] as string);
}

function offsetMs(zone: string): number {
  if (zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '');
  const hours = Number(digits.length > 2 ? digits.slice(0, -2) : digits);
  const minutes = digits.length > 2 ? Number(digits.slice(-2)) : 0;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** `nowMs` minus a duration such as `P1DT2H`. */
export function minusDuration(nowMs: number, text: string): number {
  const match = DURATION.exec(text);
  const isEmpty = match === null || match.slice(2).every((each) => each === undefined) || match[5] === 'T';
  if (match === null || isEmpty) throw new JavaTimeError(text);
  const sign = match[1] === '-' ? 1 : -1;
  const part = (index: number): number => Number(match[index] ?? 0) * sign;
  const date = civilDate(nowMs);
  const fraction = Number((match[9] ?? '').slice(0, 3).padEnd(3, '0')) * sign;
  return msOfCivilDate({
    year: date.year + part(2),
    month: date.month + part(3),
    day: date.day + part(4),
    hour: date.hour + part(6),
    minute: date.minute + part(7),
    second: date.second + part(8),
    millisecond: date.millisecond + fraction,
  });
}
