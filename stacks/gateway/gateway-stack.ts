import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate/index.js';
import type { Construct } from 'constructs';
import { tierCidr } from '../addresses.ts';
import type { KeysStack } from '../keys-stack.ts';
import type { ArchiveStack } from '../monitor/archive-stack.ts';
import type { NetworkStack } from '../network/network-stack.ts';
import { attach, transitRoute } from '../network/transit.ts';
import { SiteStack } from '../site-stack.ts';
import type { RegionSite } from '../sites.ts';
import { serviceAddresses } from '../workloads/front-desk.ts';
import { EmployeeAccess } from './employee-access.ts';
import { Firewall } from './firewall.ts';
import { FrontDoor } from './front-door.ts';
import { GatewayNetwork } from './gateway-network.ts';

interface GatewayStackConfig {
  readonly keys: KeysStack;
  readonly network: NetworkStack;
  readonly archive: ArchiveStack;
}

/** The site's gateways, in a network of their own between the enclave and everything else. */
export class GatewayStack extends SiteStack {
  constructor(scope: Construct, site: RegionSite, { keys, network, archive: { archive } }: GatewayStackConfig) {
    super(scope, `${site.id}-gateway`, site);
    const { transitGatewayId, outbound, inbound } = network.linked;

    const gateway = new GatewayNetwork(this, 'network', { site, archive });
    const attachment = attach(this, 'gateway-attachment', transitGatewayId, {
      vpcId: gateway.vpc.id,
      subnetIds: gateway.transit.subnetIds,
      routes: outbound,
    });
    const workloadCidr = tierCidr(site.cidr, 'workload');
    // Every way out of the enclave, and every way in from another site, leads here.
    const attachmentId = attachment.id;
    transitRoute(this, 'enclave-to-gateway', { routes: network.enclaveRoutes, destination: '0.0.0.0/0', attachmentId });
    transitRoute(this, 'sites-to-gateway', { routes: inbound, destination: workloadCidr, attachmentId });

    const certificate = new AcmCertificate(this, 'certificate', {
      domainName: site.domain,
      subjectAlternativeNames: [`console.${site.domain}`],
      validationMethod: 'DNS',
      keyAlgorithm: 'EC_prime256v1',
      lifecycle: { createBeforeDestroy: true },
    });
    const firewall = new Firewall(this, 'firewall', {
      name: `${site.id}-gateway`,
      vpcId: gateway.vpc.id,
      subnets: gateway.gateway.subnets.map(({ subnet }) => subnet),
      edgeCidr: gateway.edge.cidr,
      certificateArn: certificate.arn,
      keyArn: keys.arn('operational'),
      archive,
    });
    gateway.addRoutes({ firewall, transitGatewayId, attachment });

    const behindTheFirewall = {
      site,
      vpcId: gateway.vpc.id,
      subnetIds: gateway.edge.subnetIds,
      certificateArn: certificate.arn,
      targets: serviceAddresses(site),
      targetCidr: workloadCidr,
      keyArn: keys.arn('operational'),
      archive,
    };
    new FrontDoor(this, 'front-door', behindTheFirewall);
    new EmployeeAccess(this, 'employee-access', behindTheFirewall);
  }
}
