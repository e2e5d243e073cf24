import type { Construct } from 'constructs';
import { tierCidr } from '../addresses.ts';
import type { ArchiveStack } from '../monitor/archive-stack.ts';
import { ENCLAVE_CIDR, PORTS } from '../perimeter.ts';
import { SiteStack } from '../site-stack.ts';
import type { OutpostSite } from '../sites.ts';
import { ClosedVpc } from './closed-vpc.ts';
import { Endpoints } from './endpoints.ts';
import { ClosedSecurityGroup } from './security-groups.ts';
import { SubnetTier } from './tiers.ts';
import { attach, Transit, transitRoute, type LinkedNetwork } from './transit.ts';

/**
 * Network of a site on an Outposts rack. Workloads, data and the gateway are on the rack; what AWS offers only in the
 * parent Region (endpoints, transit gateway, employee access) is in subnets there and holds nothing.
 * No local gateway is associated, so the rack's only door is the service link, behind the gateway.
 */
export class OutpostNetworkStack extends SiteStack {
  readonly vpcId: string;
  readonly workload: SubnetTier;
  readonly data: SubnetTier;
  readonly gateway: SubnetTier;
  readonly transit: SubnetTier;
  readonly edge: SubnetTier;
  readonly linked: LinkedNetwork;
  readonly hosts: ClosedSecurityGroup;
  readonly stores: ClosedSecurityGroup;
  readonly endpoints: ClosedSecurityGroup;

  constructor(scope: Construct, site: OutpostSite, { archive }: ArchiveStack) {
    super(scope, `${site.id}-network`, site);
    const { vpc } = new ClosedVpc(this, 'enclave', {
      name: `${site.id}-enclave`,
      cidr: site.cidr,
      archive,
      unencrypted: null,
    });
    this.vpcId = vpc.id;

    const workload = tierCidr(site.cidr, 'workload');
    const data = tierCidr(site.cidr, 'data');
    const endpointCidr = tierCidr(site.cidr, 'endpoint');
    const edge = tierCidr(site.cidr, 'edge');
    const inRegion = { vpcId: vpc.id, network: site.cidr, zoneIds: site.zoneIds };
    const onRack = { ...inRegion, outpostArn: site.outpostArn };

    this.workload = new SubnetTier(this, 'workload', {
      ...onRack,
      tier: 'workload',
      flows: [
        { direction: 'out', cidr: endpointCidr, port: PORTS.https },
        { direction: 'out', cidr: data, port: PORTS.postgres },
        { direction: 'out', cidr: data, port: PORTS.cache },
        { direction: 'out', cidr: data, port: PORTS.https },
        { direction: 'in', cidr: ENCLAVE_CIDR, port: PORTS.service },
        { direction: 'out', cidr: ENCLAVE_CIDR, port: PORTS.service },
        { direction: 'in', cidr: edge, port: PORTS.console },
      ],
    });
    this.data = new SubnetTier(this, 'data', {
      ...onRack,
      tier: 'data',
      flows: [
        { direction: 'in', cidr: workload, port: PORTS.postgres },
        { direction: 'in', cidr: workload, port: PORTS.cache },
        { direction: 'in', cidr: workload, port: PORTS.https },
      ],
    });
    const forwarded = [
      { direction: 'in', cidr: ENCLAVE_CIDR, port: PORTS.service },
      { direction: 'out', cidr: ENCLAVE_CIDR, port: PORTS.service },
    ] as const;
    this.gateway = new SubnetTier(this, 'gateway', { ...onRack, tier: 'gateway', flows: forwarded });
    this.transit = new SubnetTier(this, 'transit', { ...inRegion, tier: 'transit', flows: forwarded });
    this.edge = new SubnetTier(this, 'edge', {
      ...inRegion,
      tier: 'edge',
      flows: [
        { direction: 'in', cidr: edge, port: PORTS.https },
        { direction: 'out', cidr: edge, port: PORTS.https },
        { direction: 'out', cidr: workload, port: PORTS.console },
      ],
    });
    const endpoint = new SubnetTier(this, 'endpoint', {
      ...inRegion,
      tier: 'endpoint',
      flows: [{ direction: 'in', cidr: workload, port: PORTS.https }],
    });

    const group = (name: string, description: string): ClosedSecurityGroup =>
      new ClosedSecurityGroup(this, name, { vpcId: vpc.id, description });
    this.hosts = group('hosts', 'Hosts of the services');
    this.stores = group('stores', 'Database, cache and object store');
    this.endpoints = group('service-endpoints', 'Endpoints of AWS services');
    this.openFlows(edge);
    new Endpoints(this, 'endpoints', {
      region: site.region,
      vpcId: vpc.id,
      subnetIds: endpoint.subnetIds,
      securityGroupId: this.endpoints.group.id,
    });

    const transit = new Transit(this, 'transit-gateway', { name: site.id, archive });
    // Inspection happens inside the network: what leaves it has passed the gateway, what arrives goes to it.
    const outbound = transit.table('outbound');
    const inbound = transit.table('inbound');
    const attachment = attach(this, 'enclave-attachment', transit.gateway.id, {
      vpcId: vpc.id,
      subnetIds: this.transit.subnetIds,
      routes: outbound,
    });
    // Only to the workloads, whose way leads over the gateway: other tiers would be reached directly.
    transitRoute(this, 'inbound-to-enclave', { routes: inbound, destination: workload, attachmentId: attachment.id });
    this.linked = { transitGatewayId: transit.gateway.id, outbound, inbound };
  }

  private openFlows(edgeCidr: string): void {
    this.hosts.answerNetwork('service', PORTS.service, ENCLAVE_CIDR);
    this.hosts.answerNetwork('console', PORTS.console, edgeCidr);
    this.hosts.callNetwork('other-sites', PORTS.service, ENCLAVE_CIDR);
    this.hosts.callGroup('postgres', PORTS.postgres, this.stores);
    this.hosts.callGroup('cache', PORTS.cache, this.stores);
    this.hosts.callGroup('objects', PORTS.https, this.stores);
    this.hosts.callGroup('endpoints', PORTS.https, this.endpoints);
  }
}
