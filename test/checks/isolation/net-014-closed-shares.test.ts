import { expect, it } from 'vitest';
import check from '../../../checks/isolation/net-014-closed-shares.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';
import { judge } from '../../../checks/example-estate.ts';

const POLICY = {
  network: {
    organisation: 'o-ledger12345',
    principals: [
      { principal: '444444444444', reason: 'The payments partner.' },
      { principal: 'o-partner1234', reason: 'The group of the partner.' },
      { principal: 'delivery.logs.amazonaws.com', reason: 'Delivers logs of load balancers.' },
    ],
  },
};
const west = (resource: object, rest: object = {}) => ({ stacks: { west: { resource, ...rest } }, policy: POLICY });
const VARIABLE = { variable: { x: {} } };
const QUEUE = 'aws_sqs_queue_policy.ledger';
const document = (...statements: readonly object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', Action: 'sqs:*', Resource: '*', ...statement })),
  });
const queue = (...statements: readonly object[]) => west(withPolicy(document(...statements)));
const withPolicy = (policy: string) => ({ aws_sqs_queue_policy: { ledger: { queue_url: 'https://q', policy } } });
const admits = (principal: unknown, condition?: object) =>
  queue({ Principal: principal, ...(condition === undefined ? {} : { Condition: condition }) });
