import { parseArn, parseS3Arn } from '../../model/aws/arn.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, type Hidden, isHidden, string, unknown, type Value } from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';

/** Where logs end. */
export type Delivery =
  | { readonly kind: 'archive' }
  /** Somewhere that is no archive of the policy, by the name that the input gives it. */
  | { readonly kind: 'elsewhere'; readonly name: string }
  | { readonly kind: 'hidden'; readonly value: Hidden };

interface Sight {
  readonly estate: Estate;
  readonly policy: Policy;
}

const BUCKET = 'aws_s3_bucket';
const GROUP = 'aws_cloudwatch_log_group';
const STREAM = 'aws_kinesis_firehose_delivery_stream';
const FILTER = 'aws_cloudwatch_log_subscription_filter';
const DESTINATION = 'aws_cloudwatch_log_destination';
const ACCOUNT_POLICY = 'aws_cloudwatch_log_account_policy';

/** Types that logs pass on their way to an archive. */
export const DELIVERY_TYPES = [BUCKET, GROUP, STREAM, FILTER, DESTINATION, ACCOUNT_POLICY] as const;

/** Logs written to a bucket, by name or ARN, with or without a folder behind it. */
export function bucketDelivery(value: Value, { estate, policy }: Sight): Delivery {
  const name = bucketName(withoutFolder(value), estate);
  if (isHidden(name)) return { kind: 'hidden', value: name };
  const archives = policy.monitor?.archives ?? [];
  if (archives.length === 0) return hidden('monitor.archives', 'is not in the policy, so no bucket is the archive');
  const shown = value.sensitive ? '(sensitive)' : name;
  const isArchive = archives.some((archive) => nameIn(archive) === name);
  return isArchive ? archiveOf(name, shown, { estate, policy }) : { kind: 'elsewhere', name: shown };
}

/** A bucket with the name of an archive is one unless the estate makes it in another account than the monitor's. */
function archiveOf(name: string, shown: string, { estate, policy }: Sight): Delivery {
  const owner = estate.resolve(string(name), [BUCKET]);
  if (owner.kind === 'hidden') return { kind: 'hidden', value: owner.value };
  if (owner.kind !== 'resource') return { kind: 'archive' };
  const account = asString(estate.place(owner.resource).account);
  if (isHidden(account)) return { kind: 'hidden', value: account };
  return account === policy.monitor?.account
    ? { kind: 'archive' }
    : { kind: 'elsewhere', name: `${shown} of account ${account}` };
}

/** Logs written to a log group, by name or ARN: they reach an archive by a subscription to all of them. */
export function groupDelivery(value: Value, sight: Sight): Delivery {
  const { estate } = sight;
  const target = estate.resolve(withoutArn(value, /^.*:log-group:([^:]+)(?::\*)?$/), [GROUP]);
  switch (target.kind) {
    case 'hidden':
      return { kind: 'hidden', value: target.value };
    case 'outside':
      return hidden(target.text, 'is a log group outside the estate');
    case 'none':
      return hidden('the log group', 'is not named');
    case 'resource':
      break;
  }
  const group = target.resource;
  const { items, open } = estate.companions(group, FILTER, 'log_group_name');
  const deliveries = items.map((filter) => filterDelivery(filter, sight));
  const archived = deliveries.find(({ kind }) => kind === 'archive');
  if (archived !== undefined) return archived;
  const unclear = [...deliveries.flatMap((d) => (d.kind === 'hidden' ? [d.value] : [])), ...open.map((o) => o.value)];
  const [first] = unclear;
  if (first !== undefined) return { kind: 'hidden', value: first };
  const [account] = estate.ofType(ACCOUNT_POLICY);
  if (account !== undefined) return hidden(account.address, 'may subscribe to every log group of its account');
  return { kind: 'elsewhere', name: group.address };
}

/** Logs written to a Firehose stream, by name or ARN. */
export function streamDelivery(value: Value, sight: Sight): Delivery {
  const target = sight.estate.resolve(value, [STREAM]);
  switch (target.kind) {
    case 'hidden':
      return { kind: 'hidden', value: target.value };
    case 'outside':
      return hidden(target.text, 'is a delivery stream outside the estate');
    case 'none':
      return hidden('the delivery stream', 'is not named');
    case 'resource':
      return deliveryOfStream(target.resource, sight);
  }
}

