/** Milliseconds since 1970 as a date in UTC, without the platform's calendar. */

const MS_PER_DAY = 86_400_000;
const DAYS_PER_ERA = 146_097;

export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** Proleptic Gregorian calendar, UTC. */
export function civilDate(ms: number): CivilDate {
  const days = Math.floor(ms / MS_PER_DAY);
  const rest = ms - days * MS_PER_DAY;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / (DAYS_PER_ERA - 1))) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
    hour: Math.floor(rest / 3_600_000),
    minute: Math.floor(rest / 60_000) % 60,
    second: Math.floor(rest / 1000) % 60,
    millisecond: rest % 1000,
  };
}

/** The inverse; days and months beyond their range carry over. */
export function msOfCivilDate(date: CivilDate): number {
  const monthIndex = date.month - 1;
  const year = date.year + Math.floor(monthIndex / 12);
  const month = (((monthIndex % 12) + 12) % 12) + 1;
  const fromMarch = month <= 2 ? year - 1 : year;
  const era = Math.floor(fromMarch / 400);
  const yearOfEra = fromMarch - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date.day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * DAYS_PER_ERA + dayOfEra - 719_468;
  return days * MS_PER_DAY + date.hour * 3_600_000 + date.minute * 60_000 + date.second * 1000 + date.millisecond;
}

/** log4j's `%d`: `2018-06-20 10:00:01,234`. */
export function log4jDate(ms: number): string {
  const d = civilDate(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  const time = `${two(d.hour)}:${two(d.minute)}:${two(d.second)},${String(d.millisecond).padStart(3, '0')}`;
  return `${String(d.year).padStart(4, '0')}-${two(d.month)}-${two(d.day)} ${time}`;
}
