import { execFile, execFileSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE_POLICY, EXAMPLE_STACK_BASE } from '../../checks/example-policy.ts';
import { trefoil } from '../cli/recording-io.ts';
import { planText, type PlannedStack } from '../support/plan-text.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'trefoil-bad-inputs-'));

/** What one input may take, by the catalogue of bad inputs. */
const SECONDS = 5;
/** Megabytes of heap, beyond which Node.js ends with another exit code than ours. */
const HEAP = 384;

afterAll(() => {
  rmSync(work, { recursive: true });
});

type Content = string | Uint8Array;

/** One bad input: its number in the catalogue, the files, and how the run has to end. */
interface Row {
  readonly files: Readonly<Record<string, Content>>;
  /** Makes what is no plain file. */
  readonly make?: (directory: string) => void;
  readonly input?: string;
  readonly control?: string;
  readonly stage?: 'apply';
  readonly exit: number;
  /** Codes of the problems of the report. */
  readonly codes: readonly string[];
  /** `address verdict` of the results of the control. */
  readonly verdicts?: readonly string[];
}

const VOLUME = { availability_zone: 'eu-west-1a', size: 1, encrypted: true };

/** The text of a stack with more or other blocks than the base has. */
function stack(blocks: object): string {
  return JSON.stringify({ ...EXAMPLE_STACK_BASE['west'], ...blocks });
}

function volumes(all: Readonly<Record<string, object>>): string {
  return stack({ resource: { aws_ebs_volume: all } });
}

const SOUND = volumes({ a: VOLUME });
const PLANNED: PlannedStack = {
  resources: [
    {
      address: 'aws_ebs_volume.a',
      after: VOLUME,
      expressions: { encrypted: { constant_value: true } },
    },
  ],
};
const PLAN = planText(PLANNED);

function synth(text: Content, more: Readonly<Record<string, Content>> = {}): Row['files'] {
  return { 'west/cdk.tf.json': text, ...more };
}

function plan(text: Content): Row['files'] {
  return { 'west.json': text };
}

function fields(other: object): string {
  return planText({ ...PLANNED, fields: other });
}

/** The entry of `resource_changes` of a plan, with other fields. */
function changed(fieldsOfChange: object, ofEntry: object = {}): string {
  const parsed: { resource_changes: { change: object }[] } = JSON.parse(PLAN);
  const [entry] = parsed.resource_changes;
  return fields({ resource_changes: [{ ...entry, ...ofEntry, change: { ...entry?.change, ...fieldsOfChange } }] });
}

const refused = (files: Row['files'], code: string): Row => ({ files, exit: 3, codes: [code] });

const judged = (files: Row['files'], exit: number, verdicts: readonly string[], control = 'ENC-003'): Row => ({
  files,
  control,
  exit,
  codes: [],
  verdicts,
});
/** The flag of a volume, as it stands in the file. */
function encrypted(written: string, exit: number, verdict: string): readonly [string, Row] {
  const text = volumes({ a: { encrypted: 'HERE' } }).replace('"HERE"', written);
  return [`B52 encrypted: ${written}`, judged(synth(text), exit, [`aws_ebs_volume.a ${verdict}`])];
}

const FAILS = ['aws_ebs_volume.a fail'];
const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);

