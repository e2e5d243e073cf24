import type { Evidence } from '../../../policy/policy.ts';

/** How a type of store is encrypted at rest. Arguments are dotted paths without indexes (`encryption_info.kms_key_arn`). */
export type Store = EncryptedStore | MemberStore | AccountStore | KeylessStore | EmrStore;

/** Says its encryption itself, in one part or several. */
export interface EncryptedStore {
  readonly kind: 'store';
  readonly parts: readonly Part[];
  /** Arguments that name what it is made from, which brings its own encryption where nothing else is said. */
  readonly sources?: readonly string[];
  /** Arguments that name what it is made from, whose encryption it keeps whatever it says. */
  readonly restores?: readonly string[];
}

/** Part or copy of another resource, with that one's encryption. */
export interface MemberStore extends Membership {
  readonly kind: 'member';
  /** Names another key than the owner's, where the type takes one. */
  readonly key?: string;
  /** Set where nothing else encrypts it with a customer key: to name no owner is a fail. */
  readonly isRequired?: true;
  /** What it keeps under a key of its own. */
  readonly parts?: readonly Part[];
}

/** Encrypted as one resource says for a Region of an account. */
export interface AccountStore {
  readonly kind: 'account';
  readonly by: string;
}

/** AWS offers no customer key, or Terraform no argument for it. */
export interface KeylessStore {
  readonly kind: 'keyless';
  /** The argument that switches the encryption with a key of AWS on, where it can be off. */
  readonly switch?: string;
  readonly except?: { readonly path: string; readonly value: string };
  /** Unless it is part of another resource, which this argument names. */
  readonly within?: Membership;
}

/** A document of Amazon EMR says it (emr-security.ts). */
export interface EmrStore {
  readonly kind: 'emr';
}

interface Membership {
  /** The argument that names the owner; of several the first that is written. */
  readonly of: string | readonly string[];
  readonly owners: readonly string[];
}

/** One thing that a resource keeps, and the arguments that encrypt it. Without any AWS offers no customer key. */
export interface Part {
  /** The block without which there is no such thing; further arguments of the part may lie in it. */
  readonly in?: string;
  /** What else must hold for it to be there. */
  readonly when?: readonly Condition[];
  readonly switch?: string;
  /** Values of the switch under which a customer key encrypts; `true` unless said. */
  readonly on?: boolean | readonly string[];
  /** What it says that the switch is not on, where that is not that nothing encrypts. */
  readonly off?: 'overridable';
  readonly key?: string;
  /** The block that chooses a key of AWS by being there. */
  readonly ownKey?: string;
  /** The argument that names the bucket it is written to, whose default applies where no encryption is said. */
  readonly bucket?: string;
  /** Why an omitted key shows nothing, or what shows nothing where no argument names a key. */
  readonly unclear?: string;
  /** Kind of evidence about the store that shows what no argument does. */
  readonly attestedBy?: Evidence['kind'];
  /** Values of the switch that leave it to something unseen, as an omitted key does. */
  readonly leaves?: readonly string[];
  /** Arguments in its block that make it graver that a customer key is missing. */
  readonly graver?: readonly string[];
}

/** Whether an argument has a value, or is written at all. */
export type Condition =
  | { readonly argument: string; readonly is: boolean | readonly string[] }
  | { readonly argument: string; readonly isGiven: boolean }
  /** Whether a resource that uses the store says it in one of its arguments. */
  | { readonly anyUser: readonly StoreUser[] };

export interface StoreUser {
  readonly type: string;
  /** The argument that names the store. */
  readonly by: string;
  readonly argument: string;
  readonly is: readonly string[];
}

export type StoreTable = Readonly<Record<string, Store>>;

/** A store whose parts are all there is to it; a name alone is the argument of a key that is always in use. */
export function store(...parts: readonly (Part | string)[]): EncryptedStore {
  return { kind: 'store', parts: parts.map(asPart) };
}

/** As `store`, and may be made from what these arguments name. */
export function copyable(sources: readonly string[], ...parts: readonly (Part | string)[]): EncryptedStore {
  return { ...store(...parts), sources };
}

/** Encrypted where an argument is true, with the key that another names. */
export function switched(argument: string, key?: string): Part {
  return key === undefined ? { switch: argument } : { switch: argument, key };
}

/** Encrypted with a customer key where an argument has one of some values. */
export function typed(argument: string, on: string | readonly string[], key: string): Part {
  return { switch: argument, on: typeof on === 'string' ? [on] : on, key };
}

/** What a block describes, wherever the block is written. */
export function inBlock(block: string, part: Part | string): Part {
  return { ...asPart(part), in: block };
}

/** What is there only under some conditions. */
export function when(conditions: Condition | readonly Condition[], part: Part | string): Part {
  return { ...asPart(part), when: isList(conditions) ? conditions : [conditions] };
}

/** What is written to a bucket, with the bucket's default unless it names a key. */
export function toBucket(bucket: string, part: Part | string): Part {
  return { ...asPart(part), bucket };
}

export function is(argument: string, ...values: readonly string[]): Condition {
  return { argument, is: values.length === 0 ? true : values };
}

export function isGiven(argument: string): Condition {
  return { argument, isGiven: true };
}

export function isOmitted(argument: string): Condition {
  return { argument, isGiven: false };
}

export function member(of: string | readonly string[], ...owners: readonly string[]): MemberStore {
  return { kind: 'member', of, owners };
}

export function byAccount(by: string): AccountStore {
  return { kind: 'account', by };
}

export const KEYLESS: KeylessStore = { kind: 'keyless' };

/** Encrypted in a way that no argument shows, but evidence may. */
export function attested(attestedBy: Evidence['kind'], unclear: string): EncryptedStore {
  return store({ unclear, attestedBy });
}

/** Algorithms of S3 under which a key of KMS encrypts. */
export const KMS_ALGORITHMS: readonly string[] = ['aws:kms', 'aws:kms:dsse'];

function isList(conditions: Condition | readonly Condition[]): conditions is readonly Condition[] {
  return Array.isArray(conditions);
}

function asPart(part: Part | string): Part {
  return typeof part === 'string' ? { key: part } : part;
}
