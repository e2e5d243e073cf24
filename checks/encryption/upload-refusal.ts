import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asItems, asString, asStrings, type Hidden, isHidden, type Value } from '../../model/value.ts';
import { bucketEncryption } from './bucket-encryption.ts';
import { matchesPattern, refuses } from './plain-refusal.ts';

/** An upload whose object would lie under another key than the bucket's: the client's own, or another of KMS. */
export type ForeignUpload = 'client key' | 'other key';

/** The name of a header in conditions, and what such an upload has in it; what it has not, is not sent. */
type Headers = ReadonlyMap<string, string | typeof OTHER>;

/** A key of KMS that is not the bucket's, and so matches nothing that names one. */
const OTHER = Symbol('other key');

const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id';

const SENT: { readonly [upload in ForeignUpload]: Headers } = {
  'client key': new Map([['s3:x-amz-server-side-encryption-customer-algorithm', 'AES256']]),
  'other key': new Map<string, string | typeof OTHER>([
    ['s3:x-amz-server-side-encryption', 'aws:kms'],
    [KEY_ID, OTHER],
  ]),
};

/** Headers of encryption that decide such uploads; of other keys nothing is known. */
const HEADERS: ReadonlySet<string> = new Set(Object.values(SENT).flatMap((headers) => [...headers.keys()]));

/** Whether the policy of a bucket refuses an upload under another key, whoever sends it. */
export function refusesUpload(
  document: Value,
  upload: ForeignUpload,
  bucket: Resource,
  name: string | null,
  estate: Estate,
): boolean | Hidden {
  const own = bucketEncryption(bucket, estate).rules.map(({ key }) => key);
  return refuses(document, {
    action: 's3:PutObject',
    below: '/*',
    target: bucket,
    name,
    estate,
    holds: (condition) => holdsFor(condition, SENT[upload], own),
  });
}

/** Whether the bucket itself takes no objects under keys of clients: each of its rules blocks them. */
export function blocksClientKeys(bucket: Resource, estate: Estate): boolean | Hidden {
  const { rules } = bucketEncryption(bucket, estate);
  let hidden: Hidden | null = null;
  for (const { source, path } of rules) {
    const { known, hidden: unseen } = asStrings(source.attribute(...path, 'blocked_encryption_types'));
    if (known.includes('SSE-C')) continue;
    const [first] = unseen;
    if (first === undefined) return false;
    hidden ??= first;
  }
  return rules.length > 0 && (hidden ?? true);
}

function holdsFor(condition: Value, sent: Headers, own: readonly Value[]): boolean | Hidden {
  if (isHidden(condition)) return condition;
  if (condition.kind !== 'object') return condition.kind === 'null';
  const clues = [...condition.entries].flatMap(([operator, keys]) => {
    if (isHidden(keys)) return [keys];
    if (keys.kind !== 'object') return [false];
    return [...keys.entries].map(([key, values]) =>
      isMet(operator.toLowerCase(), key.toLowerCase(), values, sent, own),
    );
  });
  return clues.includes(false) ? false : (clues.find(isHidden) ?? true);
}

/** One line of a condition: an operator, a key, and the values of which one has to fit. */
function isMet(operator: string, key: string, values: Value, sent: Headers, own: readonly Value[]): boolean | Hidden {
  if (!HEADERS.has(key)) return false;
  const header = sent.get(key);
  const { items, open } = values.kind === 'reference' ? { items: [values], open: [] } : asItems(values);
  const listed = [...items, ...open];
  if (operator === 'null') {
    const [text] = listed.map(asString);
    if (text === undefined || text === null) return false;
    return isHidden(text) ? text : (text.toLowerCase() === 'true') === (header === undefined);
  }
  const form = /^(string|arn)(not)?(equals|like|equalsignorecase)(ifexists)?$/.exec(operator);
  if (form === null) return false;
  const isNegated = form[2] !== undefined;
  // Without the key a negation holds, and so does everything that only asks where it is sent.
  if (header === undefined) return isNegated || form[4] !== undefined;
  if (header === OTHER) {
    // To spare another key than the bucket's is to take objects under it.
    if (isNegated) return isOwnOnly(listed, own);
    return listed.some((value) => asString(value) === '*');
  }
  const clues = listed.map((value) => {
    const text = asString(value);
    return isHidden(text) ? text : text !== null && matchesPattern(text, header);
  });
  if (clues.includes(true)) return !isNegated;
  return clues.find(isHidden) ?? isNegated;
}

function isOwnOnly(listed: readonly Value[], own: readonly Value[]): boolean | Hidden {
  const clues = listed.map((value): boolean | Hidden => {
    if (own.some((key) => isSame(key, value))) return true;
    return value.kind === 'unknown' || value.kind === 'template' ? value : false;
  });
  return clues.includes(false) ? false : (clues.find(isHidden) ?? own.length > 0);
}

/** Of references what they name counts, of literals the text; what was read through a name is both. */
function isSame(left: Value, right: Value): boolean {
  const [first, second] = [nameOf(left), nameOf(right)];
  return first !== null && first === second;
}

function nameOf(value: Value): string | null {
  const reference = value.kind === 'reference' ? value : value.origin;
  if (reference !== undefined) return JSON.stringify([reference.target.stack, reference.target.address]);
  return value.kind === 'string' ? value.value : null;
}
