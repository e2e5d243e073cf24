import { describe, expect, it } from 'vitest';
import { display, unknown } from '../../../model/value.ts';
import { estateFrom, resourceIn } from '../../support/terraform-json.ts';

const plan = (body: unknown, rest: { readonly [key: string]: unknown } = {}) =>
  resourceIn(
    estateFrom({ west: { ...rest, resource: { aws_backup_plan: { nightly: body } } } }, { secret: 'hunter2' }),
    'west',
    'aws_backup_plan.nightly',
  );

describe('the escaping block', () => {
  it('holds arguments of the resource, also under the names of meta-arguments', () => {
    const escaped = plan({ name: 'nightly', _: { region: 'us-east-1', count: 3 } });
    expect(display(escaped.attribute('region'))).toBe('"us-east-1"');
    expect(display(escaped.attribute('count'))).toBe('3');
    expect(escaped.init.body.names).toEqual(['name', 'region', 'count']);
  });

  it('holds blocks too, dynamic ones among them', () => {
    const escaped = plan({ _: [{ dynamic: { rule: { for_each: ['a'], content: { rule_name: '${rule.value}' } } } }] });
    expect(display(escaped.attribute('rule', 0, 'rule_name'))).toBe('"a"');
  });

  it('is refused where it repeats an argument', () => {
    const { problems } = estateFrom({ west: { resource: { aws_sqs_queue: { a: { name: 'a', _: { name: 'b' } } } } } });
    expect(problems).toMatchObject([{ code: 'IN-DUPKEY' }]);
  });
});

describe('dynamic blocks within blocks', () => {
  const copies = (forEach: unknown, content: unknown = { destination_vault_arn: '${copy_action.value}' }) => ({
    rule: [{ rule_name: 'r', dynamic: { copy_action: { for_each: forEach, content } } }],
  });

  it('stand for the blocks that they make', () => {
    const [rule] = plan(copies(['arn:aws:backup:us-east-1:1:backup-vault:x', 'b'])).blocks('rule').items;
    expect(rule?.blocks('copy_action').items.map((block) => display(block.attribute('destination_vault_arn')))).toEqual(
      ['"arn:aws:backup:us-east-1:1:backup-vault:x"', '"b"'],
    );
    expect(display(rule?.attribute('dynamic') ?? unknown('invalid', '', ''))).toBe('null');
  });

  it('join the blocks that are written out', () => {
    const body = {
      rule: {
        copy_action: { destination_vault_arn: 'a' },
        dynamic: [{ copy_action: [{ for_each: ['b'], content: [{ destination_vault_arn: '${copy_action.value}' }] }] }],
      },
    };
    const { items } = plan(body).blocks('rule', 'copy_action');
    expect(items.map((block) => display(block.attribute('destination_vault_arn')))).toEqual(['"a"', '"b"']);
  });

  it('may lie within each other, each with its iterator', () => {
    const inner = {
      for_each: '${outer.value}',
      content: { destination_vault_arn: '${outer.key}-${copy_action.value}' },
    };
    const body = {
      dynamic: {
        rule: {
          for_each: { x: ['1', '2'] },
          iterator: ' outer ',
          content: { dynamic: { copy_action: inner } },
        },
      },
    };
    const { items } = plan(body).blocks('rule', 'copy_action');
    expect(items.map((block) => display(block.attribute('destination_vault_arn')))).toEqual(['"x-1"', '"x-2"']);
  });

  it('stay open where their number is not known', () => {
    const { items, open } = plan(copies('${var.vaults}'), { variable: { vaults: {} } }).blocks('rule', 'copy_action');
    expect(items).toEqual([]);
    expect(open).toMatchObject([{ kind: 'unknown', reason: 'instances' }]);
  });

  it('stay open over a block of another resource, which may be a list to Terraform', () => {
    const resource = { aws_sns_topic: { t: { tags: { a: 'x' } } } };
    const estate = estateFrom({
      west: { resource: { ...resource, aws_backup_plan: { nightly: copies('${aws_sns_topic.t.tags}') } } },
    });
    const { open } = resourceIn(estate, 'west', 'aws_backup_plan.nightly').blocks('rule', 'copy_action');
    expect(open).toHaveLength(1);
  });

  it('stay open where they would be too many, also by multiplication', () => {
    const thousands = '${range(1000)}';
    const inner = { copy_action: { for_each: thousands, content: { destination_vault_arn: 'x' } } };
    const body = { dynamic: { rule: { for_each: thousands, content: { dynamic: inner } } } };
    const { items } = plan(body).blocks('rule');
    expect(items).toHaveLength(1000);
    expect(items[0]?.blocks('copy_action').open).toMatchObject([{ reason: 'limit' }]);
  });

  it('are told from a map with the key "dynamic"', () => {
    expect(display(plan({ tags: { dynamic: { port: 'yes' } } }).attribute('tags', 'dynamic', 'port'))).toBe('"yes"');
  });
});

it('marks an object as sensitive whose key is', () => {
  const tags = plan({ tags: { '${var.secret}': 1 } }, { variable: { secret: { sensitive: true } } }).attribute('tags');
  expect(display(tags)).toBe('(sensitive)');
});
