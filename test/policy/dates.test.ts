import { expect, test } from 'vitest';
import { dayNumber, daysOf, lastDay } from '../../policy/dates.ts';

test.each([
  ['1970-01-01', 0],
  ['2000-02-29', 11_016],
  ['2026-12-31', 20_818],
  ['1969-12-31', -1],
])('%s is day %i', (text, day) => {
  expect(dayNumber(text)).toBe(day);
});

test.each([
  '2026-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-04-31',
  '2026-1-1',
  '2026-01-01T00:00:00Z',
  '',
  'never',
  ' 2026-01-01',
])('%j is no day', (text) => {
  expect(dayNumber(text)).toBeNull();
});

test('a period counts both its ends', () => {
  expect(daysOf('2026-11-01', '2026-11-01')).toBe(1);
  expect(daysOf('2026-11-01', '2027-10-31')).toBe(365);
  expect(daysOf('2026-11-02', '2026-11-01')).toBe(0);
  expect(daysOf('2026-11-01', 'never')).toBeNull();
});

test('the last day of a period counts its first', () => {
  expect(lastDay('2026-12-31', 1)).toBe('2026-12-31');
  expect(lastDay('2026-12-31', 2)).toBe('2027-01-01');
  expect(lastDay('2028-02-28', 3)).toBe('2028-03-01');
  expect(lastDay('2026-02-30', 2)).toBeNull();
});
