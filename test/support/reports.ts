import { Chalk } from 'chalk';
import { partDigestsOf } from '../../checks/fingerprint.ts';
import type {
  Comparison,
  ControlStatus,
  FixedFinding,
  Report,
  Result,
  ResultSubject,
  ResultTrace,
  ResultWitness,
} from '../../checks/report.ts';
import type { ReporterOptions } from '../../report/reporter.ts';

/** How a pipe of 80 columns is written to. */
export const PLAIN: ReporterOptions = {
  colour: new Chalk({ level: 0 }),
  width: 80,
  charset: 'unicode',
  frames: new Map(),
  quiet: false,
};

export const COLOURED: ReporterOptions = { ...PLAIN, colour: new Chalk({ level: 1 }) };

export const BUCKETS_ENCRYPTED = controlOf({
  id: 'ENC-001',
  family: 'encryption',
  severity: 'critical',
  title: 'S3 buckets encrypt objects with a customer-managed key of their site',
  why: 'With a key of AWS anyone who may read the bucket may also decrypt it, and no site decides who.',
  fix: 'Add an aws_s3_bucket_server_side_encryption_configuration with sse_algorithm = "aws:kms" and a key of the site.',
  references: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html'],
  resourceTypes: ['aws_s3_bucket'],
});

export const PLACED_IN_SITE = controlOf({
  id: 'RES-001',
  family: 'residency',
  severity: 'critical',
  title: 'Every resource is in the Region of its site',
  why: 'A resource elsewhere takes its data out of the enclave.',
  fix: 'Move the resource to the provider of its site.',
});

export function controlOf(parts: Partial<ControlStatus> = {}): ControlStatus {
  return {
    id: 'RES-001',
    family: 'residency',
    severity: 'high',
    title: 'Data stays in its site',
    why: 'It was promised.',
    fix: 'Keep it there.',
    references: [],
    resourceTypes: [],
    status: 'implemented',
    population: 1,
    ...parts,
  };
}

export function subjectOf(parts: Partial<ResultSubject> = {}): ResultSubject {
  return {
    kind: 'resource',
    stack: 'dublin-data',
    address: 'aws_s3_bucket.records',
    constructPath: 'dublin-data/records',
    source: { file: 'cdktf.out/stacks/dublin-data/cdk.tf.json', line: 120, column: 7 },
    code: { file: 'stacks/data.ts', line: 2, column: 18 },
    ...parts,
  };
}

/** A pass of a bucket; `control` gives id, family, severity and fix. */
export function passOf(control: ControlStatus = BUCKETS_ENCRYPTED, parts: Partial<Result> = {}): Result {
  const subject = parts.subject ?? subjectOf();
  return {
    id: `${control.id}:${subject.stack ?? ''}:${subject.address}`,
    control: control.id,
    family: control.family,
    severity: control.severity,
    verdict: 'pass',
    site: 'dublin',
    message: control.title,
    messageId: null,
    fix: control.fix,
    witness: null,
    also: [],
    blockers: [],
    fingerprint: null,
    parts: [],
    exception: null,
    change: null,
    ...parts,
    subject,
  };
}

export const WITNESS: ResultWitness = {
  path: 'rule[0].apply_server_side_encryption_by_default.sse_algorithm',
  value: '"AES256"',
  extent: null,
  source: { file: 'cdktf.out/stacks/dublin-data/cdk.tf.json', line: 131, column: 15 },
  related: [
    {
      stack: 'dublin-data',
      address: 'aws_kms_key.records',
      constructPath: 'dublin-data/records-key',
      source: { file: 'cdktf.out/stacks/dublin-data/cdk.tf.json', line: 210, column: 7 },
      code: null,
    },
  ],
  trace: null,
  remedy: {
    construct: 'S3BucketServerSideEncryptionConfigurationA',
    module: '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js',
    address: 'aws_s3_bucket_server_side_encryption_configuration.records',
    code: { file: 'stacks/data.ts', line: 12, column: 5 },
    properties: [{ name: 'rule.applyServerSideEncryptionByDefault.sseAlgorithm', to: "'aws:kms'" }],
  },
};

/** A packet that takes a route past every gateway. */
export const TRACE: ResultTrace = {
  packet: 'tcp 443 from 10.0.1.5 to 203.0.113.9',
  hops: [
    {
      at: 'aws_subnet.data',
      what: 'takes the route to 0.0.0.0/0',
      stack: 'dublin-data',
      address: 'aws_route.leak',
      constructPath: 'dublin-data/leak',
      source: { file: 'cdktf.out/stacks/dublin-data/cdk.tf.json', line: 300, column: 7 },
      code: { file: 'stacks/data.ts', line: 9, column: 5 },
    },
    {
      at: 'the Internet',
      what: 'is reached',
      stack: null,
      address: null,
      constructPath: null,
      source: null,
      code: null,
    },
  ],
  closedBy: ['aws_route.leak'],
};

