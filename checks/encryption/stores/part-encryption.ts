import type { NestedArgument } from '../../../model/nested-arguments.ts';
import type { Path, Resource } from '../../../model/resource.ts';
import { asBoolean, asString, type Hidden, isHidden, shown, type Value } from '../../../model/value.ts';
import { type At, type Outcome, type Remedy, SITE_KEY } from '../../check.ts';
import { evidenceFor } from '../../evidence.ts';
import { judgeCustomerKey } from '../customer-key.ts';
import { judgeBucketDefault } from './bucket-destination.ts';
import { argumentsAt, isUnwritten, type PartPlace, placesOf } from './part-arguments.ts';
import type { Part } from './store-form.ts';
import type { StoreInspection } from './store-messages.ts';

/** What a store is made from: the argument that names it, its value, and the verdict on it. */
export interface Source {
  readonly argument: string;
  readonly value: Value;
  readonly judge: () => Outcome;
}

/** A part at one of its places, and what makes a failure of it graver. */
interface Asked {
  readonly store: Resource;
  readonly part: Part;
  readonly source: Source | null;
  /** Of a failure only, because most parts pass. */
  readonly extent: () => At['extent'];
}

/** Values of a switch that mean no encryption, where others mean a key of AWS. */
const OFF: ReadonlySet<string> = new Set(['NONE', 'DISABLED', 'String', 'StringList']);

/** Whether a customer key encrypts a part of a store, wherever it stands. */
export function judgePart(store: Resource, part: Part, source: Source | null, inspection: StoreInspection): Outcome {
  const { estate, all, unproven } = inspection;
  const { items, open } = placesOf(store, part, estate);
  return all([
    ...items.map((place) => asPossible(judgeAt(store, part, place.path, source, inspection), place, inspection)),
    ...open.map((value) => unproven(value)),
  ]);
}

/** What may not be there takes a proof away and shows nothing. */
function asPossible(outcome: Outcome, { because }: PartPlace, { unproven }: StoreInspection): Outcome {
  return because === null || outcome.verdict === 'pass' ? outcome : unproven(because);
}

function judgeAt(
  store: Resource,
  part: Part,
  place: Path,
  source: Source | null,
  inspection: StoreInspection,
): Outcome {
  const { estate, all, fail, unproven } = inspection;
  const find = (argument: string | undefined) =>
    argument === undefined ? { items: [], open: [] } : argumentsAt(store, argument, part, place, estate);
  const extent = () => {
    const graver = (part.graver ?? []).map((name) => [name, store.attribute(...place, name)] as const);
    return { ...contentOf(source), ...Object.fromEntries(graver) };
  };
  if (part.switch === undefined && part.key === undefined) {
    if (part.unclear === undefined) return fail({ path: place, extent: extent() }, 'keyless');
    return judgeUnclear(store, part.unclear, part, inspection);
  }
  const own = judgeOwnChoice(store, part, find(part.ownKey).items, extent, inspection);
  if (own !== null) return own;
  const switches = find(part.switch);
  const keys = find(part.key);
  const open = [...new Set<Hidden>([...switches.open, ...keys.open])];
  const isSilent = [...switches.items, ...keys.items].every(({ path }) => isUnwritten(store.attribute(...path)));
  if (isSilent && open.length === 0 && source !== null) return source.judge();
  if (isSilent && open.length === 0 && part.bucket !== undefined) {
    const buckets = find(part.bucket);
    return all([
      ...buckets.items.map((bucket) => judgeBucketDefault(store, bucket, inspection)),
      ...buckets.open.map((value) => unproven(value)),
    ]);
  }
  const asked = { store, part, source, extent };
  return all([
    ...switches.items.map((item) => judgeSwitch(asked, item, inspection)),
    ...keys.items.map((item) => judgeKey(asked, item, inspection)),
    ...open.map((value) => unproven(value)),
  ]);
}

/** What no argument shows, evidence may. */
function judgeUnclear(store: Resource, because: string, { attestedBy }: Part, inspection: StoreInspection): Outcome {
  const { pass, unproven } = inspection;
  if (attestedBy === undefined) return unproven(because);
  const evidence = evidenceFor(attestedBy, [`${store.stack}:${store.address}`], inspection);
  if (typeof evidence !== 'string') return pass();
  return unproven(`${because}, and ${evidence}`);
}

