import { describe, expect, it } from 'vitest';
import * as api from '../index.ts';

describe('the public API', () => {
  it('exports these values', () => {
    expect(Object.fromEntries(Object.entries(api).map(([name, value]) => [name, typeof value]))).toMatchInlineSnapshot(`
      {
        "Block": "function",
        "CheckCrash": "function",
        "InputError": "function",
        "Resource": "function",
        "catalogue": "object",
        "checks": "object",
        "conclude": "function",
        "defineCheck": "function",
        "findings": "function",
        "loadExceptions": "function",
        "loadPolicy": "function",
        "loadStack": "function",
        "parseEstate": "function",
        "reporters": "object",
        "run": "function",
      }
    `);
  });

  it('judges an estate that is in memory', () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ resource: { aws_s3_bucket: { ledger: {} } } }));
    const load = api.loadStack({
      name: 'ledger',
      directory: 'ledger',
      files: [{ path: 'ledger/cdk.tf.json', bytes, sha256: '0'.repeat(64) }],
      otherNames: [],
    });
    const stacks = load.kind === 'loaded' ? [load.input] : [];
    const estate = api.parseEstate({ stacks, problems: [], declaredStacks: ['ledger'] });
    expect(estate.resources.map(({ address }) => address)).toEqual(['aws_s3_bucket.ledger']);
  });
});
