import type { Example, StackJson } from '../../checks/check.ts';
import { MOVERS } from '../../proofs/flows/movers.ts';
import type { FlowFamily, Mover, Names } from '../../proofs/flows/mover.ts';
import { namesOf } from '../../proofs/flows/walk.ts';

/** One row of the table for one of its types. */
export interface Row {
  readonly type: string;
  readonly mover: Mover;
  /** For the names of tests. */
  readonly title: string;
}

export function rowsOf(...families: readonly FlowFamily[]): readonly Row[] {
  return MOVERS.filter(({ family }) => families.includes(family)).flatMap((mover) =>
    mover.types.map((type) => ({ type, mover, title: `${type}: ${mover.path || 'as a whole'} (${mover.names})` })),
  );
}

/** What an estate with the row is to be: its data ends far outside, at home, or nobody can say where. */
export type End = 'outside' | 'inside' | 'hidden';

/** How the far Region is written: by a second provider as in 5.x, or by the argument of 6.x. */
export type Form = 5 | 6;

const ACCOUNT = '111111111111';
const FAR = 'us-east-1';
const HOME = 'eu-west-1';

/** A minimal estate of the row; null where the row has none of that kind. */
export function estateOfRow({ type, mover }: Row, end: End, form: Form): Example | null {
  const { names, path } = mover;
  if (names === 'world' || names === 'recipients') {
    // What comes from everywhere is judged by the class of the data alone.
    const dataClass = mover.direction === 'in' ? (end === 'outside' ? 'restricted' : 'operational') : null;
    if (end === 'inside' && dataClass === null) {
      const off = switchedOff(mover);
      return off === null
        ? null
        : example(row(type, path, off.path === path ? null : 'x', [[off.path, off.text]]), form);
    }
    const hides = (mover.when ?? [])[0];
    if (end === 'hidden') {
      return hides === undefined
        ? null
        : example(row(type, path, hides.path === path ? null : 'x', [[hides.path, '${var.elsewhere}']]), form);
    }
    return example(row(type, path, worldly(mover), conditions(mover)), form, dataClass);
  }
  if (end === 'hidden' && names !== 'bucket')
    return example(row(type, path, '${var.elsewhere}', conditions(mover)), form);
  const [target = 'aws_s3_bucket'] = mover.targets ?? [];
  switch (names) {
    case 'bucket': {
      if (end === 'hidden') return example(row(type, path, 'no-bucket-of-the-estate', conditions(mover)), form);
      const other = { aws_s3_bucket: { other: at(end, form) } };
      return example(merge(other, row(type, path, '${aws_s3_bucket.other.bucket}', conditions(mover))), form);
    }
    case 'resource': {
      const other = { [target]: { other: at(end, form) } };
      return example(merge(other, row(type, path, `\${${target}.other.id}`, conditions(mover))), form);
    }
    case 'group': {
      const group = { [target]: { all: {} } };
      const own = row(type, path, `\${${target}.all.id}`, conditions(mover));
      const member = row(type, path, `\${${target}.all.id}`, conditions(mover), 'member', at(end, form));
      return example(merge(merge(group, own), member), form);
    }
    default:
      return example(row(type, path, TEXTS[names][end === 'outside' ? 0 : 1], conditions(mover)), form);
  }
}

/** An estate in which a resource of a type, without arguments, is in another Region itself. */
export function elsewhere(type: string, form: Form): Example {
  return example({ [type]: { row: at('outside', form) } }, form);
}

/** Whether the compliant estate of a row is one in which nothing flows, so that nothing is judged. */
export function isSwitchedOff({ mover }: Row, end: End): boolean {
  const { names, direction } = mover;
  return end === 'inside' && direction === 'out' && (names === 'world' || names === 'recipients');
}

/** What does not turn on a flow, by what does. */
const OFF: ReadonlyMap<string, string> = new Map([
  ['true', 'false'],
  ['EDGE', 'REGIONAL'],
  ['CLOUDFRONT', 'REGIONAL'],
  ['unblocked', 'block-all-sharing'],
  ['Google', 'SAML'],
  ['GOOGLE_DRIVE', 'HOMEFOLDERS'],
]);

/** The condition of a row and a value by which it does not hold; null where no such value is left to the row. */
function switchedOff({ when: [condition] = [] }: Mover): { readonly path: string; readonly text: string } | null {
  if (condition === undefined) return null;
  const refused = condition.not?.find((text) => text !== null);
  const other = condition.is?.map((text) => OFF.get(text ?? '')).find((text) => text !== undefined);
  const text = refused ?? other;
  return text === undefined ? null : { path: condition.path, text };
}

