import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan/index.js';
import { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection/index.js';
import { BackupVaultLockConfiguration } from '@cdktf/provider-aws/lib/backup-vault-lock-configuration/index.js';
import { BackupVaultPolicy } from '@cdktf/provider-aws/lib/backup-vault-policy/index.js';
import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault/index.js';
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { Construct } from 'constructs';
import { trustedService } from '../iam.ts';
import { replicators } from '../keys-stack.ts';
import type { RegionSite } from '../sites.ts';
import { classTags } from '../tags.ts';

interface BackupsConfig {
  readonly site: RegionSite;
  readonly keyArn: string;
}

/** Days that a backup is kept; the vault's lock lets nobody shorten it. */
export const BACKUP_DAYS = 35;

/** Backups of what is tagged for it. */
export class Backups extends Construct {
  readonly vault: BackupVault;
  readonly role: IamRole;

  constructor(scope: Construct, id: string, { site, keyArn }: BackupsConfig) {
    super(scope, id);
    this.vault = new BackupVault(this, 'vault', { name: 'enclave', kmsKeyArn: keyArn, tags: classTags('restricted') });
    const backupVaultName = this.vault.name;
    new BackupVaultLockConfiguration(this, 'lock', {
      backupVaultName,
      minRetentionDays: BACKUP_DAYS,
      maxRetentionDays: 400,
      changeableForDays: 3,
    });
    const senders = replicators(site);
    if (senders.length > 0) {
      new BackupVaultPolicy(this, 'policy', {
        backupVaultName,
        policy: new DataAwsIamPolicyDocument(this, 'policy-document', {
          statement: [
            {
              sid: 'CopiesOfOtherSites',
              principals: [{ type: 'AWS', identifiers: senders.map(({ account }) => `arn:aws:iam::${account}:root`) }],
              actions: ['backup:CopyIntoBackupVault'],
              resources: ['*'],
            },
          ],
        }).json,
      });
    }

    this.role = new IamRole(this, 'role', {
      name: 'enclave-backup',
      assumeRolePolicy: trustedService(this, 'trust', 'backup.amazonaws.com', site),
    });
    for (const name of ['Backup', 'Restores']) {
      new IamRolePolicyAttachment(this, `permissions-${name.toLowerCase()}`, {
        role: this.role.name,
        policyArn: `arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor${name}`,
      });
    }
    const plan = new BackupPlan(this, 'daily', {
      name: 'daily',
      rule: [
        {
          ruleName: 'daily',
          targetVaultName: backupVaultName,
          schedule: 'cron(0 3 * * ? *)',
          lifecycle: { deleteAfter: BACKUP_DAYS },
        },
      ],
    });
    selectTagged(this, 'selection', { planId: plan.id, roleArn: this.role.arn });
  }
}

/** Puts everything tagged for backup under a plan. */
export function selectTagged(
  scope: Construct,
  id: string,
  { planId, roleArn, provider }: { readonly planId: string; readonly roleArn: string; readonly provider?: AwsProvider },
): BackupSelection {
  return new BackupSelection(scope, id, {
    ...(provider === undefined ? {} : { provider }),
    name: id,
    planId,
    iamRoleArn: roleArn,
    selectionTag: [{ type: 'STRINGEQUALS', key: 'trefoil:backup', value: 'yes' }],
  });
}
