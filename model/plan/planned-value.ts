import { isPlainCollection } from '../aws/plain-collections.ts';
import type { JsonArray, JsonNode, JsonObject } from '../json/json.ts';
import { SHORTEST_SECRET } from '../secrets/secret-forms.ts';
import { canonicalNumber } from '../synth/variable-value.ts';
import {
  asItems,
  child,
  isHidden,
  list,
  NULL,
  object,
  type ReferenceValue,
  string,
  unknown,
  type UnknownValue,
  type Value,
} from '../value.ts';
import { pairOf } from './pairing.ts';
import { valueRead } from './value-read.ts';
import { isMention, mentionedBy, type Written, writtenAt } from './written.ts';

/** The same place in the trees of a change: what is known, what is not, what is sensitive, and what is written. */
export interface Planned {
  readonly known: JsonNode | null;
  readonly unknown: JsonNode | null;
  readonly sensitive: JsonNode | null;
  readonly written: Written;
  /** Name of the argument, or of the nearest one around. */
  readonly argument: string;
  /** Names the place in messages. */
  readonly label: string;
  /** Type of the object, and the dotted path of the place in it, without indexes. */
  readonly type: string;
  readonly path: string;
  readonly stack: string;
  /** Texts that are sensitive wherever they stand. */
  readonly secrets: ReadonlySet<string>;
  /** What the synthesised stack may have there; null where that is not known. */
  readonly twins: readonly Value[] | null;
  /** True where nothing can be computed but what was there before or comes after apply: an object that is created. */
  readonly isNew: boolean;
  /** True for an argument or block of the object itself. */
  readonly isTop: boolean;
}

/** Attributes that stand for the object itself. */
const IDENTITY = new Set(['id', 'arn', 'name', 'bucket', 'key_id', 'key_arn', 'identifier', 'alias_arn']);

/** Identities that providers give. */
const GIVEN = new Set(['id', 'arn', 'key_id', 'key_arn']);

/** Arguments that name an object, and whose names do not say so by their ending. */
const NAMING = new Set([
  'bucket',
  'role',
  'roles',
  'subnets',
  'security_groups',
  'instance_profile',
  'iam_instance_profile',
  'key_id',
  'db_subnet_group_name',
  'log_group_name',
]);

/** Of these there are as many as plans have arguments. */
const TRUE: Value = { kind: 'boolean', value: true };
const FALSE: Value = { kind: 'boolean', value: false };

/** A value of a plan: what is known of it, what is not as far as the configuration tells, and its marks. */
export function plannedValue(place: Planned): Value {
  const { known, unknown: hidden, sensitive } = place;
  const value = isTrue(hidden) ? hiddenValue(place) : known === null ? NULL : knownValue(place, known);
  const isSecret =
    isTrue(sensitive) ||
    (known?.kind === 'string' && known.value.length >= SHORTEST_SECRET && place.secrets.has(known.value));
  return isSecret ? { ...value, sensitive: true } : value;
}

function knownValue(place: Planned, known: JsonNode): Value {
  switch (known.kind) {
    case 'null':
      return NULL;
    case 'string':
      return linked(string(known.value), place);
    case 'number':
      return linked({ kind: 'number', text: canonicalNumber(known.text) }, place);
    case 'boolean':
      return linked(known.value ? TRUE : FALSE, place);
    case 'object':
      return plannedObject(place, known);
    case 'array': {
      // No blocks: as if none were written.
      if (known.items.length === 0 && place.isTop && place.written.kind === 'none') return NULL;
      if (mayBeComputed(place, known)) return omitted(place);
      const unknowns = place.unknown?.kind === 'array' ? place.unknown.items : [];
      const partner = pairOf({ items: known.items, unknowns }, place.written);
      const twins = itemTwins(place.twins);
      return list(
        known.items.map((item, index) =>
          plannedValue({
            ...place,
            known: item,
            unknown: unknowns[index] ?? null,
            sensitive: itemOf(place.sensitive, index),
            written: partner(index),
            label: `${place.label}[${index}]`,
            twins,
            isTop: false,
          }),
        ),
      );
    }
  }
}

/**
 * Blocks that nothing writes are those that the provider found or will make, such as the rules of a security group that
 * stand in resources of their own; but for those that `dynamic` makes, which plans do not show.
 */
function mayBeComputed({ written, isNew, isTop, unknown: hidden }: Planned, { items }: JsonArray): boolean {
  if (!isTop || written.kind !== 'none' || !items.some(({ kind }) => kind === 'object')) return false;
  return !isNew || (hidden !== null && holdsTrue(hidden));
}

function holdsTrue(node: JsonNode): boolean {
  if (node.kind === 'array') return node.items.some(holdsTrue);
  return node.kind === 'object' ? node.members.some(({ value }) => holdsTrue(value)) : isTrue(node);
}

