/** A date of the calendar, in UTC. `month` and `day` count from 1. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const DAY_SECONDS = 86400;

/** Days since 1970 of a date; months and days past their end carry over. */
export function daysOfDate(year: number, month: number, day: number): number {
  const months = year * 12 + month - 1;
  const y = Math.floor(months / 12) - (months % 12 < 2 ? 1 : 0);
  const m = ((months % 12) + 12) % 12;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((m + 10) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** Seconds since 1970. */
export function secondsOfDate(date: CalendarDate): number {
  return daysOfDate(date.year, date.month, date.day) * DAY_SECONDS + date.hour * 3600 + date.minute * 60 + date.second;
}

export function dateOfSeconds(seconds: number): CalendarDate {
  const days = Math.floor(seconds / DAY_SECONDS);
  const rest = seconds - days * DAY_SECONDS;
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor((rest % 3600) / 60),
    second: Math.floor(rest % 60),
  };
}

export function weekday(seconds: number): number {
  return (((Math.floor(seconds / DAY_SECONDS) + 4) % 7) + 7) % 7;
}

/** strftime with GNU's padding flags, in UTC. `dateMs` is in milliseconds since 1970. */
export function formatDate(format: string, dateMs: number): string {
  const seconds = Math.floor(dateMs / 1000);
  const date = dateOfSeconds(seconds);
  const dayName = DAYS[weekday(seconds)] as string;
  const monthName = MONTHS[date.month - 1] as string;
  const dayOfYear = daysOfDate(date.year, date.month, date.day) - daysOfDate(date.year, 1, 1);
  const nested = (inner: string): string => formatDate(inner, dateMs);
  const number = (value: number, width: number, pad = '0'): { value: number; width: number; pad: string } => ({ value, width, pad });
  const iso = isoWeek(seconds, date.year, dayOfYear);
  const fields: Readonly<Record<string, () => string | { value: number; width: number; pad: string }>> = {
    a: () => dayName.slice(0, 3), A: () => dayName, b: () => monthName.slice(0, 3), B: () => monthName, h: () => monthName.slice(0, 3),
    c: () => nested('%a %b %e %H:%M:%S %Y'), C: () => number(Math.floor(date.year / 100), 2), d: () => number(date.day, 2), D: () => nested('%m/%d/%y'),
    e: () => number(date.day, 2, ' '), F: () => nested('%Y-%m-%d'), g: () => number(iso.year % 100, 2), G: () => number(iso.year, 4),
    H: () => number(date.hour, 2), I: () => number(date.hour % 12 || 12, 2), j: () => number(dayOfYear + 1, 3), k: () => number(date.hour, 2, ' '),
    l: () => number(date.hour % 12 || 12, 2, ' '), m: () => number(date.month, 2), M: () => number(date.minute, 2), n: () => '\n',
    N: () => number(Math.round((dateMs - seconds * 1000) * 1e6), 9), p: () => (date.hour < 12 ? 'AM' : 'PM'), P: () => (date.hour < 12 ? 'am' : 'pm'),
    q: () => String(Math.ceil(date.month / 3)), r: () => nested('%I:%M:%S %p'), R: () => nested('%H:%M'), s: () => String(seconds),
    S: () => number(date.second, 2), t: () => '\t', T: () => nested('%H:%M:%S'), u: () => String(weekday(seconds) || 7), w: () => String(weekday(seconds)),
    U: () => number(Math.floor((dayOfYear + 7 - weekday(seconds)) / 7), 2), V: () => number(iso.week, 2),
    W: () => number(Math.floor((dayOfYear + 7 - ((weekday(seconds) + 6) % 7)) / 7), 2), x: () => nested('%m/%d/%y'), X: () => nested('%H:%M:%S'),
    y: () => number(date.year % 100, 2), Y: () => number(date.year, 1), z: () => '+0000', Z: () => 'UTC', '%': () => '%',
  };
  return format.replace(/%([-_0^#]*)(\d*)(:*)([a-zA-Z%])/g, (whole, flags: string, width: string, colons: string, letter: string) => {
    if (letter === 'z' && colons !== '') return colons === ':' ? '+00:00' : '+00:00:00';
    const field = fields[letter]?.();
    if (field === undefined) return whole;
    let text: string;
    if (typeof field === 'string') text = width === '' ? field : field.padStart(Number(width), flags.includes('0') ? '0' : ' ');
    else if (letter === 'N' && width !== '') text = String(field.value).padStart(9, '0').slice(0, Number(width));
    else {
      const pad = flags.includes('_') ? ' ' : flags.includes('0') ? '0' : field.pad;
      text = flags.includes('-') ? String(field.value) : String(field.value).padStart(width === '' ? field.width : Number(width), pad);
    }
    return flags.includes('^') ? text.toUpperCase() : flags.includes('#') ? (letter === 'p' ? text.toLowerCase() : text.toUpperCase()) : text;
  });
}

function isoWeek(seconds: number, year: number, dayOfYear: number): { year: number; week: number } {
  const day = weekday(seconds) || 7;
  const week = Math.floor((dayOfYear + 1 - day + 10) / 7);
  if (week < 1) return { year: year - 1, week: weeksIn(year - 1) };
  return week > weeksIn(year) ? { year: year + 1, week: 1 } : { year, week };
}

function weeksIn(year: number): number {
  const last = weekday(daysOfDate(year, 12, 31) * DAY_SECONDS);
  const previous = weekday(daysOfDate(year - 1, 12, 31) * DAY_SECONDS);
  return last === 4 || previous === 3 ? 53 : 52;
}
