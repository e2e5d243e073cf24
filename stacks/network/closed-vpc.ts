import { DefaultNetworkAcl } from '@cdktf/provider-aws/lib/default-network-acl/index.js';
import { DefaultRouteTable } from '@cdktf/provider-aws/lib/default-route-table/index.js';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group/index.js';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log/index.js';
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { Construct } from 'constructs';
import type { LogArchive } from '../monitor/log-archive.ts';
import { DnsFirewall } from './dns-firewall.ts';

interface ClosedVpcConfig {
  readonly name: string;
  readonly cidr: string;
  readonly archive: LogArchive;
}

/** A VPC that starts with nothing open: its defaults are adopted empty, its flows and its DNS are watched. */
export class ClosedVpc extends Construct {
  readonly vpc: Vpc;

  constructor(scope: Construct, id: string, { name, cidr, archive }: ClosedVpcConfig) {
    super(scope, id);

    this.vpc = new Vpc(this, 'vpc', {
      cidrBlock: cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: name },
    });
    // Whatever forgets to name a security group, an access list or a route table gets one that allows nothing.
    new DefaultSecurityGroup(this, 'default-security-group', {
      vpcId: this.vpc.id,
      ingress: [],
      egress: [],
    });
    new DefaultNetworkAcl(this, 'default-network-acl', {
      defaultNetworkAclId: this.vpc.defaultNetworkAclId,
      ingress: [],
      egress: [],
    });
    new DefaultRouteTable(this, 'default-route-table', {
      defaultRouteTableId: this.vpc.defaultRouteTableId,
      route: [],
    });

    new FlowLog(this, 'flow-log', {
      vpcId: this.vpc.id,
      trafficType: 'ALL',
      logDestinationType: 's3',
      logDestination: archive.bucket.arn,
      maxAggregationInterval: 60,
    });
    new DnsFirewall(this, 'dns', { name, vpcId: this.vpc.id, archive });
  }
}
