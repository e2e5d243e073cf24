import { expect, it } from 'vitest';
import check from '../../../checks/residency/res-016-personal-data.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';
import { judge } from '../../../checks/example-estate.ts';

const west = (resource: object, rest: object = {}) => ({ west: { resource, ...rest } });
const bucket = (rest: object) => ({ aws_s3_bucket: { ledger: { bucket: 'ledger', ...rest } } });
const provider = (tags: object, version = '6.25.0') => ({
  terraform: { required_providers: { aws: { source: 'aws', version } } },
  provider: { aws: [{ region: 'eu-west-1', default_tags: [{ tags }] }] },
});

testCheck(check, {
  pass: [
    { name: 'names of systems', stacks: west(bucket({ tags: { owner: 'payments' } })) },
    { name: 'the mailbox of a function', stacks: west(bucket({ tags: { contact: 'security@example.com' } })) },
    {
      name: 'a name that takes in that of another resource and the account',
      stacks: west(
        {
          ...bucket({}),
          aws_sqs_queue: { a: { name: '${aws_s3_bucket.ledger.id}-${data.aws_caller_identity.own.account_id}' } },
        },
        { data: { aws_caller_identity: { own: {} } } },
      ),
    },
    {
      name: 'a host by its address beside a name',
      stacks: west({ aws_dms_endpoint: { a: { server_name: '8.8.8.8', database_name: 'ledger' } } }),
    },
    { name: 'default tags of a provider 5', stacks: west({}, provider({ owner: 'payments' }, '5.100.0')) },
  ],
  fail: [
    {
      name: 'an address in a tag',
      stacks: west(bucket({ tags: { owner: 'kari@example.com' } })),
      fails: { 'aws_s3_bucket.ledger': 'holds' },
    },
    {
      name: 'a user by the address',
      stacks: west({ aws_iam_user: { kari: { name: 'kari@example.com' } } }),
      fails: { 'aws_iam_user.kari': 'holds' },
    },
    {
      name: 'a number in the name of a parameter of which a part is not known',
      stacks: west(
        { aws_ssm_parameter: { a: { name: '/desk/+47 22334455/${var.part}' } } },
        { variable: { part: {} } },
      ),
      fails: { 'aws_ssm_parameter.a': 'holds' },
    },
    {
      name: 'a description in a block',
      stacks: west({
        aws_security_group: { a: { name: 'a', ingress: [{ description: 'Line of Kari, 8.8.8.8' }] } },
      }),
      fails: { 'aws_security_group.a': 'holds' },
    },
    {
      name: 'an address as key of a tag',
      stacks: west(bucket({ tags: { 'kari@example.com': 'owner' } })),
      fails: { 'aws_s3_bucket.ledger': 'key' },
    },
    {
      name: 'default tags of a provider 5',
      stacks: west({}, provider({ owner: 'kari@example.com' }, '5.100.0')),
      fails: { west: 'holds' },
    },
    {
      name: 'default tags of a provider 6',
      stacks: west({}, provider({ owner: 'kari@example.com' })),
      fails: { west: 'holds' },
    },
  ],
  unproven: [
    {
      name: 'a tag without a value',
      stacks: west(bucket({ tags: { owner: '${var.owner}' } }), { variable: { owner: {} } }),
      unproven: { 'aws_s3_bucket.ledger': 'var.owner' },
    },
    {
      name: 'a part of a name without a value',
      stacks: west(bucket({ bucket: 'ledger-${var.owner}' }), { variable: { owner: {} } }),
      unproven: { 'aws_s3_bucket.ledger': 'var.owner' },
    },
    {
      name: 'a sensitive tag',
      stacks: west(bucket({ tags: { owner: '${sensitive("kari@example.com")}' } })),
      unproven: { 'aws_s3_bucket.ledger': 'a sensitive value in tags.owner' },
    },
    {
      name: 'what a data source reads',
      stacks: west(bucket({ tags: { owner: '${data.aws_iam_user.a.user_id}' } }), {
        data: { aws_iam_user: { a: { user_name: 'a' } } },
      }),
      unproven: { 'aws_s3_bucket.ledger': 'data.aws_iam_user.a' },
    },
  ],
});

it('does not repeat what it finds', () => {
  const { results } = judge([check], {
    stacks: west(bucket({ tags: { 'kari@example.com': 'ola@example.com', 'kari@example.com ': 'a' } })),
  });
  expect(results.map(({ verdict }) => verdict)).toEqual(['fail']);
  const [result] = results;
  expect(JSON.stringify([result?.message, result?.witness])).not.toMatch(/kari|ola@/);
});

it('has an exception not cover a second address', () => {
  const one = bucket({ tags: { owner: 'kari@example.com' } });
  const two = bucket({ tags: { owner: 'kari@example.com ola@example.com' } });
  expect(isCovered(check, { stacks: west(one) }, { stacks: west(two) })).toBe(false);
});
