import { parseArn, parseS3Arn } from '../../model/aws/arn.ts';
import { REGIONS, zoneOfDirectoryBucket } from '../../model/aws/jurisdictions.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import {
  asString,
  type Hidden,
  isHidden,
  type ReferenceValue,
  type StringValue,
  type TemplateValue,
  type Value,
} from '../../model/value.ts';
import type { FlowEnd } from './flow.ts';
import { bucketOfUri, endOfHost, hostOf } from './hosts.ts';
import { membersOf, unclear } from './members.ts';
import { endOfModel, namesProfile } from './models.ts';
import type { Mover } from './mover.ts';

export const BUCKETS = ['aws_s3_bucket', 'aws_s3_directory_bucket', 'aws_s3_access_point'];

/** Attributes that lead to the resource that has them, and not to something that it names. */
export const LEADING: ReadonlySet<string> = new Set(
  `id arn name bucket key_id key_arn identifier alias_arn endpoint_arn bucket_domain_name bucket_regional_domain_name domain_name
  domain_endpoint dashboard_endpoint endpoint reader_endpoint url uri dns_name address fqdn invoke_arn invoke_url
  qualified_arn repository_url collection_endpoint primary_endpoint_address reader_endpoint_address stream_arn
  configuration_endpoint_address bootstrap_brokers bootstrap_brokers_tls bootstrap_brokers_sasl_iam hostname
  bootstrap_brokers_sasl_scram website_endpoint db_snapshot_arn db_cluster_snapshot_arn cluster_identifier
  global_cluster_identifier replication_group_id vault_arn snapshot_id`.split(/\s+/),
);

/** The ends of one value of a mover; none where it names nothing. */
export function endsOf(mover: Mover, value: Value, from: Resource, estate: Estate): readonly FlowEnd[] {
  const { names, place = 'places all over the world' } = mover;
  if (names === 'world') return [{ kind: 'world', places: place }];
  if (names === 'recipients') return [{ kind: 'recipients', recipients: place }];
  if (names === 'group') return membersOf(mover, value, from, estate);
  const text = asString(value);
  if (text === null || text === '') return [];
  const known = byReference(value, mover, from, estate);
  if (known !== null) return [known];
  // To say where it leads would say what it is.
  if (value.sensitive) return [{ kind: 'unknown', because: 'names something by a sensitive value' }];
  if (isHidden(text)) return [byBeginning(text, mover, from, estate)];
  const end = byText(text, mover);
  return end === null ? [] : [end === 'here' ? { kind: 'resource', resource: from } : end];
}

/** The resource of the estate that a value leads to. */
function byReference(value: Value, mover: Mover, from: Resource, estate: Estate): FlowEnd | null {
  const { names } = mover;
  if (value.kind === 'reference') return byAttribute(value, mover, estate);
  const stored = value.kind === 'string' ? bucketOfArn(value.value) : null;
  const named = stored !== null || names === 'bucket' || names === 'url' ? BUCKETS : [];
  const types = stored === null ? (mover.targets ?? named) : named;
  const bucket = value.kind === 'string' ? (stored ?? bucketIn(value.value, mover)) : null;
  const asked: Value = bucket === null ? value : { kind: 'string', value: bucket };
  const target = estate.resolve(asked, types, from);
  if (target.kind !== 'resource') return null;
  // A Region or an account that one resource lent another is a value like any other.
  if (names === 'region' || names === 'account' || names === 'zone') return null;
  return endAt(target.resource, mover);
}

/** The bucket of an ARN of it or of a prefix in it; such an ARN tells no Region. */
function bucketOfArn(text: string): string | null {
  const s3 = text.startsWith('arn:') ? parseS3Arn(text) : null;
  return s3?.kind === 'bucket' && s3.arn.region === '' ? s3.bucket : null;
}

/** The bucket of a URI, or of a path: `bucket/prefix` and `/bucket/home`; null where the text is as it must be. */
function bucketIn(text: string, { names }: Mover): string | null {
  if (names === 'url') return bucketOfUri(text);
  if (names !== 'bucket' || text.startsWith('arn:') || text.includes('://')) return null;
  return /^\/?([^/]+)(?=\/|$)/.exec(text)?.[1] ?? null;
}

