import { PARTITIONS, partitionOf } from '../../model/aws/jurisdictions.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, describeHidden, type Hidden, type ReferenceValue, type Value } from '../../model/value.ts';
import { type Leaf, leavesIn } from './leaves.ts';

/** A text that names another partition, or may. */
export type PartitionSign =
  | { readonly kind: 'arn' | 'host' | 'region'; readonly text: string; readonly partition: string }
  | { readonly kind: 'unclear'; readonly because: string | Hidden };

/** Refused whatever the policy says: its operator is another company, under another law. */
const NEVER = 'aws-cn';

/** The suffix that several partitions share tells nothing. */
const SHARED_SUFFIX = 'amazonaws.com';

/** Partitions whose hosts have names of their own, and how these end. */
const OWN_SUFFIXES = Array.from(PARTITIONS, ([partition, suffix]) => ({ partition, end: `.${suffix}` })).filter(
  ({ end }) => end !== `.${SHARED_SUFFIX}`,
);

const NONE: readonly PartitionSign[] = [];

/** A hole in a template: part of no ARN and of no host. */
const HOLE = '\u0000';

/** Data sources whose content AWS makes, in the partition of the provider. What others read may name anything. */
const OWN_CONTENT = [
  'aws_ami',
  'aws_availability_zone',
  'aws_caller_identity',
  'aws_ec2_',
  'aws_iam_policy_document',
  'aws_iam_role',
  'aws_iam_session_context',
  'aws_kms_alias',
  'aws_kms_key',
  'aws_outposts_',
  'aws_partition',
  'aws_prefix_list',
  'aws_region',
  'aws_route_table',
  'aws_security_group',
  'aws_service',
  'aws_subnet',
  'aws_vpc',
];

export function isAllowedPartition(partition: string, policy: { readonly partition: string }): boolean {
  return partition === policy.partition && partition !== NEVER;
}

/** What in one leaf names another partition than the policy's, or hides whether it does. */
export function partitionSigns(
  leaf: Leaf,
  policy: { readonly partition: string },
  estate: Estate,
): readonly PartitionSign[] {
  const { value, argument } = leaf;
  // Keys of a map are text of the input too; the name of an argument holds no colon.
  const keys = leaf.names((name) => name.includes(':'));
  if (keys.length === 0 && isBare(value) && !argument.includes('region')) return NONE;
  const signs: PartitionSign[] = hiddenParts(value).flatMap((part) =>
    isOwn(part, estate) ? [] : [{ kind: 'unclear', because: part }],
  );
  const texts = [...keys, ...textOf(value)];
  for (const text of texts) {
    const shown = value.sensitive ? () => '(sensitive)' : (found: string) => found;
    signs.push(...arnSigns(text, shown, policy), ...hostSigns(text, shown, policy));
    const partition = argument.includes('region') ? partitionOf(text) : null;
    if (partition !== null && !isAllowedPartition(partition, policy)) {
      signs.push({ kind: 'region', text: shown(text), partition });
    }
    // JSON may spell the letters of an ARN as escapes.
    if (text.includes('\\u') && value.kind === 'string') signs.push(...signsInJson(leaf, policy, estate));
  }
  return signs;
}

/** Whether a value is all there is to see, and can name neither an ARN nor a host. Most are such. */
function isBare(value: Value): boolean {
  if (value.kind === 'string') return !/[.\\]|arn:/.test(value.value);
  return value.kind === 'number' || value.kind === 'boolean' || value.kind === 'null';
}

function signsInJson(leaf: Leaf, policy: { readonly partition: string }, estate: Estate): readonly PartitionSign[] {
  const document = estate.document(leaf.value);
  if (document.kind !== 'object' && document.kind !== 'list') return [];
  return leavesIn(document, leaf.path).flatMap((inner) =>
    textOf(inner.value).some((text) => text.includes('\\u')) ? [] : partitionSigns(inner, policy, estate),
  );
}

