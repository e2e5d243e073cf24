import check from '../../../checks/encryption/enc-008-secrets-and-code.ts';
import { testCheck } from '../../support/check-tester.ts';

type Body = { readonly [key: string]: unknown };

const ARN = '${aws_kms_key.ledger.arn}';
const west = (body: Body, more: Body = {}) => ({
  west: { ...more, resource: { aws_kms_key: { ledger: {} }, ...body } },
});
const one = (type: string, body: Body, more: Body = {}) => west({ [type]: { ledger: body } }, more);

const FUNCTION = { function_name: 'ledger', environment: { variables: { MODE: 'live' } } };
const REPOSITORY = { encryption_configuration: { encryption_type: 'KMS', kms_key: ARN } };

testCheck(check, {
  pass: [
    {
      name: 'a secret and its replica',
      stacks: one('aws_secretsmanager_secret', {
        kms_key_id: ARN,
        replica: [{ region: 'eu-north-1', kms_key_id: ARN }],
      }),
    },
    {
      name: 'parameters',
      stacks: west({
        aws_ssm_parameter: {
          secret: { name: '/ledger/password', type: 'SecureString', key_id: ARN },
          // Where the secret lies is no secret.
          pointer: { name: '/ledger/secret-arn', type: 'String', value: 'x' },
          setting: { name: '/ledger/mode', type: 'String', value: 'live' },
        },
      }),
    },
    {
      name: 'the password that a database makes',
      stacks: one('aws_db_instance', { manage_master_user_password: true, master_user_secret_kms_key_id: ARN }),
    },
    {
      name: 'functions with environment and code, or as an image',
      stacks: west({
        aws_lambda_function: {
          zip: { ...FUNCTION, kms_key_arn: ARN, source_kms_key_arn: ARN },
          image: { ...FUNCTION, package_type: 'Image', kms_key_arn: ARN },
        },
      }),
    },
    {
      name: 'a cluster without Fargate, and one with Fargate and a key for its disks',
      stacks: west({
        aws_ecs_cluster: {
          hosts: { name: 'hosts' },
          serverless: {
            name: 'serverless',
            configuration: { managed_storage_configuration: { fargate_ephemeral_storage_kms_key_id: ARN } },
          },
        },
        aws_ecs_service: {
          hosts: { cluster: '${aws_ecs_cluster.hosts.id}', launch_type: 'EC2' },
          serverless: {
            cluster: '${aws_ecs_cluster.serverless.id}',
            capacity_provider_strategy: [{ capacity_provider: 'FARGATE' }],
          },
        },
      }),
    },
    {
      name: 'repositories, builds and settings',
      stacks: west({
        aws_ecr_repository: { ledger: REPOSITORY },
        aws_codeartifact_domain: { ledger: { domain: 'ledger', encryption_key: ARN } },
        aws_codeartifact_repository: { ledger: { domain: '${aws_codeartifact_domain.ledger.domain}' } },
        aws_codebuild_project: { ledger: { encryption_key: ARN, artifacts: { type: 'S3' } } },
        aws_appconfig_configuration_profile: { ledger: { location_uri: 'hosted', kms_key_identifier: ARN } },
        aws_appconfig_hosted_configuration_version: {
          ledger: {
            configuration_profile_id: '${aws_appconfig_configuration_profile.ledger.configuration_profile_id}',
          },
        },
        aws_networkfirewall_rule_group: {
          ledger: { encryption_configuration: { type: 'CUSTOMER_KMS', key_id: ARN } },
        },
      }),
    },
  ],

  fail: [
    {
      name: 'a secret without a key',
      stacks: one('aws_secretsmanager_secret', {}),
      fails: { 'aws_secretsmanager_secret.ledger': 'noKey' },
    },
    {
      name: 'the replica of a secret without a key',
      stacks: one('aws_secretsmanager_secret', { kms_key_id: ARN, replica: { region: 'eu-north-1' } }),
      fails: { 'aws_secretsmanager_secret.ledger': 'noKey' },
    },
    {
      name: 'a secret as plain text',
      stacks: one('aws_ssm_parameter', { name: '/ledger/db-password', type: 'String', value: 'x' }),
      fails: { 'aws_ssm_parameter.ledger': 'unencrypted' },
    },
    {
      name: 'a parameter with the key of AWS',
      stacks: one('aws_ssm_parameter', { name: '/ledger/x', type: 'SecureString', key_id: 'alias/aws/ssm' }),
      fails: { 'aws_ssm_parameter.ledger': 'awsManaged' },
    },
    {
      name: 'the code of a function',
      stacks: one('aws_lambda_function', { ...FUNCTION, kms_key_arn: ARN }),
      fails: { 'aws_lambda_function.ledger': 'noKey' },
    },
    {
      name: 'a cluster on Fargate without a key for its disks',
      stacks: west({
        aws_ecs_cluster: { ledger: { name: 'ledger' } },
        aws_ecs_cluster_capacity_providers: {
          ledger: { cluster_name: '${aws_ecs_cluster.ledger.name}', capacity_providers: ['own', 'FARGATE_SPOT'] },
        },
      }),
      fails: { 'aws_ecs_cluster.ledger': 'noKey' },
    },
    {
      name: 'a build that switches encryption off',
      stacks: one('aws_codebuild_project', {
        encryption_key: ARN,
        artifacts: { type: 'S3', encryption_disabled: true },
      }),
      fails: { 'aws_codebuild_project.ledger': 'unencrypted' },
    },
    {
      name: 'a repository with AES256, which is what omission means',
      stacks: one('aws_ecr_repository', { name: 'ledger' }),
      fails: { 'aws_ecr_repository.ledger': 'awsManaged' },
    },
    {
      name: 'a repository of a domain with a key of AWS',
      stacks: west({
        aws_codeartifact_domain: { ledger: { domain: 'ledger' } },
        aws_codeartifact_repository: { ledger: { domain: '${aws_codeartifact_domain.ledger.domain}' } },
      }),
      fails: { 'aws_codeartifact_domain.ledger': 'noKey', 'aws_codeartifact_repository.ledger': 'inherits' },
    },
    {
      name: 'a public repository',
      stacks: one('aws_ecrpublic_repository', { repository_name: 'ledger' }),
      fails: { 'aws_ecrpublic_repository.ledger': 'keyless' },
    },
  ],

  unproven: [
    {
      name: 'a parameter whose type has no value',
      stacks: one(
        'aws_ssm_parameter',
        { name: '/ledger/x', type: '${var.kind}', key_id: ARN },
        { variable: { kind: { type: 'string' } } },
      ),
      unproven: { 'aws_ssm_parameter.ledger': 'var.kind' },
    },
    {
      name: 'a database that may make a password',
      stacks: one(
        'aws_db_instance',
        { manage_master_user_password: '${var.managed}' },
        { variable: { managed: { type: 'bool' } } },
      ),
      unproven: { 'aws_db_instance.ledger': 'var.managed' },
    },
    {
      name: 'a repository of a domain outside the estate',
      stacks: one('aws_codeartifact_repository', { domain: 'elsewhere' }),
      unproven: { 'aws_codeartifact_repository.ledger': '"elsewhere"' },
    },
    {
      name: 'an image that keeps the key of its recipe',
      stacks: one('aws_imagebuilder_distribution_configuration', {
        distribution: { region: 'eu-west-1', ami_distribution_configuration: { name: 'ledger' } },
      }),
      unproven: { 'aws_imagebuilder_distribution_configuration.ledger': 'recipe' },
    },
  ],
});
