import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnclaveCopy } from './enclave-copy.ts';

let enclave: EnclaveCopy;

beforeAll(() => {
  enclave = new EnclaveCopy();
  enclave.synth('--context', 'transitionalEnclave=true');
});

afterAll(() => {
  enclave.remove();
});

describe('the transitional enclave in the United States, switched on', () => {
  const exceptions = ['--exceptions', 'exceptions/us-interim.yaml'];
  const verdicts = (...options: readonly string[]) => {
    const { status, report } = enclave.check(...options);
    const { fail, unproven, excepted } = report.summary;
    return { status, hasFails: fail > 0, unproven, hasExcepted: excepted > 0 };
  };

  it('fails without its exceptions', () => {
    expect(verdicts()).toEqual({ status: 1, hasFails: true, unproven: 0, hasExcepted: false });
  });

  it('is excepted, not passed, while they are in force', () => {
    expect(verdicts(...exceptions)).toEqual({ status: 0, hasFails: false, unproven: 0, hasExcepted: true });
  });

  it('fails on the day after they ended, and the expired exceptions are errors', () => {
    expect(verdicts(...exceptions, '--as-of', '2027-10-31').status).toBe(0);
    expect(verdicts(...exceptions, '--as-of', '2027-11-01')).toEqual({
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
