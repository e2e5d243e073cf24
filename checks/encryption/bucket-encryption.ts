import type { Estate } from '../../model/estate.ts';
import type { Block, Path, Resource } from '../../model/resource.ts';
import { asString, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';

/** One statement of how a bucket encrypts by default. */
export interface EncryptionRule {
  /** Where it stands: the bucket itself or a companion. */
  readonly source: Resource;
  readonly path: Path;
  readonly algorithm: Value;
  readonly algorithmPath: Path;
  readonly key: Value;
  readonly keyPath: Path;
}

export interface BucketEncryption {
  readonly rules: readonly EncryptionRule[];
  /** Rules of companions that may be about another bucket, or may not exist. */
  readonly possible: readonly { readonly rule: EncryptionRule; readonly because: Hidden }[];
  /** What hides further rules. */
  readonly open: readonly Hidden[];
}

const COMPANION = 'aws_s3_bucket_server_side_encryption_configuration';
const APPLIED = 'apply_server_side_encryption_by_default';

/** Types of buckets, and the blocks in which they say it themselves. */
const OWN_RULES: ReadonlyMap<string, readonly [blocks: Path, algorithm: Path, key: Path]> = new Map([
  [
    'aws_s3_bucket',
    [
      ['server_side_encryption_configuration', 'rule'],
      [APPLIED, 'sse_algorithm'],
      [APPLIED, 'kms_master_key_id'],
    ],
  ],
  ['aws_s3tables_table', [['encryption_configuration'], ['sse_algorithm'], ['kms_key_arn']]],
  ['aws_s3tables_table_bucket', [['encryption_configuration'], ['sse_algorithm'], ['kms_key_arn']]],
  ['aws_s3vectors_vector_bucket', [['encryption_configuration'], ['sse_type'], ['kms_key_arn']]],
]);

export const BUCKETS: readonly string[] = ['aws_s3_directory_bucket', ...OWN_RULES.keys()];
export const BUCKET_ENCRYPTION_TYPES: readonly string[] = [...BUCKETS, COMPANION];

/** Whether a resource encrypts by rules of its own: a table takes those of its bucket unless it says otherwise. */
export function hasOwnDefault(bucket: Resource): boolean {
  return bucket.type !== 'aws_s3tables_table' || bucket.attribute('encryption_configuration').kind !== 'null';
}

/** Everything that says how a bucket encrypts by default: its own blocks and the companions that name it. */
export function bucketEncryption(bucket: Resource, estate: Estate): BucketEncryption {
  const rules: EncryptionRule[] = [];
  const possible: { readonly rule: EncryptionRule; readonly because: Hidden }[] = [];
  const open: Hidden[] = [];
  const own = ownRules(bucket);
  rules.push(...own.rules);
  open.push(...own.open);
  const { items, open: unclear } = estate.companions(bucket, COMPANION, 'bucket');
  const candidates = [
    ...items.map((companion) => ({ companion, because: mayBeMissing(companion) })),
    ...unclear.map(({ resource, value }) => ({ companion: resource, because: value })),
    ...strays(bucket, estate),
  ];
  for (const { companion, because } of candidates) {
    const found = rulesIn(companion, ['rule'], [APPLIED, 'sse_algorithm'], [APPLIED, 'kms_master_key_id']);
    if (because === null) rules.push(...found.rules);
    else possible.push(...found.rules.map((rule) => ({ rule, because })));
    open.push(...found.open);
  }
  return { rules, possible, open };
}

function ownRules(bucket: Resource): ReturnType<typeof rulesIn> {
  const form = OWN_RULES.get(bucket.type);
  return form === undefined ? { rules: [], open: [] } : rulesIn(bucket, ...form);
}

function rulesIn(
  source: Resource,
  [outer = '', inner]: Path,
  algorithm: Path,
  key: Path,
): { readonly rules: readonly EncryptionRule[]; readonly open: readonly Hidden[] } {
  const containers = source.blocks(outer);
  const open = [...containers.open];
  let blocks: readonly Block[] = containers.items;
  if (inner !== undefined) {
    blocks = containers.items.flatMap((container) => {
      const nested = container.blocks(inner);
      open.push(...nested.open);
      return nested.items;
    });
  }
  const rules = blocks.map((block) => ({
    source,
    path: block.path,
    algorithm: block.attribute(...algorithm),
    algorithmPath: [...block.path, ...algorithm],
    key: block.attribute(...key),
    keyPath: [...block.path, ...key],
  }));
  return { rules, open };
}

function mayBeMissing({ init, address }: Resource): Hidden | null {
  return init.isSymbolic ? unknown('instances', address, 'has a count or for_each that only the plan knows') : null;
}

/** Companions of a literal name that may be the one that a bucket without a known name will have. */
function strays(
  bucket: Resource,
  estate: Estate,
): readonly { readonly companion: Resource; readonly because: Hidden }[] {
  if (bucket.type !== 'aws_s3_bucket' && bucket.type !== 'aws_s3_directory_bucket') return [];
  const name = asString(bucket.attribute('bucket'));
  if (typeof name === 'string') return [];
  const because = isHidden(name) ? name : unknown('operation', `${bucket.address}.bucket`, 'is named by the provider');
  return estate
    .ofType(COMPANION)
    .filter((companion) => estate.resolve(companion.attribute('bucket'), [bucket.type]).kind === 'outside')
    .map((companion) => ({ companion, because }));
}
