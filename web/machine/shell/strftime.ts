const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const DAY_SECONDS = 86400;

interface Moment {
  readonly seconds: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly yearday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const two = (value: number): string => String(value).padStart(2, '0');

const FIELDS: Readonly<Record<string, (at: Moment) => string>> = {
  a: (at) => (DAYS[at.weekday] as string).slice(0, 3),
  A: (at) => DAYS[at.weekday] as string,
  b: (at) => (MONTHS[at.month] as string).slice(0, 3),
  B: (at) => MONTHS[at.month] as string,
  c: (at) => strftime('%a %b %e %H:%M:%S %Y', at.seconds),
  d: (at) => two(at.day),
  D: (at) => strftime('%m/%d/%y', at.seconds),
  e: (at) => String(at.day).padStart(2),
  F: (at) => strftime('%Y-%m-%d', at.seconds),
  h: (at) => (MONTHS[at.month] as string).slice(0, 3),
  H: (at) => two(at.hour),
  I: (at) => two(at.hour % 12 === 0 ? 12 : at.hour % 12),
  j: (at) => String(at.yearday + 1).padStart(3, '0'),
  m: (at) => two(at.month + 1),
  M: (at) => two(at.minute),
  n: () => '\n',
  p: (at) => (at.hour < 12 ? 'AM' : 'PM'),
  r: (at) => strftime('%I:%M:%S %p', at.seconds),
  R: (at) => strftime('%H:%M', at.seconds),
  s: (at) => String(at.seconds),
  S: (at) => two(at.second),
  t: () => '\t',
  T: (at) => strftime('%H:%M:%S', at.seconds),
  u: (at) => String(at.weekday === 0 ? 7 : at.weekday),
  w: (at) => String(at.weekday),
  x: (at) => strftime('%m/%d/%y', at.seconds),
  X: (at) => strftime('%H:%M:%S', at.seconds),
  y: (at) => two(at.year % 100),
  Y: (at) => String(at.year),
  z: () => '+0000',
  Z: () => 'UTC',
  '%': () => '%',
};

/** strftime in the C.UTF-8 locale and UTC; `seconds` since 1970. */
export function strftime(format: string, seconds: number): string {
  const at = momentOf(seconds);
  return format.replace(/%([a-zA-Z%])/g, (whole, letter: string) => FIELDS[letter]?.(at) ?? whole);
}

function momentOf(seconds: number): Moment {
  const days = Math.floor(seconds / DAY_SECONDS);
  const rest = seconds - days * DAY_SECONDS;
  const { year, month, day } = civil(days);
  return {
    seconds, year, month, day,
    weekday: (((days + 4) % 7) + 7) % 7,
    yearday: days - daysBefore(year),
    hour: Math.floor(rest / 3600), minute: Math.floor(rest / 60) % 60, second: rest % 60,
  };
}

/** Days from 1970 to the first of January. */
function daysBefore(year: number): number {
  const y = year - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) - 719162;
}

function civil(days: number): { year: number; month: number; day: number } {
  let year = 1970 + Math.floor(days / 365.2425);
  while (daysBefore(year) > days) year -= 1;
  while (daysBefore(year + 1) <= days) year += 1;
  let left = days - daysBefore(year);
  const leap = daysBefore(year + 1) - daysBefore(year) === 366;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  let month = 0;
  while (left >= (lengths[month] as number)) left -= lengths[month++] as number;
  return { year, month, day: left + 1 };
}
