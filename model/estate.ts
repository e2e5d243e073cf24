import type { InputProblem } from './input-error.ts';
import type { Body, ProviderConfig, Resource } from './resource.ts';
import type { SourceLocation } from './source.ts';
import type { Hidden, ObjectId, Value } from './value.ts';

/** One Terraform root module. */
export interface Stack {
  readonly name: string;
  /** Directory or file it was read from, relative to the run. */
  readonly path: string;
  readonly constructPath: string | null;
  /** What it was read from: the synthesised configuration, or a plan of it. */
  readonly origin: 'synth' | 'plan';
  /** Of a planned stack: the same one as it was synthesised, where that is among the inputs too. */
  readonly synthesised?: Stack;
  /** The TypeScript calls that made the stack, innermost first; empty when the synth recorded none. */
  readonly code: readonly SourceLocation[];
  readonly resources: readonly Resource[];
  readonly dataSources: readonly Resource[];
  /** Which of them has an address. */
  readonly find: (address: string) => Resource | null;
  /** What a plan destroys, with the values that it has before. What it forgets stays, and is among the resources. */
  readonly removed: readonly Resource[];
  readonly providers: readonly ProviderConfig[];
  readonly backend: Backend;
  readonly modules: readonly ModuleCall[];
  /** `import`, `moved`, `removed` and `check` blocks, which change what Terraform keeps or hides. */
  readonly lifecycleBlocks: readonly LifecycleBlock[];
  /** `provider source -> version constraint` of `required_providers`. */
  readonly requiredProviders: ReadonlyMap<string, { readonly source: string; readonly version: string | null }>;
  /** Outputs, local values and defaults of variables, in the order of the input; a plan alone shows no local values. */
  readonly namedValues: readonly NamedValue[];
  /** Blocks whose `count` or `for_each` is empty, so that they make nothing. */
  readonly emptyBlocks: readonly { readonly address: string; readonly location: SourceLocation }[];
  /** Escape hatches that CDKTF recorded, by resource type (`stack` for the whole stack): paths that were overridden. */
  readonly overrides: ReadonlyMap<string, readonly string[]>;
  readonly location: SourceLocation;
  /** SHA-256 of every file that was read for it, by path. */
  readonly inputs: readonly InputDigest[];
  /** Texts and numbers that a plan says to be sensitive; null where nothing of the stack is marked so. */
  readonly secrets: ReadonlySet<string> | null;
}

/** The stack with other objects in place of its own. */
export function withObjects(
  stack: Stack,
  { resources = stack.resources, dataSources = stack.dataSources }: Partial<Pick<Stack, 'resources' | 'dataSources'>>,
): Stack {
  const byAddress = new Map([...dataSources, ...resources].map((object) => [object.address, object]));
  return { ...stack, resources, dataSources, find: (address) => byAddress.get(address) ?? null };
}

/** A value that a stack gives a name. */
export interface NamedValue {
  readonly kind: 'output' | 'local' | 'default';
  readonly name: string;
  readonly location: SourceLocation;
  /** Evaluated when asked for. */
  value(): Value;
}

export interface InputDigest {
  readonly path: string;
  readonly sha256: string;
}

export interface Backend {
  /** `local` when none is declared, as in Terraform; `cloud` for the `cloud` block. */
  readonly type: string;
  readonly isDeclared: boolean;
  readonly body: Body | null;
  readonly location: SourceLocation;
  readonly code: readonly SourceLocation[];
}

export interface ModuleCall {
  readonly name: string;
  readonly source: Value;
  /** Of all that the call says: version and arguments decide what the module makes, too. */
  readonly digest: string;
  readonly location: SourceLocation;
}

export interface LifecycleBlock {
  readonly kind: 'import' | 'moved' | 'removed' | 'check';
  readonly location: SourceLocation;
  /** What the block names: the address of `from`, `to` or the check. */
  readonly target: string;
  /** `moved` blocks only: the address that the object of `target` has from then on. */
  readonly to?: string;
  /** `removed` blocks only: whether Terraform destroys the object (its default), or forgets it and leaves it in place. */
  readonly destroys: boolean;
}

/** What a value points to. `outside` is a literal that no object of the estate answers to. */
export type Target =
  | { readonly kind: 'resource'; readonly resource: Resource }
  | { readonly kind: 'outside'; readonly text: string }
  | { readonly kind: 'hidden'; readonly value: Hidden }
  | { readonly kind: 'none' };

/** Companions of a resource: those that name it, and those whose target is hidden and might be it. */
export interface Companions {
  readonly items: readonly Resource[];
  readonly open: readonly { readonly resource: Resource; readonly value: Hidden }[];
}

/** Where a resource is, as far as the input tells; jurisdictions and sites are the policy's business. */
export interface Place {
  /** Resource argument, else provider alias, else default provider. Null for global types. */
  readonly region: Value;
  /** What decided the Region, for messages: `region argument`, `provider aws.ireland`, ... */
  readonly regionSource: string;
  readonly regionLocation: SourceLocation;
  /** From `allowed_account_ids` or the role that the provider assumes. */
  readonly account: Value;
  /** Zone name (`eu-west-1a`), zone id (`euw1-az1`) and Outpost ARN, own or through the subnet; null when none. */
  readonly zone: Value;
  readonly zoneId: Value;
  readonly outpost: Value;
}

/** Everything under analysis: all stacks of one run, joined across stacks. */
export interface Estate {
  readonly stacks: readonly Stack[];
  /** Managed resources of all stacks, sorted by stack and address. */
  readonly resources: readonly Resource[];
  /** Inputs that could not be read. Not empty: the run is incomplete. */
  readonly problems: readonly InputProblem[];
  /** `manifest.json` or the list of directories: what there was to read. */
  readonly declaredStacks: readonly string[];
  ofType(...types: readonly string[]): readonly Resource[];
  dataOfType(type: string): readonly Resource[];
  find(id: ObjectId): Resource | null;
  /**
   * The object that a value names: by reference, by the origin of a literal, by a literal id, name or ARN
   * that an object of the estate is known to carry. `types` limits what literals may match, `user`, whose argument it is,
   * where: a bare name means what has it in the Region and account of the user.
   */
  resolve(value: Value, types?: readonly string[], user?: Resource): Target;
  /** Resources of `type` whose argument at `path` names `target`. */
  companions(target: Resource, type: string, ...path: readonly (string | number)[]): Companions;
  place(resource: Resource): Place;
  /**
   * The value of an argument with the meaning that its absence has for the resource's provider major:
   * the documented default, null where absence means "off" or "none", unknown where it depends on something unseen.
   */
  effective(resource: Resource, ...path: readonly (string | number)[]): Value;
  /** The policy document that a JSON string argument holds; `aws_iam_policy_document` data sources are rendered. */
  document(value: Value): Value;
  /**
   * A text without what tells a sensitive value of the estate, whichever way it came there. Everything that is said of
   * an estate goes through here before it is put out.
   */
  withhold(text: string): string;
}
