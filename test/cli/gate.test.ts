import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { statementText } from '../../report/statement.ts';
import { envelope, exampleSeal, OTHER_KEY, PLAN_BYTES, SEAL_KEY, sha256 } from '../support/seals.ts';
import { type Run, trefoil } from './recording-io.ts';

const work = mkdtempSync(join(tmpdir(), 'gate-'));
let projects = 0;

afterAll(() => {
  rmSync(work, { recursive: true });
});

type Content = string | Uint8Array | object | null;

interface Call {
  /** Null for no file. */
  readonly seal: Content;
  readonly plan?: Uint8Array | null;
  readonly args?: readonly string[];
  /** Other files, by name. */
  readonly files?: { readonly [name: string]: string };
  readonly publicKey?: string;
}

/** Runs the gate in a directory of its own that holds plan, seal and key. */
async function gate({ seal, plan = PLAN_BYTES, args = [], files = {}, publicKey }: Call): Promise<Run> {
  const cwd = join(work, String((projects += 1)));
  mkdirSync(cwd);
  if (plan !== null) writeFileSync(join(cwd, 'plan.tfplan'), plan);
  if (seal !== null) writeFileSync(join(cwd, 'seal.json'), bytesOf(seal));
  writeFileSync(join(cwd, 'seal.pub'), publicKey ?? SEAL_KEY.publicPem);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return trefoil(['gate', 'plan.tfplan', '--seal', 'seal.json', '--public-key', 'seal.pub', ...args], { cwd });
}

function bytesOf(content: NonNullable<Content>): string | Uint8Array {
  return typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content);
}

/** One line on stderr with what, why and what to do, and nothing else: no line that a script could take for a yes. */
function refusal(code: string): Run {
  const stderr = expect.stringMatching(new RegExp(`^error\\[${code}\\] [^\\n]+; [^\\n]+\\. Fix: [^\\n]+\\n$`));
  return { exitCode: 4, stdout: '', stderr };
}

function mistake(code: string): Run {
  return {
    exitCode: 2,
    stdout: '',
    stderr: expect.stringMatching(new RegExp(`^error\\[${code}\\] [^\\n]+ Fix: [^\\n]+\\n$`)),
  };
}

const GOOD = envelope();

/** The statement of the example, edited as text before it is signed. */
function edited(edit: (text: string) => string): object {
  return envelope(edit(statementText(exampleSeal())));
}

function underException(ends: string) {
  return exampleSeal({ counts: { ...exampleSeal().counts, excepted: 1 }, exceptions: [{ id: 'ledger', ends }] });
}

describe('the gate lets through', () => {
  it.each<{ what: string } & Call>([
    { what: 'the sealed plan', seal: GOOD },
    { what: 'one of several sealed plans', seal: envelope(severalPlans()) },
    { what: 'unproven findings that do not block', seal: envelope(exampleSeal({ verdict: 'unproven' })) },
    {
      what: 'a seal whose keyid names another key: it is a hint',
      seal: envelope(exampleSeal(), { keyid: 'f'.repeat(64) }),
    },
    {
      what: 'a seal that others signed too',
      seal: { ...GOOD, signatures: [...envelope(exampleSeal(), { key: OTHER_KEY }).signatures, ...GOOD.signatures] },
    },
    { what: 'the policy that judged', seal: GOOD, files: { 'p.yaml': 'policy' }, args: ['--policy', 'p.yaml'] },
    {
      what: 'the exceptions that were applied, in any order',
      seal: envelope(exampleSeal({ exceptionFiles: [digestOf('a'), digestOf('b')] })),
      files: { 'a.yaml': 'a', 'b.yaml': 'b' },
      args: ['--exceptions', 'b.yaml', '--exceptions', 'a.yaml'],
    },
    {
      what: 'an exception on the last second of its last day',
      seal: envelope(underException('2026-03-01')),
      args: ['--as-of', '2026-03-01T23:59:59Z'],
    },
    { what: 'a seal of exactly the age', seal: GOOD, args: ['--max-age', '1h', '--as-of', '2026-03-01T13:00:00Z'] },
    { what: 'the clock of another machine, by seconds', seal: GOOD, args: ['--as-of', '2026-03-01T11:59:30Z'] },
    { what: 'members of the envelope that nobody signed', seal: { ...GOOD, note: 'ignored' } },
    { what: 'Base64 for URLs, without padding', seal: { ...GOOD, payload: urlSafe(GOOD.payload) } },
  ])('$what', async (call) => {
    const { exitCode, stdout, stderr } = await gate(call);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(
      /^plan\.tfplan is the sealed plan of ledger: (?:pass|unproven), sealed 2026-03-01T12:00:00Z /,
    );
    expect(stdout.split('\n')).toHaveLength(2);
  });
});

