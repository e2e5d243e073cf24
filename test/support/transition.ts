import type { Example } from '../../checks/check.ts';
import type { Base } from '../../checks/compare.ts';
import { INTERIM_BASE, TRANSITION_POLICY } from '../../checks/residency/example-transition.ts';
import place from '../../checks/residency/res-001-region-of-site.ts';
import approved from '../../checks/residency/res-trans-001-approved-exception.ts';
import ended from '../../checks/residency/res-trans-002-exception-end.ts';
import burnDown from '../../checks/residency/res-trans-004-burn-down.ts';
import type { Report } from '../../checks/report.ts';
import { run } from '../../checks/run.ts';
import { EXAMPLE_POLICY } from '../../checks/example-policy.ts';
import { loadExceptions, loadPolicy } from '../../policy/load.ts';
import type { Exception, Policy } from '../../policy/policy.ts';
import { CATALOGUE } from '../../policy/catalogue.ts';
import { estateOf } from '../../checks/example-estate.ts';

const CHECKS = [place, approved, ended, burnDown];
const CONTROL_IDS = CATALOGUE.map(({ id }) => id);
export const ALL = { controls: [], severities: [], sites: [] } as const;

export const permission = (control: string, parts: object = {}) => ({
  id: `interim-${control.toLowerCase()}`,
  control,
  stack: 'interim',
  scope: 'stack',
  reason: 'Data of users waits here until it is moved to the sites.',
  owner: 'Head of infrastructure',
  approver: 'Board',
  ticket: 'Decision 7',
  compensatingControls: ['A key, a network and an account of its own'],
  created: '2023-09-01',
  expires: '2024-08-31',
  ...parts,
});
export const BOTH = [permission('RES-001'), permission('RES-TRANS-001')];

export const keeps = (...buckets: readonly string[]) => ({
  interim: { ...INTERIM_BASE, resource: { aws_s3_bucket: Object.fromEntries(buckets.map((name) => [name, {}])) } },
});

export interface Setting {
  readonly asOf?: string;
  readonly exceptions?: readonly object[];
  readonly base?: Base;
  readonly exceptionsOf?: 'base' | 'run';
  readonly stacks?: Example['stacks'];
}

/** The jurisdiction of the examples with bases that hold from 2018, and exceptions of up to a year. */
export function judged({
  asOf = '2023-09-05',
  exceptions = [],
  base,
  exceptionsOf = 'base',
  stacks = keeps('waiting'),
}: Setting = {}): Report {
  const gate = { maximumExceptionDaysFor: { stack: 366 } };
  const policyText = JSON.stringify({ ...EXAMPLE_POLICY, ...TRANSITION_POLICY, gate });
  const loaded = loadPolicy({ path: 'enclave.yaml', text: policyText, controlIds: CONTROL_IDS });
  if (loaded.kind !== 'policy') throw new Error(JSON.stringify(loaded));
  const { policy } = loaded;
  const permissions = exceptions.length === 0 ? [] : permissionsOf(exceptions, policy);
  return run({
    checks: CHECKS,
    catalogue: CHECKS,
    estate: estateOf({ stacks }),
    policy,
    exceptions: permissions,
    inputs: [],
    policyFile: { path: 'enclave.yaml', sha256: '0'.repeat(64) },
    exceptionFiles: [],
    asOf,
    stage: 'change',
    version: '0.0.0',
    filter: ALL,
    ...(base === undefined
      ? {}
      : { comparison: { base, origin: { path: 'base.json', inputs: [] }, exceptionsOf, blocks: 'all' } }),
  });
}

function permissionsOf(exceptions: readonly object[], policy: Policy): readonly Exception[] {
  const text = JSON.stringify({ version: 1, exceptions });
  const read = loadExceptions({ path: 'exceptions.yaml', text, policy, controlIds: CONTROL_IDS });
  if (read.kind === 'exceptions') return read.exceptions;
  throw new Error(read.problems.map(({ code }) => code).join(' '));
}

export const of = (report: Report, control: string) =>
  report.results
    .filter((result) => result.control === control)
    .map(
      ({ subject, verdict, messageId }) => `${subject.address} ${verdict}${messageId === null ? '' : ` ${messageId}`}`,
    );
export const codes = ({ exceptionProblems }: Report) => exceptionProblems.map(({ code }) => code);
export const wordsOf = (report: Report, control: string) =>
  report.results.filter((result) => result.control === control).map(({ message }) => message);