function byAttribute(value: ReferenceValue, mover: Mover, estate: Estate): FlowEnd {
  const [attribute = 'id'] = value.path;
  const target = estate.find(value.target);
  const hidden: FlowEnd = { kind: 'unknown', because: value };
  if (target === null || !target.type.startsWith('aws_')) return hidden;
  if (mover.names === 'region') {
    const region = attribute === 'region' && target.init.mode === 'managed' ? estate.place(target).region : null;
    return region?.kind === 'string' ? endOfRegion(region.value) : hidden;
  }
  if (mover.names === 'account' || mover.names === 'zone') return hidden;
  if (mover.names === 'principal' && target.type.startsWith('aws_iam_')) return accountOf(target, estate) ?? hidden;
  return LEADING.has(String(attribute)) ? endAt(target, mover) : hidden;
}

/** A role has no Region, and is of the account of its provider. */
function accountOf(target: Resource, estate: Estate): FlowEnd | null {
  const account = target.init.mode === 'managed' ? asString(estate.place(target).account) : null;
  return typeof account === 'string' ? { kind: 'account', account } : null;
}

/** A data source reads where its provider is; only buckets are read from everywhere. */
function endAt(resource: Resource, { targets }: Mover): FlowEnd {
  const { init, type, address } = resource;
  if (init.mode === 'managed') return { kind: 'resource', resource };
  if (type !== 'aws_s3_bucket' && (targets ?? []).includes(type)) return { kind: 'resource', resource };
  return { kind: 'unknown', because: `is read by ${address}, which does not tell where it is` };
}

/** What the known beginning of a template tells: `arn:aws:sns:us-east-1:${...}`, `https://host/${...}`. */
function byBeginning(value: Hidden, mover: Mover, from: Resource, estate: Estate): FlowEnd {
  const hidden: FlowEnd = { kind: 'unknown', because: value };
  if (value.kind !== 'template') return hidden;
  const [first, second, third] = value.parts;
  if (mover.names === 'model') {
    // Only a profile is known by its beginning; the Region of its ARN is where it is asked, not where it runs.
    const end = typeof first === 'string' && namesProfile(first) ? endOfModel(first) : null;
    return end ?? hidden;
  }
  const bucket = bucketAtBeginning(value.parts, mover);
  if (bucket !== null) {
    const otherwise = bucket.kind === 'string' ? endOfBucket(bucket.value) : hidden;
    return byReference(bucket, mover, from, estate) ?? otherwise;
  }
  if (typeof first !== 'string') {
    const isWhole = typeof second === 'string' && /^[/:]/.test(second);
    return first?.kind === 'reference' && isWhole ? (byReference(first, mover, from, estate) ?? hidden) : hidden;
  }
  const region = /^arn:[a-z0-9-]+:[a-z0-9-]+:([a-z0-9-]+):/.exec(first)?.[1];
  if (region !== undefined && REGIONS.has(region)) return { kind: 'region', region, account: null };
  if (mover.names === 'url' || mover.names === 'host') {
    if (/^(?:jdbc:)?[a-z0-9+.:-]+:\/\/[^/]+[/:?]/i.test(first)) {
      const host = hostOf(first);
      return host === null ? hidden : endOfHost(host);
    }
    const isHost = first.endsWith('://') && !first.startsWith('s3') && isWholeBefore(third);
    if (isHost && typeof second !== 'string' && second?.kind === 'reference') {
      return byReference(second, mover, from, estate) ?? hidden;
    }
  }
  return hidden;
}

/** What stands before the name of a bucket, whole. */
const BEFORE_BUCKET = /^(?:\/|arn:[a-z-]+:s3:::|s3(?:[an]|ssl)?:\/\/)$/;

