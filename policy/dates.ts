/** Days since 1970-01-01 of an ISO date; null when there is no such day. */
export function dayNumber(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const time = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return new Date(time).toISOString().slice(0, 10) === text ? time / 86_400_000 : null;
}

/** Days of a period, both ends included; null when an end is no date. */
export function daysOf(starts: string, ends: string): number | null {
  const first = dayNumber(starts);
  const last = dayNumber(ends);
  return first === null || last === null ? null : last - first + 1;
}

/** The last day of a period of so many days, both ends included; null when the first is no date. */
export function lastDay(starts: string, days: number): string | null {
  const first = dayNumber(starts);
  return first === null ? null : new Date((first + days - 1) * 86_400_000).toISOString().slice(0, 10);
}
