import { InputError } from '../model/input-error.ts';
import type { PlainJson } from '../model/json/plain.ts';
import { dayNumber } from '../policy/dates.ts';
import type { Attestation } from '../policy/policy.ts';
import { isRecord, strictJson } from './statement-fields.ts';
import { STATEMENT_TYPE } from './statement.ts';

const EVIDENCE_PREDICATE_TYPE = 'urn:trefoil:evidence:1';

export type EvidenceReading =
  | {
      readonly kind: 'evidence';
      readonly attestation: Omit<Attestation, 'key'>;
      /** The digest that the statement gives its subject: that of the UTF-8 text of the name. */
      readonly sha256: string;
    }
  /** `what` is a clause. */
  | { readonly kind: 'malformed'; readonly what: string };

const MEMBERS = ['kind', 'states', 'issuer', 'issued', 'expires'] as const;
const KINDS = [
  'outpost-country',
  'key-rotation',
  'appliance',
  'image-root-device',
  'request-encryption',
  'key-custody',
  'network-encryption',
] as const;

/** Reads a statement of one fact whose signature was verified; nothing may be missing and nothing unknown be there. */
export function readEvidenceStatement(bytes: Uint8Array): EvidenceReading {
  let root: PlainJson;
  try {
    root = strictJson('statement', bytes);
  } catch (error) {
    if (error instanceof InputError) return malformed(error.problem.what);
    throw error;
  }
  if (!hasExactly(root, ['_type', 'subject', 'predicateType', 'predicate'])) {
    return malformed('it has not the members of a statement');
  }
  const { _type: type, subject: subjects, predicateType, predicate } = root;
  if (type !== STATEMENT_TYPE) return malformed(`its _type is not ${STATEMENT_TYPE}`);
  if (predicateType !== EVIDENCE_PREDICATE_TYPE)
    return malformed(`its predicateType is not ${EVIDENCE_PREDICATE_TYPE}`);
  const list: readonly PlainJson[] = Array.isArray(subjects) ? subjects : [];
  const [subject, ...more] = list;
  if (!hasExactly(subject, ['name', 'digest']) || more.length > 0) return malformed('it is not about one subject');
  const { name, digest } = subject;
  if (!hasExactly(digest, ['sha256'])) return malformed('its subject has not one sha256');
  if (!hasExactly(predicate, MEMBERS)) return malformed(`its predicate has not just ${MEMBERS.join(', ')}`);
  const texts = [name, digest['sha256'], ...MEMBERS.map((member) => predicate[member])].map(textOf);
  const [about, sha256, kindText, states, issuer, issued, expires] = texts;
  if (!about || !sha256 || !states || !issuer || !issued || !expires) return malformed('a member of it is no text');
  const kind = KINDS.find((known) => known === kindText);
  if (kind === undefined) return malformed(`it states a fact of no known kind (${KINDS.join(', ')})`);
  const [first, last] = [dayNumber(issued), dayNumber(expires)];
  if (first === null || last === null) return malformed('its days are no ISO dates');
  if (last < first) return malformed('it ends before it was issued');
  return { kind: 'evidence', attestation: { kind, subject: about, states, issuer, issued, expires }, sha256 };
}

type JsonRecord = { readonly [key: string]: PlainJson };

function hasExactly(value: PlainJson | undefined, names: readonly string[]): value is JsonRecord {
  if (!isRecord(value)) return false;
  return Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name));
}

function textOf(value: PlainJson | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function malformed(what: string): EvidenceReading {
  return { kind: 'malformed', what };
}
