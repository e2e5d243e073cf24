import { describe, expect, it } from 'vitest';
import { placeOfEnd } from '../../checks/flow-places.ts';
import { estateOf, policyOf } from '../../checks/example-estate.ts';

const EXAMPLE = { stacks: { west: {} } };
const CONTEXT = { estate: estateOf(EXAMPLE), policy: policyOf(EXAMPLE), asOf: '2026-11-01' };
const PROFILE = 'eu.anthropic.claude-sonnet-4-20250514-v1:0';

describe('the place of Regions among which AWS chooses', () => {
  it('has no country where they are in several', () => {
    expect(placeOfEnd({ kind: 'regions', regions: ['eu-west-1', 'eu-north-1'], profile: PROFILE }, CONTEXT)).toEqual({
      kind: 'regions',
      name: `a Region that ${PROFILE} chooses`,
      stack: null,
      address: null,
      region: null,
      within: null,
      country: null,
      site: null,
    });
  });

  it('has the country of all of them, and no Region', () => {
    const { country, region } = placeOfEnd(
      { kind: 'regions', regions: ['us-east-1', 'us-west-2'], profile: PROFILE },
      CONTEXT,
    );
    expect([country, region]).toEqual(['US', null]);
  });

  it('has no country where no table knows one of them', () => {
    const { country } = placeOfEnd({ kind: 'regions', regions: ['eu-west-1', 'eu-nowhere-9'], profile: 'x' }, CONTEXT);
    expect(country).toBeNull();
  });
});
