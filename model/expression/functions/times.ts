import type { Value } from '../../value.ts';
import type { Conversion } from '../convert.ts';
import { textValue } from '../text.ts';
import { type FunctionTable, integerValue, TEXT, textAt } from './definition.ts';

export const TIMES: FunctionTable = {
  formatdate: { parameters: [TEXT, TEXT], apply: formatDate },
  timeadd: { parameters: [TEXT, TEXT], apply: addTime },
  timecmp: { parameters: [TEXT, TEXT], apply: compareTimes },
};

interface Timestamp {
  /** Milliseconds since 1970, in UTC. */
  readonly instant: number;
  readonly offsetMinutes: number;
  readonly zone: string;
}

const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(Z|[+-]\d\d:\d\d)$/;

/** A timestamp in whole seconds, the form that everything here writes; `unsure` for others that Terraform may take. */
function parseTimestamp(text: string): Timestamp | 'invalid' | 'unsure' {
  const match = RFC_3339.exec(text);
  if (match === null) return /^\d{4}-/.test(text) ? 'unsure' : 'invalid';
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const zone = match[7] ?? 'Z';
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  // Dates that roll over, such as 30 February, are refused by Terraform.
  if (year < 100) return 'unsure';
  if (!new Date(local).toISOString().startsWith(text.slice(0, 19))) return 'invalid';
  const [hours = 0, minutes = 0] = zone === 'Z' ? [] : zone.slice(1).split(':').map(Number);
  if (hours > 23 || minutes > 59) return 'unsure';
  const offsetMinutes = (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
  return { instant: local - offsetMinutes * 60_000, offsetMinutes, zone };
}

function localDate({ instant, offsetMinutes }: Timestamp): Date {
  return new Date(instant + offsetMinutes * 60_000);
}

const UNIT_MILLISECONDS: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
]);

/** Durations of whole milliseconds, such as `1.5h` or `-10m30s`. */
function parseDuration(text: string): number | null {
  const match = /^([+-]?)((?:\d+(?:\.\d{1,3})?(?:h|ms|m|s))+)$/.exec(text);
  if (match === null) return null;
  let total = 0;
  for (const [, amount, unit] of (match[2] ?? '').matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)) {
    total += Number(amount) * (UNIT_MILLISECONDS.get(unit ?? '') ?? Number.NaN);
  }
  return Number.isInteger(total) && total < 1e13 ? (match[1] === '-' ? -total : total) : null;
}

function addTime(values: readonly Value[]): Conversion {
  const time = parseTimestamp(textAt(values, 0));
  const duration = parseDuration(textAt(values, 1));
  if (time === 'invalid' || time === 'unsure') return time;
  if (duration === null) return 'unsure';
  const moved = localDate({ ...time, instant: time.instant + duration });
  const year = moved.getUTCFullYear();
  if (Number.isNaN(year) || year < 100 || year > 9999) return 'unsure';
  const zone = time.offsetMinutes === 0 ? 'Z' : time.zone;
  return textValue(moved.toISOString().slice(0, 19) + zone);
}

function compareTimes(values: readonly Value[]): Conversion {
  const first = parseTimestamp(textAt(values, 0));
  const second = parseTimestamp(textAt(values, 1));
  if (first === 'invalid' || second === 'invalid') return 'invalid';
  if (first === 'unsure' || second === 'unsure') return 'unsure';
  return integerValue(Math.sign(first.instant - second.instant));
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

function formatDate(values: readonly Value[]): Conversion {
  const format = textAt(values, 0);
  const time = parseTimestamp(textAt(values, 1));
  if (time === 'invalid' || time === 'unsure') return time;
  let text = '';
  for (const token of format.match(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g) ?? []) {
    const written = token.startsWith("'") || !/^[A-Za-z]/.test(token) ? literal(token) : field(token, time);
    if (written === null) return 'unsure';
    text += written;
  }
  return textValue(text);
}

/** Quoted text, with `''` for a quote; null when the quote is not closed. */
function literal(token: string): string | null {
  if (!token.startsWith("'")) return token;
  return token.length < 2 ? null : token.slice(1, -1).replaceAll("''", "'");
}

function field(token: string, time: Timestamp): string | null {
  const date = localDate(time);
  const two = (number: number): string => String(number).padStart(2, '0');
  const hour = date.getUTCHours();
  const half = hour % 12 === 0 ? 12 : hour % 12;
  switch (token) {
    case 'YYYY':
      return String(date.getUTCFullYear()).padStart(4, '0');
    case 'YY':
      return two(date.getUTCFullYear() % 100);
    case 'MMMM':
      return MONTHS[date.getUTCMonth()] ?? null;
    case 'MMM':
      return MONTHS[date.getUTCMonth()]?.slice(0, 3) ?? null;
    case 'MM':
      return two(date.getUTCMonth() + 1);
    case 'M':
      return String(date.getUTCMonth() + 1);
    case 'DD':
      return two(date.getUTCDate());
    case 'D':
      return String(date.getUTCDate());
    case 'EEEE':
      return DAYS[date.getUTCDay()] ?? null;
    case 'EEE':
      return DAYS[date.getUTCDay()]?.slice(0, 3) ?? null;
    case 'hh':
      return two(hour);
    case 'h':
      return String(hour);
    case 'HH':
      return two(half);
    case 'H':
      return String(half);
    case 'AA':
      return hour < 12 ? 'AM' : 'PM';
    case 'aa':
      return hour < 12 ? 'am' : 'pm';
    case 'mm':
      return two(date.getUTCMinutes());
    case 'm':
      return String(date.getUTCMinutes());
    case 'ss':
      return two(date.getUTCSeconds());
    case 's':
      return String(date.getUTCSeconds());
    case 'Z':
      return time.offsetMinutes === 0 ? 'Z' : time.zone;
    case 'ZZZZ':
      return time.offsetMinutes === 0 ? '+0000' : time.zone.replace(':', '');
    case 'ZZZZZ':
      return time.offsetMinutes === 0 ? '+00:00' : time.zone;
    case 'ZZZ':
      return time.offsetMinutes === 0 ? 'UTC' : time.zone.replace(':', '');
    default:
      return null;
  }
}
