import { describe, expect, it } from 'vitest';
import type { Estate, Stack } from '../../../model/estate.ts';
import { parseEstate } from '../../../model/synth/estate.ts';
import { display, isHidden } from '../../../model/value.ts';
import { realPlan, type Scenario } from '../../support/real-plan.ts';

const SECRET = 'c4n4ry-7731';

function data(name: string, input: string, more = ''): string {
  return `resource "terraform_data" "${name}" {\n  input = ${input}\n${more}}\n`;
}

async function read(name: string, scenario: Scenario): Promise<{ readonly estate: Estate; readonly stack: Stack }> {
  const bytes = await realPlan(name, scenario);
  const estate = parseEstate({
    stacks: [],
    plans: [{ name: 'ledger', path: 'ledger.json', chunks: [bytes], sha256: '' }],
    problems: [],
    declaredStacks: ['ledger'],
  });
  expect(estate.problems).toEqual([]);
  const [stack] = estate.stacks;
  if (stack === undefined) throw new Error('the plan gives no stack');
  return { estate, stack };
}

async function refusal(name: string, scenario: Scenario): Promise<string | undefined> {
  const bytes = await realPlan(name, scenario);
  const plan = { name: 'ledger', path: 'ledger.json', chunks: [bytes], sha256: '' };
  const estate = parseEstate({ stacks: [], plans: [plan], problems: [], declaredStacks: ['ledger'] });
  expect(estate.stacks).toEqual([]);
  return estate.problems[0]?.code;
}

function actionsOf({ resources, removed }: Stack): Record<string, string> {
  const all = [...resources, ...removed];
  return Object.fromEntries(all.map(({ address, init }) => [address, init.change?.actions.join() ?? '']));
}

