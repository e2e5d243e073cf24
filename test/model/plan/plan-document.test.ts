import { describe, expect, it } from 'vitest';
import type { InputProblem } from '../../../model/input-error.ts';
import { parseEstate } from '../../../model/synth/estate.ts';

const CHANGE = { actions: ['create'], before: null, after: { name: 'ledger' }, after_unknown: { id: true } };
const QUEUE = { address: 'aws_sqs_queue.ledger', mode: 'managed', type: 'aws_sqs_queue', name: 'ledger' };
const PROVIDER = { aws: { name: 'aws', full_name: 'registry.terraform.io/hashicorp/aws' } };

/** A whole plan, with some of its fields replaced; undefined takes one out. */
function plan(fields: object = {}): object {
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: { resources: [{ ...QUEUE, values: { name: 'ledger' } }] } },
    resource_changes: [{ ...QUEUE, change: CHANGE }],
    configuration: {
      provider_config: PROVIDER,
      root_module: {
        resources: [{ ...QUEUE, provider_config_key: 'aws', expressions: { name: { constant_value: 'ledger' } } }],
      },
    },
    applyable: true,
    complete: true,
    errored: false,
    ...fields,
  };
}

/** A plan is read the same in one piece and in many. */
function problemsOf(text: string | Uint8Array): readonly InputProblem[] {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const pieces = Array.from({ length: Math.min(999, Math.ceil(bytes.length / 300)) }, (_, index) =>
    bytes.subarray(index * 300, index === 998 ? bytes.length : (index + 1) * 300),
  );
  const problems = problemsOfPieces([bytes]);
  expect(problemsOfPieces(pieces)).toEqual(problems);
  return problems;
}

function problemsOfPieces(chunks: Iterable<Uint8Array>): readonly InputProblem[] {
  const file = { name: 'west', path: 'west.json', chunks, sha256: '' };
  const estate = parseEstate({ stacks: [], plans: [file], problems: [], declaredStacks: ['west'] });
  expect(estate.stacks).toHaveLength(estate.problems.length === 0 ? 1 : 0);
  return estate.problems;
}

const OPENTOFU = { aws: { name: 'aws', full_name: 'registry.opentofu.org/hashicorp/aws' } };

function configuration(providers: object, resources: readonly object[] = [QUEUE]): object {
  return { provider_config: providers, root_module: { resources } };
}

describe('a plan that is read', () => {
  it.each([
    ['as Terraform 1.11 writes it', plan()],
    ['of a later minor format', plan({ format_version: '1.99' })],
    ['that changes nothing, and so has nothing to apply', plan({ applyable: false })],
    [
      'of Terraform 1.5, which says less',
      plan({ terraform_version: '1.5.7', complete: undefined, errored: undefined }),
    ],
    ['of Terraform 1.7', plan({ terraform_version: '1.7.5', complete: undefined })],
    ['of OpenTofu', plan({ terraform_version: '1.9.0', complete: undefined, configuration: configuration(OPENTOFU) })],
    ['with an empty list of deferrals', plan({ deferred_changes: [] })],
  ])('%s', (_, given) => {
    expect(problemsOf(JSON.stringify(given))).toEqual([]);
  });
});

it('reads a plan of more text than a string can hold', () => {
  expect(problemsOfPieces(hugePlan())).toEqual([]);
});

/** 540 MiB, of which nearly all stands in what the plan says twice. */
function* hugePlan(): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  const names = Array.from({ length: 540 }, (_, index) => `queue${index}`);
  const lists: readonly (readonly [string, object])[] = [
    [
      '{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":{"resources":[',
      { values: { policy: 'x'.repeat(1024 * 1024) } },
    ],
    [']}},"resource_changes":[', { change: { actions: ['create'], before: null, after: {} } }],
    ['],"configuration":{"root_module":{"resources":[', { expressions: {} }],
  ];
  for (const [before, rest] of lists) {
    yield encoder.encode(before);
    for (const [index, name] of names.entries()) {
      const entry = { ...QUEUE, address: `aws_sqs_queue.${name}`, name, ...rest };
      yield encoder.encode((index === 0 ? '' : ',') + JSON.stringify(entry));
    }
  }
  yield encoder.encode(']}},"complete":true,"errored":false}');
}

