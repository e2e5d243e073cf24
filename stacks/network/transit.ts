import { Ec2TransitGatewayRouteTableAssociation } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-association/index.js';
import { Ec2TransitGatewayRouteTable } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route-table/index.js';
import { Ec2TransitGatewayRoute } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route/index.js';
import { Ec2TransitGatewayVpcAttachment } from '@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment/index.js';
import { Ec2TransitGateway } from '@cdktf/provider-aws/lib/ec2-transit-gateway/index.js';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log/index.js';
import { Construct } from 'constructs';
import type { LogArchive } from '../monitor/log-archive.ts';
import { isForProvider5 } from '../provider-version.ts';

/** What a link between sites attaches to. */
export interface LinkedNetwork {
  readonly transitGatewayId: string;
  /** Table of traffic that has left the site's gateway: the way to other sites is added here. */
  readonly outbound: Ec2TransitGatewayRouteTable;
  /** Table of traffic that arrives from other sites: it knows only the way to the site's gateway. */
  readonly inbound: Ec2TransitGatewayRouteTable;
}

interface AttachConfig {
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly routes: Ec2TransitGatewayRouteTable;
}

/** A site's transit gateway. Nothing is associated or propagated on its own: every way is a route written here. */
export class Transit extends Construct {
  readonly gateway: Ec2TransitGateway;

  constructor(
    scope: Construct,
    id: string,
    { name, archive }: { readonly name: string; readonly archive: LogArchive },
  ) {
    super(scope, id);
    this.gateway = new Ec2TransitGateway(this, 'gateway', {
      description: name,
      defaultRouteTableAssociation: 'disable',
      defaultRouteTablePropagation: 'disable',
      autoAcceptSharedAttachments: 'disable',
      multicastSupport: 'disable',
      dnsSupport: 'disable',
      vpnEcmpSupport: 'disable',
      ...(isForProvider5(this) ? {} : { encryptionSupport: 'enable' }),
      tags: { Name: name },
    });
    new FlowLog(this, 'flow-log', {
      transitGatewayId: this.gateway.id,
      trafficType: 'ALL',
      logDestinationType: 's3',
      logDestination: archive.bucket.arn,
      maxAggregationInterval: 60,
    });
  }

  table(name: string): Ec2TransitGatewayRouteTable {
    return new Ec2TransitGatewayRouteTable(this, name, { transitGatewayId: this.gateway.id, tags: { Name: name } });
  }
}

/** Attaches a VPC whose traffic is looked up in `routes`. */
export function attach(
  scope: Construct,
  id: string,
  transitGatewayId: string,
  { vpcId, subnetIds, routes }: AttachConfig,
): Ec2TransitGatewayVpcAttachment {
  const attachment = new Ec2TransitGatewayVpcAttachment(scope, id, {
    transitGatewayId,
    vpcId,
    subnetIds,
    // Both directions of a flow pass the same zone, hence the same firewall endpoint.
    applianceModeSupport: 'enable',
    transitGatewayDefaultRouteTableAssociation: false,
    transitGatewayDefaultRouteTablePropagation: false,
  });
  new Ec2TransitGatewayRouteTableAssociation(scope, `${id}-association`, {
    transitGatewayAttachmentId: attachment.id,
    transitGatewayRouteTableId: routes.id,
  });
  return attachment;
}

interface TransitRouteConfig {
  readonly routes: Ec2TransitGatewayRouteTable;
  readonly destination: string;
  readonly attachmentId: string;
}

/** Sends traffic for `destination` to an attachment. */
export function transitRoute(
  scope: Construct,
  id: string,
  { routes, destination, attachmentId }: TransitRouteConfig,
): Ec2TransitGatewayRoute {
  return new Ec2TransitGatewayRoute(scope, id, {
    transitGatewayRouteTableId: routes.id,
    destinationCidrBlock: destination,
    transitGatewayAttachmentId: attachmentId,
  });
}
