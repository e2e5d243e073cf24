import { defineCheck } from '../check.ts';
import { storesOf } from './stores/store-encryption.ts';

export default defineCheck({
  id: 'ENC-006',
  why: 'Files, and objects that say something else than their bucket, are read by whoever may use the key that encrypts them. Without a customer key of the enclave AWS alone decides who that is.',
  fix: 'Switch encryption on and name a customer key of the site; a file system mostly has to be made anew. Leave the encryption of objects to their bucket, or name the same kind of key. Types that take no customer key need a replacement.',
  references: [
    'https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html',
    'https://docs.aws.amazon.com/fsx/latest/WindowsGuide/encryption-at-rest.html',
    'https://docs.aws.amazon.com/storagegateway/latest/vgw/encryption.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/s3-outposts/s3-outposts-data-encryption.html',
  ],
  ...storesOf('ENC-006'),

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_kms_key: { ledger: {} },
              aws_efs_file_system: { ledger: { encrypted: true, kms_key_id: '${aws_kms_key.ledger.arn}' } },
            },
          },
        },
      },
    ],
    violating: [{ stacks: { west: { resource: { aws_efs_file_system: { ledger: { encrypted: true } } } } } }],
  },
});
