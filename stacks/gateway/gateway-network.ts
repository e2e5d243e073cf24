import type { Ec2TransitGatewayVpcAttachment } from '@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment/index.js';
import { Eip } from '@cdktf/provider-aws/lib/eip/index.js';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway/index.js';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway/index.js';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association/index.js';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table/index.js';
import { Route } from '@cdktf/provider-aws/lib/route/index.js';
import { VpcBlockPublicAccessExclusion } from '@cdktf/provider-aws/lib/vpc-block-public-access-exclusion/index.js';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { Construct } from 'constructs';
import { tierCidr } from '../addresses.ts';
import type { LogArchive } from '../monitor/log-archive.ts';
import { ClosedVpc } from '../network/closed-vpc.ts';
import { SubnetTier, type ZoneSubnet } from '../network/tiers.ts';
import { DESTINATIONS, ENCLAVE_CIDR, FRONT_DOOR_CLIENTS, PORTS } from '../perimeter.ts';
import type { RegionSite } from '../sites.ts';
import { tierTags } from '../tags.ts';
import type { Firewall } from './firewall.ts';

interface GatewayNetworkConfig {
  readonly site: RegionSite;
  readonly archive: LogArchive;
}

interface GatewayRoutesConfig {
  readonly firewall: Firewall;
  readonly transitGatewayId: string;
  readonly attachment: Ec2TransitGatewayVpcAttachment;
}

/**
 * Network of the gateways, in three tiers per zone. `gateway` holds the firewall's endpoint and nothing else; it alone
 * knows the Internet. `edge` (front doors, address translation) and `transit` (other sites, the enclave) face each
 * other and the world through it, in both directions.
 */
export class GatewayNetwork extends Construct {
  readonly vpc: Vpc;
  readonly transit: SubnetTier;
  readonly gateway: SubnetTier;
  readonly edge: SubnetTier;
  private readonly site: RegionSite;

  constructor(scope: Construct, id: string, { site, archive }: GatewayNetworkConfig) {
    super(scope, id);
    this.site = site;
    const name = `${site.id}-gateway`;
    this.vpc = new ClosedVpc(this, 'closed', {
      name,
      cidr: site.gatewayCidr,
      archive,
      // Beyond its doors AWS encrypts nothing; nothing of the enclave is in this network.
      unencrypted: { internetGatewayExclusion: 'enable', natGatewayExclusion: 'enable' },
    }).vpc;

    const workload = tierCidr(site.cidr, 'workload');
    const edge = tierCidr(site.gatewayCidr, 'edge');
    const shared = { vpcId: this.vpc.id, network: site.gatewayCidr, zoneIds: site.zoneIds };
    const toDestinations = DESTINATIONS.map(({ cidr }) => ({ direction: 'out' as const, cidr, port: PORTS.https }));
    const fromClients = FRONT_DOOR_CLIENTS.map((cidr) => ({ direction: 'in' as const, cidr, port: PORTS.https }));
    this.transit = new SubnetTier(this, 'transit', {
      ...shared,
      tier: 'transit',
      flows: [
        ...toDestinations,
        { direction: 'in', cidr: ENCLAVE_CIDR, port: PORTS.service },
        { direction: 'out', cidr: ENCLAVE_CIDR, port: PORTS.service },
        { direction: 'in', cidr: edge, port: PORTS.console },
      ],
    });
    this.gateway = new SubnetTier(this, 'gateway', {
      ...shared,
      tier: 'gateway',
      flows: [
        ...toDestinations,
        ...fromClients,
        { direction: 'in', cidr: edge, port: PORTS.https },
        { direction: 'out', cidr: edge, port: PORTS.https },
        { direction: 'in', cidr: ENCLAVE_CIDR, port: PORTS.service },
        { direction: 'out', cidr: ENCLAVE_CIDR, port: PORTS.service },
      ],
    });
    this.edge = new SubnetTier(this, 'edge', {
      ...shared,
      tier: 'edge',
      flows: [
        ...toDestinations,
        ...fromClients,
        { direction: 'in', cidr: workload, port: PORTS.https },
        { direction: 'in', cidr: edge, port: PORTS.https },
        { direction: 'out', cidr: edge, port: PORTS.https },
        { direction: 'out', cidr: workload, port: PORTS.service },
        { direction: 'out', cidr: workload, port: PORTS.console },
      ],
    });
  }

  /** Connects the tiers, so that no packet passes between the world, other sites and the enclave but by the firewall. */
  addRoutes({ firewall, transitGatewayId, attachment }: GatewayRoutesConfig): void {
    const internet = new InternetGateway(this, 'internet', { vpcId: this.vpc.id, tags: tierTags('gateway') });
    // The account blocks public access; this network, and no other, is excluded.
    new VpcBlockPublicAccessExclusion(this, 'public-access', {
      vpcId: this.vpc.id,
      internetGatewayExclusionMode: 'allow-bidirectional',
    });
    const arrivals = new RouteTable(this, 'arrivals', { vpcId: this.vpc.id, tags: tierTags('gateway') });
    new RouteTableAssociation(this, 'arrivals-of-internet', { gatewayId: internet.id, routeTableId: arrivals.id });

    const workload = tierCidr(this.site.cidr, 'workload');
    for (const [index, gateway] of this.gateway.subnets.entries()) {
      const { zoneId } = gateway;
      const edge = inZone(this.edge, index);
      const transit = inZone(this.transit, index);
      const endpoint = firewall.endpointIn(gateway.subnet);
      const nat = this.addNat(edge, internet);

      this.route(`internet-to-edge-${zoneId}`, arrivals, edge.subnet.cidrBlock, { vpcEndpointId: endpoint });

      this.route(`edge-to-internet-${zoneId}`, edge.routes, '0.0.0.0/0', { vpcEndpointId: endpoint });
      this.route(`edge-to-enclave-${zoneId}`, edge.routes, workload, { transitGatewayId }, attachment);

      this.route(`transit-to-internet-${zoneId}`, transit.routes, '0.0.0.0/0', { natGatewayId: nat.id });
      this.route(`transit-to-sites-${zoneId}`, transit.routes, ENCLAVE_CIDR, { vpcEndpointId: endpoint });

      this.route(`gateway-to-internet-${zoneId}`, gateway.routes, '0.0.0.0/0', { gatewayId: internet.id });
      this.route(`gateway-to-sites-${zoneId}`, gateway.routes, ENCLAVE_CIDR, { transitGatewayId }, attachment);
    }
  }

  private addNat({ zoneId, subnet }: ZoneSubnet, internet: InternetGateway): NatGateway {
    const address = new Eip(this, `nat-address-${zoneId}`, { domain: 'vpc', tags: tierTags('edge') });
    return new NatGateway(this, `nat-${zoneId}`, {
      subnetId: subnet.id,
      allocationId: address.allocationId,
      connectivityType: 'public',
      tags: tierTags('edge'),
      dependsOn: [internet],
    });
  }

  private route(
    id: string,
    routes: RouteTable,
    destinationCidrBlock: string,
    target: { vpcEndpointId: string } | { transitGatewayId: string } | { natGatewayId: string } | { gatewayId: string },
    attachment?: Ec2TransitGatewayVpcAttachment,
  ): void {
    new Route(this, id, {
      routeTableId: routes.id,
      destinationCidrBlock,
      ...target,
      ...(attachment === undefined ? {} : { dependsOn: [attachment] }),
    });
  }
}

function inZone(tier: SubnetTier, index: number): ZoneSubnet {
  const subnet = tier.subnets[index];
  if (subnet === undefined) throw new Error(`${tier.node.id} has no subnet in zone ${index}`);
  return subnet;
}
