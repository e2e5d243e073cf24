import { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js';
import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment/index.js';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { Construct } from 'constructs';
import type { LogArchive } from '../monitor/log-archive.ts';
import { ClosedSecurityGroup } from '../network/security-groups.ts';
import { FRONT_DOOR_CLIENTS, PORTS } from '../perimeter.ts';
import type { RegionSite } from '../sites.ts';
import { tierTags } from '../tags.ts';
import { TLS_POLICY } from '../tls.ts';
import { WebFirewall } from './web-firewall.ts';

interface FrontDoorConfig {
  readonly site: RegionSite;
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly certificateArn: string;
  /** Addresses of the enclave's own load balancer. */
  readonly targets: readonly string[];
  readonly targetCidr: string;
  readonly keyArn: string;
  readonly archive: LogArchive;
}

/**
 * Where requests of users enter, after the firewall. An application load balancer with a web firewall needs two zones;
 * a site of one zone has a network load balancer that ends TLS.
 */
export class FrontDoor extends Construct {
  constructor(scope: Construct, id: string, config: FrontDoorConfig) {
    super(scope, id);
    const { site, vpcId, subnetIds, certificateArn, targets, targetCidr, keyArn, archive } = config;
    const isApplication = site.zoneIds.length > 1;

    const group = new ClosedSecurityGroup(this, 'front-door', { vpcId, description: 'Front door of the site' });
    for (const [index, cidr] of FRONT_DOOR_CLIENTS.entries())
      group.answerNetwork(`clients-${index}`, PORTS.https, cidr);
    group.callNetwork('services', PORTS.service, targetCidr);

    const balancer = new Lb(this, 'balancer', {
      name: `${site.id}-front-door`,
      internal: false,
      loadBalancerType: isApplication ? 'application' : 'network',
      subnets: subnetIds,
      securityGroups: [group.group.id],
      enableDeletionProtection: true,
      tags: tierTags('edge'),
      // Access logs of an application load balancer go only to buckets without a customer key, and the enclave has
      // none: there the web firewall logs each request.
      ...(isApplication
        ? { dropInvalidHeaderFields: true, desyncMitigationMode: 'strictest' }
        : { accessLogs: { bucket: archive.bucket.bucket, prefix: `${site.id}/front-door`, enabled: true } }),
    });
    if (isApplication) new WebFirewall(this, 'web-firewall', { site, balancerArn: balancer.arn, keyArn });

    const services = new LbTargetGroup(this, 'services', {
      name: `${site.id}-services`,
      vpcId,
      port: PORTS.service,
      protocol: isApplication ? 'HTTPS' : 'TLS',
      targetType: 'ip',
      healthCheck: { protocol: isApplication ? 'HTTPS' : 'TCP', port: String(PORTS.service) },
    });
    for (const [index, targetId] of targets.entries()) {
      new LbTargetGroupAttachment(this, `service-${index}`, {
        targetGroupArn: services.arn,
        targetId,
        port: PORTS.service,
        // The addresses are in the enclave's own network.
        availabilityZone: 'all',
      });
    }
    new LbListener(this, 'listener', {
      loadBalancerArn: balancer.arn,
      port: PORTS.https,
      protocol: isApplication ? 'HTTPS' : 'TLS',
      sslPolicy: TLS_POLICY,
      certificateArn,
      defaultAction: [{ type: 'forward', targetGroupArn: services.arn }],
    });
  }
}
