import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnclaveCopy } from './enclave-copy.ts';

const SWITCHED_ON = ['--context', 'transitionalEnclave=true'];

let enclave: EnclaveCopy;

beforeAll(() => {
  enclave = new EnclaveCopy();
  enclave.synth(...SWITCHED_ON);
});

afterAll(() => {
  enclave.remove();
});

describe('the transitional enclave in the United States, switched on', () => {
  const exceptions = ['--exceptions', 'exceptions/us-interim.yaml'];
  const base = ['--base', 'base.json'];
  const verdicts = (...options: readonly string[]) => {
    const { status, report } = enclave.check(...options);
    const { fail, unproven, excepted } = report.summary;
    return { status, hasFails: fail > 0, unproven, hasExcepted: excepted > 0 };
  };

  it('fails without its exceptions', () => {
    expect(verdicts()).toMatchObject({ status: 1, hasFails: true, hasExcepted: false });
  });

  it('is unproven without an earlier report, which shows whether it shrinks and ends as it did', () => {
    const { status, report } = enclave.check(...exceptions, '--stage', 'apply');
    const open = report.results.flatMap(({ verdict, control }) => (verdict === 'unproven' ? [control] : []));
    expect([status, open]).toEqual([3, ['RES-TRANS-002', 'RES-TRANS-004']]);
    writeFileSync(join(enclave.directory, 'base.json'), JSON.stringify(report));
  });

  it('is excepted, not passed, while they are in force', () => {
    expect(verdicts(...exceptions, ...base)).toEqual({ status: 0, hasFails: false, unproven: 0, hasExcepted: true });
  });

  it('fails when it holds more than the earlier report tells of', () => {
    const alias = "new KmsAlias(this, 'alias', { name: 'alias/enclave-restricted', targetKeyId: key.keyId });";
    const more = `${alias}\nnew KmsAlias(this, 'more', { name: 'alias/enclave-more', targetKeyId: key.keyId });`;
    const { status, report } = enclave.edited([{ file: 'stacks/transitional-stack.ts', from: alias, to: more }], () => {
      enclave.synth(...SWITCHED_ON);
      return enclave.check(...exceptions, ...base);
    });
    const failures = report.results.filter(({ verdict }) => verdict === 'fail');
    expect([status, failures.map(({ control, message }) => [control, message])]).toEqual([
      1,
      [['RES-TRANS-004', expect.stringMatching(/^keeps aws_kms_alias\.more\S* in us-\S+ \(United States/)]],
    ]);
    enclave.synth(...SWITCHED_ON);
  });

  it('fails on the day after they ended, and the expired exceptions are errors', () => {
    expect(verdicts(...exceptions, ...base, '--as-of', '2027-10-31').status).toBe(0);
    expect(verdicts(...exceptions, ...base, '--as-of', '2027-11-01')).toEqual({
      status: 2,
      hasFails: true,
      unproven: 0,
      hasExcepted: false,
    });
  });

  it('has no use for the exceptions when it is switched off', () => {
    enclave.synth();
    expect(verdicts(...exceptions)).toEqual({ status: 0, hasFails: false, unproven: 0, hasExcepted: false });
  });
});
