import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias/index.js';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';
import type { Construct } from 'constructs';
import { EnclaveBucket } from './data/enclave-bucket.ts';
import { keyAdministration } from './key-administration.ts';
import { KeyWatch } from './key-watch.ts';
import type { MonitorStack } from './monitor/monitor-stack.ts';
import { blockPublicBuckets, blockPublicNetworks } from './public-access.ts';
import { SiteStack } from './site-stack.ts';
import { TRANSITIONAL } from './sites.ts';
import { protectVolumes } from './volume-defaults.ts';

/**
 * The interim enclave in the United States, from which the last data moves to the sites. It breaks the residency rules
 * by its place alone, so it needs an approved exception that ends on a date.
 */
export class TransitionalStack extends SiteStack {
  constructor(scope: Construct, { keyEvents }: MonitorStack) {
    super(scope, TRANSITIONAL.id, TRANSITIONAL);
    blockPublicNetworks(this);
    blockPublicBuckets(this);
    const key = new KmsKey(this, 'key', {
      description: 'Protects restricted data of the interim enclave',
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      deletionWindowInDays: 30,
      multiRegion: false,
      policy: new DataAwsIamPolicyDocument(this, 'key-policy', {
        statement: [
          keyAdministration(`arn:aws:iam::${TRANSITIONAL.account}:role/enclave-key-administrator`),
          {
            sid: 'Migration',
            principals: [{ type: 'AWS', identifiers: [`arn:aws:iam::${TRANSITIONAL.account}:role/enclave-migration`] }],
            actions: ['kms:Decrypt', 'kms:DescribeKey'],
            resources: ['*'],
          },
        ],
      }).json,
      tags: { 'trefoil:protects': 'restricted' },
    });
    new KeyWatch(this, 'watch', { place: TRANSITIONAL, busArn: keyEvents.busArn });
    protectVolumes(this, key.arn);
    new KmsAlias(this, 'alias', { name: 'alias/enclave-restricted', targetKeyId: key.keyId });
    new EnclaveBucket(this, 'restricted-bucket', {
      bucketName: 'trefoil-us-interim-restricted',
      dataClass: 'restricted',
      keyArn: key.arn,
    });
  }
}