/** A block that chooses a key of AWS, where it is written or may be. */
function judgeOwnChoice(
  store: Resource,
  { ownKey: argument = '' }: Part,
  items: readonly NestedArgument[],
  extent: Asked['extent'],
  { fail, unproven }: StoreInspection,
): Outcome | null {
  for (const { path } of items) {
    const value = store.attribute(...path);
    if (value.kind === 'unknown') return unproven(value);
    if (!isUnwritten(value)) return fail({ path, extent: extent() }, 'awsManaged', { argument, key: 'SSE-S3' });
  }
  return null;
}

/** What is in a store from the beginning: an exception for an empty one covers no other. */
function contentOf(source: Source | null): NonNullable<At['extent']> {
  return source === null ? {} : { [source.argument]: source.value };
}

/** By the switch of a store alone, without its key: for what is restored with the key of another. */
export function judgeSwitchAlone(store: Resource, part: Part, source: Source, inspection: StoreInspection): Outcome {
  const { estate, all, unproven } = inspection;
  if (part.switch === undefined) return all([]);
  const { items, open } = argumentsAt(store, part.switch, part, [], estate);
  const asked = { store, part, source, extent: () => contentOf(source) };
  return all([...items.map((item) => judgeSwitch(asked, item, inspection)), ...open.map((value) => unproven(value))]);
}

function judgeSwitch(
  { store, part, source, extent }: Asked,
  { path, value }: NestedArgument,
  { pass, fail, unproven }: StoreInspection,
): Outcome {
  // What is made from another store and names a key is encrypted with that key. A value of the run may be null.
  const isImplied = source !== null && source.value.kind !== 'unknown' && isUnwritten(store.attribute(...path));
  if (isImplied) return pass();
  const { on = true, key } = part;
  const argument = nameOf(path);
  const state = typeof on === 'boolean' ? asBoolean(value) : asString(value);
  if (isHidden(state)) return unproven(state);
  // Without a word the key decides, where there is one to name.
  if (state === null && typeof on !== 'boolean' && key !== undefined) return pass();
  if (typeof on === 'boolean' ? (state ?? false) === on : typeof state === 'string' && on.includes(state))
    return pass();
  if (typeof state === 'string' && part.leaves?.includes(state)) return unproven(part.unclear ?? argument);
  const at = { path, value, extent: extent(), remedy: remedyOf(part) };
  if (typeof state === 'string' && !OFF.has(state))
    return fail(at, 'awsManaged', { argument, key: shown(state, value) });
  return fail(at, 'unencrypted', { argument, state: shown(inWords(state, part), value) });
}

function inWords(state: string | boolean | null, { off }: Part): string {
  if (off === 'overridable') return 'not true, which lets clients leave it out';
  if (typeof state === 'string') return state;
  return state === true ? 'true' : 'not true';
}

function judgeKey(asked: Asked, { path, value }: NestedArgument, inspection: StoreInspection): Outcome {
  const { store, part, source, extent } = asked;
  const { fail, unproven } = inspection;
  const argument = nameOf(path);
  const remedy = remedyOf(part);
  return judgeCustomerKey(value, store, inspection, {
    none: () => {
      if (source !== null) return source.judge();
      if (part.unclear !== undefined) return unproven(part.unclear);
      return fail({ path, extent: extent(), remedy }, 'noKey', { argument });
    },
    awsManaged: (key) => fail({ path, value, extent: extent(), remedy }, 'awsManaged', { argument, key }),
  });
}

/** Encryption switched on, with a key of the site. */
function remedyOf({ switch: toggle, on = true, key }: Part): Remedy | null {
  const state = typeof on === 'boolean' ? String(on) : on[0] === undefined ? null : `'${on[0]}'`;
  const set = [
    ...(toggle === undefined || state === null ? [] : [{ path: toggle.split('.'), to: state }]),
    ...(key === undefined ? [] : [{ path: key.split('.'), to: SITE_KEY }]),
  ];
  return set.length === 0 ? null : { set };
}

function nameOf(path: Path): string {
  return path.filter((step) => typeof step === 'string').join('.');
}

/** An argument alone, for keys that a copy names in place of its owner's. */
export function judgeOwnKey(store: Resource, argument: string, inspection: StoreInspection): Outcome | null {
  const path = [argument];
  const value = store.attribute(...path);
  if (value.kind === 'null') return null;
  const asked: Asked = { store, part: { key: argument }, source: null, extent: () => ({}) };
  return judgeKey(asked, { path, value, isInBlock: true }, inspection);
}
