import type { InputDigest } from '../model/estate.ts';
import { InputError } from '../model/input-error.ts';
import { duplicatesWithin, type PlainJson, toPlain } from '../model/json/plain.ts';
import { readJson } from '../model/json/read.ts';
import { dayNumber } from '../policy/dates.ts';
import type { Conclusion } from './conclusion.ts';
import type { JudgedRun } from './judged-run.ts';
import { STATEMENT_TYPE } from './statement.ts';

// Readers of the parts of signed statements. Nothing may be missing and nothing unknown be there: whoever decides by a
// statement must not pass over a part of it. All but `strictJson` throw `Malformed`.

export type JsonRecord = { readonly [key: string]: PlainJson };

/** What is no statement; the message is a clause. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** Far more than a statement has, and far less than what exhausts a reader. */
const DEEPEST = 16;
const VERDICTS: readonly Conclusion['verdict'][] = ['pass', 'fail', 'unproven', 'incomplete', 'refused'];

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

function input(value: PlainJson, name: string): InputDigest {
  return digestedFile(fields(value, name, ['path', 'sha256']), name);
}

function digestedFile(record: JsonRecord, name: string): InputDigest {
  return { path: text(record['path'], `${name}.path`), sha256: digest(record['sha256'], `${name}.sha256`) };
}

export function fields(value: PlainJson | undefined, name: string, keys: readonly string[]): JsonRecord {
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

export function list(value: PlainJson | undefined, name: string): readonly PlainJson[] {
  if (!isList(value)) throw new Malformed(`${name} is no list`);
  return value;
}

function isList(value: PlainJson | undefined): value is readonly PlainJson[] {
  return Array.isArray(value);
}

export function text(value: PlainJson | undefined, name: string): string {
  if (typeof value !== 'string') throw new Malformed(`${name} is no text`);
  return value;
}

function boolean(value: PlainJson | undefined, name: string): boolean {
  if (typeof value !== 'boolean') throw new Malformed(`${name} is neither true nor false`);
  return value;
}

export function natural(value: PlainJson | undefined, name: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new Malformed(`${name} is no whole number`);
  }
  return value;
}

export function digest(value: PlainJson | undefined, name: string): string {
  if (typeof value !== 'string' || !/^[\da-f]{64}$/.test(value)) throw new Malformed(`${name} is no SHA-256`);
  return value;
}

export function instant(value: PlainJson | undefined, name: string): string {
  const milliseconds =
    typeof value === 'string' && /^\d{4}(?:-\d\d){2}T\d\d(?::\d\d){2}Z$/.test(value) ? Date.parse(value) : Number.NaN;
  if (typeof value !== 'string' || Number.isNaN(milliseconds)) throw new Malformed(`${name} is no instant in UTC`);
  // The engine takes the 30th of February for the 2nd of March.
  if (new Date(milliseconds).toISOString() !== value.replace('Z', '.000Z')) throw new Malformed(`${name} is no date`);
  return value;
}

export function day(value: PlainJson | undefined, name: string): string {
  if (typeof value !== 'string' || dayNumber(value) === null) throw new Malformed(`${name} is no day`);
  return value;
}

function verdict(value: PlainJson | undefined): Conclusion['verdict'] {
  const known = VERDICTS.find((name) => name === value);
  if (known === undefined) throw new Malformed('verdict is none that there is');
  return known;
}

function toolFrom(value: PlainJson | undefined): JudgedRun['tool'] {
  const tool = fields(value, 'tool', ['name', 'version', 'sha256']);
  return {
    name: text(tool['name'], 'tool.name'),
    version: text(tool['version'], 'tool.version'),
    sha256: tool['sha256'] === null ? null : digest(tool['sha256'], 'tool.sha256'),
  };
}

function counts(value: PlainJson | undefined): JudgedRun['counts'] {
  const counted = fields(value, 'counts', ['pass', 'fail', 'unproven', 'excepted', 'not-applicable']);
  return {
    pass: natural(counted['pass'], 'counts.pass'),
    fail: natural(counted['fail'], 'counts.fail'),
    unproven: natural(counted['unproven'], 'counts.unproven'),
    excepted: natural(counted['excepted'], 'counts.excepted'),
    'not-applicable': natural(counted['not-applicable'], 'counts.not-applicable'),
  };
}

function population(value: PlainJson | undefined): JudgedRun['population'] {
  const seen = fields(value, 'population', ['stacks', 'resources']);
  return {
    stacks: natural(seen['stacks'], 'population.stacks'),
    resources: natural(seen['resources'], 'population.resources'),
  };
}

/** The members of a predicate that `judgedRunFrom` reads. */
export const JUDGED_RUN_MEMBERS = [
  'tool',
  'verdict',
  'exitCode',
  'because',
  'complete',
  'counts',
  'population',
  'policy',
  'exceptionFiles',
  'inputs',
];

export function judgedRunFrom(predicate: JsonRecord): JudgedRun {
  const policy = fields(predicate['policy'], 'policy', ['name', 'path', 'sha256']);
  return {
    tool: toolFrom(predicate['tool']),
    verdict: verdict(predicate['verdict']),
    exitCode: natural(predicate['exitCode'], 'exitCode'),
    because: text(predicate['because'], 'because'),
    complete: boolean(predicate['complete'], 'complete'),
    counts: counts(predicate['counts']),
    population: population(predicate['population']),
    policy: { name: text(policy['name'], 'policy.name'), ...digestedFile(policy, 'policy') },
    exceptionFiles: list(predicate['exceptionFiles'], 'exceptionFiles').map((item) => input(item, 'exceptionFiles')),
    inputs: list(predicate['inputs'], 'inputs').map((item) => input(item, 'inputs')),
  };
}

/** What is no statement of the kind that was asked for. */
export type Unread =
  /** Another kind or version of statement: nothing of it is interpreted. */
  | { readonly kind: 'foreign'; readonly predicateType: string }
  /** `what` is a clause. */
  | { readonly kind: 'malformed'; readonly what: string };

/** Reads an in-toto statement of one type; `read` makes its content of the subjects and the predicate, or throws `Malformed`. */
export function readStatementOf<Reading>(
  predicateType: string,
  bytes: Uint8Array,
  read: (subjects: readonly PlainJson[], predicate: PlainJson | undefined) => Reading,
): Reading | Unread {
  try {
    const members = ['_type', 'subject', 'predicateType', 'predicate'];
    const root = fields(strictJson('statement', bytes), 'the statement', members);
    if (root['_type'] !== STATEMENT_TYPE) throw new Malformed(`its _type is not ${STATEMENT_TYPE}`);
    const found = text(root['predicateType'], 'predicateType');
    if (found !== predicateType) return { kind: 'foreign', predicateType: found };
    return read(list(root['subject'], 'subject'), root['predicate']);
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'malformed', what: error.message };
    if (error instanceof InputError) return { kind: 'malformed', what: error.problem.what };
    throw error;
  }
}