const ROWS: Readonly<Record<string, Row>> = {
  'B05 a trailing comma in a plan': refused(plan('{"format_version":"1.2",}'), 'IN-PARSE'),
  'B05 a comment in a stack': refused(synth(`${SOUND} // west`), 'IN-PARSE'),
  'B05 NaN': refused(synth('{"resource":NaN}'), 'IN-PARSE'),
  'B05 single quotes': refused(synth("{'resource':{}}"), 'IN-PARSE'),
  'B05 leading zeros': refused(plan('{"a":01}'), 'IN-PARSE'),
  'B06 the log of terraform plan -json': refused(
    plan('{"@level":"info","@message":"x","@module":"x"}\n{}'),
    'IN-UILOG',
  ),
  'B06 two documents': refused(plan(PLAN + PLAN), 'IN-PARSE'),
  'B07 the line of a wrapper': refused(plan(`[command]/bin/terraform show -json\n${PLAN}`), 'IN-WRAPPER'),
  'B08 a binary plan': refused(plan(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)), 'IN-BINPLAN'),
  'B09 a compressed plan': refused(plan(Uint8Array.of(0x1f, 0x8b, 8, 0, 0)), 'IN-ARCHIVE'),
  'B10 a byte order mark before a plan': refused(plan(`\uFEFF${PLAN}`), 'IN-BOM'),
  'B10 a byte order mark before a stack': refused(synth(`\uFEFF${SOUND}`), 'IN-BOM'),
  'B11 UTF-16': refused(plan(Buffer.from(`\uFEFF${PLAN}`, 'utf16le')), 'IN-UTF16'),
  'B12 bytes that are no UTF-8': refused(synth(Uint8Array.of(0x7b, 0x22, 0xff, 0x22)), 'IN-UTF8'),
  'B13 a lone surrogate': judged(
    synth(volumes({ a: { ...VOLUME, encrypted: false } }).replace('"size":1', '"size":1,"tags":{"x":"\\ud800"}')),
    1,
    FAILS,
  ),
  'B14 NUL in a text': judged(
    plan(
      PLAN.replaceAll('true,"size"', 'false,"size"')
        .replaceAll('eu-west-1a', 'eu-west-1a\\u0000')
        .replaceAll('"encrypted":true', '"encrypted":false'),
    ),
    1,
    FAILS,
  ),
  'B15 a key twice at the top': judged(
    synth(`${SOUND.slice(0, -1)},"resource":{"aws_ebs_volume":{"b":{"encrypted":false}}}}`),
    1,
    ['aws_ebs_volume.a unproven', 'aws_ebs_volume.b fail'],
  ),
  'B16 a label twice': judged(
    synth(SOUND.replace('"aws_ebs_volume":{', '"aws_ebs_volume":{"b":{"encrypted":false}},"aws_ebs_volume":{')),
    1,
    ['aws_ebs_volume.a unproven', 'aws_ebs_volume.b fail'],
  ),
  'B17 an argument twice': refused(synth(SOUND.replace('"size":1', '"size":1,"size":2')), 'IN-DUPKEY'),
  'B18 a key twice in a plan': refused(
    plan(PLAN.replace('"errored":false', '"errored":true,"errored":false')),
    'IN-DUPKEY',
  ),
  'B19 arrays in place of objects': judged(
    synth(stack({ resource: [{ aws_ebs_volume: [{ a: [{ encrypted: false }] }] }] })),
    1,
    FAILS,
  ),
  'B20 a key with an escape': judged(
    synth(volumes({ a: { encrypted: false } }).replace('"resource"', '"\\u0072esource"')),
    1,
    FAILS,
  ),
  'B21 a key that no stack has': refused(synth(stack({ Resource: {} })), 'IN-SCHEMA'),
  'B22 a text for resources': refused(synth(stack({ resource: 'x' })), 'IN-SCHEMA'),
  'B22 a number for resources': refused(synth(stack({ resource: 1 })), 'IN-SCHEMA'),
  'B22 a list of numbers for resources': refused(synth(stack({ resource: [1] })), 'IN-SCHEMA'),
  'B23 a plan 100,000 deep': refused(plan(deep('[', ']', 100_000)), 'IN-DEPTH'),
  'B23 a stack 100,000 deep': refused(synth(`{"resource":${deep('[', ']', 100_000)}}`), 'IN-DEPTH'),
  'B24 20,000 modules in each other': refused(
    plan(`{"planned_values":${deep('{"child_modules":[', ']}', 20_000)}}`),
    'IN-DEPTH',
  ),
  'B27 a key of a megabyte': judged(
    synth(volumes({ a: { encrypted: false, tags: { ['k'.repeat(1e6)]: 'v' } } })),
    1,
    FAILS,
  ),
  'B28 a stack of 600 MB': {
    files: { 'west/x': '' },
    make: (at) => sparse(join(at, 'west/cdk.tf.json'), 6e8),
    input: 'west',
    exit: 3,
    codes: ['IN-TOOLARGE'],
  },
  'B29 a file of 10 GB': {
    files: {},
    make: (at) => sparse(join(at, 'west.json'), 10e9),
    exit: 3,
    codes: ['IN-TOOLARGE'],
  },
  'B30 a pipe': {
    files: {},
    make: (at) => execFileSync('mkfifo', [join(at, 'west.json')]),
    exit: 3,
    codes: ['IN-NOTREGULAR'],
  },
  'B30 a device without end': { files: {}, input: '/dev/zero', exit: 3, codes: ['IN-NOTREGULAR'] },
  'B32 a link to itself': {
    files: {},
    make: (at) => symlinkSync('west.json', join(at, 'west.json')),
    exit: 3,
    codes: ['IN-READ'],
  },
  'B33 a link to a directory elsewhere': {
    files: {},
    make: (at) => {
      mkdirSync(join(at, 'stacks'));
      symlinkSync('/etc', join(at, 'stacks/west'));
    },
    input: 'stacks',
    exit: 3,
    codes: ['IN-ESCAPE'],
  },
  'B35 a file of HCL beside': refused(synth(SOUND, { 'west/extra.tf': 'resource "x" "y" {}' }), 'IN-SIBLING'),
  'B35 an override': refused(synth(SOUND, { 'west/z_override.tf.json': '{"resource":{}}' }), 'IN-OVERRIDE'),
  'B36 a variable with a default': judged(
    synth(
      stack({
        variable: { on: { default: true } },
        resource: { aws_ebs_volume: { a: { ...VOLUME, encrypted: '${var.on}' } } },
      }),
    ),
    0,
    ['aws_ebs_volume.a unproven'],
  ),
  'B37 a module from elsewhere': judged(
    synth(stack({ module: { m: { source: 'example.com/x' } }, resource: { aws_ebs_volume: { a: VOLUME } } })),
    3,
    ['aws_ebs_volume.a pass', 'west unproven'],
    'CHG-001',
  ),
  'B38 a provisioner': judged(
    synth(volumes({ a: { ...VOLUME, provisioner: { 'local-exec': { command: 'x' } } } })),
    3,
    ['aws_ebs_volume.a unproven', 'west pass'],
    'CHG-001',
  ),
  'B38 the answer of a program': judged(
    synth(
      stack({
        data: { external: { e: { program: ['x'] } } },
        resource: { aws_ebs_volume: { a: { ...VOLUME, encrypted: '${data.external.e.result.on}' } } },
      }),
    ),
    3,
    ['aws_ebs_volume.a unproven'],
  ),
  'B39 a plan that failed': refused(plan(fields({ errored: true })), 'PLAN-ERRORED'),
  'B40 a plan of targets': refused(plan(fields({ complete: false })), 'PLAN-PARTIAL'),
  'B41 a plan that defers': refused(plan(fields({ deferred_changes: [{}] })), 'PLAN-DEFERRED'),
  'B41 a plan that invokes actions': refused(plan(fields({ action_invocations: [{}] })), 'PLAN-INVOKE'),
  'B42 of format 2.0': refused(plan(fields({ format_version: '2.0' })), 'PLAN-FORMAT'),
  'B42 of format 0.1': refused(plan(fields({ format_version: '0.1' })), 'PLAN-FORMAT'),
  'B42 of a number': refused(plan(fields({ format_version: 1.2 })), 'PLAN-FORMAT'),
  'B42 of format 1.99': judged(
    plan(changed({ after: { encrypted: false } }).replace('"format_version":"1.2"', '"format_version":"1.99"')),
    1,
    FAILS,
  ),
  'B43 a state': refused(plan('{"format_version":"1.0","values":{}}'), 'IN-STATE'),
  'B43 nothing but a format': refused(plan('{"format_version":"1.0"}'), 'PLAN-ERRORED'),
  'B44 a plan without resources': refused(plan(planText({ resources: [] })), 'PLAN-EMPTY'),
  'B45 nothing is done': judged(
    plan(changed({ actions: ['no-op'], before: { encrypted: false }, after: { encrypted: false } })),
    1,
    FAILS,
  ),
  'B45 an import': judged(
    plan(
      changed({
        actions: ['no-op'],
        before: { encrypted: false },
        after: { encrypted: false },
        importing: { id: 'vol-1' },
      }),
    ),
    1,
    FAILS,
  ),
  'B45 a forgotten object': judged(
    plan(
      changed({ actions: ['forget'], before: { encrypted: false }, after: null }).replace(
        '"resources":[{"address":"aws_ebs_volume.a","mode":"managed","type":"aws_ebs_volume","name":"a","provider_config_key"',
        '"resources":[{"address":"aws_ebs_volume.b","mode":"data","type":"aws_ebs_volume","name":"b","provider_config_key"',
      ),
    ),
    1,
    FAILS,
  ),
  'B45 a replacement that forgets': judged(
    plan(changed({ actions: ['create', 'forget'], before: { encrypted: false }, after: { encrypted: false } })),
    1,
    [...FAILS, 'aws_ebs_volume.a (forgotten object) fail'],
  ),
  'B46 an unknown action': refused(plan(changed({ actions: ['melt'] })), 'PLAN-ACTION'),
  'B47 a change without planned value': refused(
    plan(fields({ planned_values: { root_module: {} } })),
    'PLAN-INCONSISTENT',
  ),
  'B47 a planned value without change': refused(
    plan(PLAN.replace('"address":"aws_ebs_volume.a"', '"address":"aws_ebs_volume.b"')),
    'PLAN-INCONSISTENT',
  ),
  'B48 an address twice': refused(
    plan(PLAN.replace(/"resource_changes":\[(.*?)\],"prior_state"/, '"resource_changes":[$1,$1],"prior_state"')),
    'PLAN-DUPADDR',
  ),
  'B49 a Region that is not known': judged(
    synth(
      stack({
        variable: { r: {} },
        provider: { aws: [{ region: '${var.r}' }] },
        resource: { aws_ebs_volume: { a: VOLUME } },
      }),
    ),
    0,
    ['aws_ebs_volume.a unproven'],
    'RES-001',
  ),
  'B49 an argument known after apply': judged(plan(changed({ after: {}, after_unknown: { encrypted: true } })), 0, [
    'aws_ebs_volume.a unproven',
  ]),
  'B49 an argument known after apply, before apply': {
    ...judged(plan(changed({ after: {}, after_unknown: { encrypted: true } })), 3, ['aws_ebs_volume.a unproven']),
    stage: 'apply',
  },
  'B50 an object known after apply': judged(plan(changed({ after: {}, after_unknown: true })), 0, [
    'aws_ebs_volume.a unproven',
  ]),
  ...Object.fromEntries(
    Object.entries({
      'no JSON': ['{"Statement":', 'unproven'],
      'a key twice': [
        '{"Statement":[],"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
        'unproven',
      ],
      'JSON in JSON in JSON': [JSON.stringify(JSON.stringify(JSON.stringify({ Statement: [] }))), 'unproven'],
      '10 MB': [JSON.stringify({ Statement: [], Id: 'x'.repeat(10_000_000) }), 'unproven'],
    }).map(([name, [policy = '', verdict = '']]) => [
      `B51 a policy that is ${name}`,
      judged(
        synth(stack({ resource: { aws_sqs_queue_policy: { p: { queue_url: 'q', policy } } } })),
        0,
        [`aws_sqs_queue_policy.p ${verdict}`],
        'NET-014',
      ),
    ]),
  ),
  ...Object.fromEntries([
    ...['false', '"false"', '"0"', '"${false}"'].map((written) => encrypted(written, 1, 'fail')),
    ...['0', '"False"', 'null', '""', '[]'].map((written) => encrypted(written, 0, 'unproven')),
  ]),
  'B53 a number beyond doubles': judged(
    plan(changed({ after: { encrypted: false, size: 1 } }).replaceAll('"size":1', '"size":1e400')),
    1,
    FAILS,
  ),
  'B53 digits that doubles lose': judged(
    synth(volumes({ a: { encrypted: false, size: 7 } }).replace('"size":7', '"size":9007199254740993')),
    1,
    FAILS,
  ),
};

