import type { Resource } from '../../model/resource.ts';
import { asString } from '../../model/value.ts';
import { type Context, defineCheck } from '../check.ts';
import { storesOf } from './stores/store-encryption.ts';

const { resourceTypes, messages, subjects, inspect } = storesOf('ENC-008');

/** Names of parameters that say that the value is a secret. */
const SECRET_NAME = /passw(?:or)?d|passphrase|secret|token|credential|(?:api|private|access|secret)[_-]?key/i;

/** Names that speak of a secret and are where it lies, or how long it may be. */
const ABOUT_A_SECRET = /(?:arn|name|id|url|endpoint|ttl|length|count|policy|version)$/i;

export default defineCheck({
  id: 'ENC-008',
  why: 'Whoever reads the secrets, the code or the images of the enclave can act as it or change what it runs. Without a customer key of the enclave AWS alone decides who may decrypt them.',
  fix: 'Name a customer key of the site, also for the replica of a secret, the password that a database makes itself, and the code of a function. Store a secret as SecureString.',
  references: [
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/security-encryption-at-rest.html',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/envelope-encryption.html',
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/kms-encryption-at-rest.html',
  ],
  resourceTypes,

  messages,

  subjects: (context) => subjects(context).filter(({ resource }) => !isPlainParameter(resource, context)),

  inspect,

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_kms_key: { ledger: {} },
              aws_secretsmanager_secret: { ledger: { kms_key_id: '${aws_kms_key.ledger.arn}' } },
            },
          },
        },
      },
    ],
    violating: [{ stacks: { west: { resource: { aws_secretsmanager_secret: { ledger: { name: 'ledger' } } } } } }],
  },
});

/** A parameter of plain text whose name speaks of no secret keeps a setting, which everybody may read. */
function isPlainParameter(resource: Resource, { estate }: Context): boolean {
  if (resource.type !== 'aws_ssm_parameter') return false;
  const type = asString(estate.effective(resource, 'type'));
  if (type !== 'String' && type !== 'StringList') return false;
  const name = asString(resource.attribute('name'));
  return typeof name !== 'string' || !SECRET_NAME.test(name) || ABOUT_A_SECRET.test(name);
}
