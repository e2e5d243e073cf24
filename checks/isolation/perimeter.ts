import { parseArn } from '../../model/aws/arn.ts';
import {
  asItems,
  asString,
  child,
  type Hidden,
  isHidden,
  NULL,
  type ObjectValue,
  string,
  type Value,
} from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Context } from '../check.ts';

/** The two sides of a request that a perimeter closes. */
export type Side = 'principals' | 'resources';

/** Whether a policy keeps requests between principals and resources of the enclave. */
export type PerimeterJudgement =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly openings: readonly Opening[] }
  | { readonly kind: 'hidden'; readonly because: Hidden | string };

/** A statement that does not close a side, with what it allows. */
export interface Opening {
  readonly side: Side;
  readonly statement: string;
  readonly terms: { readonly [element: string]: Value };
}

const TERMS = ['Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'] as const;

/** Condition keys that tell whose principal or resource it is, in lower case, and what they hold. */
const KEYS: Readonly<Record<Side, ReadonlyMap<string, 'organisation' | 'organisation-path' | 'account' | 'arn'>>> = {
  principals: new Map([
    ['aws:principalorgid', 'organisation'],
    ['aws:principalorgpaths', 'organisation-path'],
    ['aws:principalaccount', 'account'],
    ['aws:principalarn', 'arn'],
  ]),
  resources: new Map([
    ['aws:resourceorgid', 'organisation'],
    ['aws:resourceorgpaths', 'organisation-path'],
    ['aws:resourceaccount', 'account'],
    ['s3:resourceaccount', 'account'],
  ]),
};

const SIDES: readonly Side[] = ['principals', 'resources'];

/** Without IfExists: a request that lacks the key would pass, and those of strangers lack it. */
const EQUALS = /^(?:foranyvalue:)?(?:stringequals|stringequalsignorecase|stringlike|arnequals|arnlike)$/;
/** A request that lacks the key is refused, with IfExists or without. */
const NOT_EQUALS = /^(?:stringnotequals|stringnotequalsignorecase|stringnotlike|arnnotequals|arnnotlike)(?:ifexists)?$/;

/**
 * Buckets of AWS from which hosts and container services read what AWS publishes there; nobody can write to them.
 * Amazon ECR guide, VPC endpoints; AWS Systems Manager guide, SSM Agent and buckets; Amazon Linux guides, repositories.
 */
const PUBLISHED = [
  /^prod-(?<region>[a-z0-9-]+)-starport-layer-bucket$/,
  /^amazonlinux-2-repos-(?<region>[a-z0-9-]+)$/,
  /^al2023-repos-(?<region>[a-z]+-[a-z]+-\d)-[0-9a-f]+$/,
  /^(?:aws|amazon)-ssm-(?<region>[a-z0-9-]+)$/,
  /^patch-baseline-snapshot-(?<region>[a-z0-9-]+)$/,
];
const READS: ReadonlySet<string> = new Set([
  's3:getobject',
  's3:getobjectversion',
  's3:listbucket',
  's3:getbucketlocation',
]);

const CLOSED: PerimeterJudgement = { kind: 'closed' };

/** Accounts of the sites, and the accounts and organisations that the policy registers. */
export function ownPrincipals({ sites, network }: Pick<Policy, 'sites' | 'network'>): ReadonlySet<string> {
  return new Set([...sites.map(({ account }) => account), ...network.principals.map(({ principal }) => principal)]);
}

/**
 * Whether a policy admits only requests of own principals to own resources: each statement that allows says so of both
 * sides by its elements or conditions, or a statement denies everything else. `region` is that of the endpoint.
 */
export function judgePerimeter(document: Value, region: Value, context: Context): PerimeterJudgement {
  if (isHidden(document)) return hidden(document);
  const { items, open } = asItems(child(document, 'Statement'));
  const [unseen] = [...open, ...items.filter(isHidden)];
  if (unseen !== undefined) return hidden(unseen);
  if (document.kind !== 'object' || child(document, 'Statement').kind === 'null') {
    return hidden('the policy has no statements');
  }
  const statements = items.filter((item) => item.kind === 'object');
  if (statements.length < items.length) return hidden('the policy has a statement that is no object');
  const judged: PerimeterJudgement[] = [];
  for (const [index, statement] of statements.entries()) {
    const effect = asString(child(statement, 'Effect'));
    if (effect !== null && isHidden(effect)) return hidden(effect);
    if (effect === 'Deny') continue;
    for (const side of SIDES) judged.push(judgeSide({ statement, index, side, region, statements }, context));
  }
  // What one statement hides cannot close what another opens.
  const openings = judged.flatMap((judgement) => (judgement.kind === 'open' ? judgement.openings : []));
  if (openings.length > 0) return { kind: 'open', openings };
  return judged.find(({ kind }) => kind === 'hidden') ?? CLOSED;
}

