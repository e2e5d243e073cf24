import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import check from '../../../checks/encryption/key-008-no-secrets.ts';
import { secretArguments, typesWithSecrets } from '../../../model/aws/secret-arguments.ts';
import { testCheck } from '../../support/check-tester.ts';
import { judge } from '../../../checks/example-estate.ts';
import { CANARIES, HARMLESS } from '../../support/secret-canaries.ts';

type Body = { readonly [key: string]: unknown };

const west = (resource: Body, more: Body = {}) => ({ west: { ...more, resource } });
const one = (type: string, body: Body, more: Body = {}) => west({ [type]: { ledger: body } }, more);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const task = (containers: readonly Body[]) =>
  one('aws_ecs_task_definition', { family: 'ledger', container_definitions: JSON.stringify(containers) });
/** A text in which Terraform evaluates nothing. */
const literal = (text: string): string => text.replaceAll(/[$%](?=\{)/g, '$&$&');
const SECRET = 'correct-horse';
const VARIABLE = { variable: { value: { type: 'string' } } };
const SENSITIVE = { variable: { value: { type: 'string', sensitive: true } } };
const RANDOM = { random_password: { ledger: { length: 32 } } };

testCheck(check, {
  pass: [
    {
      name: 'a database whose password RDS keeps',
      stacks: one('aws_db_instance', { username: 'ledger', manage_master_user_password: true }),
    },
    {
      name: 'a password that is given where nothing keeps it',
      stacks: one('aws_db_instance', { password_wo: '${var.value}', password_wo_version: 1 }, VARIABLE),
    },
    {
      name: 'an omitted password, and an empty one',
      stacks: west({ aws_db_instance: { ledger: { password: null }, other: { password: '' } } }),
    },
    {
      name: 'an environment that names where secrets lie',
      stacks: west({
        aws_secretsmanager_secret: { ledger: { name: 'ledger' } },
        aws_lambda_function: {
          ledger: {
            environment: {
              variables: {
                DB_PASSWORD_ARN: '${aws_secretsmanager_secret.ledger.arn}',
                DB_SECRET: '${aws_secretsmanager_secret.ledger.id}',
                API_TOKEN: 'ledger-api-token',
                LOG_LEVEL: 'debug',
              },
            },
          },
        },
      }),
    },
    {
      name: 'containers that fetch their secrets when they start',
      stacks: task([
        {
          name: 'ledger',
          environment: [{ name: 'DB_HOST', value: 'db.internal' }],
          secrets: [{ name: 'DB_PASSWORD', valueFrom: 'arn:aws:ssm:eu-west-1:111111111111:parameter/db' }],
        },
      ]),
    },
    {
      name: 'a build that reads its secrets by name',
      stacks: one('aws_codebuild_project', {
        environment: {
          environment_variable: [
            { name: 'DB_PASSWORD', value: 'ledger:password', type: 'SECRETS_MANAGER' },
            { name: 'API_TOKEN', value: 'ledger-token', type: 'PARAMETER_STORE' },
            { name: 'STAGE', value: 'live' },
          ],
        },
      }),
    },
    {
      name: 'user data that fetches what it needs',
      stacks: one('aws_instance', {
        user_data_base64: base64('#!/bin/sh\nDB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id ledger)\n'),
      }),
    },
    {
      name: 'a key of a user that only the holder of a PGP key can read',
      stacks: one('aws_iam_access_key', { user: 'ledger', pgp_key: 'keybase:ledger' }),
    },
    {
      name: 'a tunnel whose keys Secrets Manager keeps',
      stacks: one('aws_vpn_connection', { type: 'ipsec.1', preshared_key_storage: 'SecretsManager' }),
    },
    {
      name: 'a client of a user pool without a secret',
      stacks: one('aws_cognito_user_pool_client', { name: 'ledger', generate_secret: false }),
    },
    {
      name: 'parameters that hold settings',
      stacks: west({
        aws_ssm_parameter: {
          size: { name: '/ledger/size', type: 'String', value: 'large' },
          list: { name: '/ledger/token-issuers', type: 'StringList', value: 'a,b' },
        },
      }),
    },
    {
      name: 'a secret parameter whose value nothing keeps',
      stacks: one(
        'aws_ssm_parameter',
        { name: '/ledger/db', type: 'SecureString', value_wo: '${var.value}' },
        VARIABLE,
      ),
    },
    {
      name: 'public parameters, and those that the estate keeps as text',
      stacks: west(
        { aws_ssm_parameter: { size: { name: '/ledger/size', type: 'String', value: 'large' } } },
        {
          data: {
            aws_ssm_parameter: {
              image: { name: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64' },
              size: { name: '/ledger/size' },
              plain: { name: '/ledger/else', with_decryption: false },
            },
          },
        },
      ),
    },
    {
      name: 'outputs, local values and variables that name what is no secret',
      stacks: one(
        'aws_secretsmanager_secret',
        { name: 'ledger' },
        {
          output: { secret_arn: { value: '${aws_secretsmanager_secret.ledger.arn}' } },
          locals: { token_ttl: 3600, names: ['ledger'] },
          variable: { db_password: { type: 'string', sensitive: true, default: '' }, region: { default: 'eu-west-1' } },
        },
      ),
    },
    {
      name: 'a certificate and its public key, which are for everybody',
      stacks: one('aws_dms_certificate', {
        certificate_id: 'ledger',
        certificate_pem: '-----BEGIN CERTIFICATE-----\nMIIBQw3rT7yUi9oPa2sDf5gHj8kL\n-----END CERTIFICATE-----',
      }),
    },
    {
      name: 'a provider that is given its password from outside',
      stacks: one(
        'aws_sns_topic',
        {},
        {
          ...VARIABLE,
          provider: { aws: { region: 'eu-west-1' }, postgresql: { host: 'db', password: '${var.value}' } },
        },
      ),
    },
  ],
  fail: [
    {
      name: 'a password in the configuration',
      stacks: one('aws_db_instance', { password: SECRET }),
      fails: { 'aws_db_instance.ledger': 'literal' },
    },
    {
      name: 'a literal where nothing would keep it',
      stacks: one('aws_db_instance', { password_wo: SECRET, password_wo_version: 1 }),
      fails: { 'aws_db_instance.ledger': 'literal' },
    },
    {
      name: 'one of several passwords',
      stacks: one('aws_elasticache_user', { authentication_mode: { type: 'password', passwords: ['', SECRET] } }),
      fails: { 'aws_elasticache_user.ledger': 'literal' },
    },
    {
      name: 'a member of a map of credentials',
      stacks: one('aws_appflow_connector_profile', {
        connector_profile_config: {
          connector_profile_credentials: { custom_connector: { custom: { credentials_map: { user: 'ledger' } } } },
        },
      }),
      fails: { 'aws_appflow_connector_profile.ledger': 'literal' },
    },
    {
      name: 'a text around a value that is not known',
      stacks: one('aws_secretsmanager_secret_version', { secret_string: 'ledger:${var.value}' }, VARIABLE),
      fails: { 'aws_secretsmanager_secret_version.ledger': 'literal' },
    },
    {
      name: 'a password that Terraform makes, where it is made and where it is taken',
      stacks: west({ ...RANDOM, aws_db_instance: { ledger: { password: '${random_password.ledger.result}' } } }),
      fails: { 'random_password.ledger': 'made', 'aws_db_instance.ledger': 'stored' },
    },
    {
      name: 'a password that Terraform makes, where nothing keeps it but its maker',
      stacks: west({ ...RANDOM, aws_db_instance: { ledger: { password_wo: '${random_password.ledger.result}' } } }),
      fails: { 'random_password.ledger': 'made' },
    },
    {
      name: 'a secret that is read to be handed on',
      stacks: one(
        'aws_lambda_function',
        { environment: { variables: { SETTINGS: '${data.aws_secretsmanager_secret_version.ledger.secret_string}' } } },
        { data: { aws_secretsmanager_secret_version: { ledger: { secret_id: 'ledger' } } } },
      ),
      fails: {
        'data.aws_secretsmanager_secret_version.ledger': 'read',
        'aws_lambda_function.ledger': 'stored',
      },
    },
    {
      name: 'the password of a database in the environment of a function',
      stacks: west({
        aws_db_instance: { ledger: { password: SECRET } },
        aws_lambda_function: { ledger: { environment: { variables: { DB: '${aws_db_instance.ledger.password}' } } } },
      }),
      fails: { 'aws_db_instance.ledger': 'literal', 'aws_lambda_function.ledger': 'stored' },
    },
    {
      name: 'a secret in a text with others',
      stacks: west({
        ...RANDOM,
        aws_instance: { ledger: { user_data: '#!/bin/sh\nexport A=${random_password.ledger.result}\n' } },
      }),
      fails: { 'random_password.ledger': 'made', 'aws_instance.ledger': 'stored' },
    },
    {
      name: 'the key of a user',
      stacks: one('aws_iam_access_key', { user: 'ledger' }),
      fails: { 'aws_iam_access_key.ledger': 'made' },
    },
    {
      name: 'tunnels with keys of AWS in the state',
      stacks: one('aws_vpn_connection', { type: 'ipsec.1' }),
      fails: { 'aws_vpn_connection.ledger': 'made' },
    },
    {
      name: 'a client of a user pool with a secret',
      stacks: one('aws_cognito_user_pool_client', { name: 'ledger', generate_secret: true }),
      fails: { 'aws_cognito_user_pool_client.ledger': 'made' },
    },
    {
      name: 'an environment with a password',
      stacks: one('aws_lambda_function', { environment: { variables: { DB_PASSWORD: SECRET } } }),
      fails: { 'aws_lambda_function.ledger': 'named' },
    },
    {
      name: 'a container with a password',
      stacks: task([{ name: 'ledger', environment: [{ name: 'DB_PASSWORD', value: SECRET }] }]),
      fails: { 'aws_ecs_task_definition.ledger': 'found' },
    },
    {
      name: 'a build with a password',
      stacks: one('aws_codebuild_project', {
        environment: { environment_variable: [{ name: 'DB_PASSWORD', value: SECRET, type: 'PLAINTEXT' }] },
      }),
      fails: { 'aws_codebuild_project.ledger': 'named' },
    },
    {
      name: 'user data with a password, as it is and encoded',
      stacks: west({
        aws_instance: {
          text: { user_data: `#!/bin/sh\nexport DB_PASSWORD=${SECRET}\n` },
          encoded: { user_data_base64: base64(`#!/bin/sh\nexport DB_PASSWORD=${SECRET}\n`) },
          packed: { user_data_base64: gzipSync(`#!/bin/sh\nexport DB_PASSWORD=${SECRET}\n`).toString('base64') },
        },
      }),
      fails: { 'aws_instance.text': 'found', 'aws_instance.encoded': 'found', 'aws_instance.packed': 'found' },
    },
    {
      name: 'a secret parameter with its value, and one that is no secret by its type alone',
      stacks: west({
        aws_ssm_parameter: {
          secret: { name: '/ledger/db', type: 'SecureString', value: 'anything' },
          plain: { name: '/ledger/db_password', type: 'String', value: SECRET },
        },
      }),
      fails: { 'aws_ssm_parameter.secret': 'literal', 'aws_ssm_parameter.plain': 'named' },
    },
    {
      name: 'a parameter of the estate that is read where it is a secret',
      stacks: west(
        { aws_ssm_parameter: { db: { name: '/ledger/db', type: 'SecureString', value_wo: '${var.value}' } } },
        { ...VARIABLE, data: { aws_ssm_parameter: { db: { name: '/ledger/db' } } } },
      ),
      fails: { 'data.aws_ssm_parameter.db': 'read' },
    },
    {
      name: 'an output, a local value and a default',
      stacks: {
        west: { resource: { aws_sns_topic: { ledger: {} } }, output: { db_password: { value: SECRET } } },
        north: { resource: { aws_sns_topic: { ledger: {} } }, locals: { db_password: SECRET } },
        links: { resource: { aws_sns_topic: { ledger: {} } }, variable: { db_password: { default: SECRET } } },
      },
      fails: { west: 'named', north: 'named', links: 'named' },
    },
    {
      name: 'an output that hands a secret on',
      stacks: west(RANDOM, { output: { value: { value: '${random_password.ledger.result}', sensitive: true } } }),
      fails: { 'random_password.ledger': 'made', west: 'stored' },
    },
    {
      name: 'a provider and a backend with keys',
      stacks: {
        west: {
          resource: { aws_sns_topic: { ledger: {} } },
          provider: { aws: { region: 'eu-west-1', secret_key: 'Qw3rT7yUi9oPa2sDf5gHj8kLz1xCv4bNm6Qw3rT7' } },
        },
        north: {
          resource: { aws_sns_topic: { ledger: {} } },
          terraform: {
            backend: { s3: { bucket: 'b', key: 'k', secret_key: 'Qw3rT7yUi9oPa2sDf5gHj8kLz1xCv4bNm6Qw3rT7' } },
          },
        },
      },
      fails: { west: 'named', north: 'named' },
    },
    {
      name: 'what another provider is given under a name of a secret',
      stacks: one('kubernetes_secret', { data: { password: SECRET } }),
      fails: { 'kubernetes_secret.ledger': 'named' },
    },
  ],
  unproven: [
    {
      name: 'a password that a variable gives',
      stacks: one('aws_db_instance', { password: '${var.value}' }, SENSITIVE),
      unproven: { 'aws_db_instance.ledger': 'has no value in this run' },
    },
    {
      name: 'a sensitive variable in an environment',
      stacks: one('aws_lambda_function', { environment: { variables: { X: '${var.value}' } } }, SENSITIVE),
      unproven: { 'aws_lambda_function.ledger': 'has no value in this run' },
    },
    {
      name: 'a variable where a name speaks of a secret',
      stacks: one('aws_lambda_function', { environment: { variables: { DB_PASSWORD: '${var.value}' } } }, VARIABLE),
      unproven: { 'aws_lambda_function.ledger': 'has no value in this run' },
    },
    {
      name: 'a variable in the middle of a text, where a name speaks of a secret',
      stacks: one('aws_instance', { user_data: '#!/bin/sh\nexport DB_PASSWORD=${var.value}\n' }, VARIABLE),
      unproven: { 'aws_instance.ledger': 'has no value in this run' },
    },
    {
      name: 'user data that is not known',
      stacks: one('aws_instance', { user_data: '${var.value}' }, VARIABLE),
      unproven: { 'aws_instance.ledger': 'has no value in this run' },
    },
    {
      name: 'an environment that is not known',
      stacks: one('aws_lambda_function', { environment: { variables: '${var.value}' } }, VARIABLE),
      unproven: { 'aws_lambda_function.ledger': 'has no value in this run' },
    },
    {
      name: 'user data that is compressed and broken',
      stacks: one('aws_instance', {
        user_data_base64: gzipSync('echo ledger '.repeat(9)).subarray(0, 20).toString('base64'),
      }),
      unproven: { 'aws_instance.ledger': 'compressed in a way that is not read' },
    },
    {
      name: 'a parameter whose type is not known',
      stacks: one('aws_ssm_parameter', { name: '/ledger/db', type: '${var.value}', value: 'large' }, VARIABLE),
      unproven: { 'aws_ssm_parameter.ledger': 'has no value in this run' },
    },
    {
      name: 'a parameter of nobody knows what',
      stacks: one('aws_sns_topic', {}, { data: { aws_ssm_parameter: { db: { name: '/ledger/db' } } } }),
      unproven: { 'data.aws_ssm_parameter.db': 'may be a SecureString' },
    },
    {
      name: 'a literal that is marked as sensitive',
      stacks: one('aws_sns_topic', { display_name: '${sensitive("ledger")}' }),
      unproven: { 'aws_sns_topic.ledger': 'marked as sensitive' },
    },
    {
      name: 'commands of a provisioner',
      stacks: one('aws_instance', { provisioner: [{ 'local-exec': { command: 'echo' } }] }),
      unproven: { 'aws_instance.ledger': 'provisioner' },
    },
    {
      name: 'a key of a user for a PGP key that is not known',
      stacks: one('aws_iam_access_key', { user: 'ledger', pgp_key: '${var.value}' }, VARIABLE),
      unproven: { 'aws_iam_access_key.ledger': 'has no value in this run' },
    },
    {
      name: 'arguments of a module',
      stacks: one('aws_sns_topic', {}, { module: { db: { source: './db' } } }),
      unproven: { west: 'module.db' },
    },
  ],
});

describe('each argument that takes a secret is judged', () => {
  it.each(typesWithSecrets())('%s', (type) => {
    for (const argument of secretArguments(type)) {
      const body = argument
        .split('.')
        .reduceRight<unknown>((inner, name) => ({ [name]: inner }), argument.endsWith('s') ? [SECRET] : SECRET);
      const { results } = judge([check], { stacks: { west: { resource: { [type]: { ledger: body } } } } });
      const found = results.find(({ subject }) => subject.address === `${type}.ledger`);
      expect([argument, found?.verdict, found?.message.includes(SECRET)]).toEqual([argument, 'fail', false]);
    }
  });
});

describe('a secret is found wherever it stands, and never told', () => {
  it.each(CANARIES)('$kind', ({ kind, secret }) => {
    const { results } = judge([check], {
      stacks: west(
        {
          aws_sns_topic: { ledger: { display_name: secret } },
          aws_instance: { ledger: { user_data_base64: base64(`#!/bin/sh\n${secret}\n`) } },
          aws_lambda_function: { ledger: { environment: { variables: { [secret]: 'x', X: secret } } } },
          aws_sfn_state_machine: { ledger: { definition: JSON.stringify({ States: { token: { Comment: secret } } }) } },
          terraform_data: { ledger: { input: { deep: [{ deeper: secret }] } } },
        },
        { output: { x: { value: secret } } },
      ),
    });
    const failing = results.filter(({ verdict }) => verdict === 'fail');
    expect(failing.map(({ subject }) => subject.address).toSorted()).toEqual([
      'aws_instance.ledger',
      'aws_lambda_function.ledger',
      'aws_sfn_state_machine.ledger',
      'aws_sns_topic.ledger',
      'terraform_data.ledger',
      'west',
    ]);
    expect(failing.every(({ message, also }) => [message, ...also].some((text) => text.includes(kind)))).toBe(true);
    expect(JSON.stringify(failing)).not.toContain(JSON.stringify(secret).slice(1, -1));
  });
});

it.each(HARMLESS)('raises no alarm for %s', (text) => {
  const { results } = judge([check], {
    stacks: west({
      aws_sns_topic: { ledger: { display_name: literal(text) } },
      aws_instance: { ledger: { user_data_base64: base64(`#!/bin/sh\n${text}\n`) } },
      aws_lambda_function: {
        ledger: {
          environment: { variables: { TOKEN: literal(text), X: 'x' } },
        },
      },
    }),
  });
  expect(results.filter(({ verdict }) => verdict !== 'pass').map(({ message }) => message)).toEqual([]);
});

it('gives two secrets at one place one fingerprint, so that none can be tried against it', () => {
  const fingerprints = ['correct-horse', 'battery-staple'].map(
    (password) =>
      judge([check], { stacks: one('aws_db_instance', { password }) }).results.find(({ verdict }) => verdict === 'fail')
        ?.fingerprint,
  );
  expect(fingerprints[0]).toEqual(expect.any(String));
  expect(fingerprints[0]).toBe(fingerprints[1]);
});
