import { STAGES, type Stage } from '../checks/report.ts';
import { InputError } from '../model/input-error.ts';
import type { PlainJson } from '../model/json/plain.ts';
import { type Bundle, BUNDLE_PREDICATE_TYPE, type BundledFile, type BundledRun, STATEMENT_FILE } from './bundle.ts';
import { STATEMENT_TYPE } from './statement.ts';
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

export type BundleReading =
  | { readonly kind: 'bundle'; readonly bundle: Bundle }
  /** Another kind or version of statement: nothing of it is interpreted. */
  | { readonly kind: 'foreign'; readonly predicateType: string }
  /** `what` is a clause. */
  | { readonly kind: 'malformed'; readonly what: string };

/** Reads the statement of a bundle whose signature was verified. */
export function readBundleStatement(bytes: Uint8Array): BundleReading {
  try {
    const members = ['_type', 'subject', 'predicateType', 'predicate'];
    const root = fields(strictJson('statement', bytes), 'the statement', members);
    if (root['_type'] !== STATEMENT_TYPE) throw new Malformed(`its _type is not ${STATEMENT_TYPE}`);
    const predicateType = text(root['predicateType'], 'predicateType');
    if (predicateType !== BUNDLE_PREDICATE_TYPE) return { kind: 'foreign', predicateType };
    return { kind: 'bundle', bundle: bundleFrom(filesFrom(root['subject']), root['predicate']) };
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'malformed', what: error.message };
    if (error instanceof InputError) return { kind: 'malformed', what: error.problem.what };
    throw error;
  }
}

function filesFrom(value: PlainJson | undefined): readonly BundledFile[] {
  const files = list(value, 'subject').map((item) => {
    const subject = fields(item, 'a subject', ['name', 'digest']);
    const sha256 = digest(fields(subject['digest'], 'digest', ['sha256'])['sha256'], 'digest.sha256');
    return { name: text(subject['name'], 'name'), sha256 };
  });
  if (files.length === 0) throw new Malformed('it names no file');
  const names = new Set(files.map(({ name }) => name));
  if (names.size < files.length) throw new Malformed('it names a file twice');
  if (names.has(STATEMENT_FILE)) throw new Malformed('it names itself');
  return files;
}

const MEMBERS = [
  'tool',
  'createdAt',
  'sequence',
  'previous',
  'run',
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

function bundleFrom(files: Bundle['files'], value: PlainJson | undefined): Bundle {
  const predicate = fields(value, 'predicate', MEMBERS);
  const policy = fields(predicate['policy'], 'policy', ['name', 'path', 'sha256']);
  const sequence = natural(predicate['sequence'], 'sequence');
  const previous = predicate['previous'] === null ? null : digest(predicate['previous'], 'previous');
  if (sequence === 0 || (sequence === 1) !== (previous === null)) {
    throw new Malformed(`it is number ${sequence} of its chain and names ${previous === null ? 'none' : 'one'} before`);
  }
  return {
    files,
    tool: toolFrom(predicate['tool']),
    createdAt: instant(predicate['createdAt'], 'createdAt'),
    sequence,
    previous,
    run: runFrom(predicate['run']),
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

const RUN_MEMBERS = ['paths', 'policy', 'exceptions', 'evidence', 'varFile', 'providerSchema', 'asOf', 'stage'];

function runFrom(value: PlainJson | undefined): BundledRun {
  const run = fields(value, 'run', RUN_MEMBERS);
  const texts = (name: string): readonly string[] => list(run[name], name).map((item) => text(item, name));
  return {
    paths: texts('paths'),
    policy: text(run['policy'], 'policy'),
    exceptions: texts('exceptions'),
    evidence: texts('evidence'),
    varFile: texts('varFile'),
    providerSchema: run['providerSchema'] === null ? null : text(run['providerSchema'], 'providerSchema'),
    asOf: day(run['asOf'], 'asOf'),
    stage: stage(run['stage']),
  };
}

function stage(value: PlainJson | undefined): Stage {
  const known = STAGES.find((name) => name === value);
  if (known === undefined) throw new Malformed('stage is none that there is');
  return known;
}
