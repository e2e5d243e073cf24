import { describe, expect, test } from 'vitest';
import { personOf, sharesMail } from '../../policy/person.ts';

describe('one person', () => {
  test.each([
    ['by case and space', ' ADA  Byron '],
    ['by the order of the names', 'Byron, Ada'],
    ['by a look-alike of Cyrillic', 'Аdа Вуrоn'],
    ['by a look-alike of Greek', 'Αdα Βyrοn'],
    ['by full-width letters', 'Ａｄａ Ｂｙｒｏｎ'],
    ['by an accent', 'Ada Byrön'],
    ['by what nobody sees', 'A\u200bda\u00ad By\u2060ron\ufe0f'],
    ['by punctuation', 'Ada-Byron.'],
    ['by a space that does not break', 'Ada\u00a0Byron'],
  ])('%s', (_name, other) => {
    expect(personOf(other)).toBe(personOf('Ada Byron'));
  });

  test.each(['Ada', 'Ada Lovelace', 'Grace Hopper', 'Ada Byron 2', 'Адам', '艾达', ''])('is not %j', (other) => {
    expect(personOf(other)).not.toBe(personOf('Ada Byron'));
  });

  test.each(['', ' ', '\u200b', '...', '--', '\u3164', '\u0301'])('is nobody without a letter: %j', (name) => {
    expect(personOf(name)).toBe('');
  });
});

test.each([
  ['ada@example.org', 'A. Byron <ADA@example.org>', true],
  ['Ada <ada@example.org>', 'Grace <grace@example.org>', false],
  ['Ada', 'Grace', false],
])('mail addresses of %j and %j: %j', (left, right, shared) => {
  expect(sharesMail(left, right)).toBe(shared);
});
