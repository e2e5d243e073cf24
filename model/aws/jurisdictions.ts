/** One AWS Region. */
export interface Region {
  readonly name: string;
  readonly partition: string;
  /** ISO 3166-1 alpha-2; null where AWS does not publish the country. */
  readonly country: string | null;
  /** How zone ids begin (`euw1` in `euw1-az1`); null where no public document shows one. */
  readonly zoneCode: string | null;
}

/**
 * Partition, Region, country, prefix of zone ids. Regions and partitions: botocore `partitions.json` of 2026-08-07.
 * Countries: the Region's published name and the AWS Regions and Availability Zones guide (geography of each zone id),
 * as of 2026-08. The prefix of a name is no jurisdiction: `eu-central-2` is Switzerland, `eu-isoe-west-1` unpublished.
 */
const TABLE = `
aws af-south-1 ZA afs1
aws ap-east-1 HK ape1
aws ap-east-2 TW ape2
aws ap-northeast-1 JP apne1
aws ap-northeast-2 KR apne2
aws ap-northeast-3 JP apne3
aws ap-south-1 IN aps1
aws ap-south-2 IN aps2
aws ap-southeast-1 SG apse1
aws ap-southeast-2 AU apse2
aws ap-southeast-3 ID apse3
aws ap-southeast-4 AU apse4
aws ap-southeast-5 MY apse5
aws ap-southeast-6 NZ apse6
aws ap-southeast-7 TH apse7
aws ca-central-1 CA cac1
aws ca-west-1 CA caw1
aws eu-central-1 DE euc1
aws eu-central-2 CH euc2
aws eu-north-1 SE eun1
aws eu-south-1 IT eus1
aws eu-south-2 ES eus2
aws eu-west-1 IE euw1
aws eu-west-2 GB euw2
aws eu-west-3 FR euw3
aws il-central-1 IL ilc1
aws me-central-1 AE mec1
aws me-south-1 BH mes1
aws mx-central-1 MX mxc1
aws sa-east-1 BR sae1
aws us-east-1 US use1
aws us-east-2 US use2
aws us-west-1 US usw1
aws us-west-2 US usw2
aws-cn cn-north-1 CN cnn1
aws-cn cn-northwest-1 CN cnnw1
aws-eusc eusc-de-east-1 DE -
aws-iso us-iso-east-1 US -
aws-iso us-iso-west-1 US -
aws-iso-b us-isob-east-1 US -
aws-iso-b us-isob-west-1 US -
aws-iso-e eu-isoe-west-1 - -
aws-iso-f us-isof-east-1 US -
aws-iso-f us-isof-south-1 US -
aws-us-gov us-gov-east-1 US usge1
aws-us-gov us-gov-west-1 US usgw1
`;

/** The Regions that exist, by name. */
export const REGIONS: ReadonlyMap<string, Region> = new Map(
  TABLE.trim()
    .split('\n')
    .map((line) => {
      const [partition = '', name = '', country = '-', zoneCode = '-'] = line.split(' ');
      return [name, { name, partition, country: orNull(country), zoneCode: orNull(zoneCode) }];
    }),
);

/** Partitions by name with the suffix of their DNS names. */
export const PARTITIONS: ReadonlyMap<string, string> = new Map([
  ['aws', 'amazonaws.com'],
  ['aws-cn', 'amazonaws.com.cn'],
  ['aws-eusc', 'amazonaws.eu'],
  ['aws-iso', 'c2s.ic.gov'],
  ['aws-iso-b', 'sc2s.sgov.gov'],
  ['aws-iso-e', 'cloud.adc-e.uk'],
  ['aws-iso-f', 'csp.hci.ic.gov'],
  ['aws-us-gov', 'amazonaws.com'],
]);

const REGION_BY_ZONE_CODE: ReadonlyMap<string, Region> = new Map(
  [...REGIONS.values()].flatMap((region) => (region.zoneCode === null ? [] : [[region.zoneCode, region]])),
);

/**
 * Local Zones and Wavelength Zones whose country the table knows: the group of a Local Zone
 * (`eu-central-1-ist-1`), the Region, carrier and place of a Wavelength Zone (`eu-west-3-wl1-cmn`).
 * Source: zone list of the EBS encryption guide (2026-08), press release for Istanbul (2026-05-20); Casablanca and
 * Dakar: Wavelength guide for the parent Region, a third-party table for the names. Norway has no zone.
 */
