import { describe, expect, it } from 'vitest';
import { normalTraversal, quoteKey, traversal } from '../../../model/synth/traversal.ts';

const text = (value: string) => ({ kind: 'string', offset: 0, value }) as const;

describe('traversal', () => {
  it.each([
    { written: 'aws', steps: ['aws'] },
    { written: ' aws . west ', steps: ['aws', 'west'] },
    { written: 'rule[0].id', steps: ['rule', 0, 'id'] },
    { written: 'tags["Name"]', steps: ['tags', 'Name'] },
    { written: '${aws.west}', steps: null },
    { written: '', steps: null },
    { written: 'a + b', steps: null },
  ])('reads $written', ({ written, steps }) => {
    expect(traversal(text(written))).toEqual(steps);
  });

  it('is no value but text', () => {
    expect(traversal({ kind: 'array', offset: 0, items: [text('aws')] })).toBeNull();
    expect(traversal({ kind: 'null', offset: 0 })).toBeNull();
  });

  it.each([
    { written: ' all ', normal: 'all' },
    { written: 'tags /* the name */ ["Name"]', normal: 'tags.Name' },
    { written: 'rule[0].id', normal: 'rule[0].id' },
    { written: '*', normal: '*' },
  ])('spells $written one way', ({ written, normal }) => {
    expect(normalTraversal(text(written))).toBe(normal);
  });
});

// What `terraform plan` prints for a resource with these keys.
it.each([
  { key: 'a', quoted: '"a"' },
  { key: 'q"\\\n\t\r', quoted: String.raw`"q\"\\\n\t\r"` },
  { key: '${x} %{y} $%', quoted: '"$${x} %%{y} $%"' },
  { key: '$${x}', quoted: '"$$${x}"' },
  { key: '\u0000\b\u007f', quoted: String.raw`"\u0000\u0008\u007f"` },
  { key: '\u00a0\u00ad\u2028\u3000\ue000\ufeff', quoted: String.raw`"\u00a0\u00ad\u2028\u3000\ue000\ufeff"` },
  { key: '\u{e0001}', quoted: String.raw`"\U000e0001"` },
  { key: 'tromsø \u{1f600}', quoted: '"tromsø \u{1f600}"' },
])('quotes an instance key as Terraform prints it: $quoted', ({ key, quoted }) => {
  expect(quoteKey(key)).toBe(quoted);
});