function deliveryOfStream(stream: Resource, sight: Sight): Delivery {
  if (stream.type !== STREAM || stream.init.mode === 'data')
    return hidden(stream.address, 'is not followed any further');
  const destination = asString(stream.attribute('destination'));
  if (isHidden(destination)) return { kind: 'hidden', value: destination };
  if (destination !== 'extended_s3') return hidden(stream.address, `delivers to ${destination}, which is not followed`);
  const { items, open } = stream.blocks('extended_s3_configuration', 'processing_configuration', 'processors');
  const [processor] = open;
  if (processor !== undefined) return { kind: 'hidden', value: processor };
  const kinds = items.map((block) => asString(block.attribute('type')));
  const unclear = kinds.find(isHidden);
  if (unclear !== undefined) return { kind: 'hidden', value: unclear };
  if (kinds.includes('Lambda')) return hidden(stream.address, 'passes records through a function, which may drop some');
  return bucketDelivery(stream.attribute('extended_s3_configuration', 'bucket_arn'), sight);
}

function filterDelivery(filter: Resource, sight: Sight): Delivery {
  const { estate } = sight;
  if (filter.init.isSymbolic) return hidden(filter.address, 'has a count or for_each that only the plan knows');
  const pattern = asString(filter.attribute('filter_pattern'));
  if (isHidden(pattern)) return { kind: 'hidden', value: pattern };
  if ((pattern ?? '') !== '') return { kind: 'elsewhere', name: filter.address };
  const value = filter.attribute('destination_arn');
  const target = estate.resolve(value, [STREAM, DESTINATION]);
  const isRelay = target.kind === 'resource' && target.resource.type === DESTINATION;
  return streamDelivery(isRelay ? target.resource.attribute('target_arn') : value, sight);
}

/** A flow log's destination, which its type tells. */
export function flowLogDelivery(log: Resource, sight: Sight): Delivery {
  const type = asString(sight.estate.effective(log, 'log_destination_type'));
  if (isHidden(type)) return { kind: 'hidden', value: type };
  const destination = log.attribute('log_destination');
  switch (type) {
    case 's3':
      return bucketDelivery(destination, sight);
    case 'kinesis-data-firehose':
      return streamDelivery(destination, sight);
    case 'cloud-watch-logs':
      // Provider 5 also takes the name of the group.
      return groupDelivery(destination.kind === 'null' ? log.attribute('log_group_name') : destination, sight);
    default:
      return hidden(`${log.address}.log_destination_type`, `is ${type}, which no table knows`);
  }
}

function bucketName(value: Value, estate: Estate): string | Hidden {
  const text = asString(value);
  if (text === null) return unknown('missing-object', 'the bucket', 'is not named');
  if (!isHidden(text)) return nameIn(text);
  const target = estate.resolve(value, [BUCKET]);
  if (target.kind !== 'resource' || target.resource.type !== BUCKET) return text;
  const name = asString(target.resource.attribute('bucket'));
  if (name === null) return unknown('operation', `${target.resource.address}.bucket`, 'is generated by the provider');
  return name;
}

function nameIn(text: string): string {
  const parsed = parseS3Arn(text);
  return parsed?.kind === 'bucket' ? parsed.bucket : text;
}

/** `${aws_s3_bucket.archive.arn}/west` is the bucket. */
function withoutFolder(value: Value): Value {
  if (value.kind !== 'template') return value;
  const [first, second, ...rest] = value.parts;
  const isFolder =
    typeof second === 'string' && second.startsWith('/') && rest.every((part) => typeof part === 'string');
  return typeof first === 'object' && isFolder ? first : value;
}

/** The name that a literal ARN ends with; any other value as it is. */
function withoutArn(value: Value, form: RegExp): Value {
  if (value.kind === 'template') {
    const [first, suffix, ...rest] = value.parts;
    return typeof first === 'object' && suffix === ':*' && rest.length === 0 ? first : value;
  }
  if (value.kind !== 'string' || value.origin !== undefined || parseArn(value.value) === null) return value;
  const name = form.exec(value.value)?.[1];
  return name === undefined ? value : { ...string(name), ...(value.sensitive ? { sensitive: true } : {}) };
}

function hidden(expression: string, detail: string): Delivery {
  return { kind: 'hidden', value: unknown('missing-object', expression, detail) };
}
