import { strict as assert } from 'node:assert';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_POLICY } from '../../../checks/example-policy.ts';
import check from '../../../checks/residency/res-003-site-binding.ts';
import { testCheck } from '../../support/check-tester.ts';
import { judge } from '../../../checks/example-estate.ts';
import { isCovered } from '../../support/covered.ts';

const RACK = 'arn:aws:outposts:eu-north-1:222222222222:outpost/op-0123456789abcdef0';
const OTHER = RACK.replace('op-0123456789abcdef0', 'op-0fedcba9876543210');
const west = (resource: object, rest: object = {}) => ({ west: { resource, ...rest } });
const north = (resource: object, rest: object = {}) => ({ north: { resource, ...rest }, west: {} });
const volume = (body: object) => ({ aws_ebs_volume: { ledger: { availability_zone: 'eu-north-1a', ...body } } });
const subnet = (body: object) => ({ aws_subnet: { data: { vpc_id: 'vpc-1', cidr_block: '10.0.0.0/24', ...body } } });
const onRack = subnet({ availability_zone_id: 'eun1-az1', outpost_arn: RACK });
const tagged = (dataClass: string) => ({ tags: { 'ledger:data-class': dataClass } });
const restricted = tagged('restricted');
const [attested] = EXAMPLE_POLICY.evidence;
const evidence = (changes: object) => ({ evidence: [{ ...attested, ...changes }] });

