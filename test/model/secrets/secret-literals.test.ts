import { expect, it } from 'vitest';
import { isSecretLiteral } from '../../../model/secrets/secret-literals.ts';

it.each(['correct-horse', 'hunter2', 'changeme', 'Pa$$w0rd!', '12345678', 'Qw3rT7yUi9oPa2sDf5gHj8kL'])(
  '%s is a password',
  (text) => {
    expect(isSecretLiteral(text, 'password')).toBe(true);
  },
);

it.each([
  '',
  'no',
  'true',
  'string',
  'arn:aws:ssm:eu-west-1:111111111111:parameter/db',
  '/ledger/db/password',
  'prod/ledger/password',
  'https://vault.example.com/v1/ledger',
  'vault:secret/ledger#password',
  '!Ref Password',
  '${DB_PASSWORD}',
  '<password>',
  '********',
  'at least twelve characters',
])('%s is no password', (text) => {
  expect(isSecretLiteral(text, 'password')).toBe(false);
});

it.each(['9f86d081884c7d659a2feaa0c55ad015', 'Qw3rT7yUi9oPa2sDf5gHj8kL'])('%s is a token', (text) => {
  expect(isSecretLiteral(text, 'secret')).toBe(true);
});

it.each([
  'ledger-database',
  'ledger-database-2024',
  'LedgerDatabaseCredentials',
  'eu-west-1_AbCdEf123',
  'correct-horse',
])('%s is rather the name of a secret', (text) => {
  expect(isSecretLiteral(text, 'secret')).toBe(false);
});
