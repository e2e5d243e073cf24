import { expect, it } from 'vitest';
import { speakingOf } from '../../../model/secrets/secret-names.ts';

it.each([
  'password',
  'DB_PASSWORD',
  'db-password',
  'dbPassword',
  'MYSQL_PWD',
  'passphrase',
  'spring.datasource.password',
  'clientSecret',
  'AWS_SECRET_ACCESS_KEY',
  'tunnel1_preshared_key',
])('%s is said of a password', (name) => {
  expect(speakingOf(name)).toBe('password');
});

it.each(['secret', 'API_TOKEN', 'apiKey', 'x-api-key', 'private_key', 'credentials', 'SIGNING_KEY', 'HTTPBearer'])(
  '%s may be said of a secret',
  (name) => {
    expect(speakingOf(name)).toBe('secret');
  },
);

it.each([
  'DB_PASSWORD_ARN',
  'password_length',
  'passwordPolicy',
  'password-file',
  'secret_name',
  'SecretId',
  'token_endpoint',
  'TokenUrl',
  'access_token_validity',
  'require_password',
  'managePassword',
  'key',
  'public_key',
  'partition_key',
  'kms_key_id',
  'compass',
  'path',
  'keyboard',
  '',
  '__proto__',
])('%s is said of no secret', (name) => {
  expect(speakingOf(name)).toBeNull();
});
