import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { Construct } from 'constructs';

interface SecurityGroupConfig {
  readonly vpcId: string;
  readonly description: string;
}

/** A security group that starts closed in both directions and is opened one flow at a time. */
export class ClosedSecurityGroup extends Construct {
  readonly group: SecurityGroup;

  constructor(scope: Construct, id: string, { vpcId, description }: SecurityGroupConfig) {
    super(scope, id);
    // A name of its own: groups of one VPC share a namespace.
    this.group = new SecurityGroup(this, 'group', { name: `enclave-${id}`, vpcId, description });
  }

  /** Lets this group call a port of another one. */
  callGroup(name: string, port: number, called: ClosedSecurityGroup): void {
    new VpcSecurityGroupEgressRule(this, `call-${name}`, {
      ...tcp(this.group, port),
      referencedSecurityGroupId: called.group.id,
    });
    new VpcSecurityGroupIngressRule(called, `answer-${this.node.id}-${port}`, {
      ...tcp(called.group, port),
      referencedSecurityGroupId: this.group.id,
    });
  }

  callNetwork(name: string, port: number, cidrIpv4: string): void {
    new VpcSecurityGroupEgressRule(this, `call-${name}`, { ...tcp(this.group, port), cidrIpv4 });
  }

  answerNetwork(name: string, port: number, cidrIpv4: string): void {
    new VpcSecurityGroupIngressRule(this, `answer-${name}`, { ...tcp(this.group, port), cidrIpv4 });
  }
}

function tcp(group: SecurityGroup, port: number) {
  return { securityGroupId: group.id, ipProtocol: 'tcp', fromPort: port, toPort: port };
}
