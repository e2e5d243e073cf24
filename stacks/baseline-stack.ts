import { AccessanalyzerAnalyzer } from '@cdktf/provider-aws/lib/accessanalyzer-analyzer/index.js';
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { GuarddutyDetectorFeature } from '@cdktf/provider-aws/lib/guardduty-detector-feature/index.js';
import { GuarddutyDetector } from '@cdktf/provider-aws/lib/guardduty-detector/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { SecurityhubAccount } from '@cdktf/provider-aws/lib/securityhub-account/index.js';
import type { Construct } from 'constructs';
import type { KeysStack } from './keys-stack.ts';
import { blockPublicBuckets, blockPublicNetworks } from './public-access.ts';
import { SiteStack } from './site-stack.ts';
import { MONITOR, type Site } from './sites.ts';
import { protectVolumes } from './volume-defaults.ts';

/** What a site's account refuses whatever its other stacks say, and what the monitor sees of it. */
export class BaselineStack extends SiteStack {
  constructor(scope: Construct, site: Site, keys: KeysStack) {
    super(scope, `${site.id}-baseline`, site);
    this.addRefusals(keys);
    this.addDetection();
    this.addMonitorRole();
  }

  private addRefusals(keys: KeysStack): void {
    blockPublicNetworks(this);
    blockPublicBuckets(this);
    protectVolumes(this, keys.arn('operational'));
  }

  private addDetection(): void {
    const detector = new GuarddutyDetector(this, 'threats', {
      enable: true,
      findingPublishingFrequency: 'FIFTEEN_MINUTES',
    });
    for (const name of ['S3_DATA_EVENTS', 'RDS_LOGIN_EVENTS', 'LAMBDA_NETWORK_LOGS', 'EBS_MALWARE_PROTECTION']) {
      new GuarddutyDetectorFeature(this, `threats-${name.toLowerCase().replaceAll('_', '-')}`, {
        detectorId: detector.id,
        name,
        status: 'ENABLED',
      });
    }
    new SecurityhubAccount(this, 'findings', { enableDefaultStandards: true, autoEnableControls: true });
    new AccessanalyzerAnalyzer(this, 'external-access', { analyzerName: 'external-access', type: 'ACCOUNT' });
  }

  // The firm reads configuration, never data.
  private addMonitorRole(): void {
    const role = new IamRole(this, 'monitor', {
      name: 'enclave-monitor',
      maxSessionDuration: 3600,
      assumeRolePolicy: new DataAwsIamPolicyDocument(this, 'monitor-trust', {
        statement: [
          {
            principals: [{ type: 'AWS', identifiers: [`arn:aws:iam::${MONITOR.account}:role/monitor-analyst`] }],
            actions: ['sts:AssumeRole'],
            condition: [{ test: 'StringEquals', variable: 'sts:ExternalId', values: [`trefoil-${this.place.id}`] }],
          },
        ],
      }).json,
    });
    new IamRolePolicyAttachment(this, 'monitor-permissions', {
      role: role.name,
      policyArn: 'arn:aws:iam::aws:policy/SecurityAudit',
    });
  }
}
