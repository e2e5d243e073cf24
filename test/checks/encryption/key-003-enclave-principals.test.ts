import fc from 'fast-check';
import { expect, it } from 'vitest';
import check from '../../../checks/encryption/key-003-enclave-principals.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';
import { judge } from '../../../checks/example-estate.ts';

const POLICY = {
  network: {
    organisation: 'o-ledger12345',
    principals: [{ principal: '444444444444', reason: 'The payments partner.' }],
  },
};
const FOREIGN = 'arn:aws:iam::999999999999:role/reader';
const OWN = 'arn:aws:iam::111111111111:role/reader';
const ROOT = 'arn:aws:iam::111111111111:root';
const VIA_S3 = { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } };
const UNIT = { StringEquals: { 'aws:PrincipalOrgID': 'o-ledger12345' } };
const KEY = 'aws_kms_key.ledger';

const west = (resource: object, rest: object = {}) => ({ stacks: { west: { resource, ...rest } }, policy: POLICY });
const key = (policy: unknown, rest: object = {}) => west({ aws_kms_key: { ledger: { policy } } }, rest);
const document = (...statements: readonly object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: '*',
      ...statement,
    })),
  });
const allows = (...statements: readonly object[]) => key(document(...statements));
const denied = (denial: object, principal: unknown = { AWS: FOREIGN }, action = 'kms:Decrypt') =>
  allows({ Principal: principal, Action: action }, { Effect: 'Deny', Principal: '*', Action: 'kms:*', ...denial });
const fails = (messageId: string) => ({ fails: { [KEY]: messageId } });
const open = (text: string | RegExp) => ({ unproven: { [KEY]: text } });
const keyPolicy = (principal: unknown, keyId: string) => ({
  aws_kms_key_policy: { one: { key_id: keyId, policy: document({ Principal: principal }) } },
});
const grant = (body: object) => ({
  aws_kms_grant: { one: { key_id: 'k', operations: ['Decrypt'], grantee_principal: OWN, ...body } },
});
const GRANT = 'aws_kms_grant.one';

