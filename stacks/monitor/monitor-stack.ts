import { Cloudtrail } from '@cdktf/provider-aws/lib/cloudtrail/index.js';
import type { Construct } from 'constructs';
import { blockPublicBuckets, blockPublicNetworks } from '../public-access.ts';
import { SiteStack } from '../site-stack.ts';
import { MONITOR } from '../sites.ts';
import { protectVolumes } from '../volume-defaults.ts';
import { KeyEvents } from './key-events.ts';
import { LogArchive } from './log-archive.ts';

/** The independent firm's home: the archive that every other archive is copied to, and the trail of all accounts. */
export class MonitorStack extends SiteStack {
  readonly archive: LogArchive;
  readonly keyEvents: KeyEvents;

  constructor(scope: Construct) {
    super(scope, 'monitor', MONITOR);
    blockPublicNetworks(this);
    blockPublicBuckets(this);
    this.archive = new LogArchive(this, 'archive', { place: MONITOR, bucketName: 'trefoil-archive-monitor' });
    this.keyEvents = new KeyEvents(this, 'key-events', { place: MONITOR, keyArn: this.archive.key.arn });

    // The account runs nothing; what somebody starts there all the same is encrypted and stays inside.
    protectVolumes(this, this.archive.key.arn);

    // The firm is the organisation's delegated administrator for trails, so no site can stop this one.
    const trail = new Cloudtrail(this, 'trail', {
      name: 'enclave',
      s3BucketName: this.archive.bucket.bucket,
      kmsKeyId: this.archive.key.arn,
      isOrganizationTrail: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      advancedEventSelector: [
        { name: 'Management', fieldSelector: [{ field: 'eventCategory', equalTo: ['Management'] }] },
        {
          name: 'Objects',
          fieldSelector: [
            { field: 'eventCategory', equalTo: ['Data'] },
            { field: 'resources.type', equalTo: ['AWS::S3::Object'] },
          ],
        },
      ],
    });
    trail.node.addDependency(this.archive.policy);
  }
}
