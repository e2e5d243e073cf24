import { STAGES, type Stage } from '../checks/report.ts';
import type { PlainJson } from '../model/json/plain.ts';
import { type Bundle, BUNDLE_PREDICATE_TYPE, type BundledFile, type BundledRun, STATEMENT_FILE } from './bundle.ts';
import {
  day,
  digest,
  fields,
  instant,
  isRecord,
  JUDGED_RUN_MEMBERS,
  judgedRunFrom,
  list,
  Malformed,
  natural,
  readStatementOf,
  text,
  type Unread,
} from './statement-fields.ts';

export type BundleReading = { readonly kind: 'bundle'; readonly bundle: Bundle } | Unread;

/** Reads the statement of a bundle whose signature was verified. */
export function readBundleStatement(bytes: Uint8Array): BundleReading {
  return readStatementOf(BUNDLE_PREDICATE_TYPE, bytes, (subjects, predicate) => ({
    kind: 'bundle' as const,
    bundle: bundleFrom(filesFrom(subjects), predicate),
  }));
}

function filesFrom(subjects: readonly PlainJson[]): readonly BundledFile[] {
  const files = subjects.map((item) => {
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

const MEMBERS = [...JUDGED_RUN_MEMBERS, 'createdAt', 'sequence', 'previous', 'run'];

function bundleFrom(files: Bundle['files'], value: PlainJson | undefined): Bundle {
  const predicate = fields(value, 'predicate', MEMBERS);
  const sequence = natural(predicate['sequence'], 'sequence');
  const previous = predicate['previous'] === null ? null : digest(predicate['previous'], 'previous');
  if (sequence === 0 || (sequence === 1) !== (previous === null)) {
    throw new Malformed(`it is number ${sequence} of its chain and names ${previous === null ? 'none' : 'one'} before`);
  }
  return {
    ...judgedRunFrom(predicate),
    files,
    createdAt: instant(predicate['createdAt'], 'createdAt'),
    sequence,
    previous,
    run: runFrom(predicate['run']),
  };
}

const RUN_MEMBERS = ['paths', 'policy', 'exceptions', 'evidence', 'varFile', 'providerSchema', 'asOf', 'stage'];

function runFrom(value: PlainJson | undefined): BundledRun {
  const hasHistory = isRecord(value) && Object.hasOwn(value, 'policyHistory');
  const run = fields(value, 'run', hasHistory ? [...RUN_MEMBERS, 'policyHistory'] : RUN_MEMBERS);
  if (hasHistory && run['policyHistory'] !== true) throw new Malformed('policyHistory is not true');
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
    policyHistory: hasHistory,
  };
}

function stage(value: PlainJson | undefined): Stage {
  const known = STAGES.find((name) => name === value);
  if (known === undefined) throw new Malformed('stage is none that there is');
  return known;
}
