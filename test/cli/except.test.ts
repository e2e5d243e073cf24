import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
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

  it.each([
    ['control and place', ['ENC-003', 'west/aws_ebs_volume.ledger']],
    ['control, place and paths', ['ENC-003', 'west/aws_ebs_volume.ledger', 'cdktf.out']],
    ['finding and paths', [ID, 'cdktf.out']],
  ])('takes %s', async (_name, words) => {
    const cwd = project('words');
    const { stdout: byId } = await run(cwd, 'except', ID);
    expect(await run(cwd, 'except', ...words)).toEqual({ exitCode: 0, stdout: byId, stderr: '' });
  });

  it('takes an address with slashes and colons by its place', async () => {
    const cwd = project('slashes');
    const path = join(cwd, 'cdktf.out/stacks/west/cdk.tf.json');
    const volume = { ...OPEN, for_each: { 'a/b:c': 'x' } };
    const json = { ...EXAMPLE_STACK_BASE['west'], resource: { aws_ebs_volume: { ledger: volume } } };
    writeFileSync(path, JSON.stringify(json));
    const { exitCode, stdout } = await run(cwd, 'except', 'ENC-003', 'west/aws_ebs_volume.ledger["a/b:c"]');
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringContaining(String.raw`address: "aws_ebs_volume.ledger[\"a/b:c\"]"`),
    ]);
  });

  it.each([
    ['a control alone', ['ENC-003'], 'no place is given'],
    ['a place that is not there', ['ENC-003', 'west/aws_ebs_volume.leger'], ID],
    ['a stack alone for what is of a resource', ['ENC-003', 'west'], 'this estate has no finding'],
    ['a place without a control', ['west/aws_ebs_volume.ledger'], 'there is no control'],
    ['a finding and a place', [ID, 'west/aws_ebs_volume.ledger'], 'west/aws_ebs_volume.ledger'],
  ])('refuses %s', async (_name, words, message) => {
    const { exitCode, stdout, stderr } = await run(project('words'), 'except', ...words);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('suggests the finding that is meant', async () => {
    const { stderr } = await run(project('meant'), 'except', 'ENC-003:west:aws_ebs_volume.leger');
    expect(stderr).toContain(ID);
  });
});