function sparse(file: string, bytes: number): void {
  const handle = openSync(file, 'w');
  ftruncateSync(handle, bytes);
  closeSync(handle);
}

interface Shown {
  readonly problems: readonly { readonly code: string; readonly what: string; readonly fix: string }[];
  readonly results: readonly { readonly verdict: string; readonly subject: { readonly address: string | null } }[];
}

let made = 0;

function directory({ files, make }: Pick<Row, 'files' | 'make'>): string {
  made += 1;
  const cwd = join(work, String(made));
  for (const [path, content] of Object.entries({ 'enclave.yaml': JSON.stringify(EXAMPLE_POLICY), ...files })) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), content);
  }
  make?.(cwd);
  return cwd;
}

describe('a bad input', () => {
  // What the command line loads on its first run is not what an input takes.
  beforeAll(async () => {
    await trefoil(['check', 'west', '--format', 'json'], { cwd: directory({ files: synth(SOUND) }) });
  });

  it.each(Object.entries(ROWS))('%s', async (_, row) => {
    const cwd = directory(row);
    const input = row.input ?? ('west/cdk.tf.json' in row.files ? 'west' : 'west.json');
    const argv = ['check', input, '--format', 'json', '--as-of', '2026-11-01', '--control', row.control ?? 'CHG-001'];
    if (row.stage !== undefined) argv.push('--stage', row.stage);
    const start = performance.now();
    const { exitCode, stdout } = await trefoil(argv, { cwd });
    const seconds = (performance.now() - start) / 1000;
    const { problems, results }: Shown = JSON.parse(stdout);
    expect({
      exit: exitCode,
      codes: problems.map(({ code }) => code),
      verdicts:
        row.verdicts === undefined ? undefined : results.map(({ subject, verdict }) => `${subject.address} ${verdict}`),
    }).toEqual({ exit: row.exit, codes: row.codes, verdicts: row.verdicts });
    // Each refusal says what is wrong and what to do, and names no more than it must.
    for (const { what, fix } of problems) {
      expect(what).toMatch(/^.{10,300}$/);
      expect(fix).toMatch(/^[A-Z].{5,300}\.$/);
    }
    expect(seconds).toBeLessThan(SECONDS);
  });
});

