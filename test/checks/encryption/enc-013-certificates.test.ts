import { expect, it } from 'vitest';
import check from '../../../checks/encryption/enc-013-certificates.ts';
import { testCheck } from '../../support/check-tester.ts';
import { judge } from '../../../checks/example-estate.ts';

type Body = { readonly [key: string]: unknown };

const one = (type: string, body: Body, more: Body = {}) => ({
  west: { ...more, resource: { [type]: { ledger: body } } },
});
const authority = (body: Body) => one('aws_acmpca_certificate_authority', body);
const AUTHORITY_ARN = 'arn:aws:acm-pca:eu-west-1:111111111111:certificate-authority/0123abcd';
const authorities = (...names: readonly string[]) => ({ tls: { securityPolicies: [], authorities: names } });
const VARIABLE = { variable: { value: { type: 'string' } } };

testCheck(check, {
  pass: [
    {
      name: 'a certificate of ACM, whose key is RSA of 2048 bits',
      stacks: one('aws_acm_certificate', { domain_name: 'ledger.example' }),
    },
    {
      name: 'an authority with strong algorithms',
      stacks: authority({
        certificate_authority_configuration: { key_algorithm: 'EC_secp384r1', signing_algorithm: 'SHA384WITHECDSA' },
        key_storage_security_standard: 'FIPS_140_2_LEVEL_3_OR_HIGHER',
      }),
    },
    {
      name: 'a certificate of a thing that has its own key',
      stacks: one('aws_iot_certificate', { csr: '-----BEGIN', active: true }),
    },
    {
      name: 'a host key that is in no state',
      stacks: one('aws_transfer_host_key', { host_key_body_wo: '${var.value}' }, VARIABLE),
    },
    {
      name: 'certificates of authorities that the policy names',
      stacks: {
        west: {
          resource: {
            aws_acmpca_certificate_authority: { inside: {} },
            aws_acm_certificate: {
              open: { domain_name: 'ledger.example', validation_method: 'DNS' },
              inside: {
                domain_name: 'ledger.internal',
                certificate_authority_arn: '${aws_acmpca_certificate_authority.inside.arn}',
              },
              else: { domain_name: 'ledger.internal', certificate_authority_arn: AUTHORITY_ARN },
            },
          },
        },
      },
      policy: authorities('amazon', 'west:aws_acmpca_certificate_authority.inside', AUTHORITY_ARN),
    },
  ],
  fail: [
    {
      name: 'a public certificate, where only private authorities may issue',
      stacks: one('aws_acm_certificate', { domain_name: 'ledger.example', validation_method: 'DNS' }),
      policy: authorities(AUTHORITY_ARN),
      fails: { 'aws_acm_certificate.ledger': 'authority' },
    },
    {
      name: 'private authorities that the policy does not name',
      stacks: {
        west: {
          resource: {
            aws_acmpca_certificate_authority: { inside: {} },
            aws_acmpca_certificate: {
              inside: { certificate_authority_arn: '${aws_acmpca_certificate_authority.inside.arn}' },
              else: { certificate_authority_arn: AUTHORITY_ARN },
            },
          },
        },
      },
      policy: authorities('amazon'),
      fails: { 'aws_acmpca_certificate.inside': 'authority', 'aws_acmpca_certificate.else': 'authority' },
    },
    {
      name: 'a key in the configuration',
      stacks: one('aws_acm_certificate', { private_key: '-----BEGIN', certificate_body: '-----BEGIN' }),
      fails: { 'aws_acm_certificate.ledger': 'keyInState' },
    },
    {
      name: 'the key of another resource, which is in the state',
      stacks: {
        west: {
          resource: {
            tls_private_key: { ledger: { algorithm: 'ED25519' } },
            aws_iam_server_certificate: { ledger: { private_key: '${tls_private_key.ledger.private_key_pem}' } },
          },
        },
      },
      fails: { 'aws_iam_server_certificate.ledger': 'keyInState' },
    },
    {
      name: 'a server with a host key',
      stacks: one('aws_transfer_server', { host_key: '-----BEGIN' }),
      fails: { 'aws_transfer_server.ledger': 'keyInState' },
    },
    {
      name: 'a key that AWS makes and hands out',
      stacks: one('aws_iot_certificate', { active: true }),
      fails: { 'aws_iot_certificate.ledger': 'keyMade' },
    },
    {
      name: 'a key of 1024 bits',
      stacks: one('aws_acm_certificate', { domain_name: 'ledger.example', key_algorithm: 'RSA_1024' }),
      fails: { 'aws_acm_certificate.ledger': 'weak' },
    },
    {
      name: 'a database whose authority has ended',
      stacks: one('aws_db_instance', { ca_cert_identifier: 'rds-ca-2019' }),
      fails: { 'aws_db_instance.ledger': 'weak' },
    },
    {
      name: 'an authority whose key is in lesser hardware',
      stacks: authority({ key_storage_security_standard: 'FIPS_140_2_LEVEL_2_OR_HIGHER' }),
      fails: { 'aws_acmpca_certificate_authority.ledger': 'storage' },
    },
    {
      name: 'signatures with SHA-1 in a connector',
      stacks: one('aws_transfer_connector', { as2_config: { signing_algorithm: 'SHA1' } }),
      fails: { 'aws_transfer_connector.ledger': 'weak' },
    },
  ],
  unproven: [
    {
      name: 'an imported certificate, where the policy names authorities',
      stacks: one('aws_acm_certificate', { certificate_body: '-----BEGIN CERTIFICATE-----' }),
      policy: authorities('amazon'),
      unproven: { 'aws_acm_certificate.ledger': 'is imported' },
    },
    {
      name: 'an authority of the run',
      stacks: one('aws_acm_certificate', { certificate_authority_arn: '${var.value}' }, VARIABLE),
      policy: authorities('amazon'),
      unproven: { 'aws_acm_certificate.ledger': 'var.value' },
    },
    {
      name: 'a key that the run may bring',
      stacks: one('aws_acm_certificate', { private_key: '${var.value}' }, VARIABLE),
      unproven: { 'aws_acm_certificate.ledger': 'var.value' },
    },
    {
      name: 'an algorithm that no table has',
      stacks: one('aws_acm_certificate', { key_algorithm: 'SM2' }),
      unproven: { 'aws_acm_certificate.ledger': 'whose strength is not known' },
    },
    {
      name: 'an algorithm of the run',
      stacks: one('aws_acmpca_certificate', { signing_algorithm: '${var.value}' }, VARIABLE),
      unproven: { 'aws_acmpca_certificate.ledger': 'var.value' },
    },
  ],
});

it('never shows a key', () => {
  const { results } = judge([check], { stacks: one('aws_iam_server_certificate', { private_key: 'SECRETKEY' }) });
  expect(results.map(({ verdict }) => verdict)).toEqual(['fail']);
  expect(JSON.stringify(results.map(({ message, witness }) => [message, witness?.value]))).not.toContain('SECRETKEY');
});
