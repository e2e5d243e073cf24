import type { Place } from '../../../model/estate.ts';
import type { Resource } from '../../../model/resource.ts';
import { asString, display, isHidden } from '../../../model/value.ts';
import { type Context, type Outcome, resourcesOf, type Subject } from '../../check.ts';
import { isSamePlace } from '../key-of.ts';
import { ownerOf } from '../owner-of.ts';
import { judgeEmrSecurity } from './emr-security.ts';
import { isUnwritten, placesOf } from './part-arguments.ts';
import { judgeOwnKey, judgePart, judgeSwitchAlone, type Source } from './part-encryption.ts';
import type { EncryptedStore, KeylessStore, MemberStore, Store } from './store-form.ts';
import { STORE_MESSAGES, type StoreInspection } from './store-messages.ts';
import { type StoreControl, STORES } from './store-table.ts';

/** Replica, snapshot, copy, cluster: longer chains are not followed. */
const LONGEST_CHAIN = 6;

/** The stores that a control is about, as its check takes them. */
export function storesOf(control: StoreControl) {
  const table = STORES[control];
  const types = [...table.keys()];
  return {
    resourceTypes: types,
    messages: STORE_MESSAGES,
    subjects: (context: Context) =>
      resourcesOf(...types)(context).filter(({ resource }) =>
        keepsSomething(resource, table.get(resource.type), context),
      ),
    inspect: ({ resource }: Extract<Subject, { kind: 'resource' }>, inspection: StoreInspection) =>
      judgeStore(resource, control, inspection),
  };
}

/** Whether a customer key encrypts what a resource keeps; the control says as which kind of store it is asked. */
export function judgeStore(resource: Resource, control: StoreControl, inspection: StoreInspection): Outcome {
  return judge(resource, { inspection, table: STORES[control], steps: LONGEST_CHAIN });
}

function keepsSomething(resource: Resource, form: Store | undefined, { estate }: Context): boolean {
  switch (form?.kind) {
    case 'keyless':
      if (form.except === undefined) return true;
      return asString(estate.effective(resource, form.except.path)) !== form.except.value;
    case 'store':
      return form.parts.some((part) => {
        const { items, open } = placesOf(resource, part, estate);
        return items.length + open.length > 0;
      });
    default:
      return true;
  }
}

interface Asking {
  readonly inspection: StoreInspection;
  readonly table: ReadonlyMap<string, Store>;
  /** How many more resources may be asked in turn. */
  readonly steps: number;
}

function judge(resource: Resource, asking: Asking): Outcome {
  const { inspection, table } = asking;
  const form = table.get(resource.type);
  switch (form?.kind) {
    case undefined:
      return inspection.unproven(`${resource.address} is of a type whose encryption is not known`);
    case 'keyless':
      return judgeKeyless(resource, form, asking);
    case 'member':
      return inspection.all([
        judgeMember(resource, form, asking),
        ...(form.parts ?? []).map((part) => judgePart(resource, part, null, inspection)),
      ]);
    case 'account':
      return judgeByAccount(resource, form.by, asking);
    case 'emr':
      return judgeEmrSecurity(resource, inspection);
    case 'store':
      return judgeParts(resource, form, asking);
  }
}

function judgeKeyless(resource: Resource, form: KeylessStore, asking: Asking): Outcome {
  const { estate, fail, unproven } = asking.inspection;
  if (form.within !== undefined && ownerArgument(resource, form.within.of) !== null) {
    return judgeMember(resource, { kind: 'member', ...form.within }, asking);
  }
  const exempting = form.except === undefined ? null : asString(resource.attribute(form.except.path));
  if (isHidden(exempting)) return unproven(exempting);
  const extent =
    form.switch === undefined ? {} : { [form.switch]: estate.effective(resource, ...form.switch.split('.')) };
  return fail({ extent }, 'keyless');
}

/** What a store is made from is about the store itself, not about parts that a block or a condition adds. */
function judgeParts(store: Resource, form: EncryptedStore, asking: Asking): Outcome {
  const { inspection } = asking;
  const restored = sourceIn(store, form.restores, asking);
  const source = restored ?? sourceIn(store, form.sources, asking);
  return inspection.all(
    form.parts.map((part) => {
      if (part.in !== undefined || part.when !== undefined) return judgePart(store, part, null, inspection);
      if (restored === null) return judgePart(store, part, source, inspection);
      const isSilent = [part.switch, part.key].every(
        (argument) => argument === undefined || isOmitted(store, argument),
      );
      if (isSilent) return restored.judge();
      return inspection.all([judgeSwitchAlone(store, part, restored, inspection), restored.judge()]);
    }),
  );
}

