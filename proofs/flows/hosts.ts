import { PARTITIONS, REGIONS } from '../../model/aws/jurisdictions.ts';
import type { FlowEnd } from './flow.ts';

/** Names besides those of the partitions under which AWS serves. */
const AWS_SUFFIXES = [
  ...new Set([
    ...PARTITIONS.values(),
    'api.aws',
    'on.aws',
    'awsapps.com',
    'cloudfront.net',
    'awsglobalaccelerator.com',
  ]),
];

const AUTHORITY = /^(?:jdbc:)?[a-z][a-z0-9+.:-]*:\/\/(?:[^@/?#]*@)?([^/?#:,;]+|\[[0-9a-f:.]+\])/i;

/** The bucket of `s3://bucket/key`; null for other text. */
export function bucketOfUri(text: string): string | null {
  return /^s3(?:[an]|ssl)?:\/\/([^/]+)/i.exec(text)?.[1] ?? null;
}

/** The host of a URL, of `host:port` or of a name; null where the text has none. */
export function hostOf(text: string): string | null {
  const authority = AUTHORITY.exec(text)?.[1];
  const host = (authority ?? /^([^/?#:,;\s]+)/.exec(text)?.[1] ?? '').toLowerCase().replace(/\.$/, '');
  return host === '' ? null : host;
}

/** Why nothing tells where a Multi-Region access point leads. */
export const MULTI_REGION = 'names a Multi-Region access point, whose buckets may be in any Region';

/** Where a host is: the Region in a name of AWS, else outside AWS. */
export function endOfHost(host: string): FlowEnd {
  if (!AWS_SUFFIXES.some((suffix) => host === suffix || host.endsWith(`.${suffix}`))) {
    if (isPrivate(host)) return { kind: 'unknown', because: `is the private address ${host}, which tells no place` };
    return { kind: 'host', host };
  }
  // Names before the Region are the customer's: a bucket may be called `eu-west-1`.
  const region = host
    .split('.')
    .map((label) => label.replace(/^s3-(?:website-)?/, ''))
    .findLast((label) => REGIONS.has(label));
  if (region !== undefined) return { kind: 'region', region, account: null };
  const bucket = /^(.+)\.s3\.amazonaws\.com$/.exec(host)?.[1];
  if (bucket !== undefined) return { kind: 'bucket', bucket, account: null };
  if (host.endsWith('.cloudfront.net')) return { kind: 'world', places: 'edge locations of CloudFront' };
  if (host.includes('.s3-accelerate.')) return { kind: 'world', places: 'edge locations of S3' };
  if (host.endsWith('.awsglobalaccelerator.com')) return { kind: 'world', places: 'edge locations' };
  if (host.includes('.s3-global.')) return { kind: 'unknown', because: MULTI_REGION };
  return { kind: 'unknown', because: `is ${host}, a name of AWS without a Region` };
}

/** Names that no public server answers: those of private zones, and of the machine itself. */
const PRIVATE_NAME = /\.(?:internal|local|localdomain|lan|home|corp|private|svc)$/;

function isPrivate(host: string): boolean {
  if (PRIVATE_NAME.test(host)) return true;
  return (
    /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]+$/.test(
      host,
    ) || host === 'localhost'
  );
}
