export const TLS_VERSIONS = ['SSLv3', '1.0', '1.1', '1.2', '1.3'] as const;
export type TlsVersion = (typeof TLS_VERSIONS)[number];

export const TLS_SERVICES = ['elb', 'api-gateway', 'cloudfront', 'transfer', 'opensearch', 'iot'] as const;
export type TlsService = (typeof TLS_SERVICES)[number];

/** A named set of protocols and ciphers that a service offers. */
export interface TlsPolicy {
  readonly name: string;
  readonly service: TlsService;
  /** The oldest version that a client may use. */
  readonly minimum: TlsVersion;
  /** Every cipher has ephemeral keys; null where the guide's cipher list was not looked up. */
  readonly forwardSecrecyOnly: boolean | null;
}

/**
 * Per service the guide that lists the policies (as of 2026-08), then name, oldest version, and whether all ciphers
 * have forward secrecy: `fs`, `mixed` or `-` for not looked up. A name that is not here is not known, never good.
 */
const TABLE: Readonly<Record<TlsService, { readonly source: string; readonly rows: string }>> = {
  elb: {
    source: 'Elastic Load Balancing guides, Security policies for Application and Network Load Balancers',
    rows: `
ELBSecurityPolicy-TLS13-1-3-2021-06 1.3 fs
ELBSecurityPolicy-TLS13-1-3-PQ-2025-09 1.3 fs
ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04 1.3 fs
ELBSecurityPolicy-TLS13-1-2-2021-06 1.2 fs
ELBSecurityPolicy-TLS13-1-2-Res-2021-06 1.2 fs
ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06 1.2 mixed
ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06 1.2 mixed
ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09 1.2 fs
ELBSecurityPolicy-TLS13-1-2-PQ-2025-09 1.2 -
ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04 1.2 fs
ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04 1.2 fs
ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-2023-04 1.2 fs
ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-2023-04 1.2 mixed
ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-2023-04 1.2 mixed
ELBSecurityPolicy-TLS13-1-1-2021-06 1.1 mixed
ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04 1.1 mixed
ELBSecurityPolicy-TLS13-1-0-2021-06 1.0 mixed
ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04 1.0 mixed
ELBSecurityPolicy-FS-1-2-Res-2020-10 1.2 fs
ELBSecurityPolicy-FS-1-2-Res-2019-08 1.2 fs
ELBSecurityPolicy-FS-1-2-2019-08 1.2 fs
ELBSecurityPolicy-FS-1-1-2019-08 1.1 fs
ELBSecurityPolicy-FS-2018-06 1.0 fs
ELBSecurityPolicy-TLS-1-2-2017-01 1.2 mixed
ELBSecurityPolicy-TLS-1-2-Ext-2018-06 1.2 mixed
ELBSecurityPolicy-TLS-1-1-2017-01 1.1 mixed
ELBSecurityPolicy-TLS-1-0-2015-04 1.0 mixed
ELBSecurityPolicy-2016-08 1.0 mixed
ELBSecurityPolicy-2015-05 1.0 mixed`,
  },
  'api-gateway': {
    source: 'Amazon API Gateway guide, Supported security policies',
    rows: `
SecurityPolicy_TLS13_1_3_2025_09 1.3 fs
SecurityPolicy_TLS13_1_3_FIPS_2025_09 1.3 fs
SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09 1.2 fs
SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09 1.2 fs
SecurityPolicy_TLS13_1_2_PQ_2025_09 1.2 -
SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09 1.2 -
SecurityPolicy_TLS13_1_2_2021_06 1.2 -
SecurityPolicy_TLS12_PFS_2025_EDGE 1.2 fs
SecurityPolicy_TLS12_2018_EDGE 1.2 -
TLS_1_2 1.2 mixed
TLS_1_0 1.0 mixed`,
  },
  cloudfront: {
    source: 'Amazon CloudFront guide, Supported protocols and ciphers between viewers and CloudFront',
    rows: `
TLSv1.2_2021 1.2 fs
TLSv1.2_2019 1.2 fs
TLSv1.2_2018 1.2 mixed
TLSv1.1_2016 1.1 mixed
TLSv1_2016 1.0 mixed
TLSv1 1.0 mixed
SSLv3 SSLv3 mixed`,
  },
  transfer: {
    source: 'AWS Transfer Family guide, Security policies for servers',
    rows: `
TransferSecurityPolicy-2025-03 1.2 -
TransferSecurityPolicy-FIPS-2025-03 1.2 -
TransferSecurityPolicy-2024-01 1.2 -
TransferSecurityPolicy-FIPS-2024-01 1.2 -
TransferSecurityPolicy-FIPS-2024-05 1.2 -
TransferSecurityPolicy-2023-05 1.2 -
TransferSecurityPolicy-FIPS-2023-05 1.2 -
TransferSecurityPolicy-2022-03 1.2 -
TransferSecurityPolicy-2020-06 1.2 -
TransferSecurityPolicy-FIPS-2020-06 1.2 -
TransferSecurityPolicy-2018-11 1.2 mixed`,
  },
  opensearch: {
    source: 'Amazon OpenSearch Service API, DomainEndpointOptions; Amazon CloudSearch API, DomainEndpointOptions',
    rows: `
Policy-Min-TLS-1-2-PFS-2023-10 1.2 fs
Policy-Min-TLS-1-2-2019-07 1.2 -
Policy-Min-TLS-1-0-2019-07 1.0 -`,
  },
  iot: {
    source: 'AWS IoT Core guide, Configuring TLS settings in domain configurations',
    rows: `
IoTSecurityPolicy_TLS13_1_3_2022_10 1.3 fs
IoTSecurityPolicy_TLS13_1_2_2022_10 1.2 -
IoTSecurityPolicy_TLS12_1_2_2022_10 1.2 -`,
  },
};

const POLICIES: ReadonlyMap<string, TlsPolicy> = new Map(
  TLS_SERVICES.flatMap((service) => rowsOf(service).map((policy) => [keyOf(service, policy.name), policy])),
);

/** The policy of a service by its exact name; null for a name that no table knows. */
export function tlsPolicy(service: TlsService, name: string): TlsPolicy | null {
  return POLICIES.get(keyOf(service, name)) ?? null;
}

/** The policies of a service that are known. */
export function tlsPolicies(service: TlsService): readonly TlsPolicy[] {
  return [...POLICIES.values()].filter((policy) => policy.service === service);
}

/** The guide that lists a service's policies. */
export function tlsPolicySource(service: TlsService): string {
  return TABLE[service].source;
}

/** Whether one version is another or newer: `isAtLeastTls('1.3', '1.2')`. */
export function isAtLeastTls(version: TlsVersion, floor: TlsVersion): boolean {
  return TLS_VERSIONS.indexOf(version) >= TLS_VERSIONS.indexOf(floor);
}

function rowsOf(service: TlsService): readonly TlsPolicy[] {
  return TABLE[service].rows
    .trim()
    .split('\n')
    .map((row) => {
      const [name = '', version, secrecy] = row.split(' ');
      // A row whose version is misspelt would claim nothing: the oldest version.
      const minimum = TLS_VERSIONS.find((known) => known === version) ?? 'SSLv3';
      return { name, service, minimum, forwardSecrecyOnly: secrecy === '-' ? null : secrecy === 'fs' };
    });
}

function keyOf(service: TlsService, name: string): string {
  return `${service} ${name}`;
}