testCheck(check, {
  pass: [
    { name: 'a subnet in a zone of the site', stacks: west(subnet({ availability_zone_id: 'euw1-az1' })) },
    {
      name: 'a volume in the zone of that subnet',
      stacks: west({
        ...subnet({ availability_zone_id: 'euw1-az2' }),
        aws_ebs_volume: { ledger: { availability_zone: '${aws_subnet.data.availability_zone}' } },
      }),
    },
    {
      name: 'any zone where the site is pinned to none',
      stacks: {
        north: {
          resource: {
            ...onRack,
            aws_ebs_volume: { log: { availability_zone: 'eu-north-1b', ...tagged('operational') } },
          },
        },
        west: {},
      },
    },
    {
      name: 'an account by the role that the provider assumes',
      stacks: {
        west: {
          provider: {
            aws: { region: 'eu-west-1', assume_role: { role_arn: 'arn:aws:iam::111111111111:role/deploy' } },
          },
        },
      },
    },
    {
      name: 'a replica in the subnets of its instance',
      stacks: north({
        ...onRack,
        aws_db_subnet_group: { ledger: { subnet_ids: ['${aws_subnet.data.id}'], ...tagged('operational') } },
        aws_db_instance: {
          ledger: { identifier: 'ledger', db_subnet_group_name: '${aws_db_subnet_group.ledger.name}', ...restricted },
          copy: { replicate_source_db: '${aws_db_instance.ledger.identifier}', ...restricted },
        },
      }),
    },
    {
      name: 'stores and hosts on the rack',
      stacks: north({
        ...onRack,
        ...volume({ outpost_arn: RACK, ...restricted }),
        aws_instance: { host: { subnet_id: '${aws_subnet.data.id}', ...restricted } },
        aws_db_subnet_group: { ledger: { subnet_ids: ['${aws_subnet.data.id}'], ...tagged('operational') } },
        aws_db_instance: { ledger: { db_subnet_group_name: '${aws_db_subnet_group.ledger.name}', ...restricted } },
        aws_elasticache_cluster: {
          cache: { outpost_mode: 'single-outpost', preferred_outpost_arn: RACK, ...restricted },
        },
        aws_elasticache_replication_group: {
          cache: {
            node_group_configuration: { primary_outpost_arn: RACK, replica_outpost_arns: [RACK] },
            ...restricted,
          },
        },
        aws_s3control_bucket: { ledger: { bucket: 'ledger', outpost_id: 'op-0123456789abcdef0', ...restricted } },
        aws_s3_access_point: {
          ledger: { bucket: '${aws_s3control_bucket.ledger.arn}', name: 'ledger', ...restricted },
        },
        aws_autoscaling_group: { hosts: { vpc_zone_identifier: ['${aws_subnet.data.id}'], ...restricted } },
        aws_eks_cluster: { local: { outpost_config: [{ outpost_arns: [RACK] }], ...restricted } },
      }),
    },
    {
      name: 'operational data in the parent Region',
      stacks: north({ aws_s3_bucket: { logs: tagged('operational') } }),
    },
    { name: 'global services', stacks: north({ aws_iam_role: { deploy: restricted } }) },
  ],
  fail: [
    {
      name: 'a provider of another account',
      stacks: { west: { provider: { aws: [{ region: 'eu-west-1', allowed_account_ids: ['999999999999'] }] } } },
      fails: { west: 'account' },
    },
    {
      name: 'a second provider of another account',
      stacks: {
        west: {
          provider: {
            aws: [
              { region: 'eu-west-1', allowed_account_ids: ['111111111111'] },
              { alias: 'peer', region: 'eu-west-1', allowed_account_ids: ['222222222222'] },
            ],
          },
        },
      },
      fails: { west: 'account' },
    },
    {
      name: 'a role of another account, assumed by way of one of the site',
      stacks: {
        west: {
          provider: {
            aws: {
              region: 'eu-west-1',
              assume_role: [
                { role_arn: 'arn:aws:iam::111111111111:role/entry' },
                { role_arn: 'arn:aws:iam::999999999999:role/deploy' },
              ],
            },
          },
        },
      },
      fails: { west: 'account' },
    },
    {
      name: 'a zone of another site in the same Region',
      stacks: west(subnet({ availability_zone_id: 'euw1-az3' })),
      fails: { 'aws_subnet.data': 'zone' },
    },
    {
      name: 'a letter of another Region',
      stacks: west(subnet({ availability_zone: 'eu-central-1a' })),
      fails: { 'aws_subnet.data': 'zone' },
    },
    {
      name: 'a restricted volume in plain eu-north-1',
      stacks: north(volume(restricted)),
      fails: { 'aws_ebs_volume.ledger': 'offRack' },
    },
    {
      name: 'a restricted bucket of the Region',
      stacks: north({ aws_s3_bucket: { ledger: restricted } }),
      fails: { 'aws_s3_bucket.ledger': 'offRack' },
    },
    {
      name: 'a database whose subnets are on two racks, one of them foreign',
      stacks: north({
        ...onRack,
        aws_subnet: {
          ...onRack.aws_subnet,
          other: { vpc_id: 'vpc-1', outpost_arn: RACK.replace('abcdef0', 'abcdef1'), ...restricted },
        },
        aws_db_subnet_group: {
          ledger: { subnet_ids: ['${aws_subnet.data.id}', '${aws_subnet.other.id}'], ...tagged('operational') },
        },
        aws_db_instance: { ledger: { db_subnet_group_name: '${aws_db_subnet_group.ledger.name}', ...restricted } },
      }),
      fails: { 'aws_db_instance.ledger': 'foreignRack', 'aws_subnet.other': 'foreignRack' },
    },
    {
      name: 'a function, whose interface on the rack does not move it there',
      stacks: north({
        ...onRack,
        aws_lambda_function: { f: { vpc_config: { subnet_ids: ['${aws_subnet.data.id}'] }, ...restricted } },
      }),
      fails: { 'aws_lambda_function.f': 'offRack' },
    },
    {
      name: 'a database of which one subnet is beside the rack',
      stacks: north({
        aws_subnet: {
          data: { ...onRack.aws_subnet.data },
          beside: { vpc_id: 'vpc-1', cidr_block: '10.0.1.0/24', ...tagged('operational') },
        },
        aws_db_subnet_group: {
          ledger: { subnet_ids: ['${aws_subnet.data.id}', '${aws_subnet.beside.id}'], ...tagged('operational') },
        },
        aws_db_instance: { ledger: { db_subnet_group_name: '${aws_db_subnet_group.ledger.id}', ...restricted } },
      }),
      fails: { 'aws_db_instance.ledger': 'offRack' },
    },
    {
      name: 'a rack that is none of the site',
      stacks: north(volume({ outpost_arn: OTHER, ...restricted })),
      fails: { 'aws_ebs_volume.ledger': 'foreignRack' },
    },
    {
      name: 'a rack at a site that has none',
      stacks: west({ aws_ebs_volume: { ledger: { outpost_arn: OTHER } } }),
      fails: { 'aws_ebs_volume.ledger': 'foreignRack' },
    },
    {
      name: 'evidence of another country',
      stacks: west({}),
      policy: evidence({ states: 'SE' }),
      fails: { north: 'rackCountry' },
    },
  ],
  unproven: [
    {
      name: 'a replica of what only its name is known of, and one of a replica',
      stacks: north({
        ...onRack,
        aws_db_instance: {
          copy: { replicate_source_db: 'elsewhere', ...restricted },
          second: { replicate_source_db: '${aws_db_instance.copy.identifier}', ...restricted },
        },
      }),
      unproven: {
        'aws_db_instance.copy': 'replicate_source_db decides in which subnet it is',
        'aws_db_instance.second': 'replicate_source_db decides in which subnet it is',
      },
    },
    {
      name: 'a zone of no known form',
      stacks: west(volume({ availability_zone: 'all' })),
      unproven: { 'aws_ebs_volume.ledger': 'no table knows' },
    },
    {
      name: 'a group of caches of which one has a primary that may be in the Region',
      stacks: north({
        aws_elasticache_replication_group: {
          cache: {
            node_group_configuration: [
              { primary_outpost_arn: RACK, replica_outpost_arns: [RACK] },
              { replica_outpost_arns: [RACK] },
            ],
            ...restricted,
          },
        },
      }),
      unproven: { 'aws_elasticache_replication_group.cache': 'primary_outpost_arn is not set' },
    },
    {
      name: 'a provider without an account',
      stacks: { west: { provider: { aws: [{ region: 'eu-west-1' }] } } },
      unproven: { west: 'names no account' },
    },
    {
      name: 'a resource without a provider block',
      stacks: west({ aws_sqs_queue: { receipts: {} } }, { provider: {} }),
      unproven: { west: 'names no account' },
    },
    {
      name: 'a letter of a zone',
      stacks: west(subnet({ availability_zone: 'eu-west-1a' })),
      unproven: { 'aws_subnet.data': 'a letter' },
    },
    {
      name: 'a subnet that names no zone',
      stacks: west(subnet({})),
      unproven: { 'aws_subnet.data': 'AWS chooses' },
    },
    {
      name: 'a zone of the run',
      stacks: west(subnet({ availability_zone_id: '${var.zone}' }), { variable: { zone: {} } }),
      unproven: { 'aws_subnet.data': 'var.zone' },
    },
    {
      name: 'a rack that a data source finds',
      stacks: north(volume({ outpost_arn: '${data.aws_outposts_outpost.rack.arn}', ...restricted }), {
        data: { aws_outposts_outpost: { rack: { name: 'rack' } } },
      }),
      unproven: { 'aws_ebs_volume.ledger': 'data.aws_outposts_outpost.rack.arn' },
    },
    {
      name: 'an instance whose launch template chooses the subnet',
      stacks: north({ aws_instance: { host: { launch_template: { id: 'lt-1' }, ...restricted } } }),
      unproven: { 'aws_instance.host': 'decides in which subnet' },
    },
    {
      name: 'no data class in the parent Region',
      stacks: north({ aws_s3_bucket: { ledger: {} } }),
      unproven: { 'aws_s3_bucket.ledger': 'ledger:data-class' },
    },
    { name: 'no evidence of the rack', stacks: west({}), policy: { evidence: [] }, unproven: { north: 'no evidence' } },
    {
      name: 'evidence that has expired',
      stacks: west({}),
      policy: evidence({ expires: '2026-10-31' }),
      unproven: { north: 'no evidence in force on 2026-11-01' },
    },
    {
      name: 'a stack that the policy does not expect',
      stacks: { annex: {} },
      unproven: { annex: 'belongs to no site' },
    },
  ],
});