describe('a plan that is refused', () => {
  const twice = JSON.stringify(plan()).replace('"errored":false', '"errored":true,"errored":false');
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const nested = `${'{"child_modules":['.repeat(20_000)}${']}'.repeat(20_000)}`;
  const entry = (fields: object): object => plan({ resource_changes: [{ ...QUEUE, change: CHANGE, ...fields }] });
  const change = (fields: object): object =>
    plan({ resource_changes: [{ ...QUEUE, change: { ...CHANGE, ...fields } }] });

  it.each<readonly [string, InputProblem['code'], string | Uint8Array | object]>([
    ['B02 an empty file', 'IN-EMPTY', ''],
    ['B03 white space', 'IN-EMPTY', ' \n\t'],
    ['B05 a trailing comma', 'IN-PARSE', '{"format_version":"1.2",}'],
    ['B05 a comment', 'IN-PARSE', '{} // plan'],
    ['B05 NaN', 'IN-PARSE', '{"a":NaN}'],
    ['B05 single quotes', 'IN-PARSE', "{'a':1}"],
    ['B05 leading zeros', 'IN-PARSE', '{"a":01}'],
    [
      'B06 the log of terraform plan -json',
      'IN-UILOG',
      '{"@level":"info","@message":"x","@module":"t"}\n{"@level":"info"}',
    ],
    ['B07 the line of a wrapper', 'IN-WRAPPER', `[command]/bin/terraform show -json\n${JSON.stringify(plan())}`],
    ['B08 a binary plan', 'IN-BINPLAN', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)],
    ['B09 a compressed plan', 'IN-ARCHIVE', Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0)],
    ['B10 a byte order mark', 'IN-BOM', `\uFEFF${JSON.stringify(plan())}`],
    ['B11 UTF-16', 'IN-UTF16', Uint8Array.of(0xff, 0xfe, 0x7b, 0)],
    ['B12 bytes that are no UTF-8', 'IN-UTF8', Uint8Array.of(0x22, 0xff, 0x22)],
    ['B18 a key twice', 'IN-DUPKEY', twice],
    [
      'B18 a key twice, spelt differently',
      'IN-DUPKEY',
      JSON.stringify(plan()).replace('"errored"', String.raw`"\u0065rrored":true,"errored"`),
    ],
    ['B23 arrays 100,000 deep', 'IN-DEPTH', deep],
    ['B24 20,000 modules in each other', 'IN-DEPTH', nested],
    ['no object', 'IN-PLAN', '[]'],
    ['B39 that failed', 'PLAN-ERRORED', plan({ errored: true })],
    ['B39 that failed, by another type', 'PLAN-ERRORED', plan({ errored: 'false' })],
    ['that does not say whether it failed', 'PLAN-ERRORED', plan({ errored: undefined })],
    [
      'that does not say its version nor whether it failed',
      'PLAN-ERRORED',
      plan({ errored: undefined, terraform_version: undefined }),
    ],
    ['B40 that is not complete', 'PLAN-PARTIAL', plan({ complete: false })],
    ['B40 that is not complete, by another type', 'PLAN-PARTIAL', plan({ complete: 1 })],
    ['of Terraform, that does not say whether it is complete', 'PLAN-PARTIAL', plan({ complete: undefined })],
    [
      'B40 of OpenTofu, that lacks a resource',
      'PLAN-PARTIAL',
      plan({
        complete: undefined,
        configuration: configuration(OPENTOFU, [QUEUE, { ...QUEUE, address: 'aws_sqs_queue.other', name: 'other' }]),
      }),
    ],
    ['B41 that defers', 'PLAN-DEFERRED', plan({ deferred_changes: [{ reason: 'unknown' }] })],
    [
      'that invokes an action',
      'PLAN-INVOKE',
      plan({ action_invocations: [{ address: 'action.aws_lambda_invoke.x' }] }),
    ],
    ['whose invocations are no list', 'PLAN-INVOKE', plan({ action_invocations: {} })],
    ['B42 of format 2.0', 'PLAN-FORMAT', plan({ format_version: '2.0' })],
    ['B42 of format 0.1', 'PLAN-FORMAT', plan({ format_version: '0.1' })],
    ['B42 of no format', 'PLAN-FORMAT', plan({ format_version: undefined })],
    ['B42 of a format that is a number', 'PLAN-FORMAT', plan({ format_version: 1.2 })],
    [
      'B43 a state, as shown',
      'IN-STATE',
      { format_version: '1.0', terraform_version: '1.11.4', values: { root_module: {} } },
    ],
    ['B43 a state, as kept', 'IN-STATE', { version: 4, serial: 1, lineage: 'x', outputs: {}, resources: [] }],
    ['B43 nothing but a format', 'PLAN-ERRORED', { format_version: '1.0' }],
    ['B44 without resources', 'PLAN-EMPTY', plan({ resource_changes: [] })],
    ['B44 without the list of resources', 'PLAN-EMPTY', plan({ resource_changes: undefined })],
    ['B46 with an unknown action', 'PLAN-ACTION', change({ actions: ['melt'] })],
    ['B46 with known actions that do not go together', 'PLAN-ACTION', change({ actions: ['no-op', 'delete'] })],
    ['B46 without actions', 'PLAN-ACTION', change({ actions: [] })],
    ['B47 with a change that has no planned value', 'PLAN-INCONSISTENT', plan({ planned_values: { root_module: {} } })],
    [
      'B47 with a planned value that has no change',
      'PLAN-INCONSISTENT',
      plan({
        planned_values: {
          root_module: {
            resources: [{ ...QUEUE, values: {} }],
            child_modules: [{ resources: [{ ...QUEUE, address: 'module.m.aws_sqs_queue.x' }] }],
          },
        },
      }),
    ],
    [
      'B48 with an address twice',
      'PLAN-DUPADDR',
      plan({
        resource_changes: [
          { ...QUEUE, change: CHANGE },
          { ...QUEUE, change: CHANGE },
        ],
      }),
    ],
    ['with a deposed object that stays', 'PLAN-INCONSISTENT', entry({ deposed: 'ab12' })],
    ['with an entry of another type', 'PLAN-INCONSISTENT', entry({ type: 'aws_sns_topic' })],
    ['with an entry of another name', 'PLAN-INCONSISTENT', entry({ name: 'led' })],
    ['with an entry of another mode', 'PLAN-INCONSISTENT', entry({ mode: 'data' })],
    ['with an entry of another module', 'PLAN-INCONSISTENT', entry({ module_address: 'module.m' })],
    ['with an entry of a key that its address has not', 'PLAN-INCONSISTENT', entry({ index: 0 })],
    [
      'that destroys what it plans',
      'PLAN-INCONSISTENT',
      change({ actions: ['delete'], before: { name: 'ledger' }, after: null }),
    ],
    ['without values after a creation', 'IN-PLAN', change({ after: null })],
    ['without values before a removal', 'IN-PLAN', change({ actions: ['delete'] })],
    ['without its configuration', 'IN-PLAN', plan({ configuration: undefined })],
  ])('%s: %s', (_, code, given) => {
    const text = typeof given === 'string' || given instanceof Uint8Array ? given : JSON.stringify(given);
    const [problem, ...more] = problemsOf(text);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code, path: 'west.json' });
    for (const part of ['what', 'why', 'fix'] as const) expect(problem?.[part]).not.toBe('');
    expect(problem?.location ?? { file: 'west.json' }).toMatchObject({ file: 'west.json' });
  });

  it('at every byte where it can be cut', () => {
    const text = JSON.stringify(plan());
    for (let end = 1; end < text.length; end++) {
      expect(problemsOf(text.slice(0, end)).map(({ code }) => code)).toEqual(['IN-PARSE']);
    }
  });

  it('and is not replaced by what was synthesised', () => {
    const bytes = new TextEncoder().encode('{}');
    const document = {
      file: 'cdk.tf.json',
      root: { kind: 'object', offset: 0, members: [] },
      locate: () => ({ line: 1, column: 1 }),
    } as const;
    const estate = parseEstate({
      stacks: [
        {
          name: 'west',
          path: 'west',
          documents: [document],
          variables: new Map(),
          unreadVariableFiles: [],
          inputs: [],
        },
      ],
      plans: [{ name: 'west', path: 'west.json', chunks: [bytes], sha256: '' }],
      problems: [],
      declaredStacks: ['west'],
    });
    expect(estate.stacks).toEqual([]);
    expect(estate.problems.map(({ code }) => code)).toEqual(['PLAN-FORMAT']);
  });
});
