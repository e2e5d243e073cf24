import { describe, expect, it } from 'vitest';
import { strictJson } from '../../report/statement-fields.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('strict JSON', () => {
  it('is data without a prototype', () => {
    expect(Object.getPrototypeOf(strictJson('seal', bytesOf('{"__proto__":{"a":1}}')))).toBe(null);
  });

  it.each([
    { text: '{"a":1,"a":1}', because: 'the key "a" is there twice' },
    { text: String.raw`{"a":1,"\u0061":2}`, because: 'the key "a" is there twice' },
    { text: '[{"b":{"a":1,"a":2}}]', because: 'the key "a" is there twice' },
    { text: '{"a":1,}', because: 'IN-PARSE' },
    { text: '{a:1}', because: 'IN-PARSE' },
    { text: '\uFEFF{}', because: 'IN-BOM' },
    { text: '{} {}', because: 'IN-PARSE' },
    { text: `${'['.repeat(17)}${']'.repeat(17)}`, because: 'IN-DEPTH' },
  ])('is not $text', ({ text, because }) => {
    expect(() => strictJson('seal', bytesOf(text))).toThrow(because);
  });
});
