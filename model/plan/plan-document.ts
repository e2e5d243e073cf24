import type { InputDigest } from '../estate.ts';
import type { JsonDocument, JsonNode, JsonObject } from '../json/json.ts';
import { inputErrorAt } from '../json/location.ts';
import { duplicatesWithin, firstMember } from '../json/plain.ts';
import { readJson } from '../json/read.ts';
import type { PlannedAction } from '../resource.ts';
import {
  type Complaint,
  STATE,
  EMPTY,
  ERRORED,
  PARTIAL,
  DEFERRED,
  missing,
  notPlan,
  malformed,
  duplicateKey,
  duplicateAddress,
  inconsistent,
  unknownAction,
} from './plan-complaints.ts';
import { compareVersions, parseVersion, type Version } from './plan-version.ts';
import { arrayField, fieldOf, objectField, objectsIn, textField, textsIn } from './json-fields.ts';

/** `terraform show -json` of the plan of one stack, as the reader of files hands it over. */
export interface PlanFile extends InputDigest {
  /** Of the stack. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A plan file that is one JSON document. */
export interface PlanInput {
  readonly name: string;
  readonly document: JsonDocument;
  readonly digest: InputDigest;
}

/** One entry of `resource_changes`, or a data source of `prior_state`. */
export interface PlannedObject {
  readonly address: string;
  readonly moduleAddress: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: string | number | null;
  /** Key of an object that is left from an earlier replacement; null for the object of the address itself. */
  readonly deposed: string | null;
  /** The address that the object had in the state, where it is moved. */
  readonly previousAddress: string | null;
  readonly isImported: boolean;
  readonly providerName: string;
  readonly actions: readonly PlannedAction[];
  readonly before: PlannedValues | null;
  /** Null for what is destroyed or forgotten. */
  readonly after: PlannedValues | null;
  readonly offset: number;
}

/** Three trees of one shape: what is known, what is not, and what is sensitive. */
export interface PlannedValues {
  readonly known: JsonObject;
  readonly unknown: JsonNode | null;
  readonly sensitive: JsonNode | null;
}

/** A plan that passed every test of being one, whole. */
export interface PlanDocument {
  readonly input: PlanInput;
  readonly configuration: JsonObject;
  readonly variables: JsonObject | null;
  /** The `check` blocks. */
  readonly checks: readonly { readonly target: string; readonly offset: number }[];
  readonly objects: readonly PlannedObject[];
  /** False where the version of Terraform or OpenTofu does not say whether the plan is limited to targets. */
  readonly saysComplete: boolean;
}

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

/** The first Terraform whose plans say that planning broke off. */
const SAYS_ERRORED: Version = [1, 6, 0];

/** The first Terraform whose plans say that they are whole. OpenTofu has not taken this over. */
const SAYS_COMPLETE: Version = [1, 8, 0];

/** @throws InputError for whatever is not the whole plan of one stack. */
export function readPlan({ name, path, bytes, sha256 }: PlanFile): PlanDocument {
  const document = readJson(path, bytes);
  return planDocument({ name, document, digest: { path, sha256 } });
}

function planDocument(input: PlanInput): PlanDocument {
  const { document } = input;
  const { root } = document;
  const refuse = (complaint: Complaint, node: { readonly offset: number } = root) =>
    inputErrorAt(document, node.offset, complaint);
  if (root.kind !== 'object') throw refuse(notPlan('the file holds no JSON object'));
  const [repeated] = duplicatesWithin(root);
  if (repeated !== undefined) throw refuse(duplicateKey(repeated.again.key), { offset: repeated.again.keyOffset });
  const isState = ['values', 'lineage', 'serial'].some((key) => firstMember(root, key) !== null);
  if (isState && firstMember(root, 'resource_changes') === null) throw refuse(STATE);
  checkFormat(root, refuse);
  const saysComplete = checkWhole(root, refuse);
  const configuration = objectField(root, 'configuration');
  const planned = objectField(root, 'planned_values');
  const changes = (arrayField(root, 'resource_changes')?.items ?? []).map((item) => {
    if (item.kind !== 'object') throw refuse(malformed('an entry of resource_changes is no object'), item);
    return change(item, refuse);
  });
  if (changes.length === 0) throw refuse(EMPTY);
  if (configuration === null || planned === null) {
    throw refuse(malformed(`the plan has no ${configuration === null ? 'configuration' : 'planned_values'}`));
  }
  checkAddresses(changes, refuse);
  checkTwins(changes, planned, refuse);
  const prior = objectField(objectField(root, 'prior_state') ?? root, 'values');
  const known = new Set(changes.map(({ address }) => address));
  const data = prior === null ? [] : resourcesIn(prior).flatMap((node) => dataSource(node));
  return {
    input,
    configuration,
    variables: objectField(root, 'variables'),
    checks: objectsIn(root, 'checks').flatMap((node) => checkBlock(node)),
    objects: [...changes, ...data.filter(({ address }) => !known.has(address))],
    saysComplete,
  };
}

type Refuse = (complaint: Complaint, node?: { readonly offset: number }) => Error;

function checkFormat(root: JsonObject, refuse: Refuse): void {
  const format = firstMember(root, 'format_version')?.value ?? null;
  const isKnown = format?.kind === 'string' && /^1\.\d+$/.test(format.value);
  if (isKnown) return;
  const what =
    format === null
      ? 'the plan has no format_version'
      : `the format_version of the plan is ${format.kind === 'string' ? JSON.stringify(format.value) : 'no text'}`;
  throw refuse(
    {
      code: 'PLAN-FORMAT',
      what,
      why: 'only the formats 1.x are understood, and another may mean something else by the same names',
      fix: 'Make the plan with Terraform 1.5 or later or OpenTofu, or get a newer trefoil.',
    },
    format ?? root,
  );
}

/** Refuses what Terraform did not plan to the end; true where the plan itself says that it is whole. */
function checkWhole(root: JsonObject, refuse: Refuse): boolean {
  const version = parseVersion(textField(root, 'terraform_version') ?? '');
  const errored = firstMember(root, 'errored')?.value ?? null;
  const hasErrored = version === null || compareVersions(version, SAYS_ERRORED) >= 0;
  if (errored === null ? hasErrored : !(errored.kind === 'boolean' && !errored.value)) {
    throw refuse(errored === null ? missing('PLAN-ERRORED', 'errored') : ERRORED, errored ?? root);
  }
  for (const key of ['deferred_changes', 'deferred_action_invocations']) {
    const deferred = fieldOf(root, key);
    if (deferred !== null && !(deferred.kind === 'array' && deferred.items.length === 0)) {
      throw refuse(DEFERRED, deferred);
    }
  }
  const complete = firstMember(root, 'complete')?.value ?? null;
  if (complete !== null) {
    if (complete.kind === 'boolean' && complete.value) return true;
    throw refuse(PARTIAL, complete);
  }
  const hasComplete = version === null || compareVersions(version, SAYS_COMPLETE) >= 0;
  if (hasComplete && isByTerraform(root)) throw refuse(missing('PLAN-PARTIAL', 'complete'));
  return false;
}

/** OpenTofu takes its providers from a registry of its own. */
function isByTerraform(root: JsonObject): boolean {
  const providers = objectField(objectField(root, 'configuration') ?? root, 'provider_config');
  return (providers?.members ?? []).some(
    ({ value }) =>
      value.kind === 'object' && (textField(value, 'full_name') ?? '').startsWith('registry.terraform.io/'),
  );
}

function change(node: JsonObject, refuse: Refuse): PlannedObject {
  const address = textField(node, 'address');
  const body = objectField(node, 'change');
  const base = identity(node);
  if (address === null || base === null || body === null) {
    throw refuse(malformed('an entry of resource_changes lacks its address, type, name or change'), node);
  }
  const written = textsIn(body, 'actions').join();
  const actions = ACTIONS.get(written);
  if (actions === undefined) throw refuse(unknownAction(address, written), body);
  const after = objectField(body, 'after');
  const before = objectField(body, 'before');
  const endsThere = actions.length === 1 && (actions[0] === 'delete' || actions[0] === 'forget');
  if (endsThere ? before === null : after === null) {
    throw refuse(malformed(`${address} has no values ${endsThere ? 'before' : 'after'} the change`), body);
  }
  return {
    ...base,
    address,
    deposed: textField(node, 'deposed'),
    previousAddress: textField(node, 'previous_address'),
    isImported: fieldOf(body, 'importing') !== null,
    actions,
    before: before === null ? null : { known: before, unknown: null, sensitive: fieldOf(body, 'before_sensitive') },
    after:
      after === null || endsThere
        ? null
        : { known: after, unknown: fieldOf(body, 'after_unknown'), sensitive: fieldOf(body, 'after_sensitive') },
    offset: node.offset,
  };
}

function dataSource(node: JsonObject): readonly PlannedObject[] {
  const base = identity(node);
  const address = textField(node, 'address');
  const values = objectField(node, 'values');
  if (base?.mode !== 'data' || address === null || values === null) return [];
  return [
    {
      ...base,
      address,
      deposed: null,
      previousAddress: null,
      isImported: false,
      actions: ['no-op'],
      before: null,
      after: { known: values, unknown: null, sensitive: fieldOf(node, 'sensitive_values') },
      offset: node.offset,
    },
  ];
}

type Identity = Pick<PlannedObject, 'mode' | 'type' | 'name' | 'key' | 'moduleAddress' | 'providerName'>;

function identity(node: JsonObject): Identity | null {
  const mode = textField(node, 'mode');
  const type = textField(node, 'type');
  const name = textField(node, 'name');
  if ((mode !== 'managed' && mode !== 'data') || type === null || name === null) return null;
  const index = fieldOf(node, 'index');
  const key = index?.kind === 'string' ? index.value : index?.kind === 'number' ? Number(index.text) : null;
  const providerName = textField(node, 'provider_name') ?? '';
  const address = textField(node, 'address') ?? '';
  const own = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  const moduleAddress = textField(node, 'module_address') ?? moduleOf(address, own);
  return { mode, type, name, key, moduleAddress, providerName };
}

/** States do not tell the module apart; it stands before the first mention of the resource outside of a key. */
function moduleOf(address: string, own: string): string {
  if (!address.startsWith('module.')) return '';
  const at = address.lastIndexOf(`.${own}`);
  return at === -1 ? '' : address.slice(0, at);
}

/** A `check` block; conditions of resources and outputs stand in the same list. */
function checkBlock(node: JsonObject): PlanDocument['checks'] {
  const address = objectField(node, 'address');
  if (address === null || textField(address, 'kind') !== 'check') return [];
  return [{ target: textField(address, 'to_display') ?? '', offset: node.offset }];
}

/** Every resource of a tree of modules. */
function resourcesIn(values: JsonObject): readonly JsonObject[] {
  const found: JsonObject[] = [];
  const root = objectField(values, 'root_module');
  const open = root === null ? [] : [root];
  for (let module = open.pop(); module !== undefined; module = open.pop()) {
    for (const resource of objectsIn(module, 'resources')) found.push(resource);
    for (const child of objectsIn(module, 'child_modules')) open.push(child);
  }
  return found;
}

function checkAddresses(changes: readonly PlannedObject[], refuse: Refuse): void {
  const seen = new Set<string>();
  for (const { address, deposed, offset } of changes) {
    const name = JSON.stringify([address, deposed]);
    if (seen.has(name)) throw refuse(duplicateAddress(address), { offset });
    seen.add(name);
  }
}

/** What is there after the change stands twice in a plan, and the two must name the same objects. */
function checkTwins(changes: readonly PlannedObject[], planned: JsonObject, refuse: Refuse): void {
  const twins = new Map<string, JsonObject>();
  for (const node of resourcesIn(planned)) {
    const address = textField(node, 'address') ?? '';
    if (twins.has(address)) throw refuse(duplicateAddress(address), node);
    twins.set(address, node);
  }
  const changed = new Set<string>();
  for (const { address, after, deposed, offset } of changes) {
    // Without its values, what is forgotten may stand among the planned values too.
    changed.add(address);
    if (after === null || deposed !== null) continue;
    if (!twins.has(address)) throw refuse(inconsistent(address, 'resource_changes', 'planned_values'), { offset });
  }
  for (const [address, node] of twins) {
    if (!changed.has(address)) throw refuse(inconsistent(address, 'planned_values', 'resource_changes'), node);
  }
}
