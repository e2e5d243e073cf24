import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Estate } from '../../../model/estate.ts';
import { parseEstate } from '../../../model/synth/estate.ts';
import { loadStack } from '../../../model/synth/stack-files.ts';
import type { UnknownReason, Value } from '../../../model/value.ts';
import { compareInput } from '../../support/planned-input.ts';
import { hasTerraform, terraformVersion } from '../../support/terraform-console.ts';
import { type ModuleFiles, sampleModules } from '../../support/terraform-modules.ts';
import { type PlannedResource, planModules, type PlanResult } from '../../support/terraform-plan.ts';

const SEED = 20_251_123;
const COUNT = 330;
const RECORDED = new URL('recorded-modules.json', import.meta.url);

interface Case {
  readonly files: ModuleFiles;
  readonly result: PlanResult;
}

interface Recording {
  readonly terraform: string;
  readonly seed: number;
  readonly cases: readonly Case[];
}

/** Forms that no tool writes, which Terraform takes for blocks and this program refuses. */
const REFUSED_FORMS = /"odd":\[(?:null|\[)/;

/**
 * Refusals of Terraform that are not looked for: each ends `terraform plan`, so that nothing of the module is applied,
 * and none depends on what a check decides over. First what stands in no resource (variables, locals and outputs that
 * no argument uses), then what a schema or a type decides, then forms that declare nothing.
 */
const HARMLESS: ReadonlySet<string> = new Set([
  'Cycle',
  'Duplicate argument',
  'Duplicate object attribute',
  'Inconsistent conditional result types',
  'Invalid default value for variable',
  'Invalid index',
  'Invalid local value name',
  'Invalid template interpolation value',
  'Invalid type specification',
  'Invalid value for input variable',
  'Output refers to sensitive values',
  'Reference to undeclared resource',
  'Required variable not set',
  'No value for required variable',
  'Unsupported attribute',
  'Extraneous JSON object property',
  'Invalid count argument',
  'Invalid data source',
  'Invalid expression',
  'Invalid for_each argument',
  'Invalid for_each set argument',
  'Invalid ignore_changes wildcard',
  'Missing required argument',
  'Invalid resource name',
  'Missing block label',
]);

function ours(files: ModuleFiles): Estate {
  const load = loadStack({
    name: 'module',
    directory: '.',
    files: Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text), sha256: '' })),
    otherNames: [],
  });
  return parseEstate({
    stacks: load.kind === 'loaded' ? [load.input] : [],
    problems: load.kind === 'refused' ? load.problems : [],
    declaredStacks: ['module'],
  });
}

interface Comparison {
  readonly divergent: readonly object[];
  readonly open: number;
  readonly same: number;
}

/** Every address on either side, and every known value. A block of which only the plan knows the number has all. */
function compare(files: ModuleFiles, planned: readonly PlannedResource[]): Comparison {
  const { resources } = ours(files);
  const theirs = new Map(planned.map((resource) => [resource.address, resource]));
  const divergent: object[] = [];
  let [open, same] = [0, 0];
  for (const resource of resources) {
    const { address } = resource;
    const found = theirs.get(address);
    if (resource.init.isSymbolic) {
      open++;
      for (const name of theirs.keys()) if (name === address || name.startsWith(`${address}[`)) theirs.delete(name);
    } else if (found === undefined) divergent.push({ files, address, terraform: 'has no such resource' });
    else {
      const value = resource.attribute('input');
      const agreement = compareInput(value, found);
      if (agreement === 'different') divergent.push({ files, address, ours: value, terraform: found.input });
      else if (agreement === 'open') open++;
      else same++;
      theirs.delete(address);
    }
  }
  for (const address of theirs.keys()) divergent.push({ files, address, ours: 'no such resource' });
  return { divergent, open, same };
}

const REFUSALS: ReadonlySet<UnknownReason> = new Set(['invalid', 'cycle', 'missing-object'] as const);

/** Whether anything tells that Terraform refuses the module: a problem, or a value that is called invalid. */
function isSuspected(files: ModuleFiles): boolean {
  const { problems, resources } = ours(files);
  if (problems.length > 0 || resources.some(({ init }) => init.isSymbolic)) return true;
  return resources.some(({ init }) => init.body.names.some((name) => calledInvalid(init.body.value(name))));
}

function calledInvalid(value: Value): boolean {
  switch (value.kind) {
    case 'unknown':
      return REFUSALS.has(value.reason);
    case 'list':
      return value.items.some(calledInvalid);
    case 'object':
      return [...value.entries.values()].some(calledInvalid);
    default:
      return false;
  }
}

/** Terraform walks many things at once, and does not always name the same reasons first. */
function comparable({ files, result }: Case): object {
  return { files, result: 'refused' in result ? 'refused' : result };
}

function recorded(): Recording {
  const recording: Recording = JSON.parse(readFileSync(RECORDED, 'utf8'));
  return recording;
}

describe('a stack, compared with what terraform plans', () => {
  let cases: readonly Case[] = [];
  const accepted = () =>
    cases.flatMap(({ files, result }) => ('resources' in result ? [{ files, planned: result.resources }] : []));

  beforeAll(async () => {
    if (!hasTerraform()) {
      process.stderr.write(
        `NO TERRAFORM ON THE PATH: comparing with what ${recorded().terraform} said when it was recorded\n`,
      );
      ({ cases } = recorded());
      return;
    }
    const modules = sampleModules(COUNT, SEED);
    const results = await planModules(modules);
    cases = modules.map((files, index) => ({ files, result: results[index] ?? { refused: ['was not planned'] } }));
    if (process.env['UPDATE_RECORDED'] === '1') {
      const lines = cases.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
      const head = `  "terraform": ${JSON.stringify(terraformVersion())},\n  "seed": ${SEED},\n`;
      writeFileSync(RECORDED, `{\n${head}  "cases": [\n${lines}\n  ]\n}\n`);
    }
  });

  it('has the same resources, and the same value wherever it has one', () => {
    const comparisons = accepted().map(({ files, planned }) => compare(files, planned));
    const same = comparisons.reduce((sum, comparison) => sum + comparison.same, 0);
    const open = comparisons.reduce((sum, comparison) => sum + comparison.open, 0);
    expect(cases.length).toBeGreaterThanOrEqual(300);
    expect(comparisons.flatMap(({ divergent }) => divergent)).toEqual([]);
    expect(same).toBeGreaterThan(250);
    expect(open / (same + open)).toBeLessThan(0.2);
  });

  it('has no problem with what Terraform accepts', () => {
    const refused = accepted().filter(
      ({ files }) => ours(files).problems.length > 0 && !Object.values(files).some((text) => REFUSED_FORMS.test(text)),
    );
    expect(refused).toEqual([]);
  });

  it('calls nothing invalid that Terraform accepts', () => {
    const invalid = accepted().filter(({ files }) =>
      ours(files).resources.some((resource) => calledInvalid(resource.attribute('input'))),
    );
    expect(invalid).toEqual([]);
  });

  it('leaves to Terraform only refusals that are known to be harmless', () => {
    const unsuspected = cases.flatMap(({ files, result }) =>
      'refused' in result && !isSuspected(files)
        ? result.refused.filter((summary) => !HARMLESS.has(summary.replace(/:.*/, '')))
        : [],
    );
    expect(unsuspected).toEqual([]);
  });

  it.runIf(hasTerraform())('has a recording of what Terraform still says', () => {
    expect(recorded().cases.map(comparable)).toEqual(cases.map(comparable));
  });
});