const IN_ORGANISATION = { StringEquals: { 'aws:PrincipalOrgID': 'o-ledger12345' } };
const TLS_ONLY = {
  Effect: 'Deny',
  Principal: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const lambda = (rest: object) => ({
  aws_lambda_permission: { one: { action: 'lambda:InvokeFunction', function_name: 'ledger', ...rest } },
});
const LAMBDA = 'aws_lambda_permission.one';
const share = (rest: object = {}) => ({ aws_ram_resource_share: { sites: { name: 'sites', ...rest } } });
const member = (principal: string) => ({
  aws_ram_principal_association: { m: { principal, resource_share_arn: '${aws_ram_resource_share.sites.arn}' } },
});
const MEMBER = 'aws_ram_principal_association.m';
const subnet = (tier: string) => ({
  aws_subnet: { one: { vpc_id: 'vpc-1', cidr_block: '10.0.0.0/24', tags: { 'ledger:tier': tier } } },
  aws_ram_resource_association: {
    one: { resource_arn: '${aws_subnet.one.arn}', resource_share_arn: '${aws_ram_resource_share.sites.arn}' },
  },
});
const SHARED_SUBNET = 'aws_ram_resource_association.one';
const CLOSED = {
  block_public_acls: true,
  block_public_policy: 'true',
  ignore_public_acls: true,
  restrict_public_buckets: true,
};
const accepter = (arn: string) => ({ aws_ram_resource_share_accepter: { one: { share_arn: arn } } });

testCheck(check, {
  pass: [
    {
      name: 'access control lists for the owner and for log delivery',
      ...west(
        {
          aws_s3_bucket_acl: {
            own: { bucket: 'b', acl: 'private' },
            logs: {
              bucket: 'b',
              access_control_policy: {
                grant: [
                  { grantee: { id: '${data.aws_canonical_user_id.here.id}' } },
                  { grantee: { uri: 'http://acs.amazonaws.com/groups/s3/LogDelivery' } },
                ],
              },
            },
          },
        },
        { data: { aws_canonical_user_id: { here: {} } } },
      ),
    },
    { name: 'a share without external principals', ...west(share()) },
    { name: 'an account of another site', ...west({ ...share(), ...member('222222222222') }) },
    { name: 'an own role', ...west({ ...share(), ...member('arn:aws:iam::333333333333:role/reader') }) },
    { name: 'a registered account', ...west({ ...share(), ...member('444444444444') }) },
    {
      name: 'the own organisation, by ARN',
      ...west({ ...share(), ...member('arn:aws:organizations::555555555555:organization/o-ledger12345') }),
    },
    {
      name: 'a unit of a registered organisation',
      ...west({ ...share(), ...member('arn:aws:organizations::555555555555:ou/o-partner1234/ou-ab12-cd34') }),
    },
    {
      name: 'a subnet shared with an account of a site',
      ...west({ ...share(), ...member('222222222222'), ...subnet('data') }),
    },
    {
      name: 'a subnet of gateways shared with the organisation',
      ...west({
        ...share(),
        ...member('arn:aws:organizations::555555555555:organization/o-ledger12345'),
        ...subnet('gateway'),
      }),
    },
    {
      name: 'a transit gateway shared with a registered account',
      ...west({
        ...share(),
        ...member('444444444444'),
        aws_ec2_transit_gateway: { t: {} },
        aws_ram_resource_association: {
          one: {
            resource_arn: '${aws_ec2_transit_gateway.t.arn}',
            resource_share_arn: '${aws_ram_resource_share.sites.arn}',
          },
        },
      }),
    },
    {
      name: 'a share of an own account, accepted',
      ...west(accepter('arn:aws:ram:eu-north-1:222222222222:resource-share/0123')),
    },
    {
      name: 'public access that is blocked',
      ...west({ aws_s3_bucket_public_access_block: { b: { bucket: 'b', ...CLOSED } } }),
    },
    { name: 'an own account in a policy', ...admits({ AWS: ['arn:aws:iam::222222222222:root', '111111111111'] }) },
    { name: 'everyone of the organisation', ...admits('*', IN_ORGANISATION) },
    {
      name: 'everyone below a unit of the organisation',
      ...admits('*', {
        'ForAnyValue:StringLike': { 'AWS:PrincipalOrgPaths': ['o-ledger12345/r-ab12/ou-ab12-cd34/*'] },
      }),
    },
    {
      name: 'a service on behalf of an own account',
      ...admits({ Service: 'sns.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': '111111111111' } }),
    },
    {
      name: 'a service on behalf of what an ARN pattern says',
      ...admits({ Service: 'sns.amazonaws.com' }, { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:111111111111:*' } }),
    },
    { name: 'a registered service', ...admits({ Service: ['delivery.logs.amazonaws.com'] }) },
    { name: 'a denial of everyone', ...queue({ Effect: 'Deny', Principal: '*' }) },
    {
      name: 'a role of the estate in a rendered document',
      ...west(
        {
          aws_iam_role: { reader: { name: 'reader', assume_role_policy: '{}' } },
          ...withPolicy('${data.aws_iam_policy_document.q.json}'),
        },
        {
          data: {
            aws_iam_policy_document: {
              q: {
                statement: [
                  {
                    actions: ['sqs:SendMessage'],
                    resources: ['*'],
                    principals: [{ type: 'AWS', identifiers: ['${aws_iam_role.reader.arn}'] }],
                  },
                ],
              },
            },
          },
        },
      ),
    },
    {
      name: 'the root of the account of the provider',
      ...west(
        withPolicy(document({ Principal: { AWS: 'arn:aws:iam::${data.aws_caller_identity.here.account_id}:root' } })),
        {
          data: { aws_caller_identity: { here: {} } },
        },
      ),
    },
    {
      name: 'everyone through an endpoint of the estate',
      ...west({
        aws_vpc_endpoint: { sqs: { vpc_id: 'vpc-1', service_name: 'com.amazonaws.eu-west-1.sqs' } },
        ...withPolicy(
          document({ Principal: '*', Condition: { StringEquals: { 'aws:SourceVpce': '${aws_vpc_endpoint.sqs.id}' } } }),
        ),
      }),
    },
    {
      name: 'a bucket of the estate that invokes a function',
      ...west({
        aws_s3_bucket: { ledger: { bucket: 'ledger' } },
        ...lambda({ principal: 's3.amazonaws.com', source_arn: 'arn:aws:s3:::ledger' }),
      }),
    },
    {
      name: 'everyone of the organisation, for a function',
      ...west(lambda({ principal: '*', principal_org_id: 'o-ledger12345' })),
    },
    {
      name: 'everyone of the organisation, for an event bus',
      ...west({
        aws_cloudwatch_event_permission: {
          one: {
            principal: '*',
            statement_id: 'one',
            condition: { key: 'aws:PrincipalOrgID', type: 'StringEquals', value: 'o-ledger12345' },
          },
        },
      }),
    },
  ],
  fail: [
    {
      name: 'access control lists for the public and for a stranger',
      ...west({
        aws_s3_bucket_acl: {
          all: { bucket: 'b', acl: 'public-read' },
          group: {
            bucket: 'b',
            access_control_policy: [
              { grant: [{ grantee: [{ uri: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers' }] }] },
            ],
          },
          mail: { bucket: 'b', access_control_policy: { grant: { grantee: { email_address: 'a@b.example' } } } },
        },
        aws_s3_object: { open: { bucket: 'b', key: 'k', acl: 'public-read-write' } },
        aws_s3_bucket: { old: { grant: { uri: 'http://acs.amazonaws.com/groups/global/AllUsers' } } },
      }),
      fails: {
        'aws_s3_bucket_acl.all': 'everyone',
        'aws_s3_bucket_acl.group': 'everyone',
        'aws_s3_bucket_acl.mail': 'foreign',
        'aws_s3_object.open': 'everyone',
        'aws_s3_bucket.old': 'everyone',
      },
    },
    {
      name: 'a share for outsiders',
      ...west(share({ allow_external_principals: true })),
      fails: { 'aws_ram_resource_share.sites': 'external' },
    },
    { name: 'a foreign account', ...west({ ...share(), ...member('999999999999') }), fails: { [MEMBER]: 'foreign' } },
    {
      name: 'a foreign organisation whose management account is our own',
      ...west({ ...share(), ...member('arn:aws:organizations::111111111111:organization/o-stranger123') }),
      fails: { [MEMBER]: 'foreign' },
    },
    {
      name: 'a subnet of the enclave shared with the whole organisation',
      ...west({
        ...share(),
        ...member('arn:aws:organizations::555555555555:organization/o-ledger12345'),
        ...subnet('data'),
      }),
      fails: { [SHARED_SUBNET]: 'subnet' },
    },
    {
      name: 'a subnet without a tier shared with the monitor',
      ...west({ ...share(), ...member('333333333333'), ...subnet('') }),
      fails: { [SHARED_SUBNET]: 'subnet' },
    },
    {
      name: 'a share of a stranger, accepted',
      ...west(accepter('arn:aws:ram:eu-west-1:999999999999:resource-share/0123')),
      fails: { 'aws_ram_resource_share_accepter.one': 'accepted' },
    },
    {
      name: 'public access that is not blocked',
      ...west({
        aws_s3_bucket_public_access_block: { b: { bucket: 'b', ...CLOSED, block_public_policy: false } },
        aws_s3_account_public_access_block: { a: { ...CLOSED, restrict_public_buckets: null } },
      }),
      fails: {
        'aws_s3_bucket_public_access_block.b': 'unblocked',
        'aws_s3_account_public_access_block.a': 'unblocked',
      },
    },
    { name: 'everyone', ...admits('*'), fails: { [QUEUE]: 'everyone' } },
    {
      name: 'everyone in a list beside an own account',
      ...admits({ AWS: ['111111111111', '*'] }),
      fails: { [QUEUE]: 'everyone' },
    },
    { name: 'everyone but one', ...queue({ NotPrincipal: { AWS: '111111111111' } }), fails: { [QUEUE]: 'everyone' } },
    {
      name: 'everyone despite a denial without TLS',
      ...queue({ Principal: '*' }, TLS_ONLY),
      fails: { [QUEUE]: 'everyone' },
    },
    {
      name: 'everyone where the key is missing',
      ...admits('*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-ledger12345' } }),
      fails: { [QUEUE]: 'everyone' },
    },
    {
      name: 'everyone with a condition for all values of nothing',
      ...admits('*', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-ledger12345/*' } }),
      fails: { [QUEUE]: 'everyone' },
    },
    {
      name: 'everyone not of the organisation',
      ...admits('*', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-ledger12345' } }),
      fails: { [QUEUE]: 'everyone' },
    },
    {
      name: 'everyone of two organisations, one a stranger',
      ...admits('*', { StringEquals: { 'aws:PrincipalOrgID': ['o-ledger12345', 'o-stranger123'] } }),
      fails: { [QUEUE]: 'everyone' },
    },
    {
      name: 'everyone of an account pattern',
      ...admits('*', { StringLike: { 'aws:PrincipalAccount': '11111111*' } }),
      fails: { [QUEUE]: 'everyone' },
    },
    {
      name: 'an account that a wildcard may shift',
      ...admits({ Service: 'sns.amazonaws.com' }, { StringLike: { 'aws:SourceArn': 'arn:aws:*:*:111111111111:*' } }),
      fails: { [QUEUE]: 'service' },
    },
    {
      name: 'a foreign account in a policy',
      ...admits({ AWS: 'arn:aws:iam::999999999999:role/x' }),
      fails: { [QUEUE]: 'foreign' },
    },
    {
      name: 'a foreign account in one of two statements',
      ...queue({ Principal: { AWS: '111111111111' } }, { Principal: { AWS: '999999999999' } }),
      fails: { [QUEUE]: 'foreign' },
    },
    {
      name: 'a foreign account around a hole',
      ...west({
        aws_iam_group: { far: { name: 'far' } },
        ...withPolicy(
          document({ Principal: { AWS: 'arn:aws:iam::999999999999:role/${aws_iam_group.far.unique_id}' } }),
        ),
      }),
      fails: { [QUEUE]: 'foreign' },
    },
    { name: 'a foreign identity provider', ...admits({ Federated: 'www.amazon.com' }), fails: { [QUEUE]: 'foreign' } },
    {
      name: 'a service on behalf of anyone',
      ...admits({ Service: 'sns.amazonaws.com' }),
      fails: { [QUEUE]: 'service' },
    },
    {
      name: 'a function for the buckets of anyone',
      ...west(lambda({ principal: 's3.amazonaws.com' })),
      fails: { [LAMBDA]: 'service' },
    },
    {
      name: 'a function for a bucket that is not of the estate',
      ...west(lambda({ principal: 's3.amazonaws.com', source_arn: 'arn:aws:s3:::other' })),
      fails: { [LAMBDA]: 'service' },
    },
    {
      name: 'a function for everyone',
      ...west(lambda({ principal: '*', function_url_auth_type: 'NONE' })),
      fails: { [LAMBDA]: 'everyone' },
    },
    {
      name: 'an image for everyone and a snapshot for a stranger',
      ...west({
        aws_ami_launch_permission: { all: { image_id: 'ami-1', group: 'all' } },
        aws_db_snapshot: { s: { db_instance_identifier: 'd', shared_accounts: ['999999999999'] } },
      }),
      fails: { 'aws_ami_launch_permission.all': 'everyone', 'aws_db_snapshot.s': 'foreign' },
    },
    {
      name: 'the policy of a bucket in its own resource',
      ...west({ aws_s3_bucket: { b: { bucket: 'b', policy: document({ Principal: '*' }) } } }),
      fails: { 'aws_s3_bucket.b': 'everyone' },
    },
    {
      name: 'the policy of a multi-Region access point',
      ...west({
        aws_s3control_multi_region_access_point_policy: {
          p: { details: { name: 'p', policy: document({ Principal: { AWS: '999999999999' } }) } },
        },
      }),
      fails: { 'aws_s3control_multi_region_access_point_policy.p': 'foreign' },
    },
  ],
  unproven: [
    {
      name: 'access control lists that do not tell whom they admit',
      ...west(
        {
          aws_s3_bucket_acl: {
            id: { bucket: 'b', access_control_policy: { grant: [{ grantee: { id: 'a'.repeat(64) } }] } },
            list: { bucket: 'b', acl: '${var.x}' },
          },
        },
        VARIABLE,
      ),
      unproven: { 'aws_s3_bucket_acl.id': 'does not tell', 'aws_s3_bucket_acl.list': 'var.x' },
    },
    {
      name: 'a canonical user and the unique id of a role',
      ...queue(
        { Principal: { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' } },
        { Principal: { AWS: 'AROAEXAMPLEEXAMPLE00' } },
      ),
      unproven: { [QUEUE]: /79a59df9.*AROAEXAMPLEEXAMPLE00 is an id/ },
    },
    {
      name: 'a share with nobody',
      ...west({ aws_ram_principal_association: { m: {} } }),
      unproven: { [MEMBER]: 'nobody' },
    },
    {
      name: 'a share of nothing',
      ...west({ aws_ram_resource_association: { one: {} } }),
      unproven: { [SHARED_SUBNET]: 'nothing that is shared' },
    },
    {
      name: 'a policy that is not there',
      ...west({ aws_sqs_queue_policy: { ledger: { queue_url: 'https://q' } } }),
      unproven: { [QUEUE]: 'states no policy' },
    },
    {
      name: 'a share for outsiders or not',
      ...west(share({ allow_external_principals: '${var.x}' }), VARIABLE),
      unproven: { 'aws_ram_resource_share.sites': 'var.x' },
    },
    {
      name: 'a member that is a variable',
      ...west({ ...share(), ...member('${var.x}') }, VARIABLE),
      unproven: { [MEMBER]: 'var.x' },
    },
    {
      name: 'a subnet shared with whom a variable says',
      ...west({ ...share(), ...member('${var.x}'), ...subnet('data') }, VARIABLE),
      unproven: { [SHARED_SUBNET]: 'var.x', [MEMBER]: 'var.x' },
    },
    {
      name: 'a subnet in a share outside the estate',
      ...west({
        ...subnet('data'),
        aws_ram_resource_association: {
          one: {
            resource_arn: '${aws_subnet.one.arn}',
            resource_share_arn: 'arn:aws:ram:eu-west-1:111111111111:resource-share/1',
          },
        },
      }),
      unproven: { [SHARED_SUBNET]: 'share outside' },
    },
    {
      name: 'a subnet of a tier that is a variable',
      ...west({ ...share(), ...subnet('${var.x}') }, VARIABLE),
      unproven: { [SHARED_SUBNET]: 'var.x' },
    },
    {
      name: 'a subnet outside the estate',
      ...west({
        ...share(),
        aws_ram_resource_association: {
          one: {
            resource_arn: 'arn:aws:ec2:eu-west-1:111111111111:subnet/subnet-1',
            resource_share_arn: '${aws_ram_resource_share.sites.arn}',
          },
        },
      }),
      unproven: { [SHARED_SUBNET]: 'subnet outside' },
    },
    {
      name: 'a share that a variable names, accepted',
      ...west(accepter('${var.x}'), VARIABLE),
      unproven: { 'aws_ram_resource_share_accepter.one': 'var.x' },
    },
    {
      name: 'a block that is a variable',
      ...west({ aws_s3_account_public_access_block: { a: { ...CLOSED, block_public_policy: '${var.x}' } } }, VARIABLE),
      unproven: { 'aws_s3_account_public_access_block.a': 'var.x' },
    },
    { name: 'a policy that is a variable', ...west(withPolicy('${var.x}'), VARIABLE), unproven: { [QUEUE]: 'var.x' } },
    {
      name: 'a principal that is a variable',
      ...west(
        withPolicy(
          '{"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${aws_organizations_account.x.id}:root"}}}',
        ),
        VARIABLE,
      ),
      unproven: { [QUEUE]: 'aws_organizations_account.x' },
    },
    { name: 'a statement without a principal', ...queue({}), unproven: { [QUEUE]: 'names no principal' } },
    {
      name: 'everyone, and a denial of strangers',
      ...queue(
        { Principal: '*' },
        { Effect: 'Deny', Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-ledger12345' } } },
      ),
      unproven: { [QUEUE]: 'may deny it' },
    },
    {
      name: 'an endpoint outside the estate',
      ...admits('*', { StringEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } }),
      unproven: { [QUEUE]: 'not in the estate' },
    },
    {
      name: 'a service on behalf of whom a variable says',
      ...west(lambda({ principal: 's3.amazonaws.com', source_account: '${var.x}' }), VARIABLE),
      unproven: { [LAMBDA]: 'var.x' },
    },
  ],
});

it.each([
  ['more actions', { Action: 'sqs:SendMessage' }, { Action: 'sqs:*' }],
  ['more resources', { Resource: 'arn:aws:sqs:eu-west-1:111111111111:one' }, { Resource: '*' }],
  ['no condition', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, {}],
])('has an exception for a grant not cover one with %s', (_, approved, graver) => {
  const fingerprints = [approved, graver].map((statement) => {
    const { results } = judge([check], queue({ Principal: { AWS: '999999999999' }, ...statement }));
    return results.flatMap(({ verdict, fingerprint }) => (verdict === 'fail' ? [fingerprint] : []));
  });
  expect(fingerprints.map(({ length }) => length)).toEqual([1, 1]);
  expect(fingerprints[1]).not.toEqual(fingerprints[0]);
});

const acl = (...grants: readonly (readonly [id: string, permission: string])[]) => ({
  aws_s3_bucket_acl: {
    ledger: {
      bucket: 'ledger',
      access_control_policy: {
        grant: grants.map(([uri, permission]) => ({ permission, grantee: { type: 'Group', uri } })),
        owner: { id: 'x' },
      },
    },
  },
});
const EVERYONE = 'http://acs.amazonaws.com/groups/global/AllUsers';

it.each<[what: string, approved: object, graver: object]>([
  [
    'a permission for another action',
    lambda({ principal: '999999999999', action: 'lambda:GetFunction' }),
    lambda({ principal: '999999999999', action: 'lambda:*' }),
  ],
  [
    'a permission for another function',
    lambda({ principal: '999999999999', function_name: 'one' }),
    lambda({ principal: '999999999999', function_name: 'two' }),
  ],
  [
    'a share of something else',
    { aws_ram_principal_association: { other: { principal: '999999999999', resource_share_arn: 'one' } } },
    { aws_ram_principal_association: { other: { principal: '999999999999', resource_share_arn: 'two' } } },
  ],
  ['a list that lets write', acl([EVERYONE, 'READ']), acl([EVERYONE, 'FULL_CONTROL'])],
  [
    'a bucket whose list lets write',
    { aws_s3_bucket: { ledger: { grant: [{ uri: EVERYONE, type: 'Group', permissions: ['READ'] }] } } },
    { aws_s3_bucket: { ledger: { grant: [{ uri: EVERYONE, type: 'Group', permissions: ['READ', 'WRITE'] }] } } },
  ],
])('has an exception not cover %s', (_, approved, graver) => {
  expect(isCovered(check, west(approved), west(graver))).toBe(false);
  expect(isCovered(check, west(approved), west(approved))).toBe(true);
});
