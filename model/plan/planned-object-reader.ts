import type { BodyShape, BodyShapes } from '../body-shape.ts';
import type { Packed } from '../json/packed.ts';
import { isList, type PlainJson } from '../json/plain.ts';
import type { PlannedAction } from '../resource.ts';
import { type Complaint, contradictory, malformed, unknownAction } from './plan-complaints.ts';
import { fieldIn, objectIn, type SharedTexts, textIn } from './plain-fields.ts';
import { type PlannedChangeHead, type PlannedIdentity, PlannedObject } from './planned-object.ts';

/** What Terraform and OpenTofu write; `create, forget` leaves the object that is replaced in place. */
const ACTIONS: ReadonlyMap<string, readonly PlannedAction[]> = new Map(
  (
    [
      ['no-op'],
      ['create'],
      ['read'],
      ['update'],
      ['delete'],
      ['forget'],
      ['delete', 'create'],
      ['create', 'delete'],
      ['create', 'forget'],
    ] as const
  ).map((actions) => [actions.join(), actions]),
);

/** An entry that no plan has. */
export interface Refused {
  readonly complaint: Complaint;
  readonly offset: number;
}

/** What an entry is made into an object with. */
interface Making {
  readonly offset: number;
  readonly shared: SharedTexts;
  readonly shapes: BodyShapes;
  readonly pack: () => Packed;
}

/** Reads an entry of `resource_changes`; null for an ephemeral resource, which only OpenTofu lists there. */
export function readChange(plain: PlainJson, { offset, shared, shapes, pack }: Making): PlannedObject | Refused | null {
  const refuse = (complaint: Complaint): Refused => ({ complaint, offset });
  const address = addressOf(plain, shared);
  const change = objectIn(plain, 'change');
  if (isOpened(plain, change)) return null;
  const identity = address === null ? null : identityOf(plain, address, shared);
  if (address === null || identity === null || change === null) {
    return refuse(malformed('an entry of resource_changes lacks its address, type, name or change'));
  }
  const actions = actionsOf(fieldIn(change, 'actions'));
  if (typeof actions === 'string') return refuse(unknownAction(address, actions));
  const before = objectIn(change, 'before');
  const after = objectIn(change, 'after');
  const endsThere = actions.length === 1 && (actions[0] === 'delete' || actions[0] === 'forget');
  if ((endsThere ? before : after) === null) {
    return refuse(malformed(`${address} has no values ${endsThere ? 'before' : 'after'} the change`));
  }
  if (!isAddressOf(identity)) return refuse(contradictory(address, 'is of another module, type, name or key'));
  const deposed = textIn(plain, 'deposed');
  if (deposed !== null && !endsThere) {
    return refuse(contradictory(address, `has the deposed object ${JSON.stringify(deposed)}, which is not destroyed`));
  }
  const head: PlannedChangeHead = {
    deposed,
    previousAddress: textIn(plain, 'previous_address'),
    isImported: fieldIn(change, 'importing') !== null,
    actions,
    shapes: {
      ...(before === null ? {} : { before: shapeOf(before, null, shapes) }),
      ...(endsThere ? {} : { after: shapeOf(after, fieldIn(change, 'after_unknown'), shapes) }),
    },
    isSensitive: holdsTrue(fieldIn(change, 'before_sensitive')) || holdsTrue(fieldIn(change, 'after_sensitive')),
  };
  return new PlannedObject(pack(), offset, { ...identity, ...head, from: 'change' });
}

/** What is opened for the time of a run and closed again, and has no values in a plan. */
function isOpened(plain: PlainJson, change: PlainJson): boolean {
  const actions = fieldIn(change, 'actions');
  if (textIn(plain, 'mode') !== 'ephemeral' || !isList(actions)) return false;
  if (actions.length !== 1 || actions[0] !== 'open') return false;
  return fieldIn(change, 'before') === null && fieldIn(change, 'after') === null;
}

const AS_IT_IS = {
  deposed: null,
  previousAddress: null,
  isImported: false,
  actions: ['no-op'],
} as const;

/** Reads an entry of a state; null for all but data sources, which a plan may show nowhere else. */
export function readDataSource(plain: PlainJson, { offset, shared, shapes, pack }: Making): PlannedObject | null {
  const address = addressOf(plain, shared);
  const identity = address === null ? null : identityOf(plain, address, shared);
  const values = objectIn(plain, 'values');
  if (identity?.mode !== 'data' || values === null) return null;
  return new PlannedObject(pack(), offset, {
    ...identity,
    ...AS_IT_IS,
    shapes: { after: shapeOf(values, null, shapes) },
    isSensitive: holdsTrue(fieldIn(plain, 'sensitive_values')),
    from: 'state',
  });
}

/** The text of what is no known action. */
function actionsOf(given: PlainJson): readonly PlannedAction[] | string {
  const written = isList(given) ? given.filter((action) => typeof action === 'string').join() : '';
  return ACTIONS.get(written) ?? written;
}

/** The names of what is there, which are few of those that the provider knows. */
function shapeOf(known: PlainJson, unknown: PlainJson, shapes: BodyShapes): BodyShape | null {
  if (unknown === true) return null;
  // Without sets and lists between, since every object of a plan has a hundred names.
  const names: string[] = [];
  for (const name in asObject(known)) if (fieldIn(known, name) !== null) names.push(name);
  for (const name in asObject(unknown)) {
    if (fieldIn(unknown, name) !== null && fieldIn(known, name) === null) names.push(name);
  }
  return shapes.of(names);
}

function asObject(plain: PlainJson): object {
  return typeof plain === 'object' && plain !== null ? plain : {};
}

/** The reader of the plan limits how deep it is. */
function holdsTrue(value: PlainJson): boolean {
  if (typeof value !== 'object' || value === null) return value === true;
  return isList(value) ? value.some(holdsTrue) : Object.values(value).some(holdsTrue);
}

/** The configuration has most addresses too. */
function addressOf(plain: PlainJson, shared: SharedTexts): string | null {
  const address = textIn(plain, 'address');
  return address === null ? null : shared(address);
}

function identityOf(plain: PlainJson, address: string, shared: SharedTexts): PlannedIdentity | null {
  const mode = textIn(plain, 'mode');
  const type = textIn(plain, 'type');
  const name = textIn(plain, 'name');
  if ((mode !== 'managed' && mode !== 'data') || type === null || name === null) return null;
  const index = fieldIn(plain, 'index');
  const own = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  return {
    address,
    moduleAddress: shared(textIn(plain, 'module_address') ?? moduleOf(address, own)),
    mode,
    type: shared(type),
    name: shared(name),
    key: typeof index === 'string' || typeof index === 'number' ? index : null,
    providerName: shared(textIn(plain, 'provider_name') ?? ''),
  };
}

/** Whether an address is that of the module, type, name and key that stand beside it. */
function isAddressOf({ address, moduleAddress, mode, type, name, key }: PlannedIdentity): boolean {
  const local = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  const own = moduleAddress === '' ? local : `${moduleAddress}.${local}`;
  if (!address.startsWith(own)) return false;
  const rest = address.slice(own.length);
  if (typeof key === 'string') return rest.startsWith('["') && rest.endsWith('"]');
  return rest === (key === null ? '' : `[${key}]`);
}

/** States do not tell the module apart; it stands before the first mention of the resource outside of a key. */
function moduleOf(address: string, own: string): string {
  if (!address.startsWith('module.')) return '';
  const at = address.lastIndexOf(`.${own}`);
  return at === -1 ? '' : address.slice(0, at);
}
