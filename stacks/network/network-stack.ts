import type { Ec2TransitGatewayRouteTable } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route-table/index.js';
import { Route } from '@cdktf/provider-aws/lib/route/index.js';
import type { Construct } from 'constructs';
import { tierCidr } from '../addresses.ts';
import type { ArchiveStack } from '../monitor/archive-stack.ts';
import { DESTINATIONS, ENCLAVE_CIDR, PORTS } from '../perimeter.ts';
import { SiteStack } from '../site-stack.ts';
import type { RegionSite } from '../sites.ts';
import { ClosedVpc } from './closed-vpc.ts';
import { Endpoints } from './endpoints.ts';
import { EnclaveSecurityGroups } from './enclave-security-groups.ts';
import { SubnetTier } from './tiers.ts';
import { attach, Transit, transitRoute, type LinkedNetwork } from './transit.ts';

/** The site's own network. It has no door: whatever leaves it goes over the transit gateway to the gateway's network. */
export class NetworkStack extends SiteStack {
  readonly vpcId: string;
  readonly workload: SubnetTier;
  readonly data: SubnetTier;
  readonly securityGroups: EnclaveSecurityGroups;
  readonly endpoints: Endpoints;
  readonly linked: LinkedNetwork;
  /** Table of what leaves the enclave: it knows only the way to the gateway. */
  readonly enclaveRoutes: Ec2TransitGatewayRouteTable;

  constructor(scope: Construct, site: RegionSite, { archive }: ArchiveStack) {
    super(scope, `${site.id}-network`, site);
    const { vpc } = new ClosedVpc(this, 'enclave', {
      name: `${site.id}-enclave`,
      cidr: site.cidr,
      archive,
      // Shared files are mounted with TLS, and their policy refuses anything else.
      unencrypted: { elasticFileSystemExclusion: 'enable' },
    });
    this.vpcId = vpc.id;

    const cidrs = {
      workload: tierCidr(site.cidr, 'workload'),
      data: tierCidr(site.cidr, 'data'),
      endpoint: tierCidr(site.cidr, 'endpoint'),
      edge: tierCidr(site.gatewayCidr, 'edge'),
    };
    const shared = { vpcId: vpc.id, network: site.cidr, zoneIds: site.zoneIds };
    this.workload = new SubnetTier(this, 'workload', {
      ...shared,
      tier: 'workload',
      flows: [
        { direction: 'out', cidr: cidrs.endpoint, port: PORTS.https },
        { direction: 'out', cidr: cidrs.data, port: PORTS.postgres },
        { direction: 'out', cidr: cidrs.data, port: PORTS.nfs },
        // Front door, other zones and other sites.
        { direction: 'in', cidr: ENCLAVE_CIDR, port: PORTS.service },
        { direction: 'out', cidr: ENCLAVE_CIDR, port: PORTS.service },
        { direction: 'in', cidr: cidrs.edge, port: PORTS.console },
        { direction: 'in', cidr: cidrs.workload, port: PORTS.console },
        { direction: 'out', cidr: cidrs.workload, port: PORTS.console },
        ...DESTINATIONS.map(({ cidr }) => ({ direction: 'out' as const, cidr, port: PORTS.https })),
      ],
    });
    this.data = new SubnetTier(this, 'data', {
      ...shared,
      tier: 'data',
      flows: [
        { direction: 'in', cidr: cidrs.workload, port: PORTS.postgres },
        { direction: 'in', cidr: cidrs.workload, port: PORTS.nfs },
      ],
    });
    const endpoint = new SubnetTier(this, 'endpoint', {
      ...shared,
      tier: 'endpoint',
      flows: [{ direction: 'in', cidr: cidrs.workload, port: PORTS.https }],
    });
    const transit = new SubnetTier(this, 'transit', {
      ...shared,
      tier: 'transit',
      flows: [
        { direction: 'in', cidr: cidrs.workload, port: PORTS.https },
        { direction: 'in', cidr: cidrs.workload, port: PORTS.service },
        { direction: 'out', cidr: cidrs.workload, port: PORTS.service },
        { direction: 'out', cidr: cidrs.workload, port: PORTS.console },
      ],
    });

    this.securityGroups = new EnclaveSecurityGroups(this, 'security-groups', { vpcId: vpc.id, edgeCidr: cidrs.edge });
    this.endpoints = new Endpoints(this, 'endpoints', {
      region: site.region,
      vpcId: vpc.id,
      subnetIds: endpoint.subnetIds,
      securityGroupId: this.securityGroups.endpoints.group.id,
    });

    const { gateway, ...tables } = this.addTransit(site, archive);
    this.enclaveRoutes = tables.enclave;
    this.linked = { transitGatewayId: gateway.id, outbound: tables.outbound, inbound: tables.inbound };
    const attachment = attach(this, 'enclave-attachment', gateway.id, {
      vpcId: vpc.id,
      subnetIds: transit.subnetIds,
      routes: tables.enclave,
    });
    // Towards the enclave only from the gateway: arrivals from other sites are not sent here directly.
    transitRoute(this, 'gateway-to-enclave', {
      routes: tables.outbound,
      destination: cidrs.workload,
      attachmentId: attachment.id,
    });
    for (const { zoneId, routes } of this.workload.subnets) {
      new Route(this, `way-out-${zoneId}`, {
        routeTableId: routes.id,
        destinationCidrBlock: '0.0.0.0/0',
        transitGatewayId: gateway.id,
        dependsOn: [attachment],
      });
    }
  }

  private addTransit(site: RegionSite, archive: ArchiveStack['archive']) {
    const transit = new Transit(this, 'transit-gateway', { name: site.id, archive });
    return {
      gateway: transit.gateway,
      enclave: transit.table('enclave'),
      outbound: transit.table('outbound'),
      inbound: transit.table('inbound'),
    };
  }
}