describe('the gate refuses an envelope', () => {
  const sig = GOOD.signatures[0]?.sig ?? '';
  it.each<{ what: string; seal: Content; code: string }>([
    { what: 'that is not there', seal: null, code: 'GATE-MISSING' },
    { what: 'that is empty', seal: '', code: 'GATE-FORM' },
    { what: 'that is cut off', seal: JSON.stringify(GOOD).slice(0, -20), code: 'GATE-FORM' },
    { what: 'with something after it', seal: `${JSON.stringify(GOOD)}\n{}`, code: 'GATE-FORM' },
    { what: 'that is a list', seal: [GOOD], code: 'GATE-FORM' },
    { what: 'that is the bare statement', seal: statementText(exampleSeal()), code: 'GATE-FORM' },
    { what: 'that is no UTF-8', seal: Buffer.from([0x7b, 0xff, 0x7d]), code: 'GATE-FORM' },
    { what: 'that is too deep', seal: `${'['.repeat(100_000)}${']'.repeat(100_000)}`, code: 'GATE-FORM' },
    { what: 'that is huge', seal: `${JSON.stringify(GOOD)}${' '.repeat(16 * 1024 * 1024)}`, code: 'GATE-FORM' },
    {
      what: 'with two payloads',
      seal: JSON.stringify(GOOD).replace('{', `{"payload":"${envelope('{}').payload}",`),
      code: 'GATE-FORM',
    },
    {
      what: 'with two lists of signatures',
      seal: JSON.stringify(GOOD).replace('{', '{"signatures":[],'),
      code: 'GATE-FORM',
    },
    {
      what: 'with a key twice deep inside',
      seal: JSON.stringify(GOOD).replace('{"sig"', `{"sig":"AAAA","sig"`),
      code: 'GATE-FORM',
    },
    { what: 'without a payload', seal: { ...GOOD, payload: undefined }, code: 'GATE-FORM' },
    { what: 'without a type', seal: { ...GOOD, payloadType: '' }, code: 'GATE-FORM' },
    { what: 'whose payload is no text', seal: { ...GOOD, payload: 7 }, code: 'GATE-FORM' },
    { what: 'with a space in the Base64', seal: { ...GOOD, payload: ` ${GOOD.payload}` }, code: 'GATE-FORM' },
    { what: 'with a line break in the Base64', seal: { ...GOOD, payload: `${GOOD.payload}\n` }, code: 'GATE-FORM' },
    {
      what: 'with both alphabets of Base64',
      seal: { ...GOOD, signatures: [{ sig: `+-${sig.slice(2)}` }] },
      code: 'GATE-FORM',
    },
    {
      what: 'with spare bits in the Base64',
      seal: { ...GOOD, signatures: [{ sig: spareBits(sig) }] },
      code: 'GATE-FORM',
    },
    { what: 'whose signatures are no list', seal: { ...GOOD, signatures: { sig } }, code: 'GATE-FORM' },
    { what: 'whose signatures are null', seal: { ...GOOD, signatures: null }, code: 'GATE-FORM' },
    { what: 'whose signature is a text', seal: { ...GOOD, signatures: [sig] }, code: 'GATE-FORM' },
    { what: 'whose signature has no sig', seal: { ...GOOD, signatures: [{}] }, code: 'GATE-FORM' },
    { what: 'whose keyid is a number', seal: { ...GOOD, signatures: [{ keyid: 1, sig }] }, code: 'GATE-FORM' },
    {
      what: 'with very many signatures',
      seal: { ...GOOD, signatures: Array.from({ length: 17 }, () => ({ sig })) },
      code: 'GATE-FORM',
    },
    { what: 'that was stripped of its signatures', seal: { ...GOOD, signatures: undefined }, code: 'GATE-UNSIGNED' },
    { what: 'with an empty list of signatures', seal: { ...GOOD, signatures: [] }, code: 'GATE-UNSIGNED' },
    { what: 'with an empty signature', seal: { ...GOOD, signatures: [{ sig: '' }] }, code: 'GATE-FORM' },
    { what: 'with a short signature', seal: { ...GOOD, signatures: [{ sig: 'AAAA' }] }, code: 'GATE-SIGNATURE' },
    {
      what: 'with a signature of nothing but zeros',
      seal: { ...GOOD, signatures: [{ sig: Buffer.alloc(64).toString('base64') }] },
      code: 'GATE-SIGNATURE',
    },
    {
      what: 'whose signature was edited',
      seal: { ...GOOD, signatures: [{ sig: flipped(sig) }] },
      code: 'GATE-SIGNATURE',
    },
    { what: 'whose payload was edited', seal: { ...GOOD, payload: flipped(GOOD.payload) }, code: 'GATE-SIGNATURE' },
    {
      what: 'whose payload was exchanged',
      seal: { ...GOOD, payload: envelope(exampleSeal({ asOf: '2026-03-02' })).payload },
      code: 'GATE-SIGNATURE',
    },
    { what: 'whose type was edited', seal: { ...GOOD, payloadType: 'application/json' }, code: 'GATE-SIGNATURE' },
    { what: 'that another key signed', seal: envelope(exampleSeal(), { key: OTHER_KEY }), code: 'GATE-SIGNATURE' },
    {
      what: 'that another key signed and says so',
      seal: envelope(exampleSeal(), { key: OTHER_KEY, keyid: 'f'.repeat(64) }),
      code: 'GATE-KEY',
    },
    {
      what: 'that another key signed under the name of this one',
      seal: envelope(exampleSeal(), { key: OTHER_KEY, keyid: keyId(SEAL_KEY.publicKey) }),
      code: 'GATE-SIGNATURE',
    },
    {
      what: 'of another type, signed',
      seal: envelope(exampleSeal(), { payloadType: 'application/json' }),
      code: 'GATE-TYPE',
    },
  ])('$what', async ({ seal, code }) => {
    expect(await gate({ seal })).toEqual(refusal(code));
  });

  it('with one byte flipped, wherever it is', async () => {
    const whole = Buffer.from(JSON.stringify(GOOD));
    const outcomes = new Set<number>();
    // Every seventh, which takes the turn of each character of the Base64.
    for (let index = 0; index < whole.length; index += 7) {
      const bytes = Buffer.from(whole);
      bytes[index] = (bytes[index] ?? 0) ^ 1;
      outcomes.add((await gate({ seal: bytes })).exitCode);
    }
    expect([...outcomes]).toEqual([4]);
  });
});

