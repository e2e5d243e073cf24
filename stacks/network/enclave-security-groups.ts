import { Construct } from 'constructs';
import { DESTINATIONS, ENCLAVE_CIDR, PORTS } from '../perimeter.ts';
import { ClosedSecurityGroup } from './security-groups.ts';

interface EnclaveSecurityGroupsConfig {
  readonly vpcId: string;
  /** Network of the front doors, whose load balancers call the enclave. */
  readonly edgeCidr: string;
}

/** Who may call whom inside a site's own network. */
export class EnclaveSecurityGroups extends Construct {
  readonly frontDesk: ClosedSecurityGroup;
  readonly services: ClosedSecurityGroup;
  readonly console: ClosedSecurityGroup;
  readonly database: ClosedSecurityGroup;
  readonly files: ClosedSecurityGroup;
  readonly endpoints: ClosedSecurityGroup;

  constructor(scope: Construct, id: string, { vpcId, edgeCidr }: EnclaveSecurityGroupsConfig) {
    super(scope, id);
    const group = (name: string, description: string): ClosedSecurityGroup =>
      new ClosedSecurityGroup(this, name, { vpcId, description });
    this.frontDesk = group('front-desk', 'Internal load balancer, called by the gateway and by other sites');
    this.services = group('services', 'Services of the enclave');
    this.console = group('console', 'Console for approved employees');
    this.database = group('database', 'Relational database');
    this.files = group('files', 'Shared file system');
    this.endpoints = group('endpoints', 'Endpoints of AWS services');

    this.frontDesk.answerNetwork('service', PORTS.service, ENCLAVE_CIDR);
    this.frontDesk.answerNetwork('console', PORTS.console, edgeCidr);
    this.frontDesk.callGroup('services', PORTS.service, this.services);
    this.frontDesk.callGroup('console', PORTS.console, this.console);

    this.services.callGroup('database', PORTS.postgres, this.database);
    this.services.callGroup('files', PORTS.nfs, this.files);
    this.services.callGroup('endpoints', PORTS.https, this.endpoints);
    this.services.callNetwork('other-sites', PORTS.service, ENCLAVE_CIDR);
    for (const { cidr, host } of DESTINATIONS) this.services.callNetwork(host, PORTS.https, cidr);

    this.console.callGroup('endpoints', PORTS.https, this.endpoints);
  }
}
