import { describe, expect, it } from 'vitest';
import type { Report, Result } from '../../checks/report.ts';
import { gitlab } from '../../report/gitlab.ts';
import { rendered } from '../support/rendered.ts';
import {
  BUCKETS_ENCRYPTED,
  controlOf,
  exceptedOf,
  failOf,
  passOf,
  PLAIN,
  reportOf,
  subjectOf,
  unprovenOf,
  WITNESS,
} from '../support/reports.ts';

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: object;
}

function issuesOf(report: Report): readonly Issue[] {
  return JSON.parse(rendered(gitlab, report, PLAIN)) as readonly Issue[];
}

function onlyIssue(result: Result, parts: Partial<Report> = {}): Issue {
  const [issue, ...more] = issuesOf(reportOf({ ...parts, results: [result] }));
  if (issue === undefined || more.length > 0) throw new Error('not one issue');
  return issue;
}

it('has the keys that GitLab reads', () => {
  expect(onlyIssue(failOf())).toEqual({
    description:
      'ENC-001 fail: aws_s3_bucket.records is encrypted with "AES256", a key of AWS. Add an aws_s3_bucket_server_side_encryption_configuration with sse_algorithm = "aws:kms" and a key of the site.',
    check_name: 'ENC-001',
    fingerprint: expect.stringMatching(/^[0-9a-f]{40}$/),
    severity: 'blocker',
    location: { path: 'stacks/data.ts', lines: { begin: 2 } },
  });
});

it('is an empty list for a whole run without a finding, and for no other', () => {
  expect(issuesOf(reportOf({ results: [passOf()] }))).toEqual([]);
  expect(issuesOf(reportOf({ results: [] }))).toMatchObject([
    { check_name: 'trefoil/incomplete', severity: 'blocker', location: { path: 'enclave.yaml', lines: { begin: 1 } } },
  ]);
});

it.each([
  ['low', 'minor', 'info'],
  ['medium', 'major', 'minor'],
  ['high', 'critical', 'major'],
  ['critical', 'blocker', 'critical'],
] as const)('shows %s as %s where it blocks and else as %s', (severity, blocking, open) => {
  const control = controlOf({ severity });
  expect(onlyIssue(failOf(control)).severity).toBe(blocking);
  expect(onlyIssue(unprovenOf(control), { unprovenBlocks: [severity] }).severity).toBe(blocking);
  expect(onlyIssue(unprovenOf(control)).severity).toBe(open);
  expect(onlyIssue(exceptedOf(control)).severity).toBe('info');
});

describe('the fingerprint', () => {
  const { fingerprint } = onlyIssue(failOf(BUCKETS_ENCRYPTED, { fingerprint: 'a' }));

  it('stays when the line moves', () => {
    const moved = subjectOf({ code: { file: 'stacks/data.ts', line: 90, column: 1 } });
    expect(onlyIssue(failOf(BUCKETS_ENCRYPTED, { fingerprint: 'a', subject: moved })).fingerprint).toBe(fingerprint);
  });

  it.each([
    ['the failure is another one', failOf(BUCKETS_ENCRYPTED, { fingerprint: 'b', witness: WITNESS })],
    ['it is unproven', unprovenOf(BUCKETS_ENCRYPTED, { fingerprint: 'a' })],
    ['it is excepted', exceptedOf(BUCKETS_ENCRYPTED, { fingerprint: 'a' })],
    [
      'it is of another subject',
      failOf(BUCKETS_ENCRYPTED, { fingerprint: 'a', subject: subjectOf({ address: 'x.y' }) }),
    ],
  ])('is another when %s', (_, result) => {
    expect(onlyIssue(result).fingerprint).not.toBe(fingerprint);
  });
});

it('names a file without its path where that leads out of the repository', () => {
  const policy = { name: 'enclave', path: '/etc/trefoil/enclave.yaml', sha256: 'a'.repeat(64) };
  const subject = subjectOf({ code: null, source: null });
  expect(onlyIssue(unprovenOf(BUCKETS_ENCRYPTED, { subject }), { policy }).location).toEqual({
    path: 'enclave.yaml',
    lines: { begin: 1 },
  });
});