describe('the gate refuses a statement', () => {
  it.each<{ what: string; seal: object; code: string }>([
    { what: 'that is no JSON', seal: envelope('sealed'), code: 'GATE-STATEMENT' },
    { what: 'that is an empty object', seal: envelope('{}'), code: 'GATE-STATEMENT' },
    {
      what: 'of another type',
      seal: edited((text) => text.replace('Statement/v1', 'Statement/v0.1')),
      code: 'GATE-STATEMENT',
    },
    { what: 'of a newer version', seal: edited((text) => text.replace('seal:1"', 'seal:2"')), code: 'GATE-PREDICATE' },
    {
      what: 'of another kind',
      seal: edited((text) => text.replace('urn:trefoil:seal:1', 'https://slsa.dev/provenance/v1')),
      code: 'GATE-PREDICATE',
    },
    {
      what: 'with the verdict twice',
      seal: edited((text) => text.replace('"verdict":', '"verdict":"fail","verdict":')),
      code: 'GATE-STATEMENT',
    },
    {
      what: 'with a member of no known meaning',
      seal: edited((text) => text.replace('"stage":', '"partial":true,"stage":')),
      code: 'GATE-STATEMENT',
    },
    { what: 'without a member', seal: edited((text) => text.replace('"complete":true,', '')), code: 'GATE-STATEMENT' },
    {
      what: 'with a member of another type',
      seal: edited((text) => text.replace('"complete":true', '"complete":"true"')),
      code: 'GATE-STATEMENT',
    },
    {
      what: 'with a day that does not exist',
      seal: edited((text) => text.replace('2026-03-01T', '2026-02-30T')),
      code: 'GATE-STATEMENT',
    },
    { what: 'of no plan', seal: envelope(exampleSeal({ plans: [] })), code: 'GATE-STATEMENT' },
    {
      what: 'of another version of trefoil',
      seal: envelope(exampleSeal({ tool: { name: 'trefoil', version: '0.0.1', sha256: null } })),
      code: 'GATE-TOOL',
    },
    {
      what: 'of another tool',
      seal: edited((text) => text.replace('"name":"trefoil"', '"name":"clover"')),
      code: 'GATE-TOOL',
    },
    {
      what: 'of another plan',
      seal: envelope(exampleSeal({ plans: severalPlans().plans.slice(0, 1) })),
      code: 'GATE-PLAN',
    },
    { what: 'of the stage of changes', seal: envelope(exampleSeal({ stage: 'change' })), code: 'GATE-STAGE' },
    {
      what: 'of a failure',
      seal: envelope(exampleSeal({ verdict: 'fail', exitCode: 1, counts: { ...exampleSeal().counts, fail: 1 } })),
      code: 'GATE-VERDICT',
    },
    {
      what: 'of an incomplete run',
      seal: envelope(exampleSeal({ verdict: 'incomplete', exitCode: 3, complete: false })),
      code: 'GATE-VERDICT',
    },
    {
      what: 'of unproven findings that block',
      seal: envelope(exampleSeal({ verdict: 'unproven', exitCode: 3 })),
      code: 'GATE-VERDICT',
    },
    {
      what: 'of refused exceptions',
      seal: envelope(exampleSeal({ verdict: 'refused', exitCode: 2 })),
      code: 'GATE-VERDICT',
    },
    {
      what: 'that passes with failures',
      seal: envelope(exampleSeal({ counts: { ...exampleSeal().counts, fail: 1 } })),
      code: 'GATE-VERDICT',
    },
    { what: 'that passes incomplete', seal: envelope(exampleSeal({ complete: false })), code: 'GATE-VERDICT' },
    { what: 'that passes with exit 1', seal: envelope(exampleSeal({ exitCode: 1 })), code: 'GATE-VERDICT' },
    { what: 'that fails with exit 0', seal: envelope(exampleSeal({ verdict: 'fail' })), code: 'GATE-VERDICT' },
    {
      what: 'of nothing judged',
      seal: envelope(exampleSeal({ counts: { ...exampleSeal().counts, pass: 0 } })),
      code: 'GATE-VERDICT',
    },
    { what: 'of no controls', seal: envelope(exampleSeal({ controls: [] })), code: 'GATE-VERDICT' },
    {
      what: 'of no stacks',
      seal: envelope(exampleSeal({ population: { stacks: 0, resources: 0 } })),
      code: 'GATE-VERDICT',
    },
    {
      what: 'that is older than a day',
      seal: envelope(exampleSeal({ sealedAt: '2026-02-28T12:00:00Z', asOf: '2026-02-28' })),
      code: 'GATE-STALE',
    },
    {
      what: 'from tomorrow',
      seal: envelope(exampleSeal({ sealedAt: '2026-03-02T12:00:00Z', asOf: '2026-03-02' })),
      code: 'GATE-FUTURE',
    },
    {
      what: 'that passes by exceptions and names none',
      seal: envelope(exampleSeal({ counts: { ...exampleSeal().counts, excepted: 1 } })),
      code: 'GATE-VERDICT',
    },
    {
      what: 'that names an exception and counts none',
      seal: envelope(exampleSeal({ exceptions: [{ id: 'ledger', ends: '2026-03-01' }] })),
      code: 'GATE-VERDICT',
    },
    {
      what: 'with a last day of an exception that does not exist',
      seal: envelope(underException('2026-02-30')),
      code: 'GATE-STATEMENT',
    },
    { what: 'under an exception that has ended', seal: envelope(underException('2026-02-28')), code: 'GATE-EXPIRED' },
    { what: 'judged as of an earlier day', seal: envelope(exampleSeal({ asOf: '2026-02-28' })), code: 'GATE-DAY' },
    { what: 'judged as of a later day', seal: envelope(exampleSeal({ asOf: '2026-03-02' })), code: 'GATE-DAY' },
  ])('$what', async ({ seal, code }) => {
    expect(await gate({ seal })).toEqual(refusal(code));
  });
});

