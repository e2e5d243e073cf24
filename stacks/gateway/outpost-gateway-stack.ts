import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate/index.js';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { Instance } from '@cdktf/provider-aws/lib/instance/index.js';
import { Route } from '@cdktf/provider-aws/lib/route/index.js';
import type { Construct } from 'constructs';
import { tierCidr } from '../addresses.ts';
import { trustedService } from '../iam.ts';
import type { KeysStack } from '../keys-stack.ts';
import type { ArchiveStack } from '../monitor/archive-stack.ts';
import type { OutpostNetworkStack } from '../network/outpost-network-stack.ts';
import { ClosedSecurityGroup } from '../network/security-groups.ts';
import { ENCLAVE_CIDR, PORTS } from '../perimeter.ts';
import { SiteStack } from '../site-stack.ts';
import type { OutpostSite } from '../sites.ts';
import { tierTags } from '../tags.ts';
import { consoleAddress } from '../workloads/outpost-workloads-stack.ts';
import { EmployeeAccess } from './employee-access.ts';

interface OutpostGatewayStackConfig {
  readonly keys: KeysStack;
  readonly network: OutpostNetworkStack;
  readonly archive: ArchiveStack;
}

/** Gateways of a site on a rack. AWS has no firewall endpoints there, so the data gateway is a registered appliance. */
export class OutpostGatewayStack extends SiteStack {
  constructor(scope: Construct, site: OutpostSite, { keys, network, archive }: OutpostGatewayStackConfig) {
    super(scope, `${site.id}-gateway`, site);
    const appliance = this.addAppliance(site, { keys, network, archive });
    this.addRoutes(network, appliance);

    const certificate = new AcmCertificate(this, 'certificate', {
      domainName: `console.${site.domain}`,
      validationMethod: 'DNS',
      keyAlgorithm: 'EC_prime256v1',
      lifecycle: { createBeforeDestroy: true },
    });
    new EmployeeAccess(this, 'employee-access', {
      site,
      vpcId: network.vpcId,
      subnetIds: network.edge.subnetIds,
      certificateArn: certificate.arn,
      targets: [consoleAddress(site)],
      targetCidr: tierCidr(site.cidr, 'workload'),
      keyArn: keys.arn('operational'),
      archive: archive.archive,
    });
  }

  private addAppliance(site: OutpostSite, { keys, network }: OutpostGatewayStackConfig): Instance {
    const [gateway] = network.gateway.subnets;
    if (gateway === undefined) throw new Error(`${site.name} has no gateway subnet`);

    const group = new ClosedSecurityGroup(this, 'appliance-flows', {
      vpcId: network.vpcId,
      description: 'Traffic between sites that the appliance inspects',
    });
    group.answerNetwork('sites', PORTS.service, ENCLAVE_CIDR);
    group.callNetwork('sites', PORTS.service, ENCLAVE_CIDR);

    // No permissions: the role only gives the appliance an identity of its own.
    const role = new IamRole(this, 'appliance-role', {
      name: `${site.id}-appliance`,
      assumeRolePolicy: trustedService(this, 'appliance-trust', 'ec2.amazonaws.com', site),
    });
    const profile = new IamInstanceProfile(this, 'appliance-profile', {
      name: `${site.id}-appliance`,
      role: role.name,
    });
    return new Instance(this, 'appliance', {
      ami: site.applianceImage,
      instanceType: 'c5.2xlarge',
      subnetId: gateway.subnet.id,
      vpcSecurityGroupIds: [group.group.id],
      // It forwards what others send each other.
      sourceDestCheck: false,
      associatePublicIpAddress: false,
      iamInstanceProfile: profile.name,
      disableApiTermination: true,
      ebsOptimized: true,
      monitoring: true,
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      rootBlockDevice: { encrypted: true, kmsKeyId: keys.arn('operational'), volumeType: 'gp2', volumeSize: 40 },
      tags: { Name: `${site.id}-data-gateway`, ...tierTags('gateway') },
    });
  }

  // Between the rack and other sites the appliance is the next hop in both directions.
  private addRoutes(network: OutpostNetworkStack, appliance: Instance): void {
    const networkInterfaceId = appliance.primaryNetworkInterfaceId;
    for (const { zoneId, routes } of network.workload.subnets) {
      new Route(this, `workload-to-sites-${zoneId}`, {
        routeTableId: routes.id,
        destinationCidrBlock: ENCLAVE_CIDR,
        networkInterfaceId,
      });
    }
    for (const { zoneId, routes } of network.gateway.subnets) {
      new Route(this, `gateway-to-sites-${zoneId}`, {
        routeTableId: routes.id,
        destinationCidrBlock: ENCLAVE_CIDR,
        transitGatewayId: network.linked.transitGatewayId,
      });
    }
    for (const { zoneId, routes } of network.transit.subnets) {
      for (const workload of network.workload.subnets) {
        new Route(this, `sites-to-workload-${workload.zoneId}-from-${zoneId}`, {
          routeTableId: routes.id,
          destinationCidrBlock: workload.subnet.cidrBlock,
          networkInterfaceId,
        });
      }
    }
  }
}
