import { checks } from '../../checks/index.ts';
import type { Example, Verdict } from '../../checks/check.ts';
import type { Condition, MemberStore, Part, Store } from '../../checks/encryption/stores/store-form.ts';
import { type StoreControl, STORES } from '../../checks/encryption/stores/store-table.ts';
import { defaultOf } from '../../model/aws/defaults.ts';
import { estateOf, judgeEstate, policyOf } from '../../checks/example-estate.ts';

/** What an argument of a store may say, in the order of the columns of docs/encryption-matrix.md. */
export const SITUATIONS = [
  'customer key',
  'omitted',
  'off',
  'key outside',
  'key of AWS',
  'key of other site',
  'unknown',
] as const;
export type Situation = (typeof SITUATIONS)[number];

/** One thing that a type keeps, as one estate for each situation that there can be. */
export interface StoreCase {
  readonly control: StoreControl;
  readonly type: string;
  readonly form: Store;
  /** The part of the form that it is; null where the form is one thing. */
  readonly part: Part | null;
  readonly examples: ReadonlyMap<Situation, Example>;
}

type Json = { [key: string]: unknown };
type Resources = { [type: string]: { [name: string]: Json } };

const KEY = '${aws_kms_key.ledger.arn}';
const MONITOR_KEY = 'arn:aws:kms:eu-central-1:333333333333:key/0a1b2c3d-0000-4000-8000-000000000001';
const KEYS: Readonly<Partial<Record<Situation, string>>> = {
  'customer key': KEY,
  'key outside': 'arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d-0000-4000-8000-00000000000f',
  'key of AWS': 'alias/aws/ledger',
  'key of other site': MONITOR_KEY,
  unknown: '${var.key}',
};

const POLICY = policyOf({
  stacks: {},
  policy: {
    keys: {
      maximumRotationDays: 365,
      register: [{ arn: MONITOR_KEY, site: 'monitor', owner: 'Keys', reason: 'Made by hand.' }],
    },
  },
});

/** What makes a type a subject besides its encryption: a plain parameter is judged by its name. */
const BESIDES: Readonly<Record<string, Json>> = { aws_ssm_parameter: { name: 'ledger-password' } };

/** Every thing that the tables of stores know. */
export function storeCases(): readonly StoreCase[] {
  return controls().flatMap((control) => [...STORES[control]].flatMap(([type, form]) => casesOf(control, type, form)));
}

/** The verdict of a control on the store of an example; null where it is none of its subjects. */
export function verdictOn({ type }: StoreCase, example: Example, control: string): Verdict | null {
  const check = checks.find(({ id }) => id === control);
  if (check === undefined) throw new TypeError(`${control} has no check`);
  return (
    judgeEstate([check], estateOf(example), POLICY).results.find(({ subject }) => subject.address === `${type}.store`)
      ?.verdict ?? null
  );
}

function controls(): readonly StoreControl[] {
  return ['ENC-005', 'ENC-006', 'ENC-007', 'ENC-008', 'ENC-009'];
}

function casesOf(control: StoreControl, type: string, form: Store): readonly StoreCase[] {
  const parts = form.kind === 'store' || form.kind === 'member' ? (form.parts ?? []) : [];
  const own = parts.map((part) => {
    const others = parts.filter((other) => other !== part);
    return caseOf({ control, type, form, part }, (situation) => {
      const built = partBody(type, part, others, situation);
      if (built === null || form.kind !== 'member') return built;
      const [body, besides] = memberOf(control, form, 'customer key') ?? [{}, {}];
      return [{ ...body, ...built[0] }, merge(besides, built[1])];
    });
  });
  const whole = { control, type, form, part: null };
  switch (form.kind) {
    case 'store':
      return own;
    case 'member':
      return [caseOf(whole, (at) => memberOf(control, form, at)), ...own];
    case 'account':
      return [caseOf(whole, (at) => accountOf(control, form.by, at))];
    case 'keyless':
      return [caseOf(whole, (at) => (at === 'omitted' ? [{}, {}] : null))];
    case 'emr':
      return [caseOf(whole, (at) => (KEYS[at] === undefined ? null : [emr(KEYS[at]), {}]))];
  }
}

function caseOf(
  kept: Omit<StoreCase, 'examples'>,
  build: (situation: Situation) => readonly [body: Json, besides: Resources] | null,
): StoreCase {
  const { type } = kept;
  const examples = SITUATIONS.flatMap((situation) => {
    const built = build(situation);
    if (built === null) return [];
    const [body, besides] = built;
    const resource = merge(besides, { [type]: { store: { ...BESIDES[type], ...body } }, aws_kms_key: { ledger: {} } });
    return [[situation, exampleOf(resource)] as const];
  });
  return { ...kept, examples: new Map(examples) };
}

function exampleOf(resource: Resources): Example {
  return { stacks: { west: { variable: { key: { type: 'string' }, store: { type: 'string' } }, resource } } };
}

