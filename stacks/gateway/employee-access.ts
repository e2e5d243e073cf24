import { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js';
import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment/index.js';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { VerifiedaccessEndpoint } from '@cdktf/provider-aws/lib/verifiedaccess-endpoint/index.js';
import { VerifiedaccessGroup } from '@cdktf/provider-aws/lib/verifiedaccess-group/index.js';
import { VerifiedaccessInstanceLoggingConfiguration } from '@cdktf/provider-aws/lib/verifiedaccess-instance-logging-configuration/index.js';
import { VerifiedaccessInstanceTrustProviderAttachment } from '@cdktf/provider-aws/lib/verifiedaccess-instance-trust-provider-attachment/index.js';
import { VerifiedaccessInstance } from '@cdktf/provider-aws/lib/verifiedaccess-instance/index.js';
import { VerifiedaccessTrustProvider } from '@cdktf/provider-aws/lib/verifiedaccess-trust-provider/index.js';
import { Construct } from 'constructs';
import type { LogArchive } from '../monitor/log-archive.ts';
import { ClosedSecurityGroup } from '../network/security-groups.ts';
import { EMPLOYEE_GROUPS, PORTS } from '../perimeter.ts';
import type { Site } from '../sites.ts';
import { tierTags } from '../tags.ts';
import { TLS_POLICY } from '../tls.ts';

interface EmployeeAccessConfig {
  readonly site: Site;
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly certificateArn: string;
  /** Addresses of the console. */
  readonly targets: readonly string[];
  readonly targetCidr: string;
  readonly keyArn: string;
  readonly archive: LogArchive;
}

/** The employee-access gateway: approved people on healthy devices reach the console, and each request is logged. */
export class EmployeeAccess extends Construct {
  constructor(scope: Construct, id: string, config: EmployeeAccessConfig) {
    super(scope, id);
    const { site, vpcId, subnetIds, keyArn, archive } = config;

    const sseSpecification = { customerManagedKeyEnabled: true, kmsKeyArn: keyArn };
    const people = new VerifiedaccessTrustProvider(this, 'people', {
      trustProviderType: 'user',
      userTrustProviderType: 'iam-identity-center',
      policyReferenceName: 'person',
      sseSpecification,
    });
    const devices = new VerifiedaccessTrustProvider(this, 'devices', {
      trustProviderType: 'device',
      deviceTrustProviderType: 'crowdstrike',
      policyReferenceName: 'device',
      sseSpecification,
      deviceOptions: { tenantId: 'ENCLAVE-EU-1' },
    });
    const instance = new VerifiedaccessInstance(this, 'instance', { description: `Employee access to ${site.name}` });
    const attachments = [people, devices].map(
      (provider) =>
        new VerifiedaccessInstanceTrustProviderAttachment(this, `${provider.node.id}-attachment`, {
          verifiedaccessInstanceId: instance.id,
          verifiedaccessTrustProviderId: provider.id,
        }),
    );
    new VerifiedaccessInstanceLoggingConfiguration(this, 'logging', {
      verifiedaccessInstanceId: instance.id,
      accessLogs: {
        includeTrustContext: true,
        s3: { enabled: true, bucketName: archive.bucket.bucket, prefix: `${site.id}/employee-access` },
      },
    });
    const group = new VerifiedaccessGroup(this, 'group', {
      verifiedaccessInstanceId: instance.id,
      policyDocument: groupPolicy(),
      sseConfiguration: { customerManagedKeyEnabled: true, kmsKeyArn: keyArn },
      dependsOn: attachments,
    });

    const visitors = new ClosedSecurityGroup(this, 'employees', { vpcId, description: 'Employee-access gateway' });
    const reception = new ClosedSecurityGroup(this, 'reception', { vpcId, description: 'Way to the console' });
    visitors.callGroup('reception', PORTS.https, reception);
    reception.callNetwork('console', PORTS.console, config.targetCidr);
    const balancer = this.addReception(config, reception);
    new VerifiedaccessEndpoint(this, 'endpoint', {
      verifiedAccessGroupId: group.id,
      description: `Console of ${site.name}`,
      attachmentType: 'vpc',
      endpointType: 'load-balancer',
      endpointDomainPrefix: 'console',
      applicationDomain: `console.${site.domain}`,
      domainCertificateArn: config.certificateArn,
      securityGroupIds: [visitors.group.id],
      loadBalancerOptions: {
        loadBalancerArn: balancer.arn,
        port: PORTS.https,
        protocol: 'https',
        subnetIds,
      },
      sseSpecification,
      tags: tierTags('edge'),
    });
  }

  private addReception(config: EmployeeAccessConfig, group: ClosedSecurityGroup): Lb {
    const { site, vpcId, subnetIds, certificateArn, targets, archive } = config;
    const balancer = new Lb(this, 'reception-balancer', {
      name: `${site.id}-reception`,
      internal: true,
      loadBalancerType: 'network',
      subnets: subnetIds,
      securityGroups: [group.group.id],
      enableDeletionProtection: true,
      accessLogs: { bucket: archive.bucket.bucket, prefix: `${site.id}/reception`, enabled: true },
      tags: tierTags('edge'),
    });
    const console = new LbTargetGroup(this, 'console', {
      name: `${site.id}-console`,
      vpcId,
      port: PORTS.console,
      protocol: 'TLS',
      targetType: 'ip',
      healthCheck: { protocol: 'TCP', port: String(PORTS.console) },
    });
    for (const [index, targetId] of targets.entries()) {
      new LbTargetGroupAttachment(this, `console-${index}`, {
        targetGroupArn: console.arn,
        targetId,
        port: PORTS.console,
        // An address outside the balancer's own network has no zone there.
        ...(site.kind === 'region' ? { availabilityZone: 'all' } : {}),
      });
    }
    new LbListener(this, 'reception-listener', {
      loadBalancerArn: balancer.arn,
      port: PORTS.https,
      protocol: 'TLS',
      sslPolicy: TLS_POLICY,
      certificateArn,
      defaultAction: [{ type: 'forward', targetGroupArn: console.arn }],
    });
    return balancer;
  }
}

// Cedar: a person of an approved group, on a device that its agent found healthy.
function groupPolicy(): string {
  const groups = EMPLOYEE_GROUPS.map((name) => `context.person.groups has "${name}"`).join(' || ');
  return [
    'permit(principal, action, resource)',
    `when { (${groups}) && context.device.assessment.overall > 80 };`,
  ].join('\n');
}
