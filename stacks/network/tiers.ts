import { NetworkAcl } from '@cdktf/provider-aws/lib/network-acl/index.js';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association/index.js';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table/index.js';
import { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
import { Construct } from 'constructs';
import { subnetCidr, tierCidr, type Tier } from '../addresses.ts';
import { tierTags } from '../tags.ts';

/** A flow that an access list lets through: requests to `port` in one direction, replies in the other. */
export interface Flow {
  /** `out`: requests leave the tier for `cidr`; `in`: they enter it from there. */
  readonly direction: 'in' | 'out';
  readonly cidr: string;
  readonly port: number;
}

interface SubnetTierConfig {
  readonly vpcId: string;
  readonly network: string;
  readonly tier: Tier;
  readonly zoneIds: readonly string[];
  readonly flows: readonly Flow[];
  /** ARN of the Outpost that the subnets are on; they are in the Region without it. */
  readonly outpostArn?: string;
}

/** A subnet and its own route table. */
export interface ZoneSubnet {
  readonly zoneId: string;
  readonly subnet: Subnet;
  readonly routes: RouteTable;
}

/** The subnets of one tier, one per zone, behind an access list that denies what no flow names. */
export class SubnetTier extends Construct {
  readonly cidr: string;
  readonly subnets: readonly ZoneSubnet[];

  constructor(scope: Construct, id: string, config: SubnetTierConfig) {
    super(scope, id);
    const { vpcId, network, tier, zoneIds, flows, outpostArn } = config;
    this.cidr = tierCidr(network, tier);

    this.subnets = zoneIds.map((zoneId, index) => {
      const subnet = new Subnet(this, `subnet-${zoneId}`, {
        vpcId,
        cidrBlock: subnetCidr(network, tier, index),
        availabilityZoneId: zoneId,
        mapPublicIpOnLaunch: false,
        ...(outpostArn === undefined ? {} : { outpostArn }),
        tags: { Name: `${id}-${zoneId}`, ...tierTags(tier) },
      });
      const routes = new RouteTable(this, `routes-${zoneId}`, { vpcId, tags: tierTags(tier) });
      new RouteTableAssociation(this, `routes-of-${zoneId}`, { subnetId: subnet.id, routeTableId: routes.id });
      return { zoneId, subnet, routes };
    });

    new NetworkAcl(this, 'network-acl', {
      vpcId,
      subnetIds: this.subnetIds,
      ingress: flows.map((flow, index) => rule(flow, index, flow.direction === 'in')),
      egress: flows.map((flow, index) => rule(flow, index, flow.direction === 'out')),
      tags: tierTags(tier),
    });
  }

  get subnetIds(): string[] {
    return this.subnets.map(({ subnet }) => subnet.id);
  }

  get routeTableIds(): string[] {
    return this.subnets.map(({ routes }) => routes.id);
  }
}

// Access lists keep no state: each flow needs the request's rule in one list and the replies' in the other.
function rule({ cidr, port }: Flow, index: number, isRequest: boolean) {
  const [fromPort, toPort] = isRequest ? [port, port] : [1024, 65535];
  return { ruleNo: 100 + index * 10, action: 'allow', protocol: 'tcp', cidrBlock: cidr, fromPort, toPort };
}
