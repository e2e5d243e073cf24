import { S3AccountPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-account-public-access-block/index.js';
import { VpcBlockPublicAccessOptions } from '@cdktf/provider-aws/lib/vpc-block-public-access-options/index.js';
import type { Construct } from 'constructs';

/** Keeps every network of the account in this Region off the Internet, whatever its routes say. */
export function blockPublicNetworks(scope: Construct): void {
  new VpcBlockPublicAccessOptions(scope, 'vpc-public-access', { internetGatewayBlockMode: 'block-bidirectional' });
}

/** Keeps every bucket of the account private, whatever its policy says. */
export function blockPublicBuckets(scope: Construct): void {
  new S3AccountPublicAccessBlock(scope, 's3-public-access', {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
}
