import { describe, expect, it } from 'vitest';
import { address, subnetCidr, tierCidr, TIERS } from '../../stacks/addresses.ts';

describe('tierCidr', () => {
  it('gives each tier an eighth of the network', () => {
    expect(TIERS.map((tier) => tierCidr('10.16.0.0/16', tier))).toEqual([
      '10.16.0.0/19',
      '10.16.32.0/19',
      '10.16.64.0/19',
      '10.16.96.0/19',
      '10.16.128.0/19',
      '10.16.160.0/19',
    ]);
  });

  it('divides a smaller network, too', () => {
    expect(tierCidr('10.17.0.0/20', 'edge')).toBe('10.17.10.0/23');
  });
});

describe('subnetCidr', () => {
  it('gives each zone a quarter of its tier', () => {
    expect([0, 1, 2, 3].map((zone) => subnetCidr('10.17.0.0/20', 'edge', zone))).toEqual([
      '10.17.10.0/25',
      '10.17.10.128/25',
      '10.17.11.0/25',
      '10.17.11.128/25',
    ]);
  });

  it('refuses a zone beyond the fourth, whose block would belong to the next tier', () => {
    expect(() => subnetCidr('10.16.0.0/16', 'workload', 4)).toThrow('10.16.0.0/19 has no block 4 of /21');
  });
});

describe('address', () => {
  it('counts from the start of the block', () => {
    expect(address('10.17.10.128/25', 10)).toBe('10.17.10.138');
  });
});
