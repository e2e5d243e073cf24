import { expect, it } from 'vitest';
import { INTERIM_BASE, TRANSITION_POLICY } from '../../../checks/residency/example-transition.ts';
import check from '../../../checks/residency/res-trans-003-separated.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';

const policy = TRANSITION_POLICY;
const interim = (resource: object, rest: object = {}) => ({ interim: { ...INTERIM_BASE, resource, ...rest } });
const vpc = (cidr: string) => ({ cidr_block: cidr });
const peering = (peer: string) => ({
  aws_vpc: { waiting: vpc('10.9.0.0/16'), other: vpc('10.8.0.0/16') },
  aws_vpc_peering_connection: { link: { vpc_id: '${aws_vpc.waiting.id}', peer_vpc_id: peer } },
});
const KEY = { aws_kms_key: { own: {} } };
const queue = (key: string) => ({ aws_sqs_queue: { waiting: { kms_master_key_id: key } } });
const STATE = { bucket: 'ledger-state', key: 'west', region: 'eu-west-1' };
const OUTPUT = 'cross-stack-output-aws_vpcdataid';
const WEST = {
  terraform: { backend: { s3: STATE } },
  resource: { aws_vpc: { data: vpc('10.1.0.0/16') } },
  output: { [OUTPUT]: { value: '${aws_vpc.data.id}' } },
};
const consume = {
  data: { terraform_remote_state: { 'cross-stack-reference-input-west': { backend: 's3', config: STATE } } },
};
const westNetwork = `\${data.terraform_remote_state.cross-stack-reference-input-west.outputs.${OUTPUT}}`;

testCheck(check, {
  pass: [
    {
      name: 'a stack with nothing but its own',
      stacks: interim({ ...KEY, ...queue('${aws_kms_key.own.arn}') }),
      policy,
    },
    { name: 'a peering between two of its networks', stacks: interim(peering('${aws_vpc.other.id}')), policy },
    { name: 'the key of an AWS service', stacks: interim(queue('alias/aws/sqs')), policy },
    {
      name: 'links of others among themselves',
      stacks: { ...interim(KEY), west: { resource: peering('vpc-0123456789abcdef0') } },
      policy,
    },
  ],
  fail: [
    {
      name: 'an account that is that of a site',
      stacks: interim(KEY),
      policy: {
        ...policy,
        sites: policy.sites.map((site) => (site.id === 'west' ? { ...site, account: '777777777777' } : site)),
      },
      fails: { interim: 'sharedAccount' },
    },
    {
      name: 'a resource in another account',
      stacks: interim(KEY, { provider: { aws: [{ region: 'us-east-1', allowed_account_ids: ['111111111111'] }] } }),
      policy,
      fails: { interim: 'foreignAccount' },
    },
    {
      name: 'a key of another stack, by its ARN',
      stacks: {
        ...interim(queue('alias/of-west')),
        west: {
          provider: { aws: [{ region: 'us-east-1', allowed_account_ids: ['777777777777'] }] },
          resource: { aws_kms_alias: { own: { name: 'alias/of-west', target_key_id: '1' } } },
        },
      },
      policy,
      fails: { interim: 'key' },
    },
    {
      name: 'a key that another stack uses',
      stacks: {
        ...interim({
          aws_kms_alias: { own: { name: 'alias/of-interim', target_key_id: '${aws_kms_key.own.id}' } },
          ...KEY,
        }),
        west: {
          provider: { aws: [{ region: 'us-east-1', allowed_account_ids: ['777777777777'] }] },
          resource: queue('alias/of-interim'),
        },
      },
      policy,
      fails: { interim: 'keyUsed' },
    },
    {
      name: 'a peering with a network of a site',
      stacks: { ...interim(peering(westNetwork), consume), west: WEST },
      policy,
      fails: { interim: 'link' },
    },
    ...[
      'aws_vpn_connection',
      'aws_dx_connection',
      'aws_vpc_peering_connection_accepter',
      'aws_ram_principal_association',
    ].map((type) => ({
      name: `a way out by ${type}`,
      stacks: interim({ [type]: { out: {} } }),
      policy,
      fails: { interim: 'wayOut' },
    })),
  ],
  unproven: [
    {
      name: 'an association with a zone that nobody showed',
      stacks: interim({
        aws_vpc: { waiting: vpc('10.9.0.0/16') },
        aws_route53_zone_association: { names: { vpc_id: '${aws_vpc.waiting.id}', zone_id: 'Z0123456789' } },
      }),
      policy,
      unproven: { interim: 'Z0123456789' },
    },
    {
      name: 'a peering with a network that nobody showed',
      stacks: interim(peering('vpc-0123456789abcdef0')),
      policy,
      unproven: { interim: 'no analysed stack has' },
    },
    {
      name: 'a peering whose other end a variable hides',
      stacks: interim(peering('${var.peer}'), { variable: { peer: {} } }),
      policy,
      unproven: { interim: 'var.peer' },
    },
    {
      name: 'a key that no stack has',
      stacks: interim(queue('arn:aws:kms:us-east-1:888888888888:key/00000000-0000-4000-8000-000000000000')),
      policy,
      unproven: { interim: 'no analysed stack has' },
    },
    {
      name: 'an account that a variable hides',
      stacks: interim(KEY, {
        variable: { account: {} },
        provider: { aws: [{ region: 'us-east-1', allowed_account_ids: ['${var.account}'] }] },
      }),
      policy,
      unproven: { interim: 'var.account' },
    },
  ],
});

it('has an exception for a way out not cover one to somebody else', () => {
  const to = (gateway: string) => ({
    stacks: interim({ aws_vpn_connection: { office: { type: 'ipsec.1', customer_gateway_id: gateway } } }),
    policy,
  });
  expect(isCovered(check, to('cgw-1'), to('cgw-2'))).toBe(false);
});
