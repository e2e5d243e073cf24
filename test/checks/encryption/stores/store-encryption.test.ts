import { describe, expect, it } from 'vitest';
import { SITUATIONS, type Situation, type StoreCase, storeCases, verdictOn } from '../../../support/store-cases.ts';

type Expected = Partial<Record<Situation, string | null>>;

const CASES = storeCases();

const nameOf = ({ control, type, part }: StoreCase): string =>
  `${control} ${type} ${part === null ? 'as a whole' : (part.key ?? part.switch ?? part.in ?? 'without an argument')}`;

/** Omitted, and yet no fail, beyond what a bucket, an owner or an account decides. */
const OMITTED: Readonly<Record<string, string | null>> = {
  // Encrypted unless it is told not to.
  'ENC-008 aws_codebuild_project artifacts.encryption_disabled': 'pass',
  'ENC-008 aws_codebuild_project secondary_artifacts.encryption_disabled': 'pass',
  'ENC-008 aws_codebuild_project logs_config.s3_logs.encryption_disabled': 'pass',
  'ENC-009 aws_athena_workgroup configuration.enforce_workgroup_configuration': 'pass',
  // A source may bring its own.
  'ENC-005 aws_rds_global_cluster storage_encrypted': 'unproven',
  'ENC-005 aws_docdb_global_cluster storage_encrypted': 'unproven',
  'ENC-005 aws_neptune_global_cluster storage_encrypted': 'unproven',
  // Only named keys of volumes are judged here; the volumes are ENC-003's.
  'ENC-008 aws_ecs_cluster configuration.managed_storage_configuration.kms_key_id': null,
};

/** What the table declares of a thing, written apart from the code that judges it. */
function declared(kept: StoreCase): Expected {
  const { form, part } = kept;
  if (part === null) {
    switch (form.kind) {
      case 'keyless':
        return { omitted: 'fail' };
      case 'emr':
        return {
          'customer key': 'pass',
          'key outside': 'unproven',
          'key of AWS': 'fail',
          'key of other site': 'pass',
          unknown: 'unproven',
        };
      case 'member':
        return {
          'customer key': 'pass',
          omitted: form.isRequired ? 'fail' : 'unproven',
          'key of AWS': 'fail',
          unknown: 'unproven',
        };
      default:
        return { 'customer key': 'pass', omitted: 'unproven', 'key of AWS': 'fail' };
    }
  }
  const isUnclear = part.unclear !== undefined || part.bucket !== undefined;
  const named = OMITTED[nameOf(kept)];
  const omitted = named === undefined ? (isUnclear ? 'unproven' : 'fail') : named;
  const key = { 'key outside': 'unproven', 'key of AWS': 'fail', 'key of other site': 'pass' };
  const off = part.switch === undefined ? {} : { off: 'fail' };
  if (part.key === undefined && part.switch === undefined) return { omitted };
  return { 'customer key': 'pass', omitted, ...off, ...(part.key === undefined ? {} : key), unknown: 'unproven' };
}

describe('every thing that the tables of stores know', () => {
  it('is there', () => {
    expect(CASES.length).toBeGreaterThan(280);
    expect(new Set(CASES.map(nameOf)).size).toBe(CASES.length);
    expect(Object.keys(OMITTED).filter((name) => !CASES.some((kept) => nameOf(kept) === name))).toEqual([]);
  });

  it('has the verdict that the table declares in every situation', () => {
    const found = CASES.map((kept) => {
      const verdicts = SITUATIONS.flatMap((situation) => {
        const example = kept.examples.get(situation);
        return example === undefined ? [] : [[situation, verdictOn(kept, example, kept.control)] as const];
      });
      return [nameOf(kept), Object.fromEntries(verdicts)] as const;
    });
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(CASES.map((kept) => [nameOf(kept), declared(kept)])));
  });

  it('fails KEY-001 with a key of another site, wherever it names a key', () => {
    const keyed = CASES.filter(({ form, part }) => form.kind === 'emr' || part?.key !== undefined);
    const wrong = keyed.filter((kept) => {
      const example = kept.examples.get('key of other site');
      return example === undefined || verdictOn(kept, example, 'KEY-001') !== 'fail';
    });
    expect(keyed.length).toBeGreaterThan(220);
    expect(wrong.map(nameOf)).toEqual([]);
  });
});
