import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStandIn, keyFormsIn, withoutKeyForms } from '../../../model/secrets/key-forms.ts';
import { CANARIES, HARMLESS } from '../../support/secret-canaries.ts';

describe('a secret shows itself by its form', () => {
  it.each(CANARIES)('$kind', ({ kind, secret }) => {
    expect(keyFormsIn(secret)).toEqual([kind]);
    expect(keyFormsIn(`before "${secret}" after`)).toEqual([kind]);
    expect(keyFormsIn(JSON.stringify({ text: secret }))).toEqual([kind]);
  });
});

it.each(HARMLESS)('finds nothing in %s', (text) => {
  expect(keyFormsIn(text)).toEqual([]);
});

it('is not taken in by a part of a longer text', () => {
  const [access] = CANARIES;
  expect(keyFormsIn(`X${access?.secret ?? ''}`)).toEqual([]);
  expect(keyFormsIn(`${access?.secret ?? ''}X`)).toEqual([]);
});

it('takes no token for one whose header is no header', () => {
  expect(keyFormsIn(`eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(40)}`)).toEqual([]);
});

it.each(['$PASSWORD', '${x}', '$(cat x)', '<password>', '{{ password }}', '***', 'xxxx', '%s', '[password]'])(
  'knows %s for what stands in for a secret',
  (text) => {
    expect(isStandIn(text)).toBe(true);
  },
);

it('takes any text, in time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      keyFormsIn(text);
    }),
  );
  const start = performance.now();
  for (const part of ['a://a:', '-----BEGIN PRIVATE KEY-----', 'eyJ', 'gh', 'Basic ', 'AccountKey=', 'xoxb-1']) {
    keyFormsIn(part.repeat(20_000));
  }
  expect(performance.now() - start).toBeLessThan(3000);
});

describe('of a text that tells a secret, the secret is left out', () => {
  it.each(CANARIES)('$kind', ({ secret }) => {
    const text = withoutKeyForms(`before "${secret}" after`, '(sensitive)');
    expect(text).toContain('(sensitive)');
    expect(text.startsWith('before "')).toBe(true);
    expect(text).not.toContain(secret.slice(12, 36));
    expect(withoutKeyForms(JSON.stringify({ text: secret }), '(sensitive)')).not.toContain(secret.slice(12, 36));
  });

  it('also where another case tells it', () => {
    const [access] = CANARIES;
    expect(withoutKeyForms(`host ${(access?.secret ?? '').toLowerCase()}.`, '(sensitive)')).toBe('host (sensitive).');
  });

  it('to the end of the text, where a block does not end', () => {
    const block = ['-----BEGIN', ' PRIVATE KEY-----\nQw3rT7yUi9oPa2sDf5gHj8kLz1xCv4bNm6Qw3rT7\nMore'].join('');
    expect(withoutKeyForms(`x ${block}`, '(sensitive)')).toBe('x (sensitive)');
  });

  it.each(HARMLESS)('and nothing else: %s', (text) => {
    expect(withoutKeyForms(text, '(sensitive)')).toBe(text);
  });
});
