/**
 * The policy of a small made-up enclave, in the form of the policy file. The examples of checks and their tests are
 * judged by it; an example replaces what it needs to be different.
 */
export const EXAMPLE_POLICY = {
  version: 1,
  name: 'ledger enclave',
  partition: 'aws',
  jurisdiction: {
    set: 'EEA',
    source: 'GDPR Article 45; EEA Joint Committee Decision 154/2018',
    countries: [
      { country: 'IE', legalBasis: 'member state', decision: 'GDPR', since: '2018-05-25' },
      { country: 'NO', legalBasis: 'EEA state', decision: 'EEA 154/2018', since: '2018-07-20' },
      { country: 'SE', legalBasis: 'member state', decision: 'GDPR', since: '2018-05-25' },
      { country: 'DE', legalBasis: 'member state', decision: 'GDPR', since: '2018-05-25' },
    ],
  },
  sites: [
    {
      id: 'west',
      name: 'West',
      country: 'IE',
      region: 'eu-west-1',
      account: '111111111111',
      zoneIds: ['euw1-az1', 'euw1-az2'],
    },
    {
      id: 'north',
      name: 'North',
      country: 'NO',
      region: 'eu-north-1',
      account: '222222222222',
      outposts: ['arn:aws:outposts:eu-north-1:222222222222:outpost/op-0123456789abcdef0'],
      supportingPlaces: [
        {
          region: 'eu-north-1',
          country: 'SE',
          dataClasses: ['operational'],
          reason: 'The parent Region of the Outpost runs its control plane.',
        },
      ],
    },
    {
      id: 'monitor',
      name: 'Monitor',
      role: 'monitor',
      country: 'DE',
      region: 'eu-central-1',
      account: '333333333333',
      zoneIds: ['euc1-az1', 'euc1-az2', 'euc1-az3'],
    },
  ],
  stacks: [
    { name: 'west', sites: ['west'] },
    { name: 'north', sites: ['north'], optional: true },
    { name: 'links', sites: ['west', 'north'], optional: true },
    { name: 'monitor', sites: ['monitor'], optional: true },
  ],
  dataClasses: [
    { id: 'restricted', description: 'Personal data.', restricted: true },
    { id: 'operational', description: 'What running the systems needs.', restricted: false },
  ],
  tags: { dataClass: 'ledger:data-class', site: 'ledger:site', tier: 'ledger:tier' },
  tiers: [
    { id: 'data', exposure: 'enclave' },
    { id: 'workload', exposure: 'enclave' },
    { id: 'gateway', exposure: 'gateway' },
  ],
  globalServices: [
    { resourceType: 'aws_iam_*', reason: 'Access needs identities.', metadataExposure: 'names of roles and policies' },
  ],
  keys: { maximumRotationDays: 365 },
  network: {
    approvedPeers: [{ peer: '10.0.0.0/8', reason: 'Addresses of the enclave.' }],
  },
  gateways: [
    {
      id: 'west-data',
      site: 'west',
      purpose: 'data-transmission',
      kind: 'network-firewall',
      stack: 'west',
      address: 'aws_networkfirewall_firewall.gateway',
    },
  ],
  tls: { securityPolicies: ['ELBSecurityPolicy-TLS13-1-2-2021-06', 'TLS_1_2'] },
  state: { backends: ['s3'] },
  monitor: {
    site: 'monitor',
    firm: 'Watch AS',
    account: '333333333333',
    archives: ['arn:aws:s3:::ledger-archive'],
  },
  evidence: [
    {
      id: 'north-rack-country',
      kind: 'outpost-country',
      subject: 'arn:aws:outposts:eu-north-1:222222222222:outpost/op-0123456789abcdef0',
      states: 'NO',
      issuer: 'Watch AS',
      issued: '2026-01-01',
      expires: '2027-12-31',
      document: 'Inspection of the rack',
    },
    {
      id: 'desk-image-root',
      kind: 'image-root-device',
      subject: 'ami-0123456789abcdef0',
      states: '/dev/xvda',
      issuer: 'Watch AS',
      issued: '2026-01-01',
      expires: '2027-12-31',
      document: 'Inspection of the image',
    },
  ],
} as const;

/** What every example stack has unless it says otherwise: provider, account, Region and state of its site. */
export const EXAMPLE_STACK_BASE: { readonly [stack: string]: { readonly [key: string]: unknown } } = {
  west: base('west', 'eu-west-1', '111111111111'),
  north: base('north', 'eu-north-1', '222222222222'),
  monitor: base('monitor', 'eu-central-1', '333333333333'),
  links: base('links', 'eu-west-1', '111111111111'),
};

function base(stack: string, region: string, account: string): { readonly [key: string]: unknown } {
  return {
    terraform: {
      required_providers: { aws: { source: 'aws', version: '6.25.0' } },
      backend: {
        s3: {
          bucket: 'ledger-state',
          key: `${stack}.tfstate`,
          region,
          encrypt: true,
          kms_key_id: `arn:aws:kms:${region}:${account}:key/00000000-0000-4000-8000-000000000000`,
          use_lockfile: true,
        },
      },
    },
    provider: { aws: [{ region, allowed_account_ids: [account] }] },
  };
}