const NO_WITNESS = { path: '', value: null, extent: null, source: null, related: [], trace: null, remedy: null };

export function failOf(control: ControlStatus = BUCKETS_ENCRYPTED, parts: Partial<Result> = {}): Result {
  const failure = {
    message: 'is encrypted with "AES256", a key of AWS',
    messageId: 'notCustomerKey',
    ...parts,
    witness: parts.witness ?? WITNESS,
  };
  return passOf(control, {
    verdict: 'fail',
    parts: partDigestsOf({ control: control.id, dataClass: null, parts: [failure] }),
    ...parts,
    ...failure,
  });
}

export function unprovenOf(control: ControlStatus = BUCKETS_ENCRYPTED, parts: Partial<Result> = {}): Result {
  const blockers = [{ expression: 'var.region', reason: 'has no value in this run; pass --var-file' }];
  const message = parts.message ?? 'var.region has no value in this run; pass --var-file';
  const reasons = message.split('; ').map((reason) => ({ messageId: null, message: reason, witness: NO_WITNESS }));
  return passOf(control, {
    verdict: 'unproven',
    message,
    parts: partDigestsOf({ control: control.id, dataClass: null, parts: reasons }),
    blockers,
    ...parts,
  });
}

export function exceptedOf(control: ControlStatus = BUCKETS_ENCRYPTED, parts: Partial<Result> = {}): Result {
  return failOf(control, {
    verdict: 'excepted',
    exception: {
      id: 'EX-7',
      starts: '2026-01-10',
      ends: '2026-06-30',
      reason: 'moves to the new key in June',
      owner: 'Ada Byron',
      approver: 'Grace Hopper',
      ticket: 'RISK-7',
      compensatingControls: ['nobody but its owner reads the bucket'],
    },
    ...parts,
  });
}

/** A comparison in which only changes block; the ledger was corrected and another bucket is gone. */
export function comparisonOf(parts: Partial<Comparison> = {}): Comparison {
  return {
    base: { path: 'base.json', inputs: [{ path: 'base.json', sha256: 'd'.repeat(64) }], asOf: '2026-01-30' },
    blocks: 'changes',
    limits: ['the base is incomplete'],
    fixed: [
      fixedOf(failOf(BUCKETS_ENCRYPTED, { subject: subjectOf({ address: 'aws_s3_bucket.ledger' }) }), 'passes'),
      fixedOf(unprovenOf(BUCKETS_ENCRYPTED, { subject: subjectOf({ address: 'aws_s3_bucket.old' }) }), 'gone'),
    ],
    ...parts,
  };
}

function fixedOf(result: Result, because: FixedFinding['because']): FixedFinding {
  const { id, control, family, severity, site, subject, verdict, message } = result;
  return { id, control, family, severity, site, subject, verdict, message, because };
}

/** A complete report over three sites; what is derived (summary, populations) is derived from controls and results. */
export function reportOf(parts: Partial<Report> = {}): Report {
  const results = parts.results ?? [];
  const populated = (parts.controls ?? [BUCKETS_ENCRYPTED, PLACED_IN_SITE]).map((control) => ({
    ...control,
    population: results.filter((result) => result.control === control.id).length,
  }));
  const tally = (verdict: Result['verdict']): number => results.filter((result) => result.verdict === verdict).length;
  return {
    tool: { name: 'trefoil', version: '0.1.0' },
    asOf: '2026-01-31',
    stage: 'change',
    policy: { name: 'enclave', path: 'enclave.yaml', sha256: 'a'.repeat(64) },
    exceptionFiles: [],
    inputs: [{ path: 'cdktf.out/stacks/dublin-data/cdk.tf.json', sha256: 'b'.repeat(64) }],
    complete: true,
    incompleteBecause: [],
    problems: [],
    exceptionProblems: [],
    filter: { controls: [], severities: [], sites: [] },
    population: {
      stacks: [{ name: 'dublin-data', sites: ['dublin'], resources: 2 }],
      resources: 2,
      types: [
        { type: 'aws_kms_key', resources: 1 },
        { type: 'aws_s3_bucket', resources: 1 },
      ],
    },
    escapeHatches: [],
    sites: [
      { id: 'dublin', name: 'Dublin' },
      { id: 'ireland-2', name: 'Ireland-2' },
      { id: 'norway', name: 'Norway' },
    ],
    unprovenBlocks: [],
    comparison: null,
    ...parts,
    controls: populated,
    results,
    summary: {
      pass: tally('pass'),
      fail: tally('fail'),
      unproven: tally('unproven'),
      'not-applicable': populated.filter(({ status, population }) => status === 'implemented' && population === 0)
        .length,
      excepted: tally('excepted'),
    },
  };
}
