import check from '../../../checks/isolation/net-002-block-public-access.ts';
import { EXAMPLE_POLICY } from '../../../checks/example-policy.ts';
import { testCheck } from '../../support/check-tester.ts';

const options = (internet_gateway_block_mode: unknown, rest: object = {}) => ({
  aws_vpc_block_public_access_options: { all: { internet_gateway_block_mode, ...rest } },
});
const ON = options('block-bidirectional');
const EXCLUDED = {
  ...ON,
  aws_vpc: { edge: { cidr_block: '10.1.0.0/16' } },
  aws_vpc_block_public_access_exclusion: {
    edge: { vpc_id: '${aws_vpc.edge.id}', internet_gateway_exclusion_mode: 'allow-bidirectional' },
  },
};
const register = (entry: object = {}) => ({
  network: {
    publicAccessExclusions: [
      {
        stack: 'west',
        address: 'aws_vpc.edge',
        mode: 'allow-bidirectional',
        reason: 'Network of the gateways.',
        ...entry,
      },
    ],
  },
});
const west = (resource: object, rest: object = {}) => ({ stacks: { west: { resource, ...rest } } });

testCheck(check, {
  pass: [
    { name: 'blocking in both directions', ...west(ON) },
    { name: 'an exclusion that the policy registers', ...west(EXCLUDED), policy: register() },
    {
      name: 'sites that each have their own',
      stacks: { west: { resource: ON }, north: { resource: ON } },
    },
    {
      name: 'the setting of a site in another stack of it',
      stacks: { west: {}, 'west-baseline': { ...westProvider(), resource: ON } },
      policy: {
        stacks: [
          { name: 'west', sites: ['west'] },
          { name: 'west-baseline', sites: ['west'] },
        ],
      },
    },
    {
      name: 'an exclusion of another site',
      ...west(ON),
      stacks: { west: { resource: ON }, north: northExclusion() },
      policy: {
        network: {
          publicAccessExclusions: [
            { stack: 'north', address: 'aws_vpc.edge', mode: 'allow-egress', reason: 'Gateways.' },
          ],
        },
      },
    },
  ],
  fail: [
    { name: 'no setting at all', ...west({}), fails: { west: 'missing' } },
    { name: 'a block of what comes in only', ...west(options('block-ingress')), fails: { west: 'weak' } },
    { name: 'a setting that is off', ...west(options('off')), fails: { west: 'weak' } },
    {
      name: 'a setting in another Region',
      ...west(options('block-bidirectional', { region: 'eu-central-1' })),
      fails: { west: 'missing' },
    },
    {
      name: 'a setting in another account',
      ...west(ON, { provider: { aws: [{ region: 'eu-west-1', allowed_account_ids: ['222222222222'] }] } }),
      fails: { west: 'missing' },
    },
    {
      name: 'only the site without it',
      stacks: { west: { resource: ON }, north: { resource: {} } },
      fails: { north: 'missing' },
    },
    {
      name: 'two settings that disagree',
      ...west({
        aws_vpc_block_public_access_options: {
          all: { internet_gateway_block_mode: 'block-bidirectional' },
          again: { internet_gateway_block_mode: 'off' },
        },
      }),
      fails: { west: 'weak' },
    },
    { name: 'an exclusion that nobody registered', ...west(EXCLUDED), fails: { west: 'exclusion' } },
    {
      name: 'an exclusion that is wider than registered',
      ...west(EXCLUDED),
      policy: register({ mode: 'allow-egress' }),
      fails: { west: 'exclusion' },
    },
    {
      name: 'an exclusion of a subnet where its VPC is registered in another stack',
      ...west(EXCLUDED),
      policy: register({ stack: 'north' }),
      fails: { west: 'exclusion' },
    },
    {
      name: 'an exclusion of a subnet by its id',
      ...west({
        ...ON,
        aws_vpc_block_public_access_exclusion: {
          one: { subnet_id: 'subnet-0123456789abcdef0', internet_gateway_exclusion_mode: 'allow-egress' },
        },
      }),
      fails: { west: 'exclusion' },
    },
  ],
  unproven: [
    {
      name: 'a mode that is not known',
      ...west(options('${var.mode}'), { variable: { mode: {} } }),
      unproven: { west: 'var.mode' },
    },
    { name: 'a setting without a mode', ...west(options(null)), unproven: { west: 'internet_gateway_block_mode' } },
    {
      name: 'a setting whose account is not known',
      ...west(ON, { provider: { aws: [{ region: 'eu-west-1' }] } }),
      unproven: { west: 'may be of this site' },
    },
    {
      name: 'a second setting that may be of the site, and is off',
      ...west(
        {
          aws_vpc_block_public_access_options: {
            all: { internet_gateway_block_mode: 'block-bidirectional' },
            other: { internet_gateway_block_mode: 'off', region: '${var.region}' },
          },
        },
        { variable: { region: {} } },
      ),
      unproven: { west: 'if aws_vpc_block_public_access_options.other is of this site' },
    },
    {
      name: 'a setting that may not exist',
      ...west(options('block-bidirectional', { count: '${var.count}' }), { variable: { count: {} } }),
      unproven: { west: 'only the plan knows' },
    },
    {
      name: 'a missing baseline stack',
      ...west({}),
      policy: { stacks: [...EXAMPLE_POLICY.stacks, { name: 'west-baseline', sites: ['west'] }] },
      unproven: { west: 'west-baseline' },
    },
    {
      name: 'an exclusion of what is not known',
      ...west(
        {
          ...ON,
          aws_vpc_block_public_access_exclusion: {
            one: { vpc_id: '${var.vpc}', internet_gateway_exclusion_mode: 'allow-egress' },
          },
        },
        { variable: { vpc: {} } },
      ),
      unproven: { west: 'var.vpc' },
    },
    {
      name: 'an exclusion of nothing',
      ...west({
        ...ON,
        aws_vpc_block_public_access_exclusion: { one: { internet_gateway_exclusion_mode: 'allow-egress' } },
      }),
      unproven: { west: 'names neither' },
    },
    {
      name: 'an exclusion in a mode that is not known',
      ...west(
        {
          ...EXCLUDED,
          aws_vpc_block_public_access_exclusion: {
            edge: { vpc_id: '${aws_vpc.edge.id}', internet_gateway_exclusion_mode: '${var.mode}' },
          },
        },
        { variable: { mode: {} } },
      ),
      unproven: { west: 'var.mode' },
    },
    {
      name: 'an exclusion whose site is not known',
      stacks: {
        west: { resource: ON },
        north: { resource: ON },
        links: {
          variable: { region: {} },
          provider: { aws: [{ region: '${var.region}' }] },
          resource: {
            aws_vpc_block_public_access_exclusion: {
              one: { vpc_id: 'vpc-0123456789abcdef0', internet_gateway_exclusion_mode: 'allow-egress' },
            },
          },
        },
      },
      unproven: {
        west: 'if aws_vpc_block_public_access_exclusion.one is of this site',
        north: 'if aws_vpc_block_public_access_exclusion.one is of this site',
      },
    },
  ],
});

function westProvider() {
  return { provider: { aws: [{ region: 'eu-west-1', allowed_account_ids: ['111111111111'] }] } };
}

function northExclusion() {
  return {
    resource: {
      ...ON,
      aws_vpc: { edge: { cidr_block: '10.1.0.0/16' } },
      aws_vpc_block_public_access_exclusion: {
        edge: { vpc_id: '${aws_vpc.edge.id}', internet_gateway_exclusion_mode: 'allow-egress' },
      },
    },
  };
}