interface Question {
  readonly statement: ObjectValue;
  readonly index: number;
  readonly side: Side;
  readonly region: Value;
  readonly statements: readonly ObjectValue[];
}

function judgeSide({ statement, index, side, region, statements }: Question, context: Context): PerimeterJudgement {
  const sid = asString(child(statement, 'Sid'));
  const name = typeof sid === 'string' && sid !== '' ? sid : `number ${index + 1}`;
  const denies = statements.filter((item) => asString(child(item, 'Effect')) === 'Deny');
  const answers = [
    side === 'principals' ? namesOwnPrincipals(statement, context) : namesOwnResources(statement, region, context),
    // All conditions must hold, so one that admits only what is own is enough.
    ...conditionsOn(statement, side, EQUALS, context),
    ...denies.map((deny) => deniesTheRest(deny, side, context)),
  ];
  if (answers.includes(true)) return CLOSED;
  const unseen = answers.find((answer) => typeof answer !== 'boolean');
  if (unseen !== undefined) return hidden(unseen);
  const terms = Object.fromEntries(TERMS.map((element) => [element, child(statement, element)]));
  return { kind: 'open', openings: [{ side, statement: name, terms }] };
}

/** True when it closes the side, false when it does not, else what hides it. */
type Answer = boolean | Hidden | string;

/** For each condition of some operators on whose a side is, whether it speaks of what is own only. */
function conditionsOn(statement: ObjectValue, side: Side, operators: RegExp, context: Context): readonly Answer[] {
  const conditions = child(statement, 'Condition');
  if (isHidden(conditions)) return [conditions];
  if (conditions.kind !== 'object') return [];
  const answers: Answer[] = [];
  for (const [operator, keys] of conditions.entries) {
    if (!operators.test(operator.toLowerCase())) continue;
    if (isHidden(keys)) answers.push(keys);
    if (keys.kind !== 'object') continue;
    for (const [key, values] of keys.entries) {
      const holds = KEYS[side].get(key.toLowerCase());
      if (holds !== undefined) answers.push(areOwn(values, holds, context));
    }
  }
  return answers;
}

type Holds = 'organisation' | 'organisation-path' | 'account' | 'arn';

function areOwn(values: Value, holds: Holds, context: Context): Answer {
  const { items, open } = asItems(values);
  if (items.length + open.length === 0) return 'a condition of the policy has no value';
  return allOf([...items, ...open].map((value) => isOwn(value, holds, context)));
}

function isOwn(value: Value, holds: Holds, { estate, policy }: Context): Answer {
  if (holds === 'arn' && isArnOfEstate(value, estate)) return true;
  const text = asString(value);
  if (text === null) return false;
  if (isHidden(text)) return text;
  const { organisation } = policy.network;
  if (ownPrincipals(policy).has(text)) return true;
  switch (holds) {
    case 'organisation':
      return organisation === null ? NO_ORGANISATION : text === organisation;
    case 'organisation-path':
      return organisation === null ? NO_ORGANISATION : text.startsWith(`${organisation}/`);
    case 'account':
      return false;
    case 'arn':
      return ownPrincipals(policy).has(accountIn(text));
  }
}

const NO_ORGANISATION = 'the policy names no organisation (network.organisation) to compare with';

/**
 * Whether a statement refuses everything that is not own, on one side: everyone, every action, every resource, and no
 * condition but the one, save that services of AWS may act for themselves.
 */
function deniesTheRest(deny: ObjectValue, side: Side, context: Context): Answer {
  const answers = conditionsOn(deny, side, NOT_EQUALS, context);
  if (answers.length === 0) return false;
  const isForAll = isEverything(child(deny, 'Action')) && isEverything(child(deny, 'Resource')) && isEveryone(deny);
  if (!isForAll || !hasNoOtherCondition(deny, side)) return 'a statement denies only part of what is not own';
  return allOf(answers);
}

/** True only when all are; false as soon as one is. */
function allOf(answers: readonly Answer[]): Answer {
  return answers.includes(false) ? false : (answers.find((answer) => answer !== true) ?? true);
}

