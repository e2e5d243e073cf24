import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy/index.js';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository/index.js';
import { Construct } from 'constructs';

/** Software that the monitor inspected: what runs in the enclave is pulled from here, by digest. */
export class Registry extends Construct {
  readonly repository: EcrRepository;

  constructor(scope: Construct, id: string, keyArn: string) {
    super(scope, id);
    this.repository = new EcrRepository(this, 'services', {
      name: 'enclave/services',
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: 'KMS', kmsKey: keyArn }],
    });
    new EcrLifecyclePolicy(this, 'expiry', {
      repository: this.repository.name,
      policy: JSON.stringify({
        rules: [
          {
            rulePriority: 1,
            description: 'Images that no tag names any more',
            selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 90 },
            action: { type: 'expire' },
          },
        ],
      }),
    });
  }
}
