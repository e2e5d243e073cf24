import type { ControlMetadata } from './check.ts';
import type { Result, ResultSubject } from './report.ts';

/** What a result says besides where it is and which control it is of. */
export type Finding = Pick<
  Result,
  | 'verdict'
  | 'message'
  | 'messageId'
  | 'witness'
  | 'also'
  | 'blockers'
  | 'fingerprint'
  | 'parts'
  | 'exception'
  | 'change'
>;

/** A subject with its site: one object for all results of a resource that say no more of their place. */
export interface Placed {
  readonly subject: ResultSubject;
  readonly site: string;
}

const NO_BLOCKERS: Result['blockers'] = [];
const NOTHING_ELSE: Result['also'] = [];
const NO_PARTS: Result['parts'] = [];

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
    return this.#finding === null ? null : this.#finding.fingerprint;
  }

  get parts(): Result['parts'] {
    return this.#finding === null ? NO_PARTS : this.#finding.parts;
  }

  get exception(): Result['exception'] {
    return this.#finding === null ? null : this.#finding.exception;
  }

  get change(): Result['change'] {
    return this.#finding === null ? null : this.#finding.change;
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