function arnSigns(
  text: string,
  shown: (found: string) => string,
  policy: { readonly partition: string },
): readonly PartitionSign[] {
  if (!text.includes('arn:')) return NONE;
  return Array.from(text.matchAll(/arn:([^:\s"'/]+):[^\s"']*/g), ([arn, token = '']): PartitionSign | null => {
    const meant = partitionsOf(token);
    if (meant.some((partition) => isAllowedPartition(partition, policy))) return null;
    const [partition] = meant;
    if (partition !== undefined) return { kind: 'arn', text: shown(arn.replaceAll(HOLE, '...')), partition };
    return token.startsWith('aws') && !token.includes(HOLE)
      ? { kind: 'unclear', because: `names the partition ${token}, which no table knows` }
      : null;
  }).filter((sign) => sign !== null);
}

/** A policy may write its partition with wildcards: those that match. */
function partitionsOf(token: string): readonly string[] {
  if (!/[*?]/.test(token)) return PARTITIONS.has(token) ? [token] : [];
  const pattern = token
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.');
  const matches = new RegExp(`^${pattern}$`);
  return [...PARTITIONS.keys()].filter((partition) => matches.test(partition));
}

function hostSigns(
  text: string,
  shown: (found: string) => string,
  policy: { readonly partition: string },
): readonly PartitionSign[] {
  if (!text.includes('.')) return NONE;
  // Names of hosts are the same in any case.
  const lower = text.toLowerCase();
  return OWN_SUFFIXES.flatMap(({ partition, end }): readonly PartitionSign[] => {
    if (isAllowedPartition(partition, policy)) return NONE;
    const at = endOfHost(lower, end);
    if (at === -1) return NONE;
    const host = `${/[\w.-]*$/.exec(text.slice(0, at))?.[0] ?? ''}${text.slice(at, at + end.length)}`;
    return [{ kind: 'host', text: shown(host), partition }];
  });
}

/** Where a host name ends with a suffix, and not merely goes on after it; -1 where none does. */
function endOfHost(text: string, end: string): number {
  let at = text.indexOf(end);
  while (at !== -1 && /^\.?[\w-]/.test(text.slice(at + end.length, at + end.length + 2)))
    at = text.indexOf(end, at + 1);
  return at;
}

function textOf(value: Value): readonly string[] {
  if (value.kind === 'string') return [value.value];
  if (value.kind !== 'template') return [];
  return [value.parts.map((part) => (typeof part === 'string' ? part : HOLE)).join('')];
}

function hiddenParts(value: Value): readonly Exclude<Hidden, { kind: 'template' }>[] {
  switch (value.kind) {
    case 'reference':
    case 'unknown':
      return [value];
    case 'template':
      return value.parts.filter((part) => typeof part !== 'string');
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
    case 'list':
    case 'object':
      return [];
  }
}

/** Computed by AWS in the partition of a provider that is judged itself, or put together from such parts. */
function isOwn(value: Exclude<Hidden, { kind: 'template' }>, estate: Estate): boolean {
  if (value.kind === 'reference') return isOwnReference(value, estate);
  if (value.reason !== 'function' && value.reason !== 'operation') return false;
  if (value.references.length === 0 || !value.references.every((one) => isOwnReference(one, estate))) return false;
  const rest = describeHidden(value).replaceAll(/\bdata\.(aws_\w+)\./g, (text, type: string) =>
    hasOwnContent(type) ? '' : text,
  );
  return !/\b(?:var|module|terraform|path|data)\./.test(rest);
}

function isOwnReference({ target }: ReferenceValue, estate: Estate): boolean {
  if (!target.address.startsWith('data.')) return target.address.startsWith('aws_');
  const type = target.address.split('.')[1] ?? '';
  return hasOwnContent(type) || (type === 'aws_ssm_parameter' && isPublished(estate.find(target)));
}

function hasOwnContent(type: string): boolean {
  return OWN_CONTENT.some((prefix) => type.startsWith(prefix));
}

/** AWS publishes ids of images and the like in each Region, as parameters below `/aws/service/`. */
function isPublished(parameter: Resource | null): boolean {
  const name = parameter === null ? null : asString(parameter.attribute('name'));
  return typeof name === 'string' && name.startsWith('/aws/service/');
}
