import type { InputDigest } from '../model/estate.ts';

/** What a repository says of the policy that judged: data for the reader, by which nothing is judged. */
export type PolicyHistory = UnknownHistory | KnownHistory;

export interface UnknownHistory {
  readonly kind: 'unknown';
  /** A clause. */
  readonly because: string;
}

export interface KnownHistory {
  readonly kind: 'known';
  /** What is checked out. */
  readonly commit: string;
  /** Whether the very bytes that judged are those of the commit. */
  readonly state: PolicyState;
  /** Null where the commit has no such file, or the clone has not the whole history. */
  readonly lastChange: { readonly commit: string; readonly author: string } | null;
  /** Who may change the policy, as far as a file of the checkout says so; null where there is none. */
  readonly owners: CodeOwners | null;
}

export const POLICY_STATES = ['committed', 'differs', 'untracked'] as const;
export type PolicyState = (typeof POLICY_STATES)[number];

/** A CODEOWNERS file and those of its lines that are about the policy; its path is relative to the repository. */
export interface CodeOwners extends InputDigest {
  readonly lines: readonly OwnerLine[];
}

/** A line that matches, as it is written. Of those of one section the last holds. */
export interface OwnerLine {
  readonly line: number;
  readonly text: string;
}

/** A policy file as a run is given it. */
export interface PolicyFile extends InputDigest {
  /** Left out where nobody asked for it. */
  readonly history?: PolicyHistory;
}
