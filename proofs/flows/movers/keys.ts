import type { Mover } from '../mover.ts';
import { into, out } from './row.ts';

const key = out('key');
const source = into('key');
const host = out('third-party');
const copy = out('replica');

/** Key material and secrets. Rows about material of keys have their own control, which asks for more than a place. */
export const KEYS: readonly Mover[] = [
  key(
    'aws_kms_key aws_kms_external_key',
    'multi_region',
    'world',
    'Whoever may call kms:ReplicateKey copies the key material to any Region.',
    { when: [{ path: 'multi_region', is: ['true'] }], place: 'any Region, by kms:ReplicateKey' },
  ),
  source(
    'aws_kms_replica_key aws_kms_replica_external_key',
    'primary_key_arn',
    'arn',
    'The key material of the primary key is copied into the Region of the resource.',
    { targets: ['aws_kms_key', 'aws_kms_external_key'] },
  ),
  host(
    'aws_kms_custom_key_store',
    'xks_proxy_uri_endpoint',
    'url',
    'Every operation with a key of the store is done by this host.',
  ),
  copy('aws_secretsmanager_secret', 'replica.region', 'region', 'Every version of the secret is copied there.'),
  copy(
    'aws_secretsmanager_secret',
    'replica.kms_key_id',
    'arn',
    'The key of the copy lies in the Region of the copy.',
    {
      targets: ['aws_kms_key', 'aws_kms_replica_key'],
      when: [{ path: 'replica.kms_key_id', not: [null] }],
    },
  ),
];
