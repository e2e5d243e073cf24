import type { InputDigest } from '../model/estate.ts';
import { InputError } from '../model/input-error.ts';
import { duplicatesWithin, type PlainJson, toPlain } from '../model/json/plain.ts';
import { readJson } from '../model/json/read.ts';
import { dayNumber } from '../policy/dates.ts';
import type { Conclusion } from './conclusion.ts';
import { type Seal, SEAL_PREDICATE_TYPE, type SealedPlan, STATEMENT_TYPE } from './statement.ts';

export type StatementReading =
  | { readonly kind: 'seal'; readonly seal: Seal }
  /** Another kind or version of statement: nothing of it is interpreted. */
  | { readonly kind: 'foreign'; readonly predicateType: string }
  /** `what` is a clause. */
  | { readonly kind: 'malformed'; readonly what: string };

type JsonRecord = { readonly [key: string]: PlainJson };

/** Thrown and caught in this file. */
class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** Far more than a statement has, and far less than what exhausts a reader. */
const DEEPEST = 16;
const VERDICTS: readonly Conclusion['verdict'][] = ['pass', 'fail', 'unproven', 'incomplete', 'refused'];

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

/**
 * JSON in which every reader sees the same: no key twice, no surprise of depth.
 *
 * @throws {InputError}
 */
export function strictJson(file: string, bytes: Uint8Array): PlainJson {
  const { root } = readJson(file, bytes, { maxDepth: DEEPEST, maxBytes: bytes.length });
  const repeated = duplicatesWithin(root)[0];
  if (repeated === undefined) return toPlain(root);
  throw new InputError({
    code: 'IN-DUPKEY',
    path: file,
    what: `the key "${repeated.again.key}" is there twice`,
    why: 'readers differ in which of the two they see',
    fix: 'Write it again with the program that made it.',
  });
}

function sealFrom(plans: readonly SealedPlan[], value: PlainJson | undefined): Seal {
  if (plans.length === 0) throw new Malformed('it names no plan');
  const predicate = fields(value, 'predicate', PREDICATE_FIELDS);
  const tool = fields(predicate['tool'], 'tool', ['name', 'version', 'sha256']);
  const counts = fields(predicate['counts'], 'counts', ['pass', 'fail', 'unproven', 'excepted', 'not-applicable']);
  const population = fields(predicate['population'], 'population', ['stacks', 'resources']);
  const policy = fields(predicate['policy'], 'policy', ['name', 'path', 'sha256']);
  return {
    plans,
    tool: {
      name: text(tool['name'], 'tool.name'),
      version: text(tool['version'], 'tool.version'),
      sha256: tool['sha256'] === null ? null : digest(tool['sha256'], 'tool.sha256'),
    },
    sealedAt: instant(predicate['sealedAt'], 'sealedAt'),
    asOf: text(predicate['asOf'], 'asOf'),
    stage: text(predicate['stage'], 'stage'),
    verdict: verdict(predicate['verdict']),
    exitCode: natural(predicate['exitCode'], 'exitCode'),
    because: text(predicate['because'], 'because'),
    complete: boolean(predicate['complete'], 'complete'),
    counts: {
      pass: natural(counts['pass'], 'counts.pass'),
      fail: natural(counts['fail'], 'counts.fail'),
      unproven: natural(counts['unproven'], 'counts.unproven'),
      excepted: natural(counts['excepted'], 'counts.excepted'),
      'not-applicable': natural(counts['not-applicable'], 'counts.not-applicable'),
    },
    population: {
      stacks: natural(population['stacks'], 'population.stacks'),
      resources: natural(population['resources'], 'population.resources'),
    },
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

function input(value: PlainJson, name: string): InputDigest {
  return digestedFile(fields(value, name, ['path', 'sha256']), name);
}

function digestedFile(record: JsonRecord, name: string): InputDigest {
  return { path: text(record['path'], `${name}.path`), sha256: digest(record['sha256'], `${name}.sha256`) };
}

function fields(value: PlainJson | undefined, name: string, keys: readonly string[]): JsonRecord {
  if (!isRecord(value)) throw new Malformed(`${name} is no object`);
  const missing = keys.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) throw new Malformed(`${name} has no ${missing}`);
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new Malformed(`${name} has a member "${unknown}" of no known meaning`);
  return value;
}

export function isRecord(value: PlainJson | undefined): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: PlainJson | undefined, name: string): readonly PlainJson[] {
  if (!isList(value)) throw new Malformed(`${name} is no list`);
  return value;
}

function isList(value: PlainJson | undefined): value is readonly PlainJson[] {
  return Array.isArray(value);
}

function text(value: PlainJson | undefined, name: string): string {
  if (typeof value !== 'string') throw new Malformed(`${name} is no text`);
  return value;
}

function boolean(value: PlainJson | undefined, name: string): boolean {
  if (typeof value !== 'boolean') throw new Malformed(`${name} is neither true nor false`);
  return value;
}

function natural(value: PlainJson | undefined, name: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new Malformed(`${name} is no whole number`);
  }
  return value;
}

function digest(value: PlainJson | undefined, name: string): string {
  if (typeof value !== 'string' || !/^[\da-f]{64}$/.test(value)) throw new Malformed(`${name} is no SHA-256`);
  return value;
}

function instant(value: PlainJson | undefined, name: string): string {
  const milliseconds =
    typeof value === 'string' && /^\d{4}(?:-\d\d){2}T\d\d(?::\d\d){2}Z$/.test(value) ? Date.parse(value) : Number.NaN;
  if (typeof value !== 'string' || Number.isNaN(milliseconds)) throw new Malformed(`${name} is no instant in UTC`);
  // The engine takes the 30th of February for the 2nd of March.
  if (new Date(milliseconds).toISOString() !== value.replace('Z', '.000Z')) throw new Malformed(`${name} is no date`);
  return value;
}

function day(value: PlainJson | undefined, name: string): string {
  if (typeof value !== 'string' || dayNumber(value) === null) throw new Malformed(`${name} is no day`);
  return value;
}

function verdict(value: PlainJson | undefined): Conclusion['verdict'] {
  const known = VERDICTS.find((name) => name === value);
  if (known === undefined) throw new Malformed('verdict is none that there is');
  return known;
}