describe('a failure that joins another under its exception', () => {
  const WEB = { protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: ['0.0.0.0/0'] };
  const GROUP = 'NET-005:west:aws_security_group.web';
  const RULE = 'NET-005:west:aws_vpc_security_group_ingress_rule.web';
  const SEPARATE = {
    security_group_id: 'sg-1',
    cidr_ipv4: '0.0.0.0/0',
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
  };

  async function judged(id: string, approved: object, now: object) {
    const cwd = join(work, `joins-${id.length}`);
    mkdirSync(join(cwd, 'cdktf.out/stacks/west'), { recursive: true });
    writeFileSync(join(cwd, 'enclave.yaml'), JSON.stringify(EXAMPLE_POLICY));
    const write = (resource: object) => {
      const text = JSON.stringify({ ...EXAMPLE_STACK_BASE['west'], resource });
      writeFileSync(join(cwd, 'cdktf.out/stacks/west/cdk.tf.json'), text);
    };
    write(approved);
    const { stdout: draft } = await run(cwd, 'except', id);
    write(now);
    writeFileSync(join(cwd, 'ex.yaml'), filled(draft));
    const { stdout } = await run(cwd, 'check', '--control', 'NET-005', '--exceptions', 'ex.yaml', '--format', 'json');
    const shown = JSON.parse(stdout) as Shown;
    return {
      verdict: shown.results.find((result) => result.id === id)?.verdict,
      problems: shown.exceptionProblems.map(({ code }) => code),
    };
  }

  const group = (...ingress: readonly object[]) => ({ aws_security_group: { web: { ingress } } });
  const rule = (changes: object = {}) => ({
    aws_vpc_security_group_ingress_rule: { web: { ...SEPARATE, ...changes } },
  });
  const AGAIN = { verdict: 'fail', problems: ['PO-FINGERPRINT'] };

  it.each([
    ['a second rule', group(WEB, { ...WEB, from_port: 22, to_port: 22 })],
    ['a second rule in front', group({ ...WEB, from_port: 22, to_port: 22 }, WEB)],
    ['the same rule again', group(WEB, WEB)],
    ['another port', group({ ...WEB, from_port: 22, to_port: 22 })],
    ['all protocols', group({ ...WEB, protocol: '-1', from_port: 0, to_port: 0 })],
    ['the other direction', { aws_security_group: { web: { ingress: [WEB], egress: [WEB] } } }],
  ])('is not excepted: %s', async (_name, now) => {
    expect(await judged(GROUP, group(WEB), now)).toEqual(AGAIN);
  });

  it.each([
    ['another port', rule({ from_port: 22, to_port: 22 })],
    ['all protocols', rule({ ip_protocol: '-1' })],
  ])('is not excepted in a rule of its own: %s', async (_name, now) => {
    expect(await judged(RULE, rule(), now)).toEqual(AGAIN);
  });

  it('is in the draft with the first, each with what it opens', async () => {
    const cwd = project('draft-of-all');
    const rules = [WEB, { ...WEB, from_port: 22, to_port: 22 }, { ...WEB, cidr_blocks: ['198.51.100.0/24'] }];
    const json = { ...EXAMPLE_STACK_BASE['west'], resource: group(...rules) };
    writeFileSync(join(cwd, 'cdktf.out/stacks/west/cdk.tf.json'), JSON.stringify(json));
    const { stdout } = await run(cwd, 'except', 'NET-005', 'west/aws_security_group.web');
    expect(stdout.split('\n').filter((line) => line.startsWith('  # '))).toEqual([
      '  # NET-005: opens ingress to the world: "0.0.0.0/0" (protocol = "tcp", from_port = 443, to_port = 443)',
      '  # NET-005: opens ingress to the world: "0.0.0.0/0" (protocol = "tcp", from_port = 22, to_port = 22)',
      expect.stringContaining('"198.51.100.0/24"'),
    ]);
    const { stdout: explained } = await run(cwd, 'explain', GROUP);
    expect(explained).toContain(`print  ${/fingerprint: "(.*)"/.exec(stdout)?.[1] ?? 'none'}\n`);
  });

  it.each([
    ['nothing changes', group(WEB)],
    ['what passes joins', group(WEB, { ...WEB, cidr_blocks: ['10.0.0.0/16'], description: 'inside' })],
    ['the order changes', group({ ...WEB, cidr_blocks: [], security_groups: ['${aws_security_group.web.id}'] }, WEB)],
  ])('stays excepted when %s', async (_name, now) => {
    expect(await judged(GROUP, group(WEB), now)).toEqual({ verdict: 'excepted', problems: [] });
  });
});

describe('what stands in the tree that is checked', () => {
  it('excepts nothing, whatever its comments and metadata say', async () => {
    const verdictsOf = async (name: string, stack: object) => {
      const cwd = project(name);
      writeFileSync(join(cwd, 'cdktf.out/stacks/west/cdk.tf.json'), JSON.stringify(stack));
      const { stdout } = await run(cwd, 'check', '--format', 'json');
      return (JSON.parse(stdout) as Shown).results.map(({ id, verdict }) => [id, verdict]);
    };
    const base = EXAMPLE_STACK_BASE['west'] ?? {};
    const key = { ledger: { enable_key_rotation: true } };
    const plain = { ...base, resource: { aws_kms_key: key, aws_ebs_volume: { ledger: OPEN, records: CLOSED } } };
    const expected = await verdictsOf('uncommented', plain);
    const words = fc.constantFrom('trefoil:ignore', 'ENC-003', 'checkov:skip=CKV_AWS_3', 'exceptions', 'nosec', '*');
    const comment = fc.oneof(
      words,
      fc.array(words),
      fc.dictionary(words, fc.oneof(words, fc.boolean(), fc.array(words))),
      fc.record({ metadata: fc.dictionary(words, fc.oneof(words, fc.array(words))) }),
    );
    await fc.assert(
      fc.asyncProperty(comment, comment, comment, async (first, second, third) => {
        const commented = {
          ...plain,
          resource: {
            '//': third,
            aws_kms_key: { '//': third, ledger: { ...key.ledger, '//': second } },
            aws_ebs_volume: { ledger: { ...OPEN, '//': first }, records: { ...CLOSED, '//': second } },
          },
        };
        expect(await verdictsOf('commented', commented)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

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