function hasNoOtherCondition(deny: ObjectValue, side: Side): boolean {
  const conditions = child(deny, 'Condition');
  if (conditions.kind !== 'object') return false;
  return Array.from(conditions.entries).every(([operator, keys]) => {
    if (keys.kind !== 'object') return false;
    return Array.from(keys.entries).every(([key, values]) => {
      const isOfService = key.toLowerCase() === 'aws:principalisawsservice';
      if (isOfService) return /^bool(?:ifexists)?$/.test(operator.toLowerCase()) && asString(first(values)) === 'false';
      return NOT_EQUALS.test(operator.toLowerCase()) && KEYS[side].has(key.toLowerCase()) && keys.entries.size === 1;
    });
  });
}

function namesOwnPrincipals(statement: ObjectValue, { estate, policy }: Context): Answer {
  const principal = child(statement, 'Principal');
  if (principal.kind === 'null') return false;
  if (isHidden(principal)) return principal;
  if (principal.kind !== 'object') return false;
  const accounts = ownPrincipals(policy);
  const answers = Array.from(principal.entries, ([type, identifiers]): Answer => {
    if (type !== 'AWS') return type === '*' ? false : `a statement names principals of type ${type}`;
    const { items, open } = asItems(identifiers);
    const named = [...items, ...open].map((value): Answer => {
      if (isArnOfEstate(value, estate)) return true;
      const text = asString(value);
      if (text === null || isHidden(text)) return text ?? false;
      return accounts.has(text) || accounts.has(accountIn(text));
    });
    return allOf(named);
  });
  return allOf(answers);
}

function namesOwnResources(statement: ObjectValue, region: Value, context: Context): Answer {
  const resources = child(statement, 'Resource');
  if (resources.kind === 'null') return false;
  const { items, open } = asItems(resources);
  const answers = [...items, ...open].map((value): Answer => {
    const own = isOwnResource(value, context);
    return own === false ? readsPublished(statement, value, region) : own;
  });
  return allOf(answers);
}

function isOwnResource(value: Value, { estate, policy }: Context): Answer {
  if (isArnOfEstate(value, estate)) return true;
  const text = asString(value);
  if (text === null) return false;
  if (isHidden(text)) return text;
  const bucket = bucketIn(text);
  if (bucket === null) return ownPrincipals(policy).has(accountIn(text));
  const target = estate.resolve(string(bucket), ['aws_s3_bucket']);
  if (target.kind === 'hidden') return target.value;
  return target.kind === 'resource' && target.resource.init.mode === 'managed';
}

function readsPublished(statement: ObjectValue, value: Value, region: Value): boolean {
  const bucket = value.kind === 'string' ? bucketIn(value.value) : null;
  const isPublished = PUBLISHED.some((form) => {
    const match = bucket === null ? null : form.exec(bucket);
    return match !== null && region.kind === 'string' && match.groups?.['region'] === region.value;
  });
  const { items, open } = asItems(child(statement, 'Action'));
  const isRead = items.every((action) => action.kind === 'string' && READS.has(action.value.toLowerCase()));
  return isPublished && isRead && items.length > 0 && open.length === 0;
}

/** `${aws_kms_key.data.arn}`, `${aws_s3_bucket.data.arn}/*`: the ARN of what the estate makes, or of a part of it. */
function isArnOfEstate(value: Value, estate: Context['estate']): boolean {
  const [start, next] = value.kind === 'template' ? value.parts : [value.origin ?? value];
  const isS3 = typeof start === 'string' && /^arn:[\w-]+:s3:::$/.test(start);
  const reference = isS3 ? next : start;
  if (reference === undefined || typeof reference === 'string' || reference.kind !== 'reference') return false;
  const names = isS3 ? ['id', 'bucket'] : ['arn'];
  return names.includes(reference.path.join('.')) && estate.find(reference.target)?.init.mode === 'managed';
}

/** The account of an ARN or of a pattern of ARNs; empty where it has none or hides it behind a wildcard. */
function accountIn(text: string): string {
  const account = parseArn(text)?.account ?? text.split(':')[4] ?? '';
  return /^\d{12}$/.test(account) ? account : '';
}

/** The bucket of an S3 ARN whose name is written out. */
function bucketIn(text: string): string | null {
  return /^arn:[\w-]+:s3:::([a-z0-9.-]+)(?:\/.*)?$/.exec(text)?.[1] ?? null;
}

function isEverything(value: Value): boolean {
  const { items } = asItems(value);
  return items.some((item) => item.kind === 'string' && item.value === '*');
}

function isEveryone(statement: ObjectValue): boolean {
  const principal = child(statement, 'Principal');
  return principal.kind === 'object' ? isEverything(child(principal, 'AWS')) : isEverything(principal);
}

function first(value: Value): Value {
  return value.kind === 'list' ? (value.items[0] ?? NULL) : value;
}

function hidden(because: Hidden | string): PerimeterJudgement {
  return { kind: 'hidden', because };
}
