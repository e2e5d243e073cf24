import type { PlainJson } from '../model/json/plain.ts';
import {
  day,
  digest,
  fields,
  instant,
  JUDGED_RUN_MEMBERS,
  judgedRunFrom,
  list,
  Malformed,
  natural,
  readStatementOf,
  text,
  type Unread,
} from './statement-fields.ts';
import { type Seal, SEAL_PREDICATE_TYPE, type SealedPlan } from './statement.ts';

export type StatementReading = { readonly kind: 'seal'; readonly seal: Seal } | Unread;

/**
 * Reads a statement whose signature was verified. Nothing may be missing and nothing unknown may be there: whoever
 * decides by a seal must not pass over a part of it.
 */
export function readStatement(bytes: Uint8Array): StatementReading {
  return readStatementOf(SEAL_PREDICATE_TYPE, bytes, (subjects, predicate) => ({
    kind: 'seal' as const,
    seal: sealFrom(subjects.map(planFrom), predicate),
  }));
}

const MEMBERS = [...JUDGED_RUN_MEMBERS, 'sealedAt', 'asOf', 'stage', 'controls', 'exceptions'];

function sealFrom(plans: readonly SealedPlan[], value: PlainJson | undefined): Seal {
  if (plans.length === 0) throw new Malformed('it names no plan');
  const predicate = fields(value, 'predicate', MEMBERS);
  return {
    ...judgedRunFrom(predicate),
    plans,
    sealedAt: instant(predicate['sealedAt'], 'sealedAt'),
    asOf: text(predicate['asOf'], 'asOf'),
    stage: text(predicate['stage'], 'stage'),
    controls: list(predicate['controls'], 'controls').map((item) => {
      const control = fields(item, 'a control', ['id', 'population']);
      return { id: text(control['id'], 'id'), population: natural(control['population'], 'population') };
    }),
    exceptions: list(predicate['exceptions'], 'exceptions').map((item) => {
      const exception = fields(item, 'an exception', ['id', 'ends']);
      return { id: text(exception['id'], 'id'), ends: day(exception['ends'], 'ends') };
    }),
  };
}

function planFrom(value: PlainJson): SealedPlan {
  const subject = fields(value, 'a subject', ['name', 'digest', 'annotations']);
  const annotations = fields(subject['annotations'], 'annotations', ['stack', 'jsonSha256']);
  return {
    path: text(subject['name'], 'name'),
    sha256: digest(fields(subject['digest'], 'digest', ['sha256'])['sha256'], 'digest.sha256'),
    stack: text(annotations['stack'], 'annotations.stack'),
    jsonSha256: digest(annotations['jsonSha256'], 'annotations.jsonSha256'),
  };
}