describe('the gate refuses', () => {
  it.each<{ what: string; code: string } & Call>([
    { what: 'a plan with one byte flipped', seal: GOOD, plan: withByte(PLAN_BYTES, 9), code: 'GATE-PLAN' },
    {
      what: 'a plan with one byte more',
      seal: GOOD,
      plan: Buffer.concat([PLAN_BYTES, Buffer.from([0])]),
      code: 'GATE-PLAN',
    },
    { what: 'a plan that is empty', seal: GOOD, plan: Buffer.alloc(0), code: 'GATE-PLAN' },
    { what: 'the JSON of the sealed plan', seal: GOOD, plan: Buffer.from('{}'), code: 'GATE-PLAN' },
    {
      what: 'a seal one second too old',
      seal: GOOD,
      args: ['--max-age', '1h', '--as-of', '2026-03-01T13:00:01Z'],
      code: 'GATE-STALE',
    },
    {
      what: 'a seal from two minutes ahead',
      seal: GOOD,
      args: ['--as-of', '2026-03-01T11:58:00Z'],
      code: 'GATE-FUTURE',
    },
    {
      what: 'another policy',
      seal: GOOD,
      files: { 'p.yaml': 'policy ' },
      args: ['--policy', 'p.yaml'],
      code: 'GATE-POLICY',
    },
    {
      what: 'exceptions that were not applied',
      seal: GOOD,
      files: { 'a.yaml': 'a' },
      args: ['--exceptions', 'a.yaml'],
      code: 'GATE-EXCEPTIONS',
    },
    {
      what: 'exceptions that were applied, and only the policy is given',
      seal: envelope(exampleSeal({ exceptionFiles: [digestOf('a')] })),
      files: { 'p.yaml': 'policy' },
      args: ['--policy', 'p.yaml'],
      code: 'GATE-EXCEPTIONS',
    },
    {
      what: 'an exception that ended at midnight',
      seal: envelope(underException('2026-03-01')),
      args: ['--as-of', '2026-03-02T00:00:00Z'],
      code: 'GATE-EXPIRED',
    },
    {
      what: 'as many exceptions, but others',
      seal: envelope(exampleSeal({ exceptionFiles: [digestOf('b')] })),
      files: { 'a.yaml': 'a' },
      args: ['--exceptions', 'a.yaml'],
      code: 'GATE-EXCEPTIONS',
    },
    {
      what: 'more exceptions applied than given',
      seal: envelope(exampleSeal({ exceptionFiles: [digestOf('a'), digestOf('b')] })),
      files: { 'a.yaml': 'a' },
      args: ['--exceptions', 'a.yaml'],
      code: 'GATE-EXCEPTIONS',
    },
  ])('$what', async ({ code, ...call }) => {
    expect(await gate(call)).toEqual(refusal(code));
  });

  it('a plan that is a symbolic link, whatever it leads to', async () => {
    const cwd = join(work, 'link');
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'real.tfplan'), PLAN_BYTES);
    symlinkSync('real.tfplan', join(cwd, 'plan.tfplan'));
    writeFileSync(join(cwd, 'seal.json'), JSON.stringify(GOOD));
    writeFileSync(join(cwd, 'seal.pub'), SEAL_KEY.publicPem);
    const run = await trefoil(['gate', 'plan.tfplan', '--seal', 'seal.json', '--public-key', 'seal.pub'], { cwd });
    expect(run).toMatchObject({ exitCode: 4, stdout: '', stderr: expect.stringContaining('GATE-LINK') });
  });

  it.each([
    { pipe: 'seal.json', code: 'GATE-FORM', exitCode: 4 },
    { pipe: 'plan.tfplan', code: 'CLI-READ', exitCode: 2 },
    { pipe: 'seal.pub', code: 'CLI-READ', exitCode: 2 },
  ])('a named pipe for $pipe, and does not wait for it', async ({ pipe, code, exitCode }) => {
    const cwd = join(work, `pipe-${pipe}`);
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'plan.tfplan'), PLAN_BYTES);
    writeFileSync(join(cwd, 'seal.json'), JSON.stringify(GOOD));
    writeFileSync(join(cwd, 'seal.pub'), SEAL_KEY.publicPem);
    rmSync(join(cwd, pipe));
    execFileSync('mkfifo', [join(cwd, pipe)]);
    const run = await trefoil(['gate', 'plan.tfplan', '--seal', 'seal.json', '--public-key', 'seal.pub'], { cwd });
    expect(run).toMatchObject({ exitCode, stdout: '', stderr: expect.stringContaining(`error[${code}]`) });
  });

  it.each<{ what: string; code: string } & Call>([
    { what: 'a plan that is not there', seal: GOOD, plan: null, code: 'CLI-READ' },
    { what: 'a policy that is not there', seal: GOOD, args: ['--policy', 'p.yaml'], code: 'CLI-READ' },
    { what: 'a private key for the public one', seal: GOOD, publicKey: SEAL_KEY.privatePem, code: 'SEAL-KEY' },
    { what: 'a key that is empty', seal: GOOD, publicKey: '', code: 'SEAL-KEY' },
    { what: 'two keys in one file', seal: GOOD, publicKey: SEAL_KEY.publicPem + OTHER_KEY.publicPem, code: 'SEAL-KEY' },
    {
      what: 'the text of a key for its file',
      seal: GOOD,
      args: ['--public-key', SEAL_KEY.privatePem],
      code: 'CLI-TWICE',
    },
    { what: 'no age', seal: GOOD, args: ['--max-age', '0h'], code: 'CLI-VALUE' },
    { what: 'an age without a unit', seal: GOOD, args: ['--max-age', '24'], code: 'CLI-VALUE' },
    { what: 'a day for an instant', seal: GOOD, args: ['--as-of', '2026-03-01'], code: 'CLI-DATE' },
    { what: 'an instant that does not exist', seal: GOOD, args: ['--as-of', '2026-02-30T00:00:00Z'], code: 'CLI-DATE' },
    { what: 'two seals', seal: GOOD, args: ['--seal', 'other.json'], code: 'CLI-TWICE' },
  ])('as a mistake in the call $what', async ({ code, ...call }) => {
    const run = await gate(call);
    expect(run).toEqual(mistake(code));
    expect(run.stderr).not.toContain(SEAL_KEY.privatePem.split('\n')[1]);
  });

  it('a call without a seal or without a key', async () => {
    for (const args of [['--seal', 'seal.json'], ['--public-key', 'seal.pub'], []]) {
      const { exitCode, stdout } = await trefoil(['gate', 'plan.tfplan', ...args], { cwd: work });
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    }
  });
});

