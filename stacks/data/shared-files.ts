import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { EfsAccessPoint } from '@cdktf/provider-aws/lib/efs-access-point/index.js';
import { EfsFileSystemPolicy } from '@cdktf/provider-aws/lib/efs-file-system-policy/index.js';
import { EfsFileSystem } from '@cdktf/provider-aws/lib/efs-file-system/index.js';
import { EfsMountTarget } from '@cdktf/provider-aws/lib/efs-mount-target/index.js';
import { Construct } from 'constructs';
import { ORGANISATION } from '../perimeter.ts';
import { classTags } from '../tags.ts';

interface SharedFilesConfig {
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly keyArn: string;
}

/** Files of restricted data that the services share. */
export class SharedFiles extends Construct {
  readonly fileSystem: EfsFileSystem;
  readonly accessPoint: EfsAccessPoint;

  constructor(scope: Construct, id: string, { subnetIds, securityGroupId, keyArn }: SharedFilesConfig) {
    super(scope, id);
    this.fileSystem = new EfsFileSystem(this, 'file-system', {
      creationToken: 'enclave-files',
      encrypted: true,
      kmsKeyId: keyArn,
      tags: { ...classTags('restricted'), 'trefoil:backup': 'yes' },
    });
    const fileSystemId = this.fileSystem.id;
    for (const [index, subnetId] of subnetIds.entries()) {
      new EfsMountTarget(this, `mount-target-${index}`, { fileSystemId, subnetId, securityGroups: [securityGroupId] });
    }
    this.accessPoint = new EfsAccessPoint(this, 'services', {
      fileSystemId,
      posixUser: { uid: 1000, gid: 1000 },
      rootDirectory: { path: '/services', creationInfo: { ownerUid: 1000, ownerGid: 1000, permissions: '0750' } },
      tags: classTags('restricted'),
    });
    new EfsFileSystemPolicy(this, 'policy', {
      fileSystemId,
      policy: new DataAwsIamPolicyDocument(this, 'policy-document', {
        statement: [
          {
            sid: 'OnlyTls',
            effect: 'Deny',
            principals: [{ type: '*', identifiers: ['*'] }],
            actions: ['*'],
            resources: [this.fileSystem.arn],
            condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
          },
          {
            sid: 'Mount',
            principals: [{ type: 'AWS', identifiers: ['*'] }],
            actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
            resources: [this.fileSystem.arn],
            condition: [
              { test: 'StringEquals', variable: 'aws:PrincipalOrgID', values: [ORGANISATION] },
              { test: 'Bool', variable: 'elasticfilesystem:AccessedViaMountTarget', values: ['true'] },
            ],
          },
        ],
      }).json,
    });
  }
}
