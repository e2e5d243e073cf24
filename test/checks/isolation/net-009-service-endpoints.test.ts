import { expect, it } from 'vitest';
import check from '../../../checks/isolation/net-009-service-endpoints.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';

const ORGANISATION = { network: { organisation: 'o-a1b2c3d4e5' } };
type Statement = Record<string, unknown>;
const allow = (Condition: object, rest: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal: '*',
  Action: '*',
  Resource: '*',
  Condition,
  ...rest,
});
const document = (...Statement: readonly Statement[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const OWN = { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:ResourceOrgID': 'o-a1b2c3d4e5' };
const PERIMETER = document(allow({ StringEquals: OWN }));
const OPEN = allow({});

const west = (resource: object, rest: object = {}) => ({
  stacks: { west: { resource: { aws_vpc: { ledger: { cidr_block: '10.1.0.0/16' } }, ...resource }, ...rest } },
  policy: ORGANISATION,
});
/** One gateway endpoint of S3. */
const gateway = (rest: object = {}, others: object = {}, more: object = {}) =>
  west(
    {
      aws_vpc_endpoint: {
        s3: { vpc_id: '${aws_vpc.ledger.id}', service_name: 'com.amazonaws.eu-west-1.s3', policy: PERIMETER, ...rest },
      },
      ...others,
    },
    more,
  );
const withPolicy = (...statements: readonly Statement[]) => gateway({ policy: document(...statements) });

const group = (rules: object = {}) => ({
  aws_security_group: { endpoints: {}, desk: {} },
  aws_vpc_security_group_ingress_rule: {
    endpoints: {
      security_group_id: '${aws_security_group.endpoints.id}',
      referenced_security_group_id: '${aws_security_group.desk.id}',
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
      ...rules,
    },
  },
});
/** One interface endpoint of KMS. */
const face = (rest: object = {}, others: object = {}, more: object = {}) =>
  west(
    {
      ...group(),
      aws_vpc_endpoint: {
        kms: {
          vpc_id: '${aws_vpc.ledger.id}',
          vpc_endpoint_type: 'Interface',
          service_name: 'com.amazonaws.eu-west-1.kms',
          private_dns_enabled: true,
          security_group_ids: ['${aws_security_group.endpoints.id}'],
          policy: PERIMETER,
          ...rest,
        },
      },
      ...others,
    },
    more,
  );
const S3 = 'aws_vpc_endpoint.s3';
const KMS = 'aws_vpc_endpoint.kms';
const SERVICE = 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0';
const separate = (policy: unknown) => ({
  aws_vpc_endpoint_policy: { s3: { vpc_endpoint_id: '${aws_vpc_endpoint.s3.id}', policy } },
});
const TIER = { aws_subnet: { ledger: { vpc_id: '${aws_vpc.ledger.id}', tags: { 'ledger:tier': 'workload' } } } };
const BUCKET = { aws_s3_bucket: { ledger: { bucket: 'ledger-data' } } };
const linked = (rest: object, policy: object = {}) => ({
  stacks: {
    links: {
      provider: {
        aws: [
          { region: 'eu-west-1', allowed_account_ids: ['111111111111'] },
          { alias: 'north', region: 'eu-north-1', allowed_account_ids: ['222222222222'] },
        ],
      },
      resource: {
        ...group(),
        aws_vpc: { ledger: { cidr_block: '10.1.0.0/16' } },
        aws_vpc_endpoint_service: { desk: { provider: 'aws.north', acceptance_required: true } },
        aws_vpc_endpoint: {
          desk: {
            vpc_id: '${aws_vpc.ledger.id}',
            vpc_endpoint_type: 'Interface',
            service_name: '${aws_vpc_endpoint_service.desk.service_name}',
            security_group_ids: ['${aws_security_group.endpoints.id}'],
            ...rest,
          },
        },
      },
    },
  },
  policy: { network: { ...ORGANISATION.network, ...policy } },
});
const PAIR = { links: [{ sites: ['west', 'north'], reason: 'The desk of the north.' }] };

testCheck(check, {
  pass: [
    { name: 'a gateway endpoint inside the perimeter', ...gateway() },
    { name: 'an interface endpoint inside the perimeter', ...face() },
    {
      name: 'a perimeter of accounts',
      ...withPolicy(
        allow({
          StringEquals: {
            'aws:principalaccount': ['111111111111', '222222222222'],
            'aws:ResourceAccount': '111111111111',
          },
        }),
      ),
    },
    {
      name: 'paths of the organisation',
      ...withPolicy(
        allow({
          'ForAnyValue:StringLike': {
            'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-1/*',
            'aws:ResourceOrgPaths': ['o-a1b2c3d4e5/*'],
          },
        }),
      ),
    },
    {
      name: 'principals and resources by name',
      ...gateway(
        {
          policy: document({
            Effect: 'Allow',
            Principal: { AWS: ['arn:aws:iam::111111111111:role/desk', '${aws_iam_role.desk.arn}'] },
            Action: 's3:*',
            Resource: [
              'arn:aws:s3:::ledger-data/*',
              '${aws_s3_bucket.ledger.arn}',
              'arn:aws:s3:eu-west-1:111111111111:accesspoint/*',
            ],
          }),
        },
        { ...BUCKET, aws_iam_role: { desk: {} } },
      ),
    },
    {
      name: 'everything allowed, and everything else denied',
      ...withPolicy(
        { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
        { ...allow({ StringNotEqualsIfExists: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } }), Effect: 'Deny' },
        {
          ...allow({
            StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
            BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
          }),
          Effect: 'Deny',
          Principal: { AWS: '*' },
        },
      ),
    },
    {
      name: 'layers that AWS publishes, to read',
      ...withPolicy(
        allow({ StringEquals: OWN }),
        allow(
          { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
          { Action: 's3:GetObject', Resource: 'arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*' },
        ),
      ),
    },
    { name: 'a policy that allows nothing', ...withPolicy({ ...OPEN, Effect: 'Deny' }) },
    { name: 'a policy of its own resource', ...gateway({ policy: null }, separate(PERIMETER)) },
    {
      name: 'a service named by its Region and by a data source',
      ...gateway(
        { service_name: 'com.amazonaws.${data.aws_region.here.region}.s3' },
        {
          aws_vpc_endpoint: {
            s3: {
              vpc_id: '${aws_vpc.ledger.id}',
              service_name: 'com.amazonaws.${data.aws_region.here.name}.s3',
              policy: PERIMETER,
            },
            dynamodb: {
              vpc_id: '${aws_vpc.ledger.id}',
              service_name: '${data.aws_vpc_endpoint_service.dynamodb.service_name}',
              policy: PERIMETER,
            },
          },
        },
        {
          data: {
            aws_region: { here: {} },
            aws_vpc_endpoint_service: { dynamodb: { service: 'dynamodb', service_type: 'Gateway' } },
          },
        },
      ),
    },
    {
      name: 'DynamoDB, whose interface has no private name',
      ...face({ service_name: 'com.amazonaws.eu-west-1.dynamodb', private_dns_enabled: false }),
    },
    {
      name: 'an interface of S3 beside the gateway that its clients use',
      ...west({
        ...group(),
        aws_vpc_endpoint: {
          s3: { vpc_id: '${aws_vpc.ledger.id}', service_name: 'com.amazonaws.eu-west-1.s3', policy: PERIMETER },
          face: {
            vpc_id: '${aws_vpc.ledger.id}',
            vpc_endpoint_type: 'Interface',
            service_name: 'com.amazonaws.eu-west-1.s3',
            security_group_ids: ['${aws_security_group.endpoints.id}'],
            policy: PERIMETER,
          },
        },
      }),
    },
    {
      name: 'a security group and private DNS by resources of their own',
      ...face(
        { security_group_ids: null, private_dns_enabled: null },
        {
          aws_vpc_endpoint_security_group_association: {
            kms: {
              vpc_endpoint_id: '${aws_vpc_endpoint.kms.id}',
              security_group_id: '${aws_security_group.endpoints.id}',
            },
          },
          aws_vpc_endpoint_private_dns: {
            kms: { vpc_endpoint_id: '${aws_vpc_endpoint.kms.id}', private_dns_enabled: true },
          },
        },
      ),
    },
    {
      name: 'a service of others that the policy registers',
      ...face({ service_name: SERVICE, policy: null, private_dns_enabled: false }),
      policy: { network: { ...ORGANISATION.network, endpointServices: [{ service: SERVICE, reason: 'Partner.' }] } },
    },
    { name: 'a service of a linked site, in its Region', ...linked({ service_region: 'eu-north-1' }, PAIR) },
    { name: 'a site with an endpoint of what it uses', ...gateway({}, { ...TIER, ...BUCKET }) },
  ],

  fail: [
    { name: 'a policy that is left out', ...gateway({ policy: null }), fails: { [S3]: 'unrestricted' } },
    { name: 'full access', ...withPolicy(OPEN), fails: { [S3]: 'principals' } },
    {
      name: 'principals only',
      ...withPolicy(allow({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })),
      fails: { [S3]: 'resources' },
    },
    {
      name: 'the organisation of somebody else',
      ...withPolicy(allow({ StringEquals: { ...OWN, 'aws:ResourceOrgID': ['o-a1b2c3d4e5', 'o-zzzzzzzzzz'] } })),
      fails: { [S3]: 'resources' },
    },
    {
      name: 'a condition that a stranger without the key passes',
      ...withPolicy(allow({ StringEqualsIfExists: OWN })),
      fails: { [S3]: 'principals' },
    },
    {
      name: 'a wildcard in the organisation',
      ...withPolicy(allow({ StringLike: { ...OWN, 'aws:PrincipalOrgID': 'o-*' } })),
      fails: { [S3]: 'principals' },
    },
    {
      name: 'a second statement that opens what the first closes',
      ...withPolicy(allow({ StringEquals: OWN }), { ...OPEN, Sid: 'Open' }),
      fails: { [S3]: 'principals' },
    },
    {
      name: 'everyone but one',
      ...withPolicy(
        allow(
          { StringEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } },
          { Principal: undefined, NotPrincipal: { AWS: '999999999999' } },
        ),
      ),
      fails: { [S3]: 'principals' },
    },
    {
      name: 'writing where AWS publishes, which nobody should need',
      ...withPolicy(
        allow({ StringEquals: OWN }),
        allow(
          { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
          { Action: 's3:*', Resource: 'arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*' },
        ),
      ),
      fails: { [S3]: 'resources' },
    },
    {
      name: 'the bucket of a stranger',
      ...withPolicy(
        allow({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, { Resource: 'arn:aws:s3:::elsewhere/*' }),
      ),
      fails: { [S3]: 'resources' },
    },
    {
      name: 'a policy of its own that opens what the endpoint closes',
      ...gateway({}, separate(document(OPEN))),
      fails: { [S3]: 'principals' },
    },
    {
      name: 'a service in another Region by its name',
      ...gateway({ service_name: 'com.amazonaws.us-east-1.s3' }),
      fails: { [S3]: 'region' },
    },
    {
      name: 'a service in another Region by its argument',
      ...face({ service_region: 'us-east-1' }),
      fails: { [KMS]: 'region' },
    },
    {
      name: 'a service that spans Regions',
      ...face({ service_name: 'com.amazonaws.s3-global.accesspoint' }),
      fails: { [KMS]: 'region' },
    },
    {
      name: 'a service of others that nobody registered',
      ...face({ service_name: SERVICE, policy: null }),
      fails: { [KMS]: 'foreign' },
    },
    { name: 'a service of a site that is not linked', ...linked({}), fails: { 'aws_vpc_endpoint.desk': 'unlinked' } },
    { name: 'private DNS that is left out', ...face({ private_dns_enabled: null }), fails: { [KMS]: 'publicName' } },
    { name: 'no security group', ...face({ security_group_ids: [] }), fails: { [KMS]: 'ungrouped' } },
    {
      name: 'a security group that is open to the world',
      ...face({}, group({ referenced_security_group_id: null, cidr_ipv4: '0.0.0.0/0' })),
      fails: { [KMS]: 'exposed' },
    },
    {
      name: 'a security group that is open to a registered partner',
      ...face({}, group({ referenced_security_group_id: null, cidr_ipv4: '198.51.100.0/25' })),
      policy: {
        network: {
          ...ORGANISATION.network,
          approvedPeers: [{ peer: '198.51.100.0/25', reason: 'Partner.' }],
          outside: [{ id: 'partner', kind: 'partner', cidrs: ['198.51.100.0/24'], reason: 'Partner.' }],
        },
      },
      fails: { [KMS]: 'exposed' },
    },
    {
      name: 'a site whose subnets name no tier, without an endpoint of what it uses',
      ...west({ aws_subnet: { ledger: { vpc_id: '${aws_vpc.ledger.id}' } }, ...BUCKET }),
      fails: { west: 'missing' },
    },
    {
      name: 'a site without an endpoint of what it uses',
      ...west({ ...TIER, ...BUCKET }),
      fails: { west: 'missing' },
    },
  ],

  unproven: [
    {
      name: 'an organisation that the policy does not name',
      ...gateway(),
      policy: {},
      unproven: { [S3]: 'network.organisation' },
    },
    {
      name: 'an organisation that only the run knows',
      ...gateway(
        { policy: '${data.aws_iam_policy_document.perimeter.json}' },
        {},
        {
          data: {
            aws_organizations_organization: { all: {} },
            aws_iam_policy_document: {
              perimeter: {
                statement: {
                  principals: { type: '*', identifiers: ['*'] },
                  actions: ['*'],
                  resources: ['*'],
                  condition: ['aws:PrincipalOrgID', 'aws:ResourceOrgID'].map((variable) => ({
                    test: 'StringEquals',
                    variable,
                    values: ['${data.aws_organizations_organization.all.id}'],
                  })),
                },
              },
            },
          },
        },
      ),
      unproven: { [S3]: 'aws_organizations_organization' },
    },
    {
      name: 'a condition without a value',
      ...withPolicy(allow({ StringEquals: { ...OWN, 'aws:ResourceOrgID': [] } })),
      unproven: { [S3]: 'has no value' },
    },
    {
      name: 'a type of endpoint that is not known',
      ...gateway({ vpc_endpoint_type: '' }),
      unproven: { [S3]: 'vpc_endpoint_type' },
    },
    {
      name: 'a policy without a value',
      ...gateway({ policy: '${var.policy}' }, {}, { variable: { policy: {} } }),
      unproven: { [S3]: 'var.policy' },
    },
    {
      name: 'a policy that may be of another endpoint',
      ...gateway(
        { policy: null },
        { aws_vpc_endpoint_policy: { any: { vpc_endpoint_id: '${var.endpoint}', policy: PERIMETER } } },
        { variable: { endpoint: {} } },
      ),
      unproven: { [S3]: 'aws_vpc_endpoint_policy.any' },
    },
    {
      name: 'a statement that denies only a part',
      ...withPolicy(
        { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
        {
          ...allow({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
          Effect: 'Deny',
          Action: 's3:PutObject',
        },
        { ...allow({ StringNotEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } }), Effect: 'Deny' },
      ),
      unproven: { [S3]: 'denies only part' },
    },
    {
      name: 'a service without a value',
      ...gateway({ service_name: '${var.service}' }, {}, { variable: { service: {} } }),
      unproven: { [S3]: 'var.service' },
    },
    {
      name: 'a security group outside the estate',
      ...face({ security_group_ids: ['sg-0123456789abcdef0'] }),
      unproven: { [KMS]: 'outside the estate' },
    },
    {
      name: 'private DNS without a value',
      ...face({ private_dns_enabled: '${var.dns}' }, {}, { variable: { dns: {} } }),
      unproven: { [KMS]: 'var.dns' },
    },
    {
      name: 'an endpoint whose service may be the one that is missing',
      ...face({ service_name: '${var.service}' }, { ...TIER, ...BUCKET }, { variable: { service: {} } }),
      unproven: { [KMS]: 'var.service', west: 'may be its endpoint of s3' },
    },
    {
      name: 'a network and a bucket that may be of either site',
      stacks: {
        links: {
          provider: { aws: { region: '${var.region}' } },
          variable: { region: {} },
          resource: { ...TIER, ...BUCKET, aws_vpc: { ledger: { cidr_block: '10.1.0.0/16' } } },
        },
      },
      unproven: { west: 'names no account', north: 'names no account' },
    },
    {
      name: 'a bucket that may be of the site',
      stacks: {
        west: { resource: { ...TIER, aws_vpc: { ledger: { cidr_block: '10.1.0.0/16' } } } },
        links: { provider: { aws: { region: '${var.region}' } }, variable: { region: {} }, resource: BUCKET },
      },
      unproven: { west: 'names no account' },
    },
    {
      name: 'an endpoint that may be of the site',
      stacks: {
        west: { resource: { ...TIER, ...BUCKET, aws_vpc: { ledger: { cidr_block: '10.1.0.0/16' } } } },
        links: {
          provider: { aws: { region: '${var.region}' } },
          variable: { region: {} },
          resource: {
            aws_vpc_endpoint: {
              s3: { vpc_id: 'vpc-0', service_name: 'com.amazonaws.eu-west-1.s3', policy: PERIMETER },
            },
          },
        },
      },
      policy: ORGANISATION,
      unproven: { west: 'aws_vpc_endpoint.s3 may be its endpoint of s3', [S3]: 'var.region' },
    },
  ],
});

const guarded = (...ingress: readonly object[]) =>
  west({
    aws_security_group: { api: { vpc_id: '${aws_vpc.ledger.id}', ingress } },
    aws_vpc_endpoint: {
      sqs: {
        vpc_id: '${aws_vpc.ledger.id}',
        service_name: 'com.amazonaws.eu-west-1.sqs',
        vpc_endpoint_type: 'Interface',
        private_dns_enabled: true,
        security_group_ids: ['${aws_security_group.api.id}'],
        policy: PERIMETER,
      },
    },
  });
const from = (block: string, port = 443) => ({ protocol: 'tcp', from_port: port, to_port: port, cidr_blocks: [block] });
const ruled = (...statements: readonly Statement[]) =>
  west({
    aws_vpc_endpoint: {
      s3: {
        vpc_id: '${aws_vpc.ledger.id}',
        service_name: 'com.amazonaws.eu-west-1.s3',
        policy: document(...statements),
      },
    },
  });

it.each([
  ['another guest', guarded(from('203.0.113.0/24')), guarded(from('203.0.113.0/24'), from('198.51.100.0/24'))],
  ['another port', guarded(from('203.0.113.0/24')), guarded(from('203.0.113.0/24', 22))],
  ['more actions', ruled(allow({}, { Action: 's3:GetObject' })), ruled(allow({}))],
  [
    'another statement',
    ruled(allow({}, { Action: 's3:GetObject' })),
    ruled(allow({}, { Action: 's3:GetObject' }), OPEN),
  ],
])('has an exception for an endpoint not cover %s', (_, approved, graver) => {
  expect(isCovered(check, approved, graver)).toBe(false);
  expect(isCovered(check, approved, approved)).toBe(true);
});
