import { describe, expect, it } from 'vitest';
import { topologyOf } from '../../../../proofs/network/compile/topology-of.ts';
import type { Subnet } from '../../../../proofs/network/topology.ts';
import { called, estateOfStacks, networkOf, TWO_ZONES } from '../../../support/network/compiled.ts';

const VPC = '${aws_vpc.main.id}';

type Blocks = { readonly [type: string]: { readonly [name: string]: object } };

function blocks({ blocksIngress, blocksEgress }: Subnet) {
  return [blocksIngress, blocksEgress].map(({ holds, doubts }) => `${holds}${doubts.length > 0 ? ' ?' : ''}`);
}

function blocksOf(resources: Blocks, variable = {}) {
  const { subnets } = networkOf({ ...TWO_ZONES, ...resources }, { variable });
  return ['aws_subnet.a', 'aws_subnet.b'].map((name) => blocks(called(subnets, name)));
}

const options = (mode: string, more: object = {}) => ({
  aws_vpc_block_public_access_options: { all: { internet_gateway_block_mode: mode, ...more } },
});

describe('VPC Block Public Access', () => {
  it('blocks as its mode says', () => {
    expect(blocksOf({})).toEqual([
      ['false', 'false'],
      ['false', 'false'],
    ]);
    expect(blocksOf(options('off'))[0]).toEqual(['false', 'false']);
    expect(blocksOf(options('block-ingress'))[0]).toEqual(['true', 'false']);
    expect(blocksOf(options('block-bidirectional'))[0]).toEqual(['true', 'true']);
  });

  it('may block where the mode is hidden, or it may not exist', () => {
    expect(blocksOf(options('${var.x}'), { x: {} })[0]).toEqual(['false ?', 'false ?']);
    expect(blocksOf(options('block-bidirectional', { count: '${var.x}' }), { x: {} })[0]).toEqual([
      'false ?',
      'false ?',
    ]);
  });

  it('spares the VPCs and subnets that are excluded, in the direction that they are', () => {
    const excluded = (exclusion: object) => ({
      ...options('block-bidirectional'),
      aws_vpc_block_public_access_exclusion: { some: exclusion },
    });
    const subnet = excluded({ subnet_id: '${aws_subnet.a.id}', internet_gateway_exclusion_mode: 'allow-egress' });
    expect(blocksOf(subnet)).toEqual([
      ['true', 'false'],
      ['true', 'true'],
    ]);
    const vpc = excluded({ vpc_id: VPC, internet_gateway_exclusion_mode: 'allow-bidirectional' });
    expect(blocksOf(vpc)).toEqual([
      ['false', 'false'],
      ['false', 'false'],
    ]);
    const hidden = excluded({ vpc_id: '${var.x}', internet_gateway_exclusion_mode: 'allow-egress' });
    expect(blocksOf(hidden, { x: {} })).toEqual([
      ['true', 'true ?'],
      ['true', 'true ?'],
    ]);
  });

  it('is of one Region and account', () => {
    const at = (region: string, account: string) => ({
      provider: { aws: [{ region, allowed_account_ids: [account] }] },
    });
    const blocked = (place: object) => {
      const { subnets } = topologyOf(
        estateOfStacks({
          network: { resource: TWO_ZONES, ...at('eu-west-1', '111111111111') },
          baseline: { resource: options('block-bidirectional'), ...place },
        }),
      );
      return blocks(called(subnets, 'aws_subnet.a'));
    };
    expect(blocked(at('eu-west-1', '111111111111'))).toEqual(['true', 'true']);
    expect(blocked(at('eu-north-1', '111111111111'))).toEqual(['false', 'false']);
    expect(blocked(at('eu-west-1', '222222222222'))).toEqual(['false', 'false']);
    expect(blocked({ provider: { aws: [{ region: 'eu-west-1' }] } })).toEqual(['false ?', 'false ?']);
  });
});
