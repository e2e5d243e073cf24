import { EbsDefaultKmsKey } from '@cdktf/provider-aws/lib/ebs-default-kms-key/index.js';
import { EbsEncryptionByDefault } from '@cdktf/provider-aws/lib/ebs-encryption-by-default/index.js';
import { EbsSnapshotBlockPublicAccess } from '@cdktf/provider-aws/lib/ebs-snapshot-block-public-access/index.js';
import { Ec2ImageBlockPublicAccess } from '@cdktf/provider-aws/lib/ec2-image-block-public-access/index.js';
import type { Construct } from 'constructs';

/** Encrypts every volume of the account in this Region with a key, and keeps its snapshots and images in the account. */
export function protectVolumes(scope: Construct, keyArn: string): void {
  new EbsSnapshotBlockPublicAccess(scope, 'snapshot-public-access', { state: 'block-all-sharing' });
  new Ec2ImageBlockPublicAccess(scope, 'image-public-access', { state: 'block-new-sharing' });
  new EbsEncryptionByDefault(scope, 'volume-encryption', { enabled: true });
  new EbsDefaultKmsKey(scope, 'volume-key', { keyArn });
}