/** A minimal estate in which a row that is a switch is off, so that nothing flows. */
export function estateWithout({ type, mover }: Row, form: Form): Example {
  return example(row(type, mover.path, 'false', conditions(mover)), form);
}

const TEXTS: Readonly<
  Record<Exclude<Names, 'world' | 'recipients' | 'bucket' | 'resource' | 'group'>, readonly [string, string]>
> = {
  region: [FAR, HOME],
  zone: [`${FAR}a`, `${HOME}a`],
  arn: [`arn:aws:rds:${FAR}:${ACCOUNT}:db:ledger`, `arn:aws:rds:${HOME}:${ACCOUNT}:db:ledger`],
  local: [`arn:aws:rds:${FAR}:${ACCOUNT}:db:ledger`, 'ledger'],
  account: ['999999999999', ACCOUNT],
  principal: ['arn:aws:iam::999999999999:root', `arn:aws:iam::${ACCOUNT}:root`],
  url: ['https://collector.example/in', `https://sqs.${HOME}.amazonaws.com/`],
  host: ['collector.example', `rds.${HOME}.amazonaws.com`],
  model: ['global.anthropic.claude-sonnet-4-20250514-v1:0', 'anthropic.claude-3-haiku-20240307-v1:0'],
};

/** The value that turns on what is a flow by itself. */
function worldly({ when, path }: Mover): string {
  const own = when?.find((condition) => condition.path === path);
  return own?.is?.find((text) => text !== null) ?? 'GCM';
}

/** The conditions of the row, and what turns off what the type does as a whole, which another row is about. */
function conditions(mover: Mover): readonly (readonly [string, string])[] {
  const { when = [], path, types, family } = mover;
  const whole = MOVERS.find(
    (one) => one.path === '' && one.family === family && types.some((type) => one.types.includes(type)),
  );
  const [off] = whole === undefined || whole === mover ? [] : (whole.when ?? []);
  const turned = off?.not?.includes('false') === true ? [[off.path, 'false'] as const] : [];
  const own = when.flatMap(({ path: at, is }) => {
    const text = is?.find((value) => value !== null);
    return text === undefined || text === null || at === path ? [] : [[at, text] as const];
  });
  return [...turned, ...own];
}

type Tree = { readonly [key: string]: unknown };

function row(
  type: string,
  path: string,
  value: string | null,
  settings: readonly (readonly [string, string])[],
  name = 'row',
  rest: Tree = {},
): Tree {
  const own = value === null || path === '' ? {} : nested(namesOf(path), value);
  const body = settings.reduce((tree, [at, text]) => merge(tree, nested(namesOf(at), text)), merge(own, rest));
  return { [type]: { [name]: body } };
}

/** The text at a path of names, as someone would write it. */
function nested(names: readonly string[], value: string): Tree {
  const [name = '', ...rest] = names;
  const key = name === '*' ? (value.startsWith('arn:') ? value : 'any') : name.replace(/[{}]/g, '');
  if (rest.length === 0) return { [key]: value };
  if (rest[0] === '#') return { [key]: { [value]: {} } };
  if (rest[0] === '@json') return { [key]: JSON.stringify(nested(rest.slice(1), value)) };
  return { [key]: nested(rest, value) };
}

function merge(left: Tree, right: Tree): Tree {
  const both = new Map(Object.entries(left));
  for (const [key, value] of Object.entries(right)) {
    const before = both.get(key);
    both.set(key, isTree(before) && isTree(value) ? merge(before, value) : value);
  }
  return Object.fromEntries(both);
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(end: End, form: Form): Tree {
  if (end === 'inside') return {};
  return form === 5 ? { provider: 'aws.far' } : { region: FAR };
}

function example(resource: Tree, form: Form, dataClass: string | null = null): Example {
  const allowed_account_ids = [ACCOUNT];
  const tags = dataClass === null ? {} : { default_tags: { tags: { 'ledger:data-class': dataClass } } };
  const west: StackJson = {
    terraform: { required_providers: { aws: { source: 'aws', version: form === 5 ? '5.100.0' : '6.25.0' } } },
    provider: {
      aws: [
        { region: HOME, allowed_account_ids, ...tags },
        { alias: 'far', region: FAR, allowed_account_ids },
      ],
    },
    variable: { elsewhere: { type: 'string' } },
    resource,
  };
  return { stacks: { west } };
}