testCheck(check, {
  pass: [
    { name: 'an own role', ...allows({ Principal: { AWS: OWN } }) },
    { name: 'roles of two sites', ...allows({ Principal: { AWS: [OWN, 'arn:aws:iam::222222222222:role/reader'] } }) },
    { name: 'a registered account', ...allows({ Principal: { AWS: '444444444444' } }) },
    { name: 'a whole account through one service', ...allows({ Principal: { AWS: ROOT }, Condition: VIA_S3 }) },
    {
      name: 'a whole account that may change the key and not use it',
      ...allows({ Principal: { AWS: ROOT }, Action: ['kms:Put*', 'kms:Describe*', 'kms:ScheduleKeyDeletion'] }),
    },
    {
      name: 'everyone of the own account through a service',
      ...allows({
        Principal: { AWS: '*' },
        Condition: {
          StringEquals: { 'kms:CallerAccount': '111111111111', 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
        },
      }),
    },
    {
      name: 'everyone of the organisation by a tag',
      ...allows({
        Principal: '*',
        Condition: { StringEquals: { ...UNIT.StringEquals, 'aws:PrincipalTag/team': 'ledger' } },
      }),
    },
    {
      name: 'a service on behalf of an own account',
      ...allows({
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
      }),
    },
    {
      name: 'a service on behalf of an own source',
      ...allows({
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:111111111111:trail/*' } },
      }),
    },
    {
      name: 'a service under the encryption context that it sets',
      ...allows({
        Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
        Condition: {
          ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-west-1:111111111111:log-group:*' },
        },
      }),
    },
    { name: 'a denial of everyone beside an own role', ...denied({ Condition: VIA_S3 }, { AWS: OWN }) },
    { name: 'a foreign principal that is denied', ...denied({ Principal: { AWS: FOREIGN } }) },
    { name: 'a foreign principal whose account is denied', ...denied({ Principal: { AWS: '999999999999' } }) },
    { name: 'a denial of all but own principals', ...denied({ Principal: undefined, NotPrincipal: { AWS: OWN } }) },
    {
      name: 'a denial of whoever is not of the organisation',
      ...denied({ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-ledger12345' } } }),
    },
    {
      name: 'the same denial with an exemption of services',
      ...denied({
        Condition: {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-ledger12345' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      }),
    },
    {
      name: 'a whole account of which all but some roles are denied',
      ...denied({ Condition: { ArnNotLike: { 'aws:PrincipalArn': OWN } } }, { AWS: ROOT }),
    },
    {
      name: 'a foreign principal without any action of KMS',
      ...allows({ Principal: { AWS: OWN } }, { Principal: { AWS: FOREIGN }, Action: 's3:GetObject' }),
    },
    {
      name: 'a foreign principal with no action left',
      ...allows({ Principal: { AWS: OWN } }, { Principal: { AWS: FOREIGN }, Action: undefined, NotAction: 'kms:*' }),
    },
    {
      name: 'a statement about all other things',
      ...allows({ Principal: { AWS: OWN } }, { Principal: { AWS: FOREIGN }, Resource: undefined, NotResource: '*' }),
    },
    {
      name: 'a role of the estate in a data source',
      ...key('${data.aws_iam_policy_document.k.json}', {
        resource: {
          aws_iam_role: { reader: { name: 'reader', assume_role_policy: '{}' } },
          aws_kms_key: { ledger: { policy: '${data.aws_iam_policy_document.k.json}' } },
        },
        data: {
          aws_iam_policy_document: {
            k: {
              statement: [
                {
                  actions: ['kms:Decrypt'],
                  resources: ['*'],
                  principals: [{ type: 'AWS', identifiers: ['${aws_iam_role.reader.arn}'] }],
                },
              ],
            },
          },
        },
      }),
    },
    {
      name: 'a policy made by jsonencode',
      ...key(
        `\${jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "${OWN}" }, Action = "kms:Decrypt", Resource = "*" }] })}`,
      ),
    },
    {
      name: 'a key whose policy is beside it',
      ...west({ aws_kms_key: { ledger: {} }, ...keyPolicy({ AWS: OWN }, '${aws_kms_key.ledger.key_id}') }),
    },
    { name: 'a grant to an own role', ...west(grant({ retiring_principal: OWN })) },
  ],
  fail: [
    { name: 'everyone', ...allows({ Principal: '*' }), ...fails('everyone') },
    {
      name: 'everyone through one service',
      ...allows({ Principal: { AWS: '*' }, Condition: VIA_S3 }),
      ...fails('everyone'),
    },
    { name: 'all but one', ...allows({ NotPrincipal: { AWS: OWN } }), ...fails('everyone') },
    {
      name: 'everyone of an organisation where one has none to tell',
      ...allows({ Principal: '*', Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-ledger12345' } } }),
      ...fails('everyone'),
    },
    {
      name: 'everyone of another organisation',
      ...allows({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-stranger123' } } }),
      ...fails('everyone'),
    },
    { name: 'a foreign role', ...allows({ Principal: { AWS: FOREIGN } }), ...fails('foreign') },
    {
      name: 'a foreign account among own',
      ...allows({ Principal: { AWS: [OWN, '999999999999'] } }),
      ...fails('foreign'),
    },
    {
      name: 'a foreign role by a wildcard',
      ...allows({ Principal: { AWS: FOREIGN }, Action: 'KMS:d*' }),
      ...fails('foreign'),
    },
    {
      name: 'a foreign role with all but an action',
      ...allows({ Principal: { AWS: FOREIGN }, Action: undefined, NotAction: ['kms:Decrypt'] }),
      ...fails('foreign'),
    },
    {
      name: 'a foreign role that is denied other actions',
      ...denied({ Action: 'kms:Encrypt' }),
      ...fails('foreign'),
    },
    {
      name: 'a foreign role that is denied without TLS only',
      ...denied({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ...fails('foreign'),
    },
    {
      name: 'a federated foreigner',
      ...allows({ Principal: { Federated: 'login.stranger.example' } }),
      ...fails('foreign'),
    },
    { name: 'a service for anyone', ...allows({ Principal: { Service: 'logs.amazonaws.com' } }), ...fails('service') },
    {
      name: 'a service for another account',
      ...allows({
        Principal: { Service: 'logs.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '999999999999' } },
      }),
      ...fails('service'),
    },
    { name: 'a whole own account', ...allows({ Principal: { AWS: ROOT }, Action: 'kms:*' }), ...fails('delegated') },
    { name: 'a whole own account by its id', ...allows({ Principal: { AWS: '111111111111' } }), ...fails('delegated') },
    {
      name: 'a whole own account whose roles are a wildcard',
      ...allows({
        Principal: { AWS: ROOT },
        Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111111111111:role/*' } },
      }),
      ...fails('delegated'),
    },
    {
      name: 'a whole own account that may make grants',
      ...allows({ Principal: { AWS: ROOT }, Action: 'kms:CreateGrant' }),
      ...fails('delegated'),
    },
    { name: 'a whole organisation', ...allows({ Principal: '*', Condition: UNIT }), ...fails('delegated') },
    { name: 'no policy', ...key(undefined), ...fails('byDefault') },
    { name: 'an empty policy', ...key(''), ...fails('byDefault') },
    {
      name: 'a replica without a policy beside a key with one',
      ...west({
        aws_kms_key: { ledger: { policy: document({ Principal: { AWS: OWN } }) } },
        aws_kms_replica_key: { copy: { primary_key_arn: '${aws_kms_key.ledger.arn}' } },
      }),
      fails: { 'aws_kms_replica_key.copy': 'byDefault' },
    },
    {
      name: 'an imported key for a foreign role',
      ...west({ aws_kms_external_key: { ledger: { policy: document({ Principal: { AWS: FOREIGN } }) } } }),
      fails: { 'aws_kms_external_key.ledger': 'foreign' },
    },
    {
      name: 'a policy beside its key for a foreign role',
      ...west({ aws_kms_key: { ledger: {} }, ...keyPolicy({ AWS: FOREIGN }, '${aws_kms_key.ledger.key_id}') }),
      fails: { 'aws_kms_key_policy.one': 'foreign' },
    },
    {
      name: 'a role that may do everything',
      ...allows({ Principal: { AWS: OWN }, Action: 'kms:*' }),
      ...fails('unseparated'),
    },
    {
      name: 'a role that uses and changes the key in two statements',
      ...allows({ Principal: { AWS: OWN } }, { Principal: { AWS: [OWN] }, Action: 'kms:PutKeyPolicy' }),
      ...fails('unseparated'),
    },
    {
      name: 'a grant to a foreign role',
      ...west(grant({ grantee_principal: FOREIGN })),
      fails: { [GRANT]: 'granted' },
    },
    {
      name: 'a grant that a foreign role retires',
      ...west(grant({ retiring_principal: FOREIGN })),
      fails: { [GRANT]: 'granted' },
    },
  ],
  unproven: [
    { name: 'a policy of a variable', ...key('${var.x}', { variable: { x: {} } }), ...open('var.x') },
    {
      name: 'a principal of a variable',
      ...key(document({ Principal: { AWS: '${var.x}' } }), { variable: { x: {} } }),
      ...open('var.x'),
    },
    {
      name: 'an organisation of a variable',
      ...key('${data.aws_iam_policy_document.k.json}', {
        variable: { x: {} },
        data: {
          aws_iam_policy_document: {
            k: {
              statement: [
                {
                  actions: ['kms:Decrypt'],
                  resources: ['*'],
                  principals: [{ type: '*', identifiers: ['*'] }],
                  condition: [{ test: 'StringEquals', variable: 'aws:PrincipalOrgID', values: ['${var.x}'] }],
                },
              ],
            },
          },
        },
      }),
      ...open('var.x'),
    },
    {
      name: 'a unique id',
      ...allows({ Principal: { AWS: 'AROAJ2UCCR6DPCEXAMPLE' } }),
      ...open('does not tell its account'),
    },
    { name: 'a text that is no policy', ...key('{'), ...open('is no JSON') },
    { name: 'a policy without statements', ...key('{}'), ...open('has no statement') },
    {
      name: 'an effect in lower case',
      ...allows({ Effect: 'allow', Principal: '*' }),
      ...open('neither allows nor denies'),
    },
    { name: 'an element in lower case', ...allows({ principal: '*' }), ...open('"principal"') },
    { name: 'statements in lower case', ...key('{"statement":[]}'), ...open('"statement"') },
    { name: 'a statement without a principal', ...allows({}), ...open('names no principal') },
    {
      name: 'a foreign role for one key of the account',
      ...allows({ Principal: { AWS: FOREIGN }, Resource: 'arn:aws:kms:eu-west-1:111111111111:key/1' }),
      ...open('may or may not be this key'),
    },
    {
      name: 'an action that does not exist yet',
      ...allows({ Principal: { AWS: FOREIGN }, Action: 'kms:TeleportKey' }),
      ...open('kms:TeleportKey'),
    },
    {
      name: 'a denial of all but a foreign role',
      ...denied({ Principal: undefined, NotPrincipal: { AWS: 'arn:aws:iam::999999999999:role/other' } }),
      ...open('is not worked out'),
    },
    {
      name: 'a denial on a condition that is not evaluated',
      ...denied({ Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
      ...open('statement 2'),
    },
    {
      name: 'everyone, with a denial that spares services',
      ...denied(
        {
          Condition: {
            StringNotEquals: { 'aws:PrincipalOrgID': 'o-ledger12345' },
            Bool: { 'aws:PrincipalIsAWSService': 'false' },
          },
        },
        '*',
      ),
      ...open('statement 2'),
    },
    {
      name: 'a whole account under policies of the organisation',
      ...west({
        aws_organizations_policy: { guard: { name: 'guard', content: '{}' } },
        aws_kms_key: { ledger: { policy: document({ Principal: { AWS: ROOT } }) } },
      }),
      ...open('aws_organizations_policy.guard'),
    },
    {
      name: 'a key beside a policy of a hidden key',
      ...west({ aws_kms_key: { ledger: {} }, ...keyPolicy({ AWS: OWN }, '${var.x}') }, { variable: { x: {} } }),
      ...open('var.x'),
    },
    {
      name: 'a key whose policy may not be made',
      ...west(
        {
          aws_kms_key: { ledger: {} },
          aws_kms_key_policy: {
            one: {
              count: '${var.x}',
              key_id: '${aws_kms_key.ledger.id}',
              policy: document({ Principal: { AWS: OWN } }),
            },
          },
        },
        { variable: { x: { type: 'number' } } },
      ),
      ...open('a count or for_each'),
    },
    {
      name: 'a policy resource without a policy',
      ...west({ aws_kms_key_policy: { one: { key_id: 'k' } } }),
      unproven: { 'aws_kms_key_policy.one': 'states no policy' },
    },
    {
      name: 'a grant to a variable',
      ...west(grant({ grantee_principal: '${var.x}' }), { variable: { x: {} } }),
      unproven: { [GRANT]: 'var.x' },
    },
  ],
});

it('names statement, principal and action', () => {
  const [first] = judge(
    [check],
    allows({ Principal: { AWS: OWN } }, { Sid: 'Out', Principal: { AWS: FOREIGN }, Action: 'kms:*' }),
  ).results;
  expect(first?.message).toBe(
    `gives kms:Decrypt in statement "Out" to ${FOREIGN}, which is neither of the policy nor registered under network.principals`,
  );
});

it('covers by an approval no further action, and no wider condition', () => {
  const approved = allows({ Principal: { AWS: FOREIGN } });
  expect(isCovered(check, approved, approved)).toBe(true);
  expect(isCovered(check, approved, allows({ Principal: { AWS: FOREIGN }, Action: ['kms:Decrypt', 'kms:Sign'] }))).toBe(
    false,
  );
  expect(isCovered(check, allows({ Principal: { AWS: FOREIGN }, Condition: VIA_S3 }), approved)).toBe(false);
});

it('shows nothing of a policy that is sensitive', () => {
  const { results } = judge(
    [check],
    key(
      `\${sensitive(jsonencode({ Statement = [{ Sid = "Canary", Effect = "Allow", Principal = { AWS = "${FOREIGN}" }, Action = ["kms:Decrypt", "kms:Canary"], Resource = "*", Condition = { StringEquals = { "kms:ViaService" = "Canary" } } }] }))}`,
    ),
  );
  expect(results.map(({ verdict }) => verdict)).toEqual(['unproven']);
  expect(JSON.stringify(results)).not.toContain('Canary');
  expect(JSON.stringify(results)).not.toContain('999999999999');
});

it('never passes a foreign principal for a statement more that allows', () => {
  const statement = fc.record({
    Sid: fc.constantFrom('A', 'B', 'Out'),
    Principal: fc.constantFrom({ AWS: OWN }, { AWS: ROOT }, '*'),
    Action: fc.constantFrom('kms:Encrypt', 'kms:*', 's3:*'),
  });
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 4 }), fc.nat(4), (others, at) => {
      const statements: object[] = [...others];
      statements.splice(at, 0, { Principal: { AWS: FOREIGN } });
      const [result] = judge([check], allows(...statements)).results;
      expect(result?.verdict).toBe('fail');
    }),
    { numRuns: 40 },
  );
});

it('takes a pattern of many wildcards without delay', () => {
  const { results } = judge([check], allows({ Principal: { AWS: FOREIGN }, Action: `kms:${'*a'.repeat(3000)}` }));
  expect(results.map(({ verdict }) => verdict)).toEqual(['unproven']);
});
