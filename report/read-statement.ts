import { InputError } from '../model/input-error.ts';
import type { PlainJson } from '../model/json/plain.ts';
import {
  boolean,
  counts,
  day,
  digest,
  digestedFile,
  fields,
  input,
  instant,
  list,
  Malformed,
  natural,
  population,
  strictJson,
  text,
  toolFrom,
  verdict,
} from './statement-fields.ts';
import { type Seal, SEAL_PREDICATE_TYPE, type SealedPlan, STATEMENT_TYPE } from './statement.ts';

export type StatementReading =
  | { readonly kind: 'seal'; readonly seal: Seal }
  /** Another kind or version of statement: nothing of it is interpreted. */
  | { readonly kind: 'foreign'; readonly predicateType: string }
  /** `what` is a clause. */
  | { readonly kind: 'malformed'; readonly what: string };

/**
 * Reads a statement whose signature was verified. Nothing may be missing and nothing unknown may be there: whoever
 * decides by a seal must not pass over a part of it.
 */
export function readStatement(bytes: Uint8Array): StatementReading {
  try {
    const root = fields(strictJson('statement', bytes), 'the statement', [
      '_type',
      'subject',
      'predicateType',
      'predicate',
    ]);
    if (root['_type'] !== STATEMENT_TYPE) throw new Malformed(`its _type is not ${STATEMENT_TYPE}`);
    const predicateType = text(root['predicateType'], 'predicateType');
    if (predicateType !== SEAL_PREDICATE_TYPE) return { kind: 'foreign', predicateType };
    return { kind: 'seal', seal: sealFrom(list(root['subject'], 'subject').map(planFrom), root['predicate']) };
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'malformed', what: error.message };
    if (error instanceof InputError) return { kind: 'malformed', what: error.problem.what };
    throw error;
  }
}

function sealFrom(plans: readonly SealedPlan[], value: PlainJson | undefined): Seal {
  if (plans.length === 0) throw new Malformed('it names no plan');
  const predicate = fields(value, 'predicate', PREDICATE_FIELDS);
  const policy = fields(predicate['policy'], 'policy', ['name', 'path', 'sha256']);
  return {
    plans,
    tool: toolFrom(predicate['tool']),
    sealedAt: instant(predicate['sealedAt'], 'sealedAt'),
    asOf: text(predicate['asOf'], 'asOf'),
    stage: text(predicate['stage'], 'stage'),
    verdict: verdict(predicate['verdict']),
    exitCode: natural(predicate['exitCode'], 'exitCode'),
    because: text(predicate['because'], 'because'),
    complete: boolean(predicate['complete'], 'complete'),
    counts: counts(predicate['counts']),
    population: population(predicate['population']),
    controls: list(predicate['controls'], 'controls').map((item) => {
      const control = fields(item, 'a control', ['id', 'population']);
      return { id: text(control['id'], 'id'), population: natural(control['population'], 'population') };
    }),
    policy: { name: text(policy['name'], 'policy.name'), ...digestedFile(policy, 'policy') },
    exceptionFiles: list(predicate['exceptionFiles'], 'exceptionFiles').map((item) => input(item, 'exceptionFiles')),
    exceptions: list(predicate['exceptions'], 'exceptions').map((item) => {
      const exception = fields(item, 'an exception', ['id', 'ends']);
      return { id: text(exception['id'], 'id'), ends: day(exception['ends'], 'ends') };
    }),
    inputs: list(predicate['inputs'], 'inputs').map((item) => input(item, 'inputs')),
  };
}

const PREDICATE_FIELDS = [
  'tool',
  'sealedAt',
  'asOf',
  'stage',
  'verdict',
  'exitCode',
  'because',
  'complete',
  'counts',
  'population',
  'controls',
  'policy',
  'exceptionFiles',
  'exceptions',
  'inputs',
];

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