describe('a plan of the real Terraform', () => {
  it('gives what is created its known values, and names what is not', async () => {
    const { estate } = await read('create', {
      main:
        data('a', '"1"') + data('b', '{ k = terraform_data.a.id, l = [12345678901234567890, "x"], m = timestamp() }'),
    });
    const resource = estate.find({ stack: 'ledger', address: 'terraform_data.b' });
    expect(display(resource?.attribute('input', 'l') ?? { kind: 'null' })).toBe('[12345678901234567890, "x"]');
    expect(resource?.attribute('input', 'm')).toMatchObject({ kind: 'unknown', detail: 'is known after apply' });
    expect(resource?.attribute('input', 'k')).toMatchObject({
      kind: 'unknown',
      references: [{ target: { stack: 'ledger', address: 'terraform_data.a' }, path: ['id'] }],
    });
  });

  it('knows what happens to each object: nothing, update, replacement in either order, removal', async () => {
    const replaced = (trigger: string, order: boolean): string =>
      `  triggers_replace = "${trigger}"\n${order ? '  lifecycle {\n    create_before_destroy = true\n  }\n' : ''}`;
    const { stack } = await read('changes', {
      before:
        data('same', '"1"') +
        data('changed', '"1"') +
        data('replaced', '"1"', replaced('1', false)) +
        data('swapped', '"1"', replaced('1', true)) +
        data('gone', '"last"'),
      main:
        data('same', '"1"') +
        data('changed', '"2"') +
        data('replaced', '"1"', replaced('2', false)) +
        data('swapped', '"1"', replaced('2', true)),
    });
    expect(actionsOf(stack)).toEqual({
      'terraform_data.same': 'no-op',
      'terraform_data.changed': 'update',
      'terraform_data.replaced': 'delete,create',
      'terraform_data.swapped': 'create,delete',
      'terraform_data.gone': 'delete',
    });
    expect(stack.removed.map(({ address }) => address)).toEqual(['terraform_data.gone']);
    expect(stack.removed[0]?.attribute('input')).toEqual({ kind: 'string', value: 'last' });
    const changed = stack.resources.find(({ init }) => init.name === 'changed') ?? stack.resources[0];
    expect(changed?.attribute('input')).toEqual({ kind: 'string', value: '2' });
    expect(changed?.init.change?.before?.value('input')).toEqual({ kind: 'string', value: '1' });
  });

  it('keeps what is forgotten among the resources, with the values it had', async () => {
    const { stack } = await read('forget', {
      before: data('a', '"1"'),
      main: 'removed {\n  from = terraform_data.a\n  lifecycle {\n    destroy = false\n  }\n}\n' + data('b', '"2"'),
    });
    expect(actionsOf(stack)).toEqual({ 'terraform_data.a': 'forget', 'terraform_data.b': 'create' });
    expect(stack.removed).toEqual([]);
    expect(stack.resources[0]?.attribute('input')).toEqual({ kind: 'string', value: '1' });
    expect(stack.lifecycleBlocks).toMatchObject([{ kind: 'removed', target: 'terraform_data.a', destroys: false }]);
  });

  it('tells what is moved and what is imported', async () => {
    const { stack } = await read('moved-imported', {
      before: data('a', '"1"'),
      main:
        'moved {\n  from = terraform_data.a\n  to = terraform_data.b\n}\n' +
        data('b', '"1"') +
        'import {\n  to = terraform_data.c\n  id = "given"\n}\n' +
        data('c', '"1"'),
    });
    expect(actionsOf(stack)).toEqual({ 'terraform_data.b': 'no-op', 'terraform_data.c': 'update' });
    expect(stack.lifecycleBlocks.map(({ kind, target }) => `${kind} ${target}`)).toEqual([
      'moved terraform_data.a',
      'import terraform_data.c',
    ]);
  });

  it('takes keys of for_each for data, however they are made', async () => {
    const keys = [
      '__proto__',
      'constructor',
      '<script>',
      'a"b\\',
      '${x}',
      '%{y}',
      'line\nbreak',
      '\u202E',
      '].b["',
      'é',
    ];
    const hcl = keys.map((key) =>
      JSON.stringify(key).replaceAll(/[$%]\{/g, (opening) => `${opening.charAt(0)}${opening}`),
    );
    const { estate, stack } = await read('hostile-keys', {
      main:
        `resource "terraform_data" "each" {\n  for_each = toset([${hcl.join(', ')}])\n  input = each.key\n}\n` +
        `module "m" {\n  source = "./called"\n  for_each = toset([${hcl.join(', ')}])\n  x = each.key\n}\n` +
        data('none', '"0"', '  count = 0\n'),
      files: {
        'called/main.tf': `variable "x" {}\n${data('inner', 'var.x')}output "id" {\n  value = terraform_data.inner.id\n}\n`,
      },
    });
    const found = stack.resources.filter(({ init }) => init.name === 'each');
    expect(found.map(({ init }) => String(init.key)).toSorted()).toEqual(keys.toSorted());
    for (const resource of found) {
      expect(resource.attribute('input')).toEqual({ kind: 'string', value: resource.init.key });
      expect(estate.find(resource.init.id)).toBe(resource);
    }
    const inner = stack.resources.filter(({ init }) => init.name === 'inner');
    expect(inner.map((resource) => display(resource.attribute('input'))).toSorted()).toEqual(
      keys.map((key) => JSON.stringify(key)).toSorted(),
    );
    expect(stack.modules).toEqual([]);
    expect(stack.emptyBlocks.map(({ address }) => address)).toEqual(['terraform_data.none']);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('marks what is sensitive wherever it stands', async () => {
    const { stack } = await read('sensitive', {
      before: data('gone', `sensitive("${SECRET}")`),
      main:
        `variable "secret" {\n  sensitive = true\n  default = "${SECRET}"\n}\n` +
        data('plain', 'var.secret') +
        data('nested', '{ public = "p", list = [var.secret, "open"], text = "x-${var.secret}-y" }') +
        data('derived', 'upper(var.secret)', '  triggers_replace = [var.secret, timestamp()]\n') +
        'output "secret" {\n  sensitive = true\n  value = var.secret\n}\n',
    });
    const all = [...stack.resources, ...stack.removed];
    const shown = all.flatMap(({ init }) => init.body.names.map((name) => display(init.body.value(name))));
    expect(shown.join('\n')).not.toContain(SECRET);
    expect(shown.join('\n').toLowerCase()).not.toContain(SECRET);
    const nested = stack.resources.find(({ init }) => init.name === 'nested');
    expect(display(nested?.attribute('input', 'public') ?? { kind: 'null' })).toBe('"p"');
    expect(nested?.attribute('input', 'list', 0)).toMatchObject({ sensitive: true });
  });

  it('is refused where -target leaves something out', async () => {
    const scenario = { main: data('a', '"1"') + data('b', '"2"'), args: ['-target=terraform_data.a'] };
    expect(await refusal('target', scenario)).toBe('PLAN-PARTIAL');
  });

  it('has what -destroy takes away among what is removed, and nothing else', async () => {
    const main = data('a', '"1"') + data('b', '"2"');
    const { stack } = await read('destroy', {
      before: main,
      main: main + data('c', '"never there"'),
      args: ['-destroy'],
    });
    expect(actionsOf(stack)).toEqual({ 'terraform_data.a': 'delete', 'terraform_data.b': 'delete' });
    expect(stack.resources).toEqual([]);
  });

  it('is refused where -destroy takes a part away, and where -refresh-only plans nothing', async () => {
    const main = data('a', '"1"') + data('b', '"2"');
    const part = { before: main, main, args: ['-destroy', '-target=terraform_data.a'] };
    expect(await refusal('destroy-target', part)).toBe('PLAN-PARTIAL');
    expect(await refusal('refresh-only', { before: main, main, args: ['-refresh-only'] })).toBe('PLAN-EMPTY');
  });

  it('is refused where there is nothing in it', async () => {
    expect(await refusal('nothing', { main: '' })).toBe('PLAN-EMPTY');
  });

  it('stays whole with check blocks and outputs', async () => {
    const { stack } = await read('checks', {
      main:
        data('a', '"1"') +
        'check "c" {\n  assert {\n    condition = terraform_data.a.output == "2"\n    error_message = "no"\n  }\n}\n',
    });
    expect(actionsOf(stack)).toEqual({ 'terraform_data.a': 'create' });
    expect(stack.lifecycleBlocks).toMatchObject([{ kind: 'check', target: 'check.c' }]);
  });

  it('evaluates expressions of JSON configuration, which it shows whole', async () => {
    const json = {
      resource: {
        terraform_data: {
          a: { input: 'x' },
          b: {
            input: {
              arn: '${terraform_data.a.id}',
              path: '${terraform_data.a.id}/*',
              both: ['${terraform_data.a.id}'],
            },
          },
        },
      },
    };
    const { estate } = await read('json-configuration', { main: '', files: { 'main.tf.json': JSON.stringify(json) } });
    const resource = estate.find({ stack: 'ledger', address: 'terraform_data.b' });
    const a = { kind: 'reference', target: { stack: 'ledger', address: 'terraform_data.a' }, path: ['id'] };
    expect(resource?.attribute('input', 'arn')).toEqual(a);
    expect(resource?.attribute('input', 'path')).toEqual({ kind: 'template', parts: [a, '/*'] });
    expect(resource?.attribute('input', 'both')).toMatchObject({ kind: 'list', items: [a] });
    expect(isHidden(resource?.attribute('id') ?? null)).toBe(false);
  });
});
