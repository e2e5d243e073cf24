/** Classes of data, by how far they may travel. */
export const DATA_CLASSES = ['restricted', 'allowable', 'operational'] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

/** Where a stack's resources are created and where its state is kept. */
export interface Place {
  readonly id: string;
  readonly region: string;
  readonly account: string;
  readonly state: StateStore;
}

/** Bucket and key that the account's bootstrap made before the first stack; Terraform cannot create its own backend. */
export interface StateStore {
  readonly bucket: string;
  readonly region: string;
  readonly keyArn: string;
}

interface DataCentre extends Place {
  readonly name: string;
  /** Country in which data rests: restricted data is replicated only between sites of one country. */
  readonly country: string;
  /** AZ ids, not letters: AWS shuffles the letters per account. */
  readonly zoneIds: readonly [string, ...string[]];
  /** /16 of the enclave's own VPC. */
  readonly cidr: string;
  readonly domain: string;
}

export interface RegionSite extends DataCentre {
  readonly kind: 'region';
  /** /20 of the VPC that holds the gateways; the enclave's own VPC has no door. */
  readonly gatewayCidr: string;
}

export interface OutpostSite extends DataCentre {
  readonly kind: 'outpost';
  readonly outpostArn: string;
  /** Images that the monitor inspected and registered. Literal: a lookup could change under us. */
  readonly applianceImage: string;
  readonly hostImage: string;
}

export type Site = RegionSite | OutpostSite;

/** The data centres of the enclave. A fourth is one more entry. */
export const SITES: readonly Site[] = [
  {
    kind: 'region',
    id: 'dublin',
    name: 'Dublin',
    country: 'IE',
    region: 'eu-west-1',
    account: '410000000011',
    zoneIds: ['euw1-az1', 'euw1-az2'],
    cidr: '10.16.0.0/16',
    gatewayCidr: '10.17.0.0/20',
    domain: 'dublin.enclave.example',
    state: {
      bucket: 'trefoil-state-dublin',
      region: 'eu-west-1',
      keyArn: 'arn:aws:kms:eu-west-1:410000000011:key/5d1c9f0e-3b6a-4c1d-9a57-0e6f2b7c1a11',
    },
  },
  {
    kind: 'region',
    id: 'ireland-2',
    name: 'Ireland-2',
    country: 'IE',
    region: 'eu-west-1',
    account: '410000000022',
    zoneIds: ['euw1-az3'],
    cidr: '10.32.0.0/16',
    gatewayCidr: '10.33.0.0/20',
    domain: 'ireland-2.enclave.example',
    state: {
      bucket: 'trefoil-state-ireland-2',
      region: 'eu-west-1',
      keyArn: 'arn:aws:kms:eu-west-1:410000000022:key/8e42d7a3-90f1-4b8e-8c34-6a1d5e9f2b22',
    },
  },
  {
    // AWS has no Region in Norway: the site is an Outposts rack there, anchored to Stockholm.
    kind: 'outpost',
    id: 'norway',
    name: 'Norway',
    country: 'NO',
    region: 'eu-north-1',
    account: '410000000033',
    zoneIds: ['eun1-az1'],
    outpostArn: 'arn:aws:outposts:eu-north-1:410000000033:outpost/op-0a1b2c3d4e5f60718',
    applianceImage: 'ami-0f3c5a7b9d1e2f468',
    hostImage: 'ami-0b7d9e1f3a5c6e8d2',
    cidr: '10.48.0.0/16',
    domain: 'norway.enclave.example',
    state: {
      bucket: 'trefoil-state-norway',
      region: 'eu-north-1',
      keyArn: 'arn:aws:kms:eu-north-1:410000000033:key/2b7f6c58-1d0e-4f93-b6a2-9c8e4d3f5a33',
    },
  },
];

/** The independent security firm, in an account of its own that no site can change. */
export const MONITOR: Place = {
  id: 'monitor',
  region: 'eu-central-1',
  account: '410000000099',
  state: {
    bucket: 'trefoil-state-monitor',
    region: 'eu-central-1',
    keyArn: 'arn:aws:kms:eu-central-1:410000000099:key/c4a9e6d1-7f28-4e05-a1b3-3d5f7e9b8c99',
  },
};

/** The interim enclave in the United States, which exists only while it is switched on. */
export const TRANSITIONAL: Place = {
  id: 'us-interim',
  region: 'us-east-1',
  account: '410000000077',
  state: {
    bucket: 'trefoil-state-us-interim',
    region: 'us-east-1',
    keyArn: 'arn:aws:kms:us-east-1:410000000077:key/e1f3a5b7-2c4d-4e6f-8a90-b1c2d3e4f577',
  },
};

/** Regions in which some site has resources, each once. */
export function siteRegions(): readonly string[] {
  return [...new Set(SITES.map((site) => site.region))];
}

/** Every pair of sites, each once: the links between them. */
export function sitePairs(): readonly (readonly [Site, Site])[] {
  return SITES.flatMap((first, index) => SITES.slice(index + 1).map((second) => [first, second] as const));
}
