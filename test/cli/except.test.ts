import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXAMPLE_POLICY, EXAMPLE_STACK_BASE } from '../../checks/example-policy.ts';
import { type Run, trefoil } from './recording-io.ts';

const work = mkdtempSync(join(tmpdir(), 'trefoil-except-'));

afterAll(() => {
  rmSync(work, { recursive: true });
});

const OPEN = { availability_zone: 'eu-west-1a', size: 1, encrypted: false };
const CLOSED = { ...OPEN, encrypted: true, kms_key_id: '${aws_kms_key.ledger.arn}' };
const ID = 'ENC-003:west:aws_ebs_volume.ledger';

function project(name: string, volumes: object = { ledger: OPEN, records: CLOSED }, policy: object = {}): string {
  const cwd = join(work, name);
  mkdirSync(join(cwd, 'cdktf.out/stacks/west'), { recursive: true });
  writeFileSync(join(cwd, 'enclave.yaml'), JSON.stringify({ ...EXAMPLE_POLICY, ...policy }));
  const json = { ...EXAMPLE_STACK_BASE['west'], resource: { aws_kms_key: { ledger: {} }, aws_ebs_volume: volumes } };
  writeFileSync(join(cwd, 'cdktf.out/stacks/west/cdk.tf.json'), JSON.stringify(json));
  return cwd;
}

function run(cwd: string, ...argv: readonly string[]): Promise<Run> {
  return trefoil([...argv, '--as-of', '2026-11-01'], { cwd });
}

/** The draft as somebody fills it in. */
function filled(draft: string, changes: { readonly [from: string]: string } = {}): string {
  const parts = {
    "reason: ''": 'reason: The volume is replaced in the next release.',
    "owner: ''": 'owner: Ada',
    "approver: ''": 'approver: Grace',
    "ticket: ''": 'ticket: RISK-12',
    'compensatingControls: []': 'compensatingControls: [It holds no data of users]',
    ...changes,
  };
  return Object.entries(parts).reduce((text, [from, to]) => text.replace(from, to), draft);
}

const CHECK = ['check', '--control', 'ENC-003', '--exceptions', 'ex.yaml', '--format', 'json'];

interface Shown {
  readonly summary: { readonly [verdict: string]: number };
  readonly exceptionProblems: readonly { readonly code: string }[];
  readonly results: readonly { readonly id: string; readonly verdict: string; readonly fingerprint: string | null }[];
}

async function checked(cwd: string, text: string, ...argv: readonly string[]) {
  writeFileSync(join(cwd, 'ex.yaml'), text);
  const { exitCode, stdout, stderr } = await run(cwd, ...CHECK, ...argv);
  return { exitCode, stderr, report: stdout === '' ? null : (JSON.parse(stdout) as Shown) };
}

