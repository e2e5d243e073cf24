import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate/index.js';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { Construct } from 'constructs';
import { address, subnetCidr } from '../addresses.ts';
import type { LogArchive } from '../monitor/log-archive.ts';
import type { NetworkStack } from '../network/network-stack.ts';
import { PORTS } from '../perimeter.ts';
import type { RegionSite } from '../sites.ts';
import { tierTags } from '../tags.ts';
import { TLS_POLICY } from '../tls.ts';

interface FrontDeskConfig {
  readonly site: RegionSite;
  readonly network: NetworkStack;
  readonly archive: LogArchive;
}

/** The enclave's own load balancer: the addresses that the gateway and other sites call. */
export class FrontDesk extends Construct {
  readonly services: LbTargetGroup;
  readonly console: LbTargetGroup;
  private readonly config: FrontDeskConfig;
  private readonly balancer: Lb;
  private readonly certificate: AcmCertificate;

  constructor(scope: Construct, id: string, config: FrontDeskConfig) {
    super(scope, id);
    this.config = config;
    const { site, network, archive } = config;
    const addresses = serviceAddresses(site);
    this.certificate = new AcmCertificate(this, 'certificate', {
      domainName: `services.${site.domain}`,
      validationMethod: 'DNS',
      keyAlgorithm: 'EC_prime256v1',
      lifecycle: { createBeforeDestroy: true },
    });
    this.balancer = new Lb(this, 'balancer', {
      name: `${site.id}-front-desk`,
      internal: true,
      loadBalancerType: 'network',
      enableCrossZoneLoadBalancing: true,
      subnetMapping: network.workload.subnetIds.map((subnetId, index) => ({
        subnetId,
        privateIpv4Address: addresses[index] ?? '',
      })),
      securityGroups: [network.securityGroups.frontDesk.group.id],
      enableDeletionProtection: true,
      accessLogs: { bucket: archive.bucket.bucket, prefix: `${site.id}/front-desk`, enabled: true },
      tags: tierTags('workload'),
    });
    this.services = this.listen('services', PORTS.service);
    this.console = this.listen('console', PORTS.console);
  }

  private listen(name: string, port: number): LbTargetGroup {
    const group = new LbTargetGroup(this, name, {
      name: `${this.config.site.id}-desk-${name}`,
      vpcId: this.config.network.vpcId,
      port,
      protocol: 'TLS',
      targetType: 'ip',
      preserveClientIp: 'false',
      healthCheck: { protocol: 'TCP', port: String(port) },
    });
    new LbListener(this, `${name}-listener`, {
      loadBalancerArn: this.balancer.arn,
      port,
      protocol: 'TLS',
      sslPolicy: TLS_POLICY,
      certificateArn: this.certificate.arn,
      defaultAction: [{ type: 'forward', targetGroupArn: group.arn }],
    });
    return group;
  }
}

/** Fixed addresses of the load balancer, one per zone, so that the gateway need not know the stack that makes it. */
export function serviceAddresses(site: RegionSite): readonly string[] {
  return site.zoneIds.map((_, zone) => address(subnetCidr(site.cidr, 'workload', zone), 10));
}
