import { describe, expect, it } from 'vitest';
import { MOVERS } from '../../../proofs/flows/movers.ts';
import { OWNERS, TAKEN_FROM } from '../../../proofs/flows/owners.ts';
import { argumentExists } from '../../support/provider-arguments.ts';

describe.each([...OWNERS].map(([type, owner]) => ({ type, ...owner })))('$type', ({ type, argument, targets }) => {
  it('moves data and takes no tags', () => {
    expect(MOVERS.some(({ types }) => types.includes(type))).toBe(true);
    expect(argumentExists(type, 'tags')).toBe(false);
  });

  it('names what it acts for, which takes tags', () => {
    expect(argumentExists(type, argument)).toBe(true);
    expect(targets.filter((target) => !argumentExists(target, 'tags'))).toEqual([]);
  });

  it('says the same as the rows of the table', () => {
    const rows = MOVERS.filter(({ types, source }) => types.includes(type) && source !== undefined);
    expect(rows.filter(({ source }) => source !== argument)).toEqual([]);
  });
});

it.each([...TAKEN_FROM])('%s takes tags, and names what it takes data from', (type, { argument }) => {
  expect(argumentExists(type, 'tags')).toBe(true);
  expect(argumentExists(type, argument)).toBe(true);
});