function isOmitted(store: Resource, argument: string): boolean {
  return isUnwritten(store.attribute(...argument.split('.')));
}

/** By the first argument that names something. */
function sourceIn(store: Resource, candidates: readonly string[] | undefined, asking: Asking): Source | null {
  for (const argument of candidates ?? []) {
    const value = store.attribute(...argument.split('.'));
    if (isUnwritten(value)) continue;
    return { argument, value, judge: () => judgeSource(store, { argument, value }, asking) };
  }
  return null;
}

function judgeSource(store: Resource, { argument, value }: Omit<Source, 'judge'>, asking: Asking): Outcome {
  const { inspection, table, steps } = asking;
  const { estate, unproven } = inspection;
  // A snapshot may have the name of a database.
  const types = [...table.keys()].filter((type) => type.includes('snapshot') === argument.includes('snapshot'));
  const owner = steps === 0 ? null : ownerOf(value, store, types, estate);
  if (owner === null) return unproven(`keeps the encryption of ${display(value)}, which is not in the estate`);
  const outcome = judge(owner, { ...asking, steps: steps - 1 });
  return outcome.verdict === 'fail' ? unproven(`keeps the encryption of ${owner.address}, which fails`) : outcome;
}

function ownerArgument(resource: Resource, of: MemberStore['of']): string | null {
  const names = typeof of === 'string' ? [of] : of;
  return names.find((name) => !isOmitted(resource, name)) ?? null;
}

function judgeMember(resource: Resource, form: MemberStore, asking: Asking): Outcome {
  const { inspection, steps } = asking;
  const { estate, fail, unproven } = inspection;
  const own = form.key === undefined ? null : judgeOwnKey(resource, form.key, inspection);
  if (own !== null) return own;
  const argument = ownerArgument(resource, form.of) ?? (typeof form.of === 'string' ? form.of : (form.of[0] ?? ''));
  const path = [argument];
  const value = resource.attribute(...path);
  if (form.isRequired === true && isUnwritten(value)) return fail({ path }, 'noKey', { argument });
  const owner = steps === 0 ? null : ownerOf(value, resource, form.owners, estate);
  if (owner === null) return unproven(`has the encryption of ${display(value)}, which is not in the estate`);
  const outcome = judge(owner, { ...asking, steps: steps - 1 });
  if (outcome.verdict !== 'fail' || owner.init.isSymbolic) return outcome;
  return fail({ path, value, related: [owner] }, 'inherits', { owner: owner.address });
}

/** What accounts say in their Regions, asked once in a run: each decides for many resources. */
const SAID: WeakMap<StoreInspection, Map<string, Outcome>> = new WeakMap();

/** One resource says it for a Region of an account. What other stacks set there is not seen. */
function judgeByAccount(resource: Resource, type: string, asking: Asking): Outcome {
  const { estate, unproven } = asking.inspection;
  const place = estate.place(resource);
  const [region, account] = [asString(place.region), asString(place.account)];
  if (typeof region !== 'string' || typeof account !== 'string' || asking.steps === 0) {
    return unproven(`is encrypted as ${type} says for its Region and account, which are not known`);
  }
  const said = SAID.get(asking.inspection) ?? new Map<string, Outcome>();
  SAID.set(asking.inspection, said);
  const key = JSON.stringify([type, region, account]);
  const known = said.get(key) ?? judgeSettings(type, place, asking);
  said.set(key, known);
  return known;
}

function judgeSettings(type: string, place: Place, asking: Asking): Outcome {
  const { estate, all, fail, unproven } = asking.inspection;
  const settings = estate
    .ofType(type)
    .filter((setting) => !setting.init.isSymbolic && isSamePlace(estate.place(setting), place));
  if (settings.length === 0) {
    return unproven(`is encrypted as ${type} says for its Region and account, and the estate has none there`);
  }
  return all(
    settings.map((setting) => {
      const outcome = judge(setting, { ...asking, steps: asking.steps - 1 });
      if (outcome.verdict !== 'fail') return outcome;
      return fail({ related: [setting] }, 'inherits', { owner: setting.address });
    }),
  );
}
