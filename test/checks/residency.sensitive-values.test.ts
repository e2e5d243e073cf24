import { expect, it } from 'vitest';
import res001 from '../../checks/residency/res-001-region-of-site.ts';
import res002 from '../../checks/residency/res-002-zone-in-country.ts';
import res003 from '../../checks/residency/res-003-site-binding.ts';
import res005 from '../../checks/residency/res-005-replication.ts';
import res008 from '../../checks/residency/res-008-partition.ts';
import { judge } from '../../checks/example-estate.ts';

const CHECKS = [res001, res002, res003, res005, res008];

const secret = (text: string) => `\${sensitive("${text}")}`;
const own = { region: 'eu-west-1', allowed_account_ids: ['111111111111'] };
const provider = (body: object) => ({ provider: { aws: [{ ...own, ...body }] } });

it.each([
  ['a Region', { resource: { aws_s3_bucket: { ledger: { region: secret('us-east-2') } } } }, /us-east-2/],
  [
    'a Region that no table knows',
    { resource: { aws_s3_bucket: { ledger: { region: secret('xx-none-9') } } } },
    /xx-none-9/,
  ],
  [
    'a Region of the policy',
    { resource: { aws_s3_bucket: { ledger: { region: secret('eu-central-1') } } } },
    /in eu-central-1/,
  ],
  ['a zone', { resource: { aws_ebs_volume: { ledger: { availability_zone: secret('us-west-1a') } } } }, /us-west-1/],
  [
    'a zone of the policy',
    { resource: { aws_ebs_volume: { ledger: { availability_zone: secret('eu-central-1c') } } } },
    /eu-central-1c/,
  ],
  ['no zone', { resource: { aws_ebs_volume: { ledger: { availability_zone: secret('hunter2') } } } }, /hunter2/],
  [
    'a replica',
    { resource: { aws_dynamodb_table: { ledger: { replica: [{ region_name: secret('us-east-2') }] } } } },
    /us-east-2/,
  ],
  ['the Region of a provider', provider({ region: secret('cn-north-1') }), /cn-north-1/],
  ['an endpoint', provider({ endpoints: [{ s3: secret('https://hunter2.example') }] }), /hunter2/],
  [
    'an endpoint without a Region',
    provider({ endpoints: [{ s3: secret('https://hunter2.amazonaws.com') }] }),
    /hunter2/,
  ],
  ['an account', provider({ allowed_account_ids: [secret('999999999991')] }), /999999999991/],
  [
    'the account of a role',
    {
      provider: {
        aws: [{ region: 'eu-west-1', assume_role: [{ role_arn: secret('arn:aws:iam::999999999991:role/x') }] }],
      },
    },
    /999999999991/,
  ],
])('shows nothing of %s that is sensitive', (_, stack, text) => {
  const { results } = judge(CHECKS, { stacks: { west: stack } });
  const found = results.filter(({ verdict }) => verdict !== 'pass');
  expect(found).not.toEqual([]);
  const told = found.map(({ message, witness, also, blockers }) => [message, witness, also, blockers]);
  expect(JSON.stringify(told)).not.toMatch(text);
});
