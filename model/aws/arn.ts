import { PARTITIONS } from './jurisdictions.ts';

/** The six fields of an Amazon Resource Name. Region and account are empty where the service has none. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** All that follows the fifth colon, with its own colons and slashes. */
  readonly resource: string;
}

const FORM = /^arn:([a-z0-9-]+):([a-z0-9-]+):([a-z0-9-]*):([a-z0-9-]*):([\x20-\x7e\u00a0-\uffff]+)$/;
const REGION = /^[a-z]{2,4}(?:-[a-z]+){1,2}-\d+$/;
/** Twelve digits, or the owner that AWS writes for its own objects (`arn:aws:iam::aws:policy/...`). */
const ACCOUNT = /^(?:\d{12}|aws|aws-managed|cloudfront)$/;

/**
 * Parses one concrete ARN; null for anything else. Wildcards are allowed in the resource only: a policy's pattern such
 * as `arn:*:s3:::*` names no one thing. A partition that does not exist is refused, a Region without an entry is not.
 */
export function parseArn(text: string): Arn | null {
  const match = FORM.exec(text);
  if (match === null) return null;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match;
  if (!PARTITIONS.has(partition)) return null;
  if (region !== '' && !REGION.test(region)) return null;
  if (account !== '' && !ACCOUNT.test(account)) return null;
  return { partition, service, region, account, resource };
}

export function formatArn({ partition, service, region, account, resource }: Arn): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** A KMS key or alias; Region and account are always set. */
export interface KmsArn {
  readonly kind: 'key' | 'alias';
  readonly arn: Arn;
  /** Key id (`mrk-` in front for a multi-Region key), or the alias with its prefix `alias/`. */
  readonly id: string;
  readonly isMultiRegion: boolean;
  /** `alias/aws/...`: the key of an AWS service, which no customer controls. */
  readonly isAwsManaged: boolean;
}

export function parseKmsArn(text: string): KmsArn | null {
  const arn = parseArn(text);
  if (arn === null || arn.service !== 'kms' || arn.region === '' || arn.account === '') return null;
  const key = /^key\/((mrk-)?[A-Za-z0-9-]+)$/.exec(arn.resource);
  if (key?.[1] !== undefined) {
    return { kind: 'key', arn, id: key[1], isMultiRegion: key[2] !== undefined, isAwsManaged: false };
  }
  if (!/^alias\/[A-Za-z0-9/_-]+$/.test(arn.resource)) return null;
  const isAwsManaged = arn.resource.startsWith('alias/aws/');
  return { kind: 'alias', arn, id: arn.resource, isMultiRegion: false, isAwsManaged };
}

/** What an S3 or S3 on Outposts ARN names. Bucket ARNs tell neither Region nor account. */
export type S3Arn =
  | { readonly kind: 'bucket'; readonly arn: Arn; readonly bucket: string; readonly key: string | null }
  | { readonly kind: 'access-point'; readonly arn: Arn; readonly name: string }
  | { readonly kind: 'outpost-bucket'; readonly arn: Arn; readonly outpost: string; readonly bucket: string }
  | { readonly kind: 'outpost-access-point'; readonly arn: Arn; readonly outpost: string; readonly name: string };

export function parseS3Arn(text: string): S3Arn | null {
  const arn = parseArn(text);
  if (arn === null) return null;
  if (arn.service === 's3-outposts') return onOutpost(arn);
  if (arn.service !== 's3' && arn.service !== 's3express') return null;
  const point = /^accesspoint\/([a-z0-9.-]+)$/.exec(arn.resource);
  if (point?.[1] !== undefined) return arn.account === '' ? null : { kind: 'access-point', arn, name: point[1] };
  const resource = arn.service === 's3express' ? /^bucket\/(.+)$/.exec(arn.resource)?.[1] : arn.resource;
  const object = /^([a-zA-Z0-9][a-zA-Z0-9._-]{1,254})(?:\/(.*))?$/.exec(resource ?? '');
  if (object?.[1] === undefined) return null;
  return { kind: 'bucket', arn, bucket: object[1], key: object[2] ?? null };
}

/** The Outpost id (`op-...`) that an ARN names or lies on; null for every other ARN. */
export function outpostOfArn(text: string): string | null {
  const arn = parseArn(text);
  if (arn === null || (arn.service !== 'outposts' && arn.service !== 's3-outposts')) return null;
  return /^outpost\/(op-[0-9a-f]+)(?:\/|$)/.exec(arn.resource)?.[1] ?? null;
}

function onOutpost(arn: Arn): S3Arn | null {
  const match = /^outpost\/(op-[0-9a-f]+)\/(bucket|accesspoint)\/([a-z0-9.-]+)$/.exec(arn.resource);
  if (match === null || arn.region === '' || arn.account === '') return null;
  const [, outpost = '', kind, name = ''] = match;
  if (kind === 'bucket') return { kind: 'outpost-bucket', arn, outpost, bucket: name };
  return { kind: 'outpost-access-point', arn, outpost, name };
}
