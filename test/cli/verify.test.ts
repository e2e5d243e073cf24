import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IN_TOTO_PAYLOAD_TYPE, signEnvelope } from '../../cli/dsse.ts';
import { writeSealedProject } from '../support/sealed-project.ts';
import { OTHER_KEY, SEAL_KEY } from '../support/seals.ts';
import { type Run, trefoil } from './recording-io.ts';

const work = mkdtempSync(join(tmpdir(), 'verify-'));
let copies = 0;

beforeAll(async () => {
  writeSealedProject(work);
  writeFileSync(join(work, 'other.pub'), OTHER_KEY.publicPem);
  const args = ['evidence', 'synth', 'more', '--key', 'seal.key'];
  for (const out of ['first', 'first.tar', 'stranger']) await trefoil([...args, '-o', out], { cwd: work });
  await trefoil([...args, '-o', 'second', '--previous', 'first'], { cwd: work });
  await trefoil([...args, '-o', 'third.tar', '--previous', 'second'], { cwd: work });
});

afterAll(() => {
  rmSync(work, { recursive: true });
});

async function verify(bundle: string, ...args: readonly string[]): Promise<Run> {
  return trefoil(['verify', bundle, '--public-key', 'seal.pub', ...args], { cwd: work });
}

/** A copy of the first bundle, after somebody's hands. */
function tampered(change: (directory: string) => void): string {
  const name = `copy-${(copies += 1)}`;
  cpSync(join(work, 'first'), join(work, name), { recursive: true });
  change(join(work, name));
  return name;
}

interface Envelope {
  readonly payloadType: string;
  payload: string;
  signatures: unknown[];
}

function editEnvelope(directory: string, change: (envelope: Envelope) => void): void {
  const path = join(directory, 'statement.json');
  const envelope: Envelope = JSON.parse(readFileSync(path, 'utf8'));
  change(envelope);
  writeFileSync(path, JSON.stringify(envelope));
}

interface Statement {
  predicateType: string;
  subject: { name: string }[];
  predicate: { [name: string]: unknown };
}

/** Signs a changed statement with the right key: what only its owner can do. */
function resigned(change: (statement: Statement) => void, type = IN_TOTO_PAYLOAD_TYPE): string {
  return tampered((directory) => {
    const path = join(directory, 'statement.json');
    const envelope: Envelope = JSON.parse(readFileSync(path, 'utf8'));
    const statement: Statement = JSON.parse(Buffer.from(envelope.payload, 'base64').toString());
    change(statement);
    writeFileSync(path, signEnvelope(type, Buffer.from(JSON.stringify(statement)), SEAL_KEY.privateKey));
  });
}

