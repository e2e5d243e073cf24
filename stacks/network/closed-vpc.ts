import { DefaultNetworkAcl } from '@cdktf/provider-aws/lib/default-network-acl/index.js';
import { DefaultRouteTable } from '@cdktf/provider-aws/lib/default-route-table/index.js';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group/index.js';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log/index.js';
import {
  VpcEncryptionControl,
  type VpcEncryptionControlConfig,
} from '@cdktf/provider-aws/lib/vpc-encryption-control/index.js';
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { Construct } from 'constructs';
import type { LogArchive } from '../monitor/log-archive.ts';
import { isForProvider5 } from '../provider-version.ts';
import { DnsFirewall } from './dns-firewall.ts';

interface ClosedVpcConfig {
  readonly name: string;
  readonly cidr: string;
  readonly archive: LogArchive;
  /** What the network lets through without the encryption of its hardware; null on a rack, which has none. */
  readonly unencrypted: Pick<
    VpcEncryptionControlConfig,
    'elasticFileSystemExclusion' | 'internetGatewayExclusion' | 'natGatewayExclusion'
  > | null;
}

/** A VPC that starts with nothing open: its defaults are adopted empty, its flows and its DNS are watched. */
export class ClosedVpc extends Construct {
  readonly vpc: Vpc;

  constructor(scope: Construct, id: string, { name, cidr, archive, unencrypted }: ClosedVpcConfig) {
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

    if (unencrypted !== null && !isForProvider5(this)) {
      new VpcEncryptionControl(this, 'encryption', { vpcId: this.vpc.id, mode: 'enforce', ...unencrypted });
    }
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
