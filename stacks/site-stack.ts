import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { LockedS3Backend } from './locked-backend.ts';
import { requireProvider } from './provider-version.ts';
import type { Place } from './sites.ts';
import { placeTags } from './tags.ts';

/** A stack of one place: its provider can reach no other account, and its state stays where the place is. */
export class SiteStack extends TerraformStack {
  readonly place: Place;

  constructor(scope: Construct, name: string, place: Place) {
    super(scope, name);
    this.place = place;
    awsProvider(this, 'aws', place);
    requireProvider(this);
    new LockedS3Backend(this, {
      bucket: place.state.bucket,
      key: `${name}.tfstate`,
      region: place.state.region,
      encrypt: true,
      kmsKeyId: place.state.keyArn,
    });
  }
}

/** A provider bound to the account of a place; `alias` for a second one in the same stack. */
export function awsProvider(stack: TerraformStack, id: string, place: Place, alias?: string): AwsProvider {
  return new AwsProvider(stack, id, {
    ...(alias === undefined ? {} : { alias }),
    region: place.region,
    allowedAccountIds: [place.account],
    assumeRole: [{ roleArn: `arn:aws:iam::${place.account}:role/enclave-deployer`, sessionName: 'trefoil' }],
    defaultTags: [{ tags: placeTags(place) }],
  });
}