describe('RES-003', () => {
  it('names the line of the stack and the place of its provider', () => {
    const { results } = judge([check], {
      stacks: {
        west: {
          '//': { metadata: { trefoil: { stack: ['stacks/west.ts:3:5'], backend: ['stacks/west.ts:9:5'] } } },
          provider: { aws: [{ region: 'eu-west-1', allowed_account_ids: ['999999999999'] }] },
        },
      },
    });
    const finding = results.find(({ verdict }) => verdict === 'fail');
    assert.deepEqual(finding?.subject.code, { file: 'stacks/west.ts', line: 3, column: 5 });
    assert.equal(finding.witness?.source?.file, 'west/cdk.tf.json');
    assert.equal(finding.message, 'has the provider aws for the account 999999999999, which is not that of west');
  });
});

const THIRD = RACK.replace('op-0123456789abcdef0', 'op-0aaaaaaaaaaaaaaaa');
const racked = (outpost: string) => ({ vpc_id: 'vpc-1', cidr_block: '10.0.0.0/24', outpost_arn: outpost });
const balancer = (...subnets: readonly string[]) => ({
  aws_subnet: {
    region: { vpc_id: 'vpc-1', cidr_block: '10.0.1.0/24' },
    other: racked(OTHER),
    third: racked(THIRD),
  },
  aws_lb: {
    front: { ...restricted, subnet_mapping: subnets.map((name) => ({ subnet_id: `\${aws_subnet.${name}.id}` })) },
  },
});

it.each([
  ['a second rack of others', balancer('other'), balancer('other', 'third')],
  ['a rack of others besides the Region', balancer('region'), balancer('region', 'other')],
  ['data of a graver class off the rack', volume(tagged('internal')), volume(restricted)],
  [
    'data of a graver class in another zone',
    subnet({ availability_zone_id: 'euw1-az3', ...tagged('operational') }),
    subnet({ availability_zone_id: 'euw1-az3', ...restricted }),
  ],
])('has an exception not cover %s', (_, approved, graver) => {
  const stacks = (resource: object) => ({ stacks: { north: { resource }, west: { resource } } });
  expect(isCovered(check, stacks(approved), stacks(graver))).toBe(false);
});
