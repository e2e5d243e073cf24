import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withholding } from '../../../model/secrets/withhold.ts';

describe('what tells a secret', () => {
  it.each([
    ['it', ['hunter2'], 'is "hunter2", not hunter22', 'is "(sensitive)", not hunter22'],
    ['it, as JSON writes it', ['say "hi"\n1'], 'is "say \\"hi\\"\\n1"', 'is "(sensitive)"'],
    ['its beginning, where it is cut short', ['a-very-long-secret'], 'is a-very-lo… here', 'is (sensitive)… here'],
    ['a host of an address', ['https://Db7.example:5432/x'], 'to host db7.example', 'to host (sensitive)'],
    [
      'the account of an ARN',
      ['arn:aws:iam::999999999999:role/x'],
      'of account 999999999999',
      'of account (sensitive)',
    ],
    ['the name of an ARN', ['arn:aws:iam::999999999999:role/app/worker'], 'role worker', 'role (sensitive)'],
    ['an address of a block', ['10.1.2.0/24'], 'from 10.1.2.77 to 10.2.2.77', 'from (sensitive) to 10.2.2.77'],
    ['a block in it', ['10.1.0.0/16'], 'to 10.1.9.0/24', 'to (sensitive)'],
    [
      'the address next to a block',
      ['10.1.2.0/24'],
      '10.1.1.255 and 10.1.3.0 and 10.1.3.1',
      '(sensitive) and (sensitive) and 10.1.3.1',
    ],
    [
      'one of several blocks',
      ['10.1.2.0/24', '10.9.0.0/16', 'fd00::/8'],
      'at 10.9.1.1 or fd00::1',
      'at (sensitive) or (sensitive)',
    ],
    [
      'a digest of addresses, one of which may be it',
      ['10.1.2.0/24'],
      'sources = 1.1.1.1, and 3 more (0123456789ab)',
      'sources = 1.1.1.1, and 3 more (sensitive)',
    ],
    ['a port', ['8443'], 'tcp 8443 from 10.0.0.1', 'tcp (sensitive) from 10.0.0.1'],
    ['the end of a range of ports', ['22'], 'tcp 23 and ports 20-22', 'tcp (sensitive) and ports (sensitive)'],
    ['a statement of a document', ['{"Principal":"arn:aws:iam::1:user/eve9"}'], 'lets eve9 in', 'lets (sensitive) in'],
  ])('%s', (_, secrets, text, expected) => {
    expect(withholding(secrets)(text)).toBe(expected);
  });
});

describe('what tells none', () => {
  it.each([
    ['a block around it', ['10.1.2.0/24'], 'in 10.0.0.0/8'],
    ['an address, where everything is meant', ['0.0.0.0/0'], 'from 10.0.0.1'],
    ['a name that the code gives', ['ledger'], 'names aws_s3_bucket.ledger'],
    ['a longer word', ['data'], 'a database'],
    ['a constant', ['true'], 'is true'],
    ['a word of a text', ['keep out of the Internet'], 'has a way to the Internet'],
    ['the Region of an ARN', ['arn:aws:kms:eu-west-1:999999999999:key/1'], 'is in eu-west-1'],
    ['a number that is no port', ['22'], 'has 22 rules'],
  ])('%s', (_, secrets, text) => {
    expect(withholding(secrets)(text)).toBe(text);
  });
});

it('leaves none of the secrets in any text', () => {
  const constants = ['true', 'false', 'null'];
  const secret = fc
    .string({ minLength: 4, maxLength: 12 })
    .filter((text) => !/^\W|\W$|sensitive/.test(text) && !constants.includes(text));
  const property = fc.property(
    fc.array(secret, { minLength: 1, maxLength: 5 }),
    fc.array(fc.string()),
    (own, around) => {
      const told = withholding(own)(own.map((text, index) => `${around[index] ?? ''} ${text} `).join(''));
      return own.every((text) => !told.includes(` ${text} `));
    },
  );
  expect(fc.check(property)).toMatchObject({ failed: false });
});

it('is quick where there are many secrets and much text', () => {
  const secrets = Array.from({ length: 50_000 }, (_, index) => `secret-${index}-10.${index % 256}.0.0/16`);
  const hide = withholding(secrets);
  const start = performance.now();
  hide('a:f'.repeat(50_000));
  for (let index = 0; index < 2000; index++) hide(`tcp 443 from 10.0.0.1 to secret-${index}-x by aws_subnet.a`);
  expect(performance.now() - start).toBeLessThan(3000);
});
