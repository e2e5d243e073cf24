import type { InputDigest } from '../estate.ts';
import type { JsonDocument, JsonObject } from '../json/json.ts';
import { inputErrorAt } from '../json/location.ts';
import { firstMember } from '../json/plain.ts';
import {
  type Complaint,
  STATE,
  ENCRYPTED,
  EMPTY,
  ERRORED,
  PARTIAL,
  DEFERRED,
  INVOKES,
  missing,
  notPlan,
  malformed,
  duplicateKey,
  duplicateAddress,
  inconsistent,
  leftOut,
  contradictory,
} from './plan-complaints.ts';
import { type PlanJson, readPlanJson } from './plan-json.ts';
import type { PlannedObject } from './planned-object.ts';
import { compareVersions, parseVersion, type Version } from './plan-version.ts';
import { arrayField, fieldOf, objectField, objectsIn, textField } from './json-fields.ts';

/** `terraform show -json` of the plan of one stack, as the reader of files hands it over. */
export interface PlanFile extends InputDigest {
  /** Of the stack. */
  readonly name: string;
  /** Its bytes, in pieces of any size, since a plan need not fit in memory. Read once. */
  readonly chunks: Iterable<Uint8Array>;
}

/** A plan file that is one JSON document. */
export interface PlanInput {
  readonly name: string;
  /** Without its values, which the plan has. */
  readonly document: JsonDocument;
  readonly digest: InputDigest;
}

/** A plan that passed every test of being one, whole. */
export interface PlanDocument {
  readonly input: PlanInput;
  /** Of Terraform or OpenTofu; null where it is not told in a form that is understood. */
  readonly version: Version | null;
  readonly configuration: JsonObject;
  readonly variables: JsonObject | null;
  /** The values of the outputs, where they are known. */
  readonly outputs: JsonObject | null;
  /** The `check` blocks. */
  readonly checks: readonly { readonly target: string; readonly offset: number }[];
  readonly objects: readonly PlannedObject[];
  /** False where the version of Terraform or OpenTofu does not say whether the plan is limited to targets. */
  readonly saysComplete: boolean;
}

/** The first Terraform whose plans say that planning broke off. */
const SAYS_ERRORED: Version = [1, 6, 0];

/** The first Terraform whose plans say that they are whole. OpenTofu has not taken this over. */
const SAYS_COMPLETE: Version = [1, 8, 0];

/** @throws InputError for whatever is not the whole plan of one stack. */
export function readPlan({ name, path, chunks, sha256 }: PlanFile): PlanDocument {
  const { document, repeated, ...entries } = readPlanJson(path, chunks);
  const { root } = document;
  const input: PlanInput = {
    name,
    document: { ...document, root: { kind: 'null', offset: root.offset } },
    digest: { path, sha256 },
  };
  const refuse = (complaint: Complaint, node: { readonly offset: number } = root) =>
    inputErrorAt(document, node.offset, complaint);
  if (root.kind !== 'object') throw refuse(notPlan('the file holds no JSON object'));
  if (repeated !== null) throw refuse(duplicateKey(repeated.again.key), { offset: repeated.again.keyOffset });
  if (firstMember(root, 'encrypted_data') !== null) throw refuse(ENCRYPTED);
  const isState = ['values', 'lineage', 'serial'].some((key) => firstMember(root, key) !== null);
  if (isState && firstMember(root, 'resource_changes') === null) throw refuse(STATE);
  checkFormat(root, refuse);
  const saysComplete = checkWhole(root, refuse);
  const configuration = objectField(root, 'configuration');
  const planned = objectField(root, 'planned_values');
  const [unread] = arrayField(root, 'resource_changes')?.items ?? [];
  if (unread !== undefined) throw refuse(malformed('an entry of resource_changes is no object'), unread);
  const changes = entries.changes.map((entry) => {
    if ('complaint' in entry) throw refuse(entry.complaint, entry);
    return entry;
  });
  if (changes.length === 0) throw refuse(EMPTY);
  if (configuration === null || planned === null) {
    throw refuse(malformed(`the plan has no ${configuration === null ? 'configuration' : 'planned_values'}`));
  }
  checkAddresses(changes, refuse);
  checkTwins(changes, entries.planned, refuse);
  const known = new Set(changes.map(({ address }) => address));
  const unnamed = saysComplete ? undefined : entries.prior.find(({ address }) => !known.has(address));
  if (unnamed !== undefined) throw refuse(leftOut(unnamed.address), unnamed);
  return {
    input,
    version: parseVersion(textField(root, 'terraform_version') ?? ''),
    configuration,
    variables: objectField(root, 'variables'),
    outputs: objectField(planned, 'outputs'),
    checks: objectsIn(root, 'checks').flatMap((node) => checkBlock(node)),
    objects: [...changes, ...entries.data.filter(({ address }) => !known.has(address))],
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
  const invoked = fieldOf(root, 'action_invocations');
  if (invoked !== null && !(invoked.kind === 'array' && invoked.items.length === 0)) throw refuse(INVOKES, invoked);
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

/** A `check` block; conditions of resources and outputs stand in the same list. */
function checkBlock(node: JsonObject): PlanDocument['checks'] {
  const address = objectField(node, 'address');
  if (address === null || textField(address, 'kind') !== 'check') return [];
  return [{ target: textField(address, 'to_display') ?? '', offset: node.offset }];
}

function checkAddresses(changes: readonly PlannedObject[], refuse: Refuse): void {
  const seen = new Set<string>();
  for (const { address, deposed, offset } of changes) {
    const name = deposed === null ? address : JSON.stringify([address, deposed]);
    if (seen.has(name)) throw refuse(duplicateAddress(address), { offset });
    seen.add(name);
  }
}

/** What is there after the change stands twice in a plan, and the two must name the same objects. */
function checkTwins(changes: readonly PlannedObject[], planned: PlanJson['planned'], refuse: Refuse): void {
  const twins = new Set<string>();
  for (const { address, offset } of planned) {
    if (twins.has(address)) throw refuse(duplicateAddress(address), { offset });
    twins.add(address);
  }
  const changed = new Set<string>();
  for (const { address, hasAfter, deposed, actions, offset } of changes) {
    // Without its values, what is forgotten may stand among the planned values too.
    changed.add(address);
    if (deposed === null && actions.join() === 'delete' && twins.has(address)) {
      throw refuse(contradictory(address, 'is destroyed, and stands in planned_values'), { offset });
    }
    if (!hasAfter || deposed !== null) continue;
    if (!twins.has(address)) throw refuse(inconsistent(address, 'resource_changes', 'planned_values'), { offset });
  }
  for (const { address, offset } of planned) {
    if (!changed.has(address)) throw refuse(inconsistent(address, 'planned_values', 'resource_changes'), { offset });
  }
}