describe('trefoil verify', () => {
  it.each(['first', 'first.tar'])('says what %s is, and that it is as it was signed', async (bundle) => {
    const run = await verify(bundle);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain(`${bundle} is as it was signed: 9 files, written 2026-03-01T23:59:59Z by trefoil`);
    expect(run.stdout).toContain('verdict as of 2026-03-01: pass: everything was judged and nothing failed');
    expect(run.stdout).toContain('number 1 of its chain');
  });

  it('verifies the chain, and says when it was not asked to', async () => {
    expect((await verify('second', '--previous', 'first')).stdout).toContain('; the one before is the one given');
    expect((await verify('third.tar', '--previous', 'second')).exitCode).toBe(0);
    expect((await verify('second')).stdout).toMatch(/number 2 .*; the one before, sha256 [\da-f]{64}, was not given/);
  });

  it('judges again from the same inputs, and finds the same bytes', async () => {
    const run = await verify('first.tar', '--reproduce');
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain('judged again from the same inputs');
  });

  const edited = (name: string) => (directory: string) => {
    const path = join(directory, name);
    writeFileSync(path, readFileSync(path, 'utf8').replace('a', 'A'));
  };

  it.each([
    { what: 'an edited report', change: edited('report.json'), code: 'BUNDLE-EDITED' },
    { what: 'an edited policy', change: edited('policy/enclave.yaml'), code: 'BUNDLE-EDITED' },
    { what: 'an edited text', change: edited('README.txt'), code: 'BUNDLE-EDITED' },
    {
      what: 'an emptied file',
      change: (directory: string) => {
        writeFileSync(join(directory, 'coverage.json'), '');
      },
      code: 'BUNDLE-EDITED',
    },
    {
      what: 'a missing file',
      change: (directory: string) => {
        unlinkSync(join(directory, 'certificates.json'));
      },
      code: 'BUNDLE-ABSENT',
    },
    {
      what: 'a file that was renamed',
      change: (directory: string) => {
        renameSync(join(directory, 'report.txt'), join(directory, 'report.md'));
      },
      code: 'BUNDLE-ABSENT',
    },
    {
      what: 'a file that was added',
      change: (directory: string) => {
        mkdirSync(join(directory, 'evidence'));
        writeFileSync(join(directory, 'evidence', '1-country.json'), '{}');
      },
      code: 'BUNDLE-EXTRA',
    },
    {
      what: 'a link in place of a file',
      change: (directory: string) => {
        renameSync(join(directory, 'report.txt'), join(work, 'elsewhere.txt'));
        symlinkSync(join(work, 'elsewhere.txt'), join(directory, 'report.txt'));
      },
      code: 'BUNDLE-LINK',
    },
    {
      what: 'no statement',
      change: (directory: string) => {
        unlinkSync(join(directory, 'statement.json'));
      },
      code: 'BUNDLE-MISSING',
    },
    {
      what: 'a statement that is no JSON',
      change: (directory: string) => {
        writeFileSync(join(directory, 'statement.json'), 'signed');
      },
      code: 'BUNDLE-FORM',
    },
    {
      what: 'a stripped signature',
      change: (directory: string) => {
        editEnvelope(directory, (envelope) => {
          envelope.signatures = [];
        });
      },
      code: 'BUNDLE-UNSIGNED',
    },
    {
      what: 'an edited statement',
      change: (directory: string) => {
        editEnvelope(directory, (envelope) => {
          const text = Buffer.from(envelope.payload, 'base64').toString();
          envelope.payload = Buffer.from(text.replace('"verdict":"pass"', '"verdict":"unproven"')).toString('base64');
        });
      },
      code: 'BUNDLE-SIGNATURE',
    },
    {
      what: 'the statement of another run',
      change: (directory: string) => {
        cpSync(join(work, 'second', 'statement.json'), join(directory, 'statement.json'));
        writeFileSync(join(directory, 'report.txt'), 'another');
      },
      code: 'BUNDLE-EDITED',
    },
  ])('refuses $what', async ({ change, code }) => {
    const run = await verify(tampered(change));
    expect(run).toMatchObject({ exitCode: 4, stdout: '' });
    expect(run.stderr).toContain(`error[${code}]`);
  });

  it('tells all that was done to the files at once', async () => {
    const bundle = tampered((directory) => {
      unlinkSync(join(directory, 'coverage.json'));
      edited('report.json')(directory);
      writeFileSync(join(directory, 'note.txt'), 'trust me');
    });
    const { stderr } = await verify(bundle);
    expect(stderr.match(/error\[BUNDLE-\w+\]/g)).toEqual([
      'error[BUNDLE-ABSENT]',
      'error[BUNDLE-EXTRA]',
      'error[BUNDLE-EDITED]',
    ]);
  });

  it.each([
    {
      what: 'an unknown version',
      bundle: () =>
        resigned((statement) => {
          statement.predicateType = 'urn:trefoil:bundle:2';
        }),
      code: 'BUNDLE-VERSION',
    },
    {
      what: 'a seal of a plan',
      bundle: () =>
        resigned((statement) => {
          statement.predicateType = 'urn:trefoil:seal:1';
        }),
      code: 'BUNDLE-VERSION',
    },
    {
      what: 'a member of no known meaning',
      bundle: () =>
        resigned((statement) => {
          statement.predicate['approved'] = true;
        }),
      code: 'BUNDLE-STATEMENT',
    },
    {
      what: 'a statement about no file',
      bundle: () =>
        resigned((statement) => {
          statement.subject = [];
        }),
      code: 'BUNDLE-STATEMENT',
    },
    {
      what: 'a file that is named twice',
      bundle: () =>
        resigned((statement) => {
          statement.subject.push(...statement.subject.slice(0, 1));
        }),
      code: 'BUNDLE-STATEMENT',
    },
    {
      what: 'a first bundle that follows one',
      bundle: () =>
        resigned((statement) => {
          statement.predicate['previous'] = '0'.repeat(64);
        }),
      code: 'BUNDLE-STATEMENT',
    },
    { what: 'another type of payload', bundle: () => resigned(() => {}, 'application/json'), code: 'BUNDLE-TYPE' },
  ])('refuses $what, though the right key signed it', async ({ bundle, code }) => {
    const run = await verify(bundle());
    expect(run).toMatchObject({ exitCode: 4, stdout: '' });
    expect(run.stderr).toContain(`error[${code}]`);
  });

  it('refuses what another key signed', async () => {
    const run = await trefoil(['verify', 'first', '--public-key', 'other.pub'], { cwd: work });
    expect(run).toMatchObject({ exitCode: 4, stdout: '' });
    expect(run.stderr).toContain('error[BUNDLE-KEY]');
  });

  it.each([
    { what: 'a bundle in between is left out', bundle: 'third.tar', previous: 'first' },
    { what: 'the one before is of another chain', bundle: 'second', previous: 'third.tar' },
    { what: 'a first one follows none', bundle: 'stranger', previous: 'first' },
    { what: 'it follows itself', bundle: 'second', previous: 'second' },
  ])('refuses a chain when $what', async ({ bundle, previous }) => {
    const run = await verify(bundle, '--previous', previous);
    expect(run).toMatchObject({ exitCode: 4, stdout: '' });
    expect(run.stderr).toContain('error[BUNDLE-CHAIN]');
  });

  it('refuses a bundle before that does not verify itself', async () => {
    const forged = tampered((directory) => {
      editEnvelope(directory, (envelope) => {
        envelope.signatures = [];
      });
    });
    expect((await verify('second', '--previous', forged)).stderr).toContain('error[BUNDLE-UNSIGNED]');
  });

  const archive = (change: (bytes: Buffer) => Uint8Array): string => {
    const name = `copy-${(copies += 1)}.tar`;
    writeFileSync(join(work, name), change(readFileSync(join(work, 'first.tar'))));
    return name;
  };

  it.each([
    { what: 'no archive', change: () => Buffer.from('not a tar') },
    { what: 'an empty file', change: () => Buffer.alloc(0) },
    { what: 'half of it', change: (bytes: Buffer) => bytes.subarray(0, bytes.length / 2) },
    { what: 'more behind its end', change: (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(512, 1)]) },
    {
      what: 'a length below zero',
      change: (bytes: Buffer) => {
        bytes.write('-0000001000', 124, 'latin1');
        return bytes;
      },
    },
    {
      what: 'a name that climbs',
      change: (bytes: Buffer) => {
        bytes.write('../../etc/passwd\0', 0, 'latin1');
        return bytes;
      },
    },
    {
      what: 'a link as the type of an entry',
      change: (bytes: Buffer) => {
        bytes.write('2', 156, 'latin1');
        return bytes;
      },
    },
    { what: 'an entry twice', change: (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 2048), bytes]) },
  ])('refuses an archive with $what', async ({ change }) => {
    const run = await verify(archive(change));
    expect(run).toMatchObject({ exitCode: 4, stdout: '' });
    expect(run.stderr).toMatch(/error\[BUNDLE-(?:FORM|MISSING)\]/);
  });

  it('says which input is another before it says that the reports differ', async () => {
    const path = join(work, 'synth/ledger/cdk.tf.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('{', '{ '));
    const run = await verify('first', '--reproduce');
    writeFileSync(path, text);
    expect(run).toMatchObject({ exitCode: 4, stdout: '' });
    expect(run.stderr).toMatch(/^error\[BUNDLE-INPUT\] synth\/ledger\/cdk\.tf\.json has sha256 [\da-f]{64}, and /);
  });

  it('finds a report that these inputs do not give, whoever signed it', async () => {
    const bundle = tampered(() => {});
    const report = readFileSync(join(work, bundle, 'report.json'), 'utf8').replace(/"message": ?"/, '$&not ');
    writeFileSync(join(work, bundle, 'report.json'), report);
    const path = join(work, bundle, 'statement.json');
    const envelope: Envelope = JSON.parse(readFileSync(path, 'utf8'));
    const statement = Buffer.from(envelope.payload, 'base64').toString();
    const { createHash } = await import('node:crypto');
    const digest = createHash('sha256').update(report).digest('hex');
    const changed = statement.replace(/("name":"report\.json","digest":\{"sha256":")[\da-f]{64}/, `$1${digest}`);
    writeFileSync(path, signEnvelope(IN_TOTO_PAYLOAD_TYPE, Buffer.from(changed), SEAL_KEY.privateKey));
    expect((await verify(bundle)).exitCode).toBe(0);
    const run = await verify(bundle, '--reproduce');
    expect(run).toMatchObject({ exitCode: 4, stdout: '' });
    expect(run.stderr).toMatch(/^error\[BUNDLE-REPRODUCE\] report\.json is otherwise .* from line \d+ on/);
  });

  it('does not reproduce what another version wrote', async () => {
    const bundle = resigned((statement) => {
      statement.predicate['tool'] = { name: 'trefoil', version: '99.0.0', sha256: null };
    });
    expect((await verify(bundle)).exitCode).toBe(0);
    const run = await verify(bundle, '--reproduce');
    expect(run.exitCode).toBe(4);
    expect(run.stderr).toContain('error[BUNDLE-TOOL]');
  });

  it('refuses a call without a key, and one with the private key', async () => {
    expect((await trefoil(['verify', 'first'], { cwd: work })).exitCode).toBe(2);
    expect((await trefoil(['verify', 'first', '--public-key', 'seal.key'], { cwd: work })).stderr).toContain(
      'SEAL-KEY',
    );
  });
});
