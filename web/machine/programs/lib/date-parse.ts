import { DAYS, MONTHS, dateOfSeconds, daysOfDate, secondsOfDate, weekday } from './date-format';

const UNITS: Readonly<Record<string, number>> = { sec: 1, second: 1, min: 60, minute: 60, hour: 3600, day: 86400, week: 604800, fortnight: 1209600 };
const RELATIVE_WORDS: Readonly<Record<string, number>> = { now: 0, today: 0, yesterday: -86400, tomorrow: 86400 };

/**
 * What `date -d` understands: `@1529490000`, `2018-06-20 10:00:00`, `20 Jun 2018`, `2018-06-20T10:00:00Z`, `yesterday`, `+2 days`, `3 hours ago`, `next monday`.
 * Milliseconds since 1970, or undefined.
 *
 * Simplified: UTC (and numeric offsets) only.
 */
export function parseDate(text: string, nowMs: number): number | undefined {
  const epoch = /^\s*@(-?\d+(?:\.\d+)?)\s*$/.exec(text);
  if (epoch !== null) return Math.floor(Number(epoch[1]) * 1000);
  const state = { rest: text.trim().toLowerCase(), date: dateOfSeconds(Math.floor(nowMs / 1000)), time: undefined as number | undefined, dateGiven: false, shiftSeconds: 0, shiftMonths: 0, millis: nowMs % 1000 };
  while (state.rest !== '') {
    const before = state.rest;
    for (const rule of RULES) {
      const match = rule.pattern.exec(state.rest);
      if (match === null) continue;
      if (!rule.apply(match, state)) return undefined;
      state.rest = state.rest.slice(match[0].length).trimStart();
      break;
    }
    if (state.rest === before) return undefined;
  }
  const { date } = state;
  const clock = state.time ?? (state.dateGiven ? 0 : date.hour * 3600 + date.minute * 60 + date.second);
  const seconds = secondsOfDate({ year: date.year, month: date.month + state.shiftMonths, day: date.day, hour: 0, minute: 0, second: 0 });
  const keepsMillis = state.time === undefined && !state.dateGiven;
  return (seconds + clock + state.shiftSeconds) * 1000 + (keepsMillis ? state.millis : 0);
}

interface State {
  date: { year: number; month: number; day: number; hour: number; minute: number; second: number };
  time: number | undefined;
  dateGiven: boolean;
  shiftSeconds: number;
  shiftMonths: number;
  millis: number;
}

interface Rule {
  readonly pattern: RegExp;
  apply(match: RegExpExecArray, state: State): boolean;
}

function setDate(state: State, year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || day > daysOfDate(year, month + 1, 1) - daysOfDate(year, month, 1)) return false;
  state.date = { ...state.date, year, month, day };
  state.dateGiven = true;
  return true;
}

function monthOf(name: string): number {
  return MONTHS.findIndex((month) => month.toLowerCase().startsWith(name.slice(0, 3))) + 1;
}

const MONTH_NAME = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';

const RULES: readonly Rule[] = [
  { pattern: /^(\d{4})-(\d{1,2})-(\d{1,2})t?/, apply: (m, state) => setDate(state, Number(m[1]), Number(m[2]), Number(m[3])) },
  { pattern: /^(\d{4})(\d\d)(\d\d)(?!\d)/, apply: (m, state) => setDate(state, Number(m[1]), Number(m[2]), Number(m[3])) },
  { pattern: /^(\d{1,2})\/(\d{1,2})\/(\d{4})/, apply: (m, state) => setDate(state, Number(m[3]), Number(m[1]), Number(m[2])) },
  {
    // A signed number right after a time is a zone, also in `10:00 +2 days`.
    pattern: /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(am|pm)?(?:\s*([-+])(\d{1,2})(?::?(\d\d))?(?!\d))?/,
    apply(m, state) {
      let hour = Number(m[1]);
      if (m[4] !== undefined) hour = (hour % 12) + (m[4] === 'pm' ? 12 : 0);
      if (hour > 24 || Number(m[2]) > 59 || Number(m[3] ?? 0) > 60) return false;
      state.time = hour * 3600 + Number(m[2]) * 60 + Number(m[3] ?? 0);
      if (m[5] !== undefined) state.shiftSeconds -= (m[5] === '-' ? -1 : 1) * (Number(m[6]) * 3600 + Number(m[7] ?? 0) * 60);
      return true;
    },
  },
  { pattern: new RegExp(`^(\\d{1,2})[- ]?${MONTH_NAME}[-, ]*(\\d{4})?(?![\\d:])`), apply: (m, state) => setDate(state, Number(m[3] ?? state.date.year), monthOf(m[2] as string), Number(m[1])) },
  { pattern: new RegExp(`^${MONTH_NAME}\\s+(\\d{1,2})(?![\\d:])(?:,?\\s+(\\d{4})(?!:))?`), apply: (m, state) => setDate(state, Number(m[3] ?? state.date.year), monthOf(m[1] as string), Number(m[2])) },
  { pattern: /^(\d{4})(?!\S)/, apply: (m, state) => setDate(state, Number(m[1]), state.date.month, state.date.day) },
  {
    pattern: /^([-+]\d\d):?(\d\d)(?!\s*[a-z])/,
    apply(m, state) {
      const hours = Number(m[1]);
      state.shiftSeconds -= hours * 3600 + (hours < 0 || (m[1] as string).startsWith('-') ? -1 : 1) * Number(m[2]) * 60;
      return true;
    },
  },
  { pattern: /^(?:utc|gmt|z)(?![a-z])/, apply: () => true },
  {
    pattern: /^(now|today|yesterday|tomorrow)(?![a-z])/,
    apply(m, state) {
      state.shiftSeconds += RELATIVE_WORDS[m[1] as string] as number;
      return true;
    },
  },
  {
    pattern: /^(next|last|this)?\s*(sun|mon|tue|wed|thu|fri|sat)[a-z]*,?/,
    apply(m, state) {
      const wanted = DAYS.findIndex((day) => day.toLowerCase().startsWith(m[2] as string));
      if (state.dateGiven) return true;
      const today = weekday(secondsOfDate(state.date));
      let days = (wanted - today + 7) % 7;
      if (m[1] === 'next' && days === 0) days = 7;
      if (m[1] === 'last') days -= 7;
      state.shiftSeconds += days * 86400;
      state.time ??= 0;
      return true;
    },
  },
  {
    pattern: /^([-+]?\s*\d+|next|last|an?)?\s*(sec(?:ond)?|min(?:ute)?|hour|day|week|fortnight|month|year)s?(\s+ago)?(?![a-z])/,
    apply(m, state) {
      const word = m[1];
      const amount = word === undefined || word === 'next' || word === 'a' || word === 'an' ? 1 : word === 'last' ? -1 : Number(word.replace(/\s/g, ''));
      const signed = m[3] === undefined ? amount : -amount;
      if (m[2] === 'month' || m[2] === 'year') state.shiftMonths += signed * (m[2] === 'year' ? 12 : 1);
      else state.shiftSeconds += signed * (UNITS[m[2] as string] as number);
      return true;
    },
  },
];