const PLACES: ReadonlyMap<string, string> = new Map([
  ['af-south-1-los-1', 'NG'],
  ['ap-northeast-1-tpe-1', 'TW'],
  ['ap-south-1-ccu-1', 'IN'],
  ['ap-south-1-del-1', 'IN'],
  ['ap-southeast-1-bkk-1', 'TH'],
  ['ap-southeast-1-han-1', 'VN'],
  ['ap-southeast-1-mnl-1', 'PH'],
  ['ap-southeast-2-akl-1', 'NZ'],
  ['ap-southeast-2-per-1', 'AU'],
  ['eu-central-1-ath-1', 'GR'],
  ['eu-central-1-ham-1', 'DE'],
  ['eu-central-1-ist-1', 'TR'],
  ['eu-central-1-waw-1', 'PL'],
  ['eu-north-1-cph-1', 'DK'],
  ['eu-north-1-hel-1', 'FI'],
  ['eu-west-3-cmn-1', 'MA'],
  ['eu-west-3-wl1-cmn', 'MA'],
  ['eu-west-3-wl1-dss', 'SN'],
  ['me-south-1-mct-1', 'OM'],
  ['us-east-1-bue-1', 'AR'],
  ['us-east-1-lim-1', 'PE'],
  ['us-east-1-qro-1', 'MX'],
  ['us-east-1-scl-1', 'CL'],
]);

const REGION_NAME = /^([a-z]{2,4}(?:-[a-z]+){1,2}-\d)(.*)$/;
const ZONE_ID = /^([a-z]{2,5}\d)-(.+)$/;

/** The country of a Region; null when the Region is not in the table or its country is not published. */
export function regionCountry(region: string): string | null {
  return REGIONS.get(region)?.country ?? null;
}

/** The partition of a Region (`aws`, `aws-eusc`, ...); null when the Region is not in the table. */
export function partitionOf(region: string): string | null {
  return REGIONS.get(region)?.partition ?? null;
}

/** Where a zone is, or why that is not known. */
export type ZonePlace =
  | { readonly kind: 'known'; readonly country: string; readonly region: string }
  | { readonly kind: 'unknown'; readonly why: string };

/**
 * The country of a zone by its name (`eu-west-1a`, `eu-central-1-ist-1a`, `eu-west-3-wl1-cmn-wlz-1`), its id
 * (`euw1-az1`, `euc1-ist1-az1`, `euw3-wl1-cmn-wlz1`) or its network border group (`eu-west-1`, `eu-central-1-ist-1`).
 */
export function zoneCountry(zone: string): ZonePlace {
  const parsed = parseZone(zone);
  if (parsed === null) return { kind: 'unknown', why: `${zone} has no form of a zone name, zone id or border group` };
  const { region, place } = parsed;
  if (place !== null) {
    const country = PLACES.get(`${region.name}-${place}`);
    if (country !== undefined) return { kind: 'known', country, region: region.name };
    return { kind: 'unknown', why: `no table knows the country of ${zone}, which may differ from ${region.name}` };
  }
  if (region.country === null) return { kind: 'unknown', why: `the country of ${region.name} is not published` };
  return { kind: 'known', country: region.country, region: region.name };
}

/** The parent Region of a zone by its name, id or border group; null when the zone has no known form. */
export function regionOfZone(zone: string): string | null {
  return parseZone(zone)?.region.name ?? null;
}

/** The zone id in the name of an S3 directory bucket (`ledger--euc1-ist1-az1--x-s3`); null for other bucket names. */
export function zoneOfDirectoryBucket(bucket: string): string | null {
  // Asked of every text of an estate, hence the cheap question first.
  return bucket.endsWith('--x-s3') ? (/--([a-z0-9-]+)--x-s3$/.exec(bucket)?.[1] ?? null) : null;
}

interface ParsedZone {
  readonly region: Region;
  /** Local Zone group or Wavelength place without the Region; null for the Region's own zones. */
  readonly place: string | null;
}

function parseZone(zone: string): ParsedZone | null {
  const named = REGION_NAME.exec(zone);
  const byName = REGIONS.get(named?.[1] ?? '');
  if (byName !== undefined) return withPlace(byName, placeOfName(named?.[2] ?? ''));
  const identified = ZONE_ID.exec(zone);
  const byId = REGION_BY_ZONE_CODE.get(identified?.[1] ?? '');
  if (byId !== undefined) return withPlace(byId, placeOfId(identified?.[2] ?? ''));
  return null;
}

