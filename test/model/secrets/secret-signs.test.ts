import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hole, secretSignsIn } from '../../../model/secrets/secret-signs.ts';
import { CANARIES, HARMLESS } from '../../support/secret-canaries.ts';

const NONE = { kinds: [], holes: [], unread: null };
const named = { ...NONE, kinds: ['a secret by its name'] };
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('whatever encodes it, a secret is found:', () => {
  it.each(CANARIES)('$kind', ({ kind, secret }) => {
    const script = `#!/bin/sh\necho '${secret}'\n`;
    for (const text of [
      secret,
      script,
      base64(script),
      base64(base64(script)),
      gzipSync(script).toString('base64'),
      JSON.stringify([{ name: 'app', environment: [{ name: 'X', value: secret }], token: '' }]),
      JSON.stringify({ key: JSON.stringify({ key: base64(script) }) }),
    ]) {
      expect(secretSignsIn(text).kinds).toContain(kind);
    }
  });
});

it.each(HARMLESS)('finds nothing in %s', (text) => {
  expect(secretSignsIn(text)).toEqual(NONE);
  expect(secretSignsIn(base64(`#!/bin/sh\n${text}\n`))).toEqual(NONE);
  expect(secretSignsIn(gzipSync(`${text}\n`).toString('base64'))).toEqual(NONE);
  expect(secretSignsIn(JSON.stringify({ key: text }))).toEqual(NONE);
});

it.each([
  'export DB_PASSWORD=correct-horse',
  "export DB_PASSWORD='correct-horse'",
  'db:\n  password: "correct-horse"\n',
  'mysql --user ledger --password correct-horse',
  'mysql --password=correct-horse',
  'jdbc:postgresql://db/ledger?user=app&password=correct-horse',
  'spring.datasource.password = correct-horse',
  '{"username":"app","password":"correct-horse"}',
  '{"environment":[{"name":"DB_PASSWORD","value":"correct-horse"}]}',
  '{"Environment":[{"Value":"correct-horse","Name":"DB_PASSWORD"}]}',
  '{"passwords":["correct-horse"]}',
  'API_TOKEN=9f86d081884c7d659a2feaa0c55ad015',
  'client_secret: Qw3rT7yUi9oPa2sDf5gHj8kL',
  'aws_secret_access_key = Qw3rT7yUi9oPa2sDf5gHj8kLz1xCv4bNm6Qw3rT7',
])('finds a secret by the name before it: %s', (text) => {
  expect(secretSignsIn(text)).toEqual(named);
});

it('tells the holes that stand where a secret is expected, and no others', () => {
  const text = JSON.stringify({ region: hole(0), password: hole(1), items: [{ name: 'API_TOKEN', value: hole(2) }] });
  expect(new Set(secretSignsIn(text).holes)).toEqual(new Set([1, 2]));
});

it.each([0, 1, 9])('says of what is compressed and broken that it was not read (level %i)', (level) => {
  const whole = gzipSync('echo hello '.repeat(100), { level });
  const broken = whole.subarray(0, whole.length - 20).toString('base64');
  expect(secretSignsIn(broken)).toEqual({ ...NONE, unread: 'is compressed in a way that is not read' });
});

it('says of what unpacks to more than is read that it was not read', () => {
  const bomb = gzipSync('0'.repeat(8 * 1024 * 1024)).toString('base64');
  expect(secretSignsIn(bomb).unread).toBe('is compressed in a way that is not read');
});

it('says of what is longer than AWS takes that it was searched for forms only', () => {
  const [access] = CANARIES;
  const unread = 'is longer than what is searched';
  expect(secretSignsIn('v'.repeat(10_000_000))).toEqual({ ...NONE, unread });
  expect(secretSignsIn(`${'v '.repeat(1_000_000)}${access?.secret ?? ''}`)).toEqual({
    ...NONE,
    kinds: [access?.kind],
    unread,
  });
});

it('reads base64 as long as AWS takes any', () => {
  expect(secretSignsIn(base64(`${'#'.repeat(700_000)}\nexport DB_PASSWORD=correct-horse\n`))).toEqual(named);
  expect(secretSignsIn('v'.repeat(1024 * 1024))).toEqual(NONE);
});

it('says of what is compressed and no text that it was not read', () => {
  const bytes = gzipSync(Buffer.from([0, 255, 254, 253, 1, 2, 3])).toString('base64');
  expect(secretSignsIn(bytes).unread).toBe('is compressed, and no text');
});

it('finds a private key in DER, and takes no certificate for one', () => {
  const key = Buffer.concat([Buffer.from([0x30, 0x82, 0x01, 0x00, 0x02, 0x01, 0x00]), Buffer.alloc(60, 0x9f)]);
  const certificate = Buffer.concat([Buffer.from([0x30, 0x82, 0x01, 0x00, 0x30, 0x82, 0x00]), Buffer.alloc(60, 0x9f)]);
  expect(secretSignsIn(key.toString('base64')).kinds).toEqual(['a private key']);
  expect(secretSignsIn(certificate.toString('base64'))).toEqual(NONE);
});

it('is not led astray by names that objects have by themselves', () => {
  expect(secretSignsIn('{"__proto__":{"password":"correct-horse"},"token":""}')).toEqual(named);
  expect(secretSignsIn('{"constructor":"x","token":"y"}')).toEqual(NONE);
});

it('takes any text, in time, however deep', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      secretSignsIn(`password ${text}`);
      secretSignsIn(`{"token":${text}`);
    }),
  );
  const start = performance.now();
  for (const text of [
    '{"token":'.repeat(20_000),
    '['.repeat(100_000),
    'password='.repeat(20_000),
    'a-'.repeat(50_000) + 'token',
    'token: "'.repeat(20_000),
    '--token '.repeat(20_000),
    `${'A'.repeat(200_000)}==`,
  ]) {
    secretSignsIn(text);
  }
  expect(performance.now() - start).toBeLessThan(3000);
});