/** With the start of a process that compiles its source. */
const BIG_SECONDS = 20;

/** Inputs that are big: each is judged in a process of its own, whose heap is limited. */
const BIG: Readonly<Record<string, () => string>> = {
  'B25 100,000 keys in one object': () =>
    changed({
      after: { encrypted: false, tags: Object.fromEntries(Array.from({ length: 1e5 }, (_, at) => [`k${at}`, 'v'])) },
    }),
  'B25 100,000 items in one list': () =>
    changed({ after: { encrypted: false, tags: Array.from({ length: 1e5 }, () => 'v') } }),
  'B26 a text of 10 MB': () => changed({ after: { encrypted: false, tags: { x: 'v'.repeat(1e7) } } }),
};

/** How a process of Node.js ends; it is not expected to end well. */
function ending(argv: readonly string[], cwd: string): Promise<{ readonly code: unknown; readonly stdout: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, argv, { cwd, maxBuffer: 1e8 }, (error, stdout) =>
      resolve({ code: error?.code ?? 0, stdout }),
    );
  });
}

/** Numbers of the catalogue that have no row here, and why. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  B31: 'a file that changes while it is read needs a writer at the right moment: test/cli/read-file.test.ts has it',
  B34: '10,000 stacks take longer than a test may; files are read one after the other, so none is open beside another',
};

describe('the catalogue of bad inputs', () => {
  it('is whole from B05 to B53', () => {
    const numbers = Array.from({ length: 49 }, (_, at) => `B${String(at + 5).padStart(2, '0')}`);
    const told = new Set(
      [...Object.keys(ROWS), ...Object.keys(BIG), ...Object.keys(ELSEWHERE)].map((name) => name.slice(0, 3)),
    );
    expect(numbers.filter((number) => !told.has(number))).toEqual([]);
  });
});

describe('a big input', () => {
  it.each(Object.entries(BIG))('%s is judged in a bounded heap', async (_, text) => {
    const cwd = directory({ files: plan(text()) });
    const node = [`--max-old-space-size=${HEAP}`, '--import', import.meta.resolve('tsx'), join(ROOT, 'cli/bin.ts')];
    const argv = ['check', 'west.json', '--format', 'json', '--as-of', '2026-11-01', '--control', 'ENC-003'];
    const start = performance.now();
    const { code, stdout } = await ending([...node, ...argv], cwd);
    const seconds = (performance.now() - start) / 1000;
    const { results }: Shown = JSON.parse(stdout);
    expect({ code, verdicts: results.map(({ verdict }) => verdict) }).toEqual({ code: 1, verdicts: ['fail'] });
    expect(stdout.length).toBeLessThan(1e6);
    expect(seconds).toBeLessThan(BIG_SECONDS);
  });
});