function withPlace(region: Region, place: string | null | undefined): ParsedZone | null {
  return place === undefined ? null : { region, place };
}

/** What follows the Region in a name: null for the Region itself and its zones, undefined for no known form. */
function placeOfName(rest: string): string | null | undefined {
  if (/^[a-z]?$/.test(rest)) return null;
  const local = /^-([a-z]{3,4}-\d)[a-z]?$/.exec(rest);
  if (local) return local[1];
  // A group such as `eu-west-3-wl1` holds zones of several countries, so it is no place.
  const wavelength = /^-(wl\d-[a-z]{3,4})(?:-wlz-?\d|-?\d)?$/.exec(rest);
  return wavelength?.[1];
}

function placeOfId(rest: string): string | null | undefined {
  if (/^az\d+$/.test(rest)) return null;
  const local = /^([a-z]{3,4})(\d)-az\d+$/.exec(rest);
  if (local) return `${local[1]}-${local[2]}`;
  const wavelength = /^(wl\d-[a-z]{3,4})-wlz-?\d$/.exec(rest);
  return wavelength?.[1];
}

function orNull(text: string): string | null {
  return text === '-' ? null : text;
}

/**
 * Sets of countries that a policy may name.
 * EU: 27 member states since 2020-02-01. EEA: EEA Agreement; the GDPR applies in IS, LI and NO through EEA Joint
 * Committee Decision 154/2018. GB and CH are third countries with an adequacy decision.
 */
const EU = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' ');
const EEA = [...EU, 'IS', 'LI', 'NO'];

export const JURISDICTION_SETS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['EU', new Set(EU)],
  ['EEA', new Set(EEA)],
  ['EEA+UK', new Set([...EEA, 'GB'])],
  ['EEA+UK+CH', new Set([...EEA, 'GB', 'CH'])],
]);

/** A decision of the European Commission under Article 45 GDPR. */
export interface AdequacyDecision {
  readonly country: string;
  readonly decision: string;
  /** ISO dates, inclusive; `expires` null when the decision has no end date of its own. */
  readonly since: string;
  readonly expires: string | null;
  /** Who it covers, when not every recipient in the country. */
  readonly scope: string | null;
}

function adequate(
  country: string,
  decision: string,
  since: string,
  { expires = null, scope = null }: { readonly expires?: string | null; readonly scope?: string | null } = {},
): readonly [string, AdequacyDecision] {
  return [country, { country, decision, since, expires, scope }];
}

/**
 * Countries with an adequacy decision, from the Commission's list as of 2026-08. Adequacy is a legal basis for a
 * transfer, not residency: a country is allowed only when the policy says so.
 */
export const ADEQUACY: ReadonlyMap<string, AdequacyDecision> = new Map([
  adequate('AD', 'Decision 2010/625/EU', '2010-10-19'),
  adequate('AR', 'Decision 2003/490/EC', '2003-06-30'),
  adequate('BR', 'Commission decision on Brazil of 27 January 2026', '2026-01-27'),
  adequate('CA', 'Decision 2002/2/EC', '2001-12-20', { scope: 'commercial organisations under PIPEDA' }),
  adequate('CH', 'Decision 2000/518/EC', '2000-07-26'),
  adequate('FO', 'Decision 2010/146/EU', '2010-03-05'),
  adequate('GB', 'Decision (EU) 2021/1772, renewed 19 December 2025', '2021-06-28', { expires: '2031-12-27' }),
  adequate('GG', 'Decision 2003/821/EC', '2003-11-21'),
  adequate('IL', 'Decision 2011/61/EU', '2011-01-31'),
  adequate('IM', 'Decision 2004/411/EC', '2004-04-28'),
  adequate('JE', 'Decision 2008/393/EC', '2008-05-08'),
  adequate('JP', 'Decision (EU) 2019/419', '2019-01-23', { scope: 'business operators under APPI' }),
  adequate('KR', 'Decision (EU) 2022/254', '2021-12-17'),
  adequate('NZ', 'Decision 2013/65/EU', '2012-12-19'),
  adequate('US', 'Decision (EU) 2023/1795', '2023-07-10', {
    scope: 'participants of the EU-US Data Privacy Framework',
  }),
  adequate('UY', 'Decision 2012/484/EU', '2012-08-21'),
]);
