import { typesOfFamily } from '../../proofs/flows/flows.ts';
import { defineCheck } from '../check.ts';
import { FLOW_MESSAGES, inspectFlows, subjectsWithFlows } from './flow-outcome.ts';

export default defineCheck({
  id: 'RES-006',
  why: 'Backups, snapshots and images hold all that was stored, outlive it, and are copied by schedules that nobody looks at.',
  fix: 'Copy backups only to vaults and Regions of the country, share snapshots only with accounts of the policy, and keep the vault in a stack of the estate.',
  references: [
    'https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html',
    'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html',
  ],
  resourceTypes: [...typesOfFamily('backup'), ...typesOfFamily('image')].toSorted(),
  messages: FLOW_MESSAGES,
  subjects: subjectsWithFlows('backup', 'image'),
  inspect: ({ resource }, inspection) => inspectFlows(resource, inspection, 'backup', 'image'),
  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_backup_vault: { daily: { name: 'daily' } },
              aws_backup_plan: {
                daily: { name: 'daily', rule: [{ target_vault_name: '${aws_backup_vault.daily.name}' }] },
              },
            },
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_backup_plan: {
                daily: {
                  name: 'daily',
                  rule: [
                    {
                      target_vault_name: 'daily',
                      copy_action: [
                        { destination_vault_arn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:far' },
                      ],
                    },
                  ],
                },
              },
            },
          },
        },
      },
    ],
  },
});
