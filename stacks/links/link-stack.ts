import { Ec2TransitGatewayPeeringAttachmentAccepter } from '@cdktf/provider-aws/lib/ec2-transit-gateway-peering-attachment-accepter/index.js';
import { Ec2TransitGatewayPeeringAttachment } from '@cdktf/provider-aws/lib/ec2-transit-gateway-peering-attachment/index.js';
import { Ec2TransitGatewayRouteTableAssociation } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-association/index.js';
import { Ec2TransitGatewayRoute } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route/index.js';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import type { Construct } from 'constructs';
import { tierCidr } from '../addresses.ts';
import type { LinkedNetwork } from '../network/transit.ts';
import { awsProvider, SiteStack } from '../site-stack.ts';
import type { Site } from '../sites.ts';

interface End {
  readonly site: Site;
  readonly network: LinkedNetwork;
}

/** The way between the workloads of two sites: from behind the gateway of one to before the gateway of the other. */
export class LinkStack extends SiteStack {
  constructor(scope: Construct, first: End, second: End) {
    super(scope, `link-${first.site.id}-${second.site.id}`, first.site);
    const provider = awsProvider(this, 'aws-peer', second.site, 'peer');

    const request = new Ec2TransitGatewayPeeringAttachment(this, 'request', {
      transitGatewayId: first.network.transitGatewayId,
      peerTransitGatewayId: second.network.transitGatewayId,
      peerAccountId: second.site.account,
      peerRegion: second.site.region,
    });
    const acceptance = new Ec2TransitGatewayPeeringAttachmentAccepter(this, 'acceptance', {
      provider,
      transitGatewayAttachmentId: request.id,
    });

    this.connect('from-first', { from: first, to: second, attachmentId: acceptance.id });
    this.connect('from-second', { from: second, to: first, attachmentId: acceptance.id, provider });
  }

  private connect(
    id: string,
    config: { readonly from: End; readonly to: End; readonly attachmentId: string; readonly provider?: AwsProvider },
  ): void {
    const { from, to, attachmentId, provider } = config;
    const at = provider === undefined ? {} : { provider };
    new Ec2TransitGatewayRouteTableAssociation(this, `${id}-arrivals`, {
      ...at,
      transitGatewayAttachmentId: attachmentId,
      transitGatewayRouteTableId: from.network.inbound.id,
    });
    new Ec2TransitGatewayRoute(this, `${id}-departures`, {
      ...at,
      transitGatewayRouteTableId: from.network.outbound.id,
      destinationCidrBlock: tierCidr(to.site.cidr, 'workload'),
      transitGatewayAttachmentId: attachmentId,
    });
  }
}
