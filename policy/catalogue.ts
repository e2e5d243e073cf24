/** One requirement of the catalogue. Which of them are implemented is the checks' business. */
export interface Control {
  /** Permanent: never reused, never renumbered. */
  readonly id: string;
  readonly family:
    'residency' | 'encryption' | 'isolation' | 'gateway' | 'access' | 'monitoring' | 'software' | 'integrity';
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
  /** A sentence that is true of a compliant estate. */
  readonly title: string;
}

type Row = readonly [id: string, family: Control['family'], severity: Control['severity'], title: string];

const TABLE: readonly Row[] = [
  ['RES-001', 'residency', 'critical', 'Every resource lies in the Region of its site'],
  ['RES-002', 'residency', 'critical', 'Every zone lies in the country of its site'],
  [
    'RES-003',
    'residency',
    'critical',
    'Every stack is bound to its site: account, pinned zones, and Outposts where the site is one',
  ],
  ['RES-004', 'residency', 'high', 'The country of every Outpost is attested by evidence in force'],
  ['RES-005', 'residency', 'critical', 'Replicas and copies of stored data stay inside the jurisdiction'],
  ['RES-006', 'residency', 'critical', 'Backups and snapshots are copied only inside the jurisdiction'],
  ['RES-007', 'residency', 'high', 'Data of an Outpost site does not spill to the parent Region'],
  ['RES-008', 'residency', 'critical', 'No resource leaves the partition of the enclave'],
  ['RES-009', 'residency', 'high', 'Global services are on the allow-list, with the metadata that they expose'],
  ['RES-010', 'residency', 'high', 'No edge cache and no geographic routing serves enclave data'],
  ['RES-011', 'residency', 'high', 'Services send data only to registered destinations and inside the jurisdiction'],
  ['RES-012', 'residency', 'high', 'Terraform state is remote, encrypted, locked and inside the jurisdiction'],
  ['RES-013', 'residency', 'medium', 'AI inference stays inside the jurisdiction'],
  ['RES-014', 'residency', 'medium', 'Telemetry, logs and configuration data stay inside the jurisdiction'],
  ['RES-015', 'residency', 'medium', 'Every country of the policy has a legal basis in force'],
  ['RES-016', 'residency', 'medium', 'Names, tags and descriptions hold no personal data'],
  [
    'RES-TRANS-001',
    'residency',
    'critical',
    'What lies outside the jurisdiction is covered by an approved exception with an end',
  ],
  ['RES-TRANS-002', 'residency', 'critical', 'Exceptions end on their date and are renewed only by a new approval'],
  ['RES-TRANS-003', 'residency', 'high', 'A transitional enclave is separated from everything else around it'],
  ['RES-TRANS-004', 'residency', 'high', 'Migration flows only into the enclave and what is left outside shrinks'],
  ['ENC-001', 'encryption', 'critical', 'S3 buckets encrypt by default with a customer key of the enclave'],
  ['ENC-002', 'encryption', 'high', 'Buckets, queues, topics and file systems refuse requests without TLS'],
  ['ENC-003', 'encryption', 'critical', 'EBS and instance volumes are encrypted with a customer key of the enclave'],
  ['ENC-004', 'encryption', 'high', 'Accounts encrypt EBS volumes by default and block public snapshots and images'],
  [
    'ENC-005',
    'encryption',
    'critical',
    'Databases and caches are encrypted at rest with a customer key of the enclave',
  ],
  [
    'ENC-006',
    'encryption',
    'high',
    'File systems, shares and single objects are encrypted with a customer key of the enclave',
  ],
  [
    'ENC-007',
    'encryption',
    'high',
    'Queues, streams and the integration of systems are encrypted with a customer key of the enclave',
  ],
  [
    'ENC-008',
    'encryption',
    'high',
    'Secrets, environments, code and settings are encrypted with a customer key of the enclave',
  ],
  [
    'ENC-009',
    'encryption',
    'high',
    'Logs, backups and what is made from data by analysis are encrypted with a customer key of the enclave',
  ],
  [
    'ENC-010',
    'encryption',
    'critical',
    'Every listener and endpoint takes TLS only, under an accepted security policy',
  ],
  ['ENC-011', 'encryption', 'high', 'Traffic inside the enclave is encrypted in transit'],
  [
    'ENC-012',
    'encryption',
    'high',
    'Networks encrypt every packet inside VPCs, over transit gateways and on lines between sites',
  ],
  [
    'ENC-013',
    'encryption',
    'medium',
    'Certificates have strong keys, and their private keys stand in no configuration or state',
  ],
  ['ENC-014', 'encryption', 'medium', 'Machines are of the Nitro System, to whose memory no operator of AWS has a way'],
  ['KEY-001', 'encryption', 'critical', 'Data is encrypted with keys of its own site'],
  ['KEY-002', 'encryption', 'critical', 'No key is replicated outside the jurisdiction'],
  ['KEY-003', 'encryption', 'critical', 'Key policies name principals of the enclave only'],
  ['KEY-004', 'encryption', 'high', 'Customer keys rotate'],
  ['KEY-005', 'encryption', 'high', 'Keys are protected from deletion'],
  ['KEY-006', 'encryption', 'high', 'Keys are held outside AWS or in an HSM where the policy demands it'],
  ['KEY-007', 'encryption', 'medium', 'Each data class at each site has a key of its own'],
  ['KEY-008', 'encryption', 'high', 'Configuration and state hold no key material and no secret'],
  ['KEY-009', 'encryption', 'medium', 'Changes of keys and of who may use them are logged, and told to the monitor'],
  ['NET-001', 'isolation', 'critical', 'Enclave subnets have no direct path to the Internet'],
  ['NET-002', 'isolation', 'high', 'VPC Block Public Access is on at every site'],
  ['NET-003', 'isolation', 'critical', 'Nothing but gateways has a public address'],
  ['NET-004', 'isolation', 'high', 'Every subnet has a tier and a network ACL that denies by default'],
  ['NET-005', 'isolation', 'critical', 'Security groups open only to approved peers'],
  ['NET-006', 'isolation', 'medium', 'Default VPCs, subnets, security groups and network ACLs are closed'],
  ['NET-007', 'isolation', 'critical', 'Networks are linked only between the sites of the enclave'],
  ['NET-008', 'isolation', 'high', 'Transit gateways keep segments apart'],
  ['NET-009', 'isolation', 'high', 'AWS services are reached through VPC endpoints with perimeter policies'],
  ['NET-010', 'isolation', 'high', 'PrivateLink services admit only the enclave'],
  ['NET-011', 'isolation', 'high', 'Compute and managed jobs run inside the VPC'],
  ['NET-012', 'isolation', 'high', 'DNS resolves only what is allowed'],
  ['NET-013', 'isolation', 'high', 'Links to own premises and partners end only where the policy says'],
  ['NET-014', 'isolation', 'medium', 'Networks and resources are shared only with registered principals'],
  ['GTW-001', 'gateway', 'critical', 'Every path out of enclave subnets passes a gateway'],
  ['GTW-002', 'gateway', 'critical', 'Every path into enclave subnets passes a gateway'],
  [
    'GTW-003',
    'gateway',
    'critical',
    'Every site has gateways of its own, in every zone in use, and leaves by no other',
  ],
  ['GTW-004', 'gateway', 'high', 'Traffic passes the gateway of its own zone'],
  ['GTW-005', 'gateway', 'critical', 'Gateways inspect in strict order and drop by default'],
  ['GTW-006', 'gateway', 'high', 'Gateway rules pass only registered networks and domains'],
  ['GTW-007', 'gateway', 'high', 'Gateways inspect TLS, or a decision not to is registered'],
  ['GTW-008', 'gateway', 'high', 'Gateways are protected from change and deletion'],
  ['GTW-009', 'gateway', 'critical', 'Gateways log flows, alerts and TLS to the immutable archive and the monitor'],
  ['GTW-010', 'gateway', 'critical', 'People administer only through the employee-access gateway'],
  ['GTW-011', 'gateway', 'high', 'The employee-access gateway authenticates people and devices'],
  ['GTW-012', 'gateway', 'high', 'Load-balanced gateways fail closed'],
  ['GTW-013', 'gateway', 'high', 'The local gateway of an Outpost lies inside the gateway cut'],
  ['GTW-014', 'gateway', 'medium', 'Traffic inside the enclave is inspected where the policy demands it'],
  ['ACC-001', 'access', 'critical', 'People have access only through approved groups of the identity centre'],
  ['ACC-002', 'access', 'critical', "Trust policies admit only the enclave's principals"],
  ['ACC-003', 'access', 'critical', 'No role has administrator wildcards, and every role has a permissions boundary'],
  ['ACC-004', 'access', 'high', 'Policies grant restricted data only to those cleared for its class'],
  [
    'ACC-005',
    'access',
    'critical',
    'The organisation denies other Regions, leaving, unlisted services and key replication',
  ],
  ['ACC-006', 'access', 'high', 'Break-glass roles are few, alarmed and limited in time'],
  ['ACC-007', 'access', 'high', 'Workloads have their own identity and use IMDSv2'],
  ['ACC-008', 'access', 'high', 'Support and vendors have access only when approved'],
  ['ACC-009', 'access', 'medium', 'Providers are bound to their account and carry no static credentials'],
  ['MON-001', 'monitoring', 'critical', 'An organisation trail records all Regions and global events, with validation'],
  ['MON-002', 'monitoring', 'high', 'Flow logs record all traffic everywhere'],
  ['MON-003', 'monitoring', 'critical', 'The log archive is immutable'],
  [
    'MON-004',
    'monitoring',
    'critical',
    'The independent monitor has a live, read-only feed that the operator cannot cut alone',
  ],
  ['MON-005', 'monitoring', 'high', "The monitor's role is read-only and apart from the operators"],
  ['MON-006', 'monitoring', 'high', 'Data passes to the monitor on a legal basis'],
  ['MON-007', 'monitoring', 'high', 'Threat detection is on in the Region of every site'],
  ['MON-008', 'monitoring', 'high', 'Changes of the boundary alarm both the operator and the monitor'],
  ['MON-009', 'monitoring', 'medium', 'Traffic mirroring is itself governed'],
  ['MON-010', 'monitoring', 'medium', 'Logs are kept as long as required and stay available'],
  ['SUP-001', 'software', 'critical', 'Only approved images run'],
  ['SUP-002', 'software', 'high', 'Code runs only when signed'],
  ['SUP-003', 'software', 'high', 'Registries scan and keep images immutable'],
  ['SUP-004', 'software', 'high', 'The supply chain of the infrastructure code is pinned'],
  ['SUP-005', 'software', 'critical', 'Planning and applying run no foreign code'],
  ['SUP-006', 'software', 'high', 'Network appliances and marketplace images are approved'],
  ['SUP-007', 'software', 'medium', 'Versions of engines and add-ons are explicit and supported'],
  ['SUP-008', 'software', 'medium', 'The software of the infrastructure is listed'],
  ['CHG-001', 'integrity', 'critical', 'Every expected stack is analysed and every resource is judged'],
  ['CHG-002', 'integrity', 'high', 'Nothing hides drift or overrides protected arguments'],
  ['CHG-003', 'integrity', 'high', 'A run can be reproduced and attributed'],
  ['CHG-004', 'integrity', 'high', 'What is applied is what was proved'],
  [
    'CHG-005',
    'integrity',
    'critical',
    'No plan destroys or weakens keys, archives, gateways, logs or their protection',
  ],
];

/**
 * Controls that a command decides and no verdict of a run, and why: what a report says of itself proves nothing, since
 * whoever forged it would say the same.
 */
export const DECIDED_BY_COMMAND: ReadonlyMap<string, string> = new Map([
  [
    'CHG-003',
    'No verdict of a run decides this control: a run that vouches for itself shows nothing. "trefoil verify BUNDLE --reproduce" decides it by a second run over the same inputs. Pass: the bundle is signed and whole, every byte is the same again, and the policy is as it was committed. Fail, with exit 4: an input, a byte or the signature is otherwise, or the policy is not as it was committed. Unproven: nobody asked git for the commit of the policy ("trefoil evidence --policy-history"), or git does not know it.',
  ],
]);

/** Every control, in the order of the catalogue: by family, then number. */
export const CATALOGUE: readonly Control[] = TABLE.map(([id, family, severity, title]) => ({
  id,
  family,
  severity,
  title,
}));
