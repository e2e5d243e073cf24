import { CliError } from './errors.ts';

const SECONDS = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
]);

/** `24h`, `30m`, `7d`, as seconds. */
export function parseMaxAge(text: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = Number(digits) * (SECONDS.get(unit) ?? 0);
  if (seconds > 0) return seconds;
  throw new CliError({
    code: 'CLI-VALUE',
    message: `"${text}" is no age`,
    fix: 'Write a number with s, m, h or d, such as 30m or 24h.',
  });
}

/** An instant in UTC, to the second. */
export function parseInstant(text: string): Date {
  const date = new Date(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text) ? text : Number.NaN);
  // The engine takes 2026-02-30 for the 2nd of March.
  if (!Number.isNaN(date.getTime()) && date.toISOString() === text.replace('Z', '.000Z')) return date;
  throw new CliError({
    code: 'CLI-DATE',
    message: `"${text}" is no instant`,
    fix: 'Write it in UTC as 2026-03-01T12:00:00Z.',
  });
}
