/** A moment in UTC, taken apart without the host's Date. */
export interface UtcParts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const DAY_MS = 86_400_000;

/** Days since 1970 to a date of the Gregorian calendar, counted from March so that the leap day comes last. */
export function utcParts(ms: number): UtcParts {
  const days = Math.floor(ms / DAY_MS) + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const second = Math.floor((((ms % DAY_MS) + DAY_MS) % DAY_MS) / 1000);
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
    hour: Math.floor(second / 3600),
    minute: Math.floor(second / 60) % 60,
    second: second % 60,
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `2018-06-20 10:00:00`. */
export function dateTime(ms: number, separator = ' '): string {
  const { year, month, day, hour, minute, second } = utcParts(ms);
  return `${year}-${two(month)}-${two(day)}${separator}${two(hour)}:${two(minute)}:${two(second)}`;
}

/** RFC 3339 with nine digits, as Docker stamps log lines: `2018-06-20T10:00:00.123456000Z`. */
export function isoNanos(sim: { readonly startDateMs: number }, timeUs: number): string {
  const us = (sim.startDateMs % 1000) * 1000 + timeUs;
  return `${dateTime(sim.startDateMs + Math.floor(timeUs / 1000), 'T')}.${String(((us % 1_000_000) + 1_000_000) % 1_000_000).padStart(6, '0')}000Z`;
}

/** The same from milliseconds, trailing zeros dropped, as Go prints a time in JSON. */
export function isoTime(ms: number): string {
  if (ms === 0) return '0001-01-01T00:00:00Z';
  const fraction = String(ms % 1000).padStart(3, '0').replace(/0+$/, '');
  return `${dateTime(ms, 'T')}${fraction === '' ? '' : `.${fraction}`}Z`;
}
