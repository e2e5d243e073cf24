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
  /** What fails besides what it tells itself, and what is not known. */
  readonly #others: readonly FingerprintedPart[];
  readonly #open: readonly string[];
  #digests: Pick<Result, 'fingerprint' | 'parts'> | null = null;

  constructor(
    said: Said,
    dataClass: string | null,
    { others, open }: { readonly others: readonly FingerprintedPart[]; readonly open: readonly string[] },
  ) {
    this.verdict = said.verdict;
    this.message = said.message;
    this.messageId = said.messageId;
    this.witness = said.witness;
    this.also = said.also;
    this.blockers = said.blockers;
    this.#dataClass = dataClass;
    this.#others = others;
    this.#open = open;
  }

  digests(control: string): Pick<Result, 'fingerprint' | 'parts'> {
    this.#digests ??= this.#digest(control);
    return this.#digests;
  }

  #digest(control: string): Pick<Result, 'fingerprint' | 'parts'> {
    const { message, messageId, witness } = this;
    const told = witness === null ? [] : [{ message, messageId, witness }];
    // What hides behind an approved failure was not approved: it may be a graver one.
    const parts = [...told, ...this.#others, ...this.#open.map(unknownPart)];
    const finding = { control, dataClass: this.#dataClass, parts };
    const fingerprint = this.verdict === 'fail' ? fingerprintOf(finding) : null;
    return { fingerprint, parts: fingerprint !== null && parts.length === 1 ? [fingerprint] : partDigestsOf(finding) };
  }
}

/** A part of which nobody can tell whether it fails, as a fingerprint takes it. */
function unknownPart(message: string): FingerprintedPart {
  return {
    messageId: null,
    message,
    witness: { path: '', value: null, extent: null, source: null, related: [], trace: null, remedy: null },
  };
}

/** A subject with its site: one object for all results of a resource that say no more of their place. */
export interface Placed {
  readonly subject: ResultSubject;
  readonly site: string;
}

export const NO_BLOCKERS: Result['blockers'] = [];
export const NOTHING_ELSE: Result['also'] = [];
const NO_PARTS: Result['parts'] = [];

/**
 * A result made of what it shares with others: a pass. There are more than five for each resource of an estate, and each
 * is two words here: of a literal with every field there would be room for far fewer.
 */
export class JudgedResult implements Result {
  readonly #control: ControlMetadata;
  readonly #placed: Placed;

  constructor(control: ControlMetadata, placed: Placed) {
    this.#control = control;
    this.#placed = placed;
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
    return 'pass';
  }

  get subject(): ResultSubject {
    return this.#placed.subject;
  }

  get site(): string {
    return this.#placed.site;
  }

  get message(): string {
    return this.#control.title;
  }

  get messageId(): string | null {
    return null;
  }

  get fix(): string {
    return this.#control.fix;
  }

  get witness(): Result['witness'] {
    return null;
  }

  get also(): Result['also'] {
    return NOTHING_ELSE;
  }

  get blockers(): Result['blockers'] {
    return NO_BLOCKERS;
  }

  get fingerprint(): string | null {
    return null;
  }

  get parts(): Result['parts'] {
    return NO_PARTS;
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

/** What does not pass. */
export class FoundResult extends JudgedResult {
  readonly #finding: Finding;

  constructor(control: ControlMetadata, placed: Placed, finding: Finding) {
    super(control, placed);
    this.#finding = finding;
  }

  override get verdict(): Result['verdict'] {
    return this.#finding.verdict;
  }

  override get message(): string {
    return this.#finding.message;
  }

  override get messageId(): string | null {
    return this.#finding.messageId;
  }

  override get witness(): Result['witness'] {
    return this.#finding.witness;
  }

  override get also(): Result['also'] {
    return this.#finding.also;
  }

  override get blockers(): Result['blockers'] {
    return this.#finding.blockers;
  }

  override get fingerprint(): string | null {
    return this.#finding.digests(this.control).fingerprint;
  }

  override get parts(): Result['parts'] {
    return this.#finding.digests(this.control).parts;
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
