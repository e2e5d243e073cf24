import type { ControlMetadata } from './check.ts';
import { type FingerprintedPart, fingerprintOf, partDigestsOf } from './fingerprint.ts';
import type { Result, ResultSubject } from './report.ts';

type Said = Pick<Result, 'verdict' | 'message' | 'messageId' | 'witness' | 'also' | 'blockers'>;

/**
 * What a result says besides where it is and which control it is of. Its digests are made when they are asked for, and
 * once: a run of many findings is seldom compared, and not every report has them.
 */
export class Finding implements Said {
  readonly verdict: Said['verdict'];
  readonly message: string;
  readonly messageId: string | null;
  readonly witness: Said['witness'];
  readonly also: Said['also'];
  readonly blockers: Said['blockers'];
  readonly #dataClass: string | null;
  /** What fails or is not known there: of a failure, all but the one that it tells itself. */
  readonly #rest: readonly FingerprintedPart[];
  #digests: Pick<Result, 'fingerprint' | 'parts'> | null = null;

  constructor(said: Said, dataClass: string | null, rest: readonly FingerprintedPart[]) {
    this.verdict = said.verdict;
    this.message = said.message;
    this.messageId = said.messageId;
    this.witness = said.witness;
    this.also = said.also;
    this.blockers = said.blockers;
    this.#dataClass = dataClass;
    this.#rest = rest;
  }

  digests(control: string): Pick<Result, 'fingerprint' | 'parts'> {
    this.#digests ??= this.#digest(control);
    return this.#digests;
  }

  #digest(control: string): Pick<Result, 'fingerprint' | 'parts'> {
    const { message, messageId, witness } = this;
    const parts = witness === null ? this.#rest : [{ message, messageId, witness }, ...this.#rest];
    const finding = { control, dataClass: this.#dataClass, parts };
    const fingerprint = this.verdict === 'fail' ? fingerprintOf(finding) : null;
    return { fingerprint, parts: fingerprint !== null && parts.length === 1 ? [fingerprint] : partDigestsOf(finding) };
  }
}

/** A subject with its site: one object for all results of a resource that say no more of their place. */
export interface Placed {
  readonly subject: ResultSubject;
  readonly site: string;
}

export const NO_BLOCKERS: Result['blockers'] = [];
export const NOTHING_ELSE: Result['also'] = [];
export const NO_PARTS: readonly never[] = [];

/**
 * A result made of what it shares with others. There are more than five for each resource of an estate, nearly all of
 * them passes, and a pass is three words here: of a literal with every field there would be room for far fewer.
 */
export class JudgedResult implements Result {
  readonly #control: ControlMetadata;
  readonly #placed: Placed;
  /** Null for a pass. */
  readonly #finding: Finding | null;

  constructor(control: ControlMetadata, placed: Placed, finding: Finding | null) {
    this.#control = control;
    this.#placed = placed;
    this.#finding = finding;
  }

  get id(): string {
    const { stack, address } = this.#placed.subject;
    return `${this.#control.id}:${stack ?? ''}:${address}`;
  }

  get control(): string {
    return this.#control.id;
  }

  get family(): Result['family'] {
    return this.#control.family;
  }

  get severity(): Result['severity'] {
    return this.#control.severity;
  }

  get verdict(): Result['verdict'] {
    return this.#finding === null ? 'pass' : this.#finding.verdict;
  }

  get subject(): ResultSubject {
    return this.#placed.subject;
  }

  get site(): string {
    return this.#placed.site;
  }

  get message(): string {
    return this.#finding === null ? this.#control.title : this.#finding.message;
  }

  get messageId(): string | null {
    return this.#finding === null ? null : this.#finding.messageId;
  }

  get fix(): string {
    return this.#control.fix;
  }

  get witness(): Result['witness'] {
    return this.#finding === null ? null : this.#finding.witness;
  }

  get also(): Result['also'] {
    return this.#finding === null ? NOTHING_ELSE : this.#finding.also;
  }

  get blockers(): Result['blockers'] {
    return this.#finding === null ? NO_BLOCKERS : this.#finding.blockers;
  }

  get fingerprint(): string | null {
    return this.#finding === null ? null : this.#finding.digests(this.#control.id).fingerprint;
  }

  get parts(): Result['parts'] {
    return this.#finding === null ? NO_PARTS : this.#finding.digests(this.#control.id).parts;
  }

  get exception(): Result['exception'] {
    return null;
  }

  get change(): Result['change'] {
    return null;
  }

  /** Its getters are no members to `JSON.stringify`. */
  toJSON(): Result {
    return amended(this, {});
  }
}

/** A result with some of what it says in other words. A result is not spread: what it has may be getters. */
export function amended(result: Result, change: Partial<Pick<Result, 'verdict' | 'exception' | 'change'>>): Result {
  return {
    id: result.id,
    control: result.control,
    family: result.family,
    severity: result.severity,
    verdict: result.verdict,
    subject: result.subject,
    site: result.site,
    message: result.message,
    messageId: result.messageId,
    fix: result.fix,
    witness: result.witness,
    also: result.also,
    blockers: result.blockers,
    fingerprint: result.fingerprint,
    parts: result.parts,
    exception: result.exception,
    change: result.change,
    ...change,
  };
}