/** A part in one situation, with the other things that the resource always keeps under a customer key. */
function partBody(
  type: string,
  part: Part,
  others: readonly Part[],
  situation: Situation,
): readonly [Json, Resources] | null {
  const { switch: argument, key } = part;
  if (key === undefined && argument === undefined && situation !== 'omitted') return null;
  if (situation === 'off' && argument === undefined) return null;
  if (key === undefined && !['customer key', 'omitted', 'off', 'unknown'].includes(situation)) return null;
  const body: Json = {};
  for (const condition of part.when ?? []) {
    const isItself = 'isGiven' in condition && condition.argument === key;
    if (!isItself) satisfy(body, condition);
  }
  if (part.in !== undefined) set(body, part.in, {});
  fill(body, part, situation);
  // One thing may bring another: twice, for what stands in a block that the first time makes.
  for (const other of [...others, ...others]) if (applies(type, other, body)) fill(body, other, 'customer key');
  const users = (part.when ?? []).flatMap((condition) => ('anyUser' in condition ? condition.anyUser.slice(0, 1) : []));
  const besides: Resources = {};
  for (const user of users) {
    const using: Json = { [user.by]: `\${${type}.store.id}` };
    set(using, user.argument, user.is[0]);
    besides[user.type] = { user: using };
  }
  return [body, besides];
}

function fill(body: Json, { switch: argument, on = true, key }: Part, situation: Situation): void {
  const isOn = typeof on === 'boolean' ? on : (on[0] ?? '');
  if (argument !== undefined && situation !== 'omitted') {
    if (situation === 'off') set(body, argument, typeof on === 'boolean' ? !on : 'NONE');
    else set(body, argument, situation === 'unknown' && key === undefined ? '${var.key}' : isOn);
  }
  const named = KEYS[situation === 'off' ? 'customer key' : situation];
  if (key !== undefined && named !== undefined) set(body, key, named);
}

/** Whether a resource with that body keeps a thing. */
function applies(type: string, part: Part, body: Json): boolean {
  if (part.in !== undefined && get(body, part.in) === undefined) return false;
  return (part.when ?? []).every((condition) => {
    if ('anyUser' in condition) return false;
    const written = get(body, condition.argument);
    if ('isGiven' in condition) return (written !== undefined) === condition.isGiven;
    const meant = defaultOf(type, condition.argument, 6);
    const value = written ?? (meant?.kind === 'value' ? meant.value : undefined) ?? false;
    if (typeof condition.is === 'boolean') return value === condition.is;
    return condition.is.some((text) => text === value);
  });
}

function get(body: Json, path: string): unknown {
  return path.split('.').reduce<unknown>((block, step) => (isJson(block) ? block[step] : undefined), body);
}

function satisfy(body: Json, condition: Condition): void {
  if ('anyUser' in condition) return;
  if ('is' in condition)
    set(body, condition.argument, condition.is === true || condition.is === false ? condition.is : condition.is[0]);
  else if (condition.isGiven) set(body, condition.argument, 'given');
}

/** The owner in that situation; an argument that names none; one that is not known. */
function memberOf(control: StoreControl, form: MemberStore, situation: Situation): readonly [Json, Resources] | null {
  const [argument = ''] = [form.of].flat();
  const [owner = ''] = form.owners;
  if (situation === 'omitted') return [{}, {}];
  if (situation === 'unknown') return [{ [argument]: '${var.store}' }, {}];
  if (situation !== 'customer key' && situation !== 'key of AWS') return null;
  return [{ [argument]: `\${${owner}.owner.id}` }, ownerIn(control, owner, situation)];
}

function accountOf(control: StoreControl, by: string, situation: Situation): readonly [Json, Resources] | null {
  if (situation === 'omitted') return [{}, {}];
  if (situation !== 'customer key' && situation !== 'key of AWS') return null;
  return [{}, ownerIn(control, by, situation)];
}

function ownerIn(control: StoreControl, type: string, situation: Situation): Resources {
  const form = STORES[control].get(type);
  if (form?.kind === 'emr') return { [type]: { owner: emr(KEYS[situation] ?? '') } };
  if (form?.kind === 'member') {
    const [body, besides] = memberOf(control, form, situation) ?? [{}, {}];
    return merge(besides, { [type]: { member: body } }, { [type]: { owner: body } });
  }
  const body: Json = {};
  const parts = form?.kind === 'store' ? form.parts : [];
  for (const part of parts.filter((candidate) => candidate.in === undefined)) {
    for (const condition of part.when ?? []) satisfy(body, condition);
    fill(body, part, situation);
  }
  for (const part of parts.filter((candidate) => candidate.in !== undefined && parts.length === 1))
    fill(body, part, situation);
  return { [type]: { owner: body } };
}

function emr(key: string): Json {
  const configuration = {
    EncryptionConfiguration: {
      EnableAtRestEncryption: true,
      AtRestEncryptionConfiguration: {
        S3EncryptionConfiguration: { EncryptionMode: 'SSE-KMS', AwsKmsKey: key },
        LocalDiskEncryptionConfiguration: { EncryptionKeyProviderType: 'AwsKms', AwsKmsKey: key },
      },
    },
  };
  return { configuration: JSON.stringify(configuration) };
}

function merge(...many: readonly Resources[]): Resources {
  const merged: Resources = {};
  for (const [type, named] of many.flatMap((resources) => Object.entries(resources))) {
    merged[type] = { ...merged[type], ...named };
  }
  return merged;
}

/** Writes a value at a dotted path, with the blocks on the way. */
function set(body: Json, path: string, value: unknown): void {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let block = body;
  for (const step of steps) {
    const next: Json = isJson(block[step]) ? block[step] : {};
    block[step] = next;
    block = next;
  }
  block[last] = isJson(block[last]) && isJson(value) ? { ...block[last], ...value } : value;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