function plannedObject(place: Planned, known: JsonObject): Value {
  const fields = fieldsOf(known);
  const unknowns = fieldsOf(place.unknown);
  const marks = fieldsOf(place.sensitive);
  // A block that is no list in the plan may be one in the stack.
  const twins = itemTwins(place.twins);
  return object(
    Array.from(new Set([...fields.keys(), ...unknowns.keys()]), (name) => [
      name,
      plannedValue({
        ...place,
        known: fields.get(name) ?? null,
        unknown: unknowns.get(name) ?? null,
        sensitive: marks.get(name) ?? null,
        written: writtenAt(place.written, name),
        argument: name,
        label: `${place.label}.${name}`,
        path: `${place.path}.${name}`,
        twins: twins?.map((twin) => child(twin, name)) ?? null,
        isTop: false,
      }),
    ]),
  );
}

/** Any item of a set may be any written one, so what all of them omit is omitted. */
function itemTwins(twins: Planned['twins']): Planned['twins'] {
  const items = (twins ?? []).flatMap((twin) => {
    const written = asItems(twin);
    return [...written.items, ...written.open];
  });
  return items.length === 0 ? null : items;
}

/** Looked up by key: there may be a million of them. */
function fieldsOf(node: JsonNode | null): ReadonlyMap<string, JsonNode> {
  return new Map((node?.kind === 'object' ? node.members : []).map(({ key, value }) => [key, value]));
}

function hiddenValue(place: Planned): Value {
  const { written, label } = place;
  switch (written.kind) {
    case 'none':
      return omitted(place);
    case 'hidden':
      return afterApply(place);
    case 'exact':
      if (written.value.kind === 'null') return omitted(place);
      if (isHidden(written.value)) return written.value;
      if (written.value.kind === 'list' || written.value.kind === 'object') return written.value;
      // What is written names an object, known already by what its provider calls it.
      return (isMention(written.value) ? null : writtenIdentity(written.value)) ?? afterApply(place);
    case 'mentions':
      return afterApply(place);
    case 'block':
    case 'blocks':
      // Blocks whose number is not known: those that are written, and others that `dynamic` makes.
      return unknown('operation', label, 'holds blocks whose number only the apply decides', mentionedBy(written));
  }
}

function writtenIdentity({ origin }: Value): ReferenceValue | null {
  return origin !== undefined && GIVEN.has(String(origin.path.at(-1))) ? origin : null;
}

/**
 * What no argument asks for is what the provider computes: as in the configuration, it is omitted. A collection may
 * also be blocks that `dynamic` makes or HCL sets as an argument, which plans do not show.
 */
function omitted({ known, sensitive, twins, label, type, path }: Planned): Value {
  const isCollection = known?.kind === 'array' || sensitive?.kind === 'array';
  const mayBeBlocks = isCollection && !isPlainCollection(type, path);
  const isOmitted = twins?.every(({ kind }) => kind === 'null') ?? false;
  if (!mayBeBlocks || isOmitted) return NULL;
  return unknown(
    'default',
    label,
    'is computed, or made by dynamic blocks, which plans do not show; name the synthesised stack too',
  );
}

function afterApply({ label, written }: Planned): UnknownValue {
  return unknown('operation', label, 'is known after apply', mentionedBy(written));
}

function takesIdentity(argument: string): boolean {
  return /_(?:id|arn)s?$/.test(argument) || NAMING.has(argument);
}

function isIdentity(value: Value): value is ReferenceValue {
  const [attribute, ...more] = value.kind === 'reference' ? value.path : [];
  return more.length === 0 && attribute !== undefined && IDENTITY.has(String(attribute));
}

/** A known value, with where it was read from if what it was read from is known to be the same. */
function linked(value: Value, { written, stack, argument }: Planned): Value {
  const source = sourceOf(written, argument);
  if (source === null) return value;
  if (source.kind === 'reference') {
    // Of another stack that is only synthesised: its state says whether the value comes from there.
    const read = source.target.stack === stack || !isWhole(source) ? null : valueRead(source);
    return read !== null && isSame(value, read) ? source : value;
  }
  if (source.origin === undefined || !isSame(value, source)) return value;
  // An id that the provider gave names the object, as its reference did before there was an id.
  return writtenIdentity(source) ?? { ...value, origin: source.origin };
}

function isWhole({ path }: ReferenceValue): boolean {
  return path.length > 0;
}

function sourceOf(written: Written, argument: string): Value | null {
  if (written.kind === 'exact') return written.value;
  if (written.kind !== 'mentions' || written.values.length !== 1 || written.isPart) return null;
  const [only] = written.values;
  if (only === undefined) return null;
  return only.kind === 'reference' && !(takesIdentity(argument) && isIdentity(only)) ? null : only;
}

export function isSame(first: Value, second: Value): boolean {
  if (first.kind === 'string') return second.kind === 'string' && first.value === second.value;
  if (first.kind === 'number') return second.kind === 'number' && first.text === second.text;
  return first.kind === 'boolean' && second.kind === 'boolean' && first.value === second.value;
}

export function isTrue(node: JsonNode | null): boolean {
  return node?.kind === 'boolean' && node.value;
}

function itemOf(node: JsonNode | null, index: number): JsonNode | null {
  return node?.kind === 'array' ? (node.items[index] ?? null) : node;
}