describe('except', () => {
  it('drafts what a machine knows', async () => {
    const { exitCode, stdout } = await run(project('draft'), 'except', ID);
    expect(exitCode).toBe(0);
    expect(stdout.replaceAll(/[0-9a-f]{12,24}/g, '<hex>')).toMatchInlineSnapshot(`
      "version: 1
      exceptions:
        # ENC-003: has a volume without encryption: encrypted is false
        - id: enc-003-<hex>
          control: ENC-003
          stack: "west"
          address: "aws_ebs_volume.ledger"
          fingerprint: "<hex>"
          # Why the failure is accepted, in at least 20 characters.
          reason: ''
          # Who answers for it until it ends, and somebody else, who approved it.
          owner: ''
          approver: ''
          # Where the approval is on record.
          ticket: ''
          # What reduces the risk meanwhile: at least one sentence.
          compensatingControls: []
          # The first day, and the last that the policy allows.
          created: 2026-11-01
          expires: 2027-01-29
      "
    `);
  });

  it('drafts nothing that works before it is filled in, and every part is asked for', async () => {
    const cwd = project('unfilled');
    const { stdout: draft } = await run(cwd, 'except', ID);
    const { exitCode, stderr } = await checked(cwd, draft);
    expect(exitCode).toBe(2);
    for (const key of ['reason', 'owner', 'approver', 'ticket', 'compensatingControls']) expect(stderr).toContain(key);
  });

  it('drafts what works once filled in: excepted, not passed, and nothing else changes', async () => {
    const cwd = project('filled', { ledger: OPEN, records: CLOSED, other: OPEN });
    const { stdout: draft } = await run(cwd, 'except', ID);
    const before = JSON.parse((await run(cwd, 'check', '--control', 'ENC-003', '--format', 'json')).stdout) as Shown;
    const { exitCode, report } = await checked(cwd, filled(draft));
    expect(exitCode).toBe(1);
    expect(before.summary).toMatchObject({ pass: 1, fail: 2, excepted: 0 });
    expect(report?.summary).toMatchObject({ pass: 1, fail: 1, excepted: 1 });
    const others = (shown: Shown | null) => shown?.results.filter(({ id }) => id !== ID);
    expect(others(report)).toEqual(others(before));
  });

  it('does not cover what fails there later', async () => {
    const cwd = project('worse');
    const { stdout: draft } = await run(cwd, 'except', ID);
    const worse = project('worse', { ledger: { ...CLOSED, kms_key_id: 'alias/aws/ebs' } });
    const { exitCode, report } = await checked(worse, filled(draft));
    expect(exitCode).toBe(2);
    expect(report?.exceptionProblems.map(({ code }) => code)).toEqual(['PO-FINGERPRINT']);
    expect(report?.summary).toMatchObject({ fail: 1, excepted: 0 });
  });

  it('is an error when the failure is corrected', async () => {
    const cwd = project('corrected');
    const { stdout: draft } = await run(cwd, 'except', ID);
    const { exitCode, report } = await checked(project('corrected', { ledger: CLOSED }), filled(draft));
    expect(exitCode).toBe(2);
    expect(report?.exceptionProblems.map(({ code }) => code)).toEqual(['PO-UNUSED']);
  });

  it('refuses an approver who is the owner', async () => {
    const cwd = project('owner');
    const { stdout: draft } = await run(cwd, 'except', ID);
    const { exitCode, stderr } = await checked(cwd, filled(draft, { "approver: ''": 'approver: " ADA"' }));
    expect([exitCode, stderr.includes('PO-APPROVER')]).toEqual([2, true]);
  });

  it('goes as far as the policy lets its kind last', async () => {
    const cwd = project('days', undefined, { gate: { maximumExceptionDaysFor: { critical: 7, high: 7 } } });
    const { stdout } = await run(cwd, 'except', ID);
    expect(stdout).toContain('created: 2026-11-01\n    expires: 2026-11-07\n');
  });

  it.each([
    ['what passes', 'ENC-003:west:aws_ebs_volume.records', 'passes as of 2026-11-01'],
    ['what is not there', 'ENC-003:west:aws_ebs_volume.leger', 'this estate has no finding'],
    ['what nobody may except', 'CHG-001:west:west', 'CHG-001 cannot be excepted'],
    ['what is no control', 'ENC-999:west:x', 'there is no control "ENC-999"'],
  ])('refuses %s', async (_name, id, message) => {
    const { exitCode, stdout, stderr } = await run(project('refused'), 'except', id);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('suggests the finding that is meant', async () => {
    const { stderr } = await run(project('meant'), 'except', 'ENC-003:west:aws_ebs_volume.leger');
    expect(stderr).toContain(ID);
  });
});

describe('what stands in the tree that is checked', () => {
  it.each([
    ['metadata', { '//': { metadata: { 'trefoil:ignore': ['ENC-003'], cdk_nag: { rules_to_suppress: ['*'] } } } }],
    ['a comment of checkov', { '//': 'checkov:skip=CKV_AWS_3:because' }],
    ['tags', { tags: { comment: '#trivy:ignore:AVD-AWS-0026 tfsec:ignore:* nosec', 'trefoil:except': 'ENC-003' } }],
  ])('excepts nothing: %s', async (_name, suppression) => {
    const plain = await run(project('plain', { ledger: OPEN }), 'check', '--control', 'ENC-003', '--format', 'json');
    const cwd = project('suppressed', { ledger: { ...OPEN, ...suppression } });
    const other = await run(cwd, 'check', '--control', 'ENC-003', '--format', 'json');
    const verdicts = ({ stdout }: Run) => (JSON.parse(stdout) as Shown).results.map(({ id, verdict }) => [id, verdict]);
    expect(verdicts(other)).toEqual(verdicts(plain));
    expect(other.exitCode).toBe(1);
  });
});
