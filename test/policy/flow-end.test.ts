import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flowEnd } from '../../policy/flow-end.ts';

test.each([
  { text: 'office', end: { kind: 'outside', network: 'office' } },
  { text: 'west/data', end: { kind: 'tier', site: 'west', tier: 'data' } },
  { text: 'west/data/more', end: { kind: 'tier', site: 'west', tier: 'data/more' } },
  { text: '/data', end: { kind: 'tier', site: '', tier: 'data' } },
  { text: 'west/', end: { kind: 'tier', site: 'west', tier: '' } },
  { text: '/', end: { kind: 'tier', site: '', tier: '' } },
  { text: '', end: { kind: 'outside', network: '' } },
  { text: '__proto__', end: { kind: 'outside', network: '__proto__' } },
  { text: '__proto__/constructor', end: { kind: 'tier', site: '__proto__', tier: 'constructor' } },
])('$text is an end of a flow', ({ text, end }) => {
  expect(flowEnd(text)).toEqual(end);
});

test('an end says all of its text, and a site holds no slash', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '/', 'b', '-', '\u202e') }), (text) => {
      const end = flowEnd(text);
      expect(end.kind === 'outside' ? end.network : `${end.site}/${end.tier}`).toBe(text);
      expect(end.kind === 'outside' ? end.network : end.site).not.toContain('/');
    }),
  );
});
