import { describe, expect, it } from 'vitest';
import { ownerLines } from '../../policy/code-owners.ts';

const linesOf = (text: string, path = 'policy/eu/enclave.yaml'): readonly number[] =>
  ownerLines(text, path).map(({ line }) => line);

describe('ownerLines', () => {
  it.each([
    '*',
    '**',
    '*.yaml',
    'enclave.yaml',
    'enclave.*',
    'encl?ve.yaml',
    '/policy/',
    'policy/',
    'policy',
    'eu/',
    '/policy/eu',
    '/policy/eu/*',
    '/policy/**',
    '/policy/**/enclave.yaml',
    '**/eu/enclave.yaml',
    '/**/enclave.yaml',
    '/policy/*/enclave.yaml',
    'policy/eu/enclave.yaml',
  ])('is about the policy: %s', (pattern) => {
    expect(linesOf(`${pattern} @guardians`)).toEqual([1]);
  });

  it.each([
    '/enclave.yaml',
    '/*',
    'policy/*',
    'eu/enclave.yaml',
    '/eu/',
    '*.yml',
    'enclave.yaml/',
    '/policy/eu/enclave.yam',
    '/policy/*.yaml',
    'POLICY/',
    '# * @guardians',
    '[*] @guardians',
    '^[Policy] @guardians',
  ])('is about something else: %s', (pattern) => {
    expect(linesOf(`${pattern} @guardians`)).toEqual([]);
  });

  it('has each line as it is written, with its number', () => {
    const text = '# who\n\n*   @all\r\n/docs/ @writers\n  /policy/ @law @security # the law\n';
    expect(ownerLines(text, 'policy/enclave.yaml')).toEqual([
      { line: 3, text: '*   @all' },
      { line: 5, text: '/policy/ @law @security # the law' },
    ]);
  });

  it('reads escaped spaces', () => {
    expect(linesOf(String.raw`/my\ policy/enclave.yaml @law`, 'my policy/enclave.yaml')).toEqual([1]);
  });

  it('takes little time for a pattern that is made to take much', () => {
    const pattern = `${'*a'.repeat(2000)}b`;
    const start = performance.now();
    expect(linesOf(`${pattern} @x`, `${'a'.repeat(5000)}c`)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