/** A bucket that is named by a known beginning, or by the reference after it: `arn:aws:s3:::${...}/prefix`. */
function bucketAtBeginning(parts: TemplateValue['parts'], { names }: Mover): ReferenceValue | StringValue | null {
  const [first, second, third] = parts;
  if (typeof first !== 'string') return null;
  if (BEFORE_BUCKET.test(first) && (first !== '/' || names === 'bucket')) {
    return isWholeBefore(third) && typeof second !== 'string' && second?.kind === 'reference' ? second : null;
  }
  const named = /^(?:arn:[a-z-]+:s3:::|s3(?:[an]|ssl)?:\/\/)([a-z0-9][a-z0-9.-]+)\//.exec(first)?.[1];
  const bucket = named ?? (names === 'bucket' ? /^\/?([a-z0-9][a-z0-9.-]+)\//.exec(first)?.[1] : undefined);
  return bucket === undefined ? null : { kind: 'string', value: `arn:aws:s3:::${bucket}` };
}

/** Whether a name goes no further than to what follows it in a template. */
function isWholeBefore(next: TemplateValue['parts'][number] | undefined): boolean {
  return next === undefined || (typeof next === 'string' && /^[/:?#]/.test(next));
}

/** What a text names; null for nothing, `here` for the place of the resource itself. */
function byText(text: string, mover: Mover): FlowEnd | 'here' | null {
  const { names } = mover;
  switch (names) {
    case 'region':
      return endOfRegion(text);
    case 'zone':
      return { kind: 'zone', zone: text };
    case 'model':
      return endOfModel(text) ?? 'here';
    case 'host':
    case 'url':
      return endOfUrl(text);
    case 'bucket': {
      const bucket = bucketIn(text, mover) ?? text;
      // A file system is named by its id, and lies where the server does.
      const isFiles = mover.targets?.includes('aws_efs_file_system') === true && /^fs-[0-9a-f]+$/.test(bucket);
      return isFiles ? 'here' : endOfBucket(bucket);
    }
    case 'account':
    case 'principal':
      return endOfPrincipal(text);
    case 'arn':
      return endOfArn(text) ?? unclear(text);
    case 'local':
      return text.startsWith('arn:') ? (endOfArn(text) ?? unclear(text)) : 'here';
    case 'resource':
    case 'group':
    case 'world':
    case 'recipients':
      return endOfArn(text) ?? unclear(text);
  }
}

function endOfRegion(text: string): FlowEnd {
  if (REGIONS.has(text)) return { kind: 'region', region: text, account: null };
  return { kind: 'unknown', because: `names ${text}, which is no Region that the table knows` };
}

export function endOfArn(text: string): FlowEnd | null {
  const s3 = parseS3Arn(text);
  if (s3 !== null && s3.arn.region === '') return endOfBucket(text);
  const call = /^arn:[a-z-]+:apigateway:([a-z0-9-]+):[a-z0-9.-]+:(?:path|action)\/(?:.*\/functions\/(arn:[^/]*))?/.exec(
    text,
  );
  // The function that an API calls says where it is by its own ARN.
  if (call !== null) return call[2] === undefined ? endOfRegion(call[1] ?? '') : endOfArn(call[2]);
  // Backup policies of an organisation write `$account` where each account is meant.
  const arn = parseArn(text.replace(/:\$account:/, '::'));
  if (arn === null || arn.region === '') return null;
  if (!REGIONS.has(arn.region)) return endOfRegion(arn.region);
  return { kind: 'region', region: arn.region, account: /^\d{12}$/.test(arn.account) ? arn.account : null };
}

export function endOfBucket(text: string): FlowEnd {
  const uri = bucketOfUri(text);
  if (uri !== null) return endOfBucket(uri);
  const s3 = parseS3Arn(text);
  if (s3 !== null && s3.arn.region !== '') {
    const { region, account } = s3.arn;
    return REGIONS.has(region)
      ? { kind: 'region', region, account: account === '' ? null : account }
      : endOfRegion(region);
  }
  if (s3 === null && text.includes('.amazonaws.')) return endOfHost(text);
  const bucket = s3?.kind === 'bucket' ? s3.bucket : text;
  const zone = zoneOfDirectoryBucket(bucket);
  return zone === null ? { kind: 'bucket', bucket, account: null } : { kind: 'zone', zone };
}

function endOfUrl(text: string): FlowEnd {
  const arn = text.startsWith('arn:') ? endOfArn(text) : null;
  if (arn !== null) return arn;
  const bucket = bucketOfUri(text);
  if (bucket !== null) return endOfBucket(bucket);
  const host = hostOf(text);
  return host === null ? { kind: 'unknown', because: `names ${text}, which has no host` } : endOfHost(host);
}

function endOfPrincipal(text: string): FlowEnd | null {
  if (text === '*' || text === 'all') return { kind: 'account', account: 'all' };
  if (/^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(text)) return null;
  // Lake Formation means by these everybody of the own account, or of the one before the colon.
  if (text === 'IAM_ALLOWED_PRINCIPALS') return null;
  const all = /^(\d{12}):IAMPrincipals$/.exec(text)?.[1];
  if (all !== undefined) return { kind: 'account', account: all };
  // OpenSearch Serverless names people of a provider of the account, and of a directory, which has a row of its own.
  const federated = /^saml\/(\d{12})\//.exec(text)?.[1];
  if (federated !== undefined) return { kind: 'account', account: federated };
  if (text.startsWith('iamidentitycenter/')) return null;
  const arn = parseArn(text);
  if (arn === null) return { kind: 'account', account: text };
  const organisation = /\b(o-[a-z0-9]{10,32})\b/.exec(arn.resource)?.[1];
  return { kind: 'account', account: organisation ?? (arn.account === '' ? text : arn.account) };
}