it('the gate shows what a seal says so that it cannot act on a terminal', async () => {
  const seal = envelope(exampleSeal({ policy: { ...exampleSeal().policy, name: '\u001b[2K\rplan' } }));
  const { exitCode, stdout } = await gate({ seal });
  expect(exitCode).toBe(0);
  expect(stdout).toContain(String.raw`\u{1b}[2K\u{d}plan`);
});

function severalPlans() {
  const [ledger] = exampleSeal().plans;
  const receipts = { stack: 'receipts', path: 'r.tfplan', sha256: sha256('receipts'), jsonSha256: sha256('[]') };
  return exampleSeal({ plans: ledger === undefined ? [receipts] : [receipts, ledger] });
}

function digestOf(text: string) {
  return { path: `exceptions/${text}.yaml`, sha256: sha256(text) };
}

function keyId(key: typeof SEAL_KEY.publicKey): string {
  return sha256(key.export({ format: 'der', type: 'spki' }));
}

function urlSafe(base64: string): string {
  return Buffer.from(base64, 'base64').toString('base64url');
}

function withByte(bytes: Uint8Array, index: number): Uint8Array {
  const other = Uint8Array.from(bytes);
  other[index] = (other[index] ?? 0) ^ 1;
  return other;
}

function flipped(base64: string): string {
  return Buffer.from(withByte(Buffer.from(base64, 'base64'), 20)).toString('base64');
}

/** The same bytes to a lenient decoder: 64 bytes leave four bits of the last character unused. */
function spareBits(sig: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const last = sig.slice(-3, -2);
  return `${sig.slice(0, -3)}${alphabet[alphabet.indexOf(last) + 1] ?? ''}==`;
}
