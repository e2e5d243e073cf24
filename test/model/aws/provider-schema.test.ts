import { describe, expect, test } from 'vitest';
import { readProviderSchema } from '../../../model/aws/provider-schema.ts';

const attribute = (kind: object) => ({ type: 'string', ...kind });
const read = (json: unknown) => readProviderSchema('schema.json', new TextEncoder().encode(JSON.stringify(json)));
const schemaOf = (resources: object) => ({
  format_version: '1.0',
  provider_schemas: { 'registry.terraform.io/hashicorp/aws': { resource_schemas: resources } },
});

describe('the schema of a provider', () => {
  test('shows the classes of a type by what can be set', () => {
    const types = read(
      schemaOf({
        aws_quantum_vault: {
          block: {
            attributes: {
              kms_key_id: attribute({ optional: true }),
              vpc_id: attribute({ computed: true }),
              target: { nested_type: { attributes: { subnet_ids: attribute({ required: true }) } }, optional: true },
            },
            block_types: {
              rule: {
                block: {
                  block_types: { destination: { block: { attributes: { bucket: attribute({ required: true }) } } } },
                },
              },
              timeouts: { block: { attributes: { runtime: attribute({ optional: true }) } } },
            },
          },
        },
        aws_quantum_label: { block: { attributes: { name: attribute({ required: true }) } } },
        aws_quantum_nothing: {},
      }),
    );
    expect([...types]).toEqual([
      [
        'aws_quantum_vault',
        {
          provider: 'registry.terraform.io/hashicorp/aws',
          evidence: {
            classes: ['stores', 'moves', 'network'],
            shownBy: ['kms_key_id', 'rule.destination.bucket', 'target.subnet_ids'],
          },
          takesRegion: false,
        },
      ],
      ['aws_quantum_label', { provider: 'registry.terraform.io/hashicorp/aws', evidence: null, takesRegion: false }],
      ['aws_quantum_nothing', { provider: 'registry.terraform.io/hashicorp/aws', evidence: null, takesRegion: false }],
    ]);
  });

  test.each([
    ['registry.terraform.io/hashicorp/aws', { optional: true, computed: true }, true],
    ['registry.opentofu.org/hashicorp/aws', { optional: true, computed: true }, true],
    ['registry.terraform.io/hashicorp/aws', { computed: true }, false],
    ['registry.terraform.io/ledger/aws', { optional: true }, false],
  ])('of %s with a region that is %j: places each resource by itself, %s', (provider, region, takesRegion) => {
    const resources = { aws_quantum_vault: { block: { attributes: { region: attribute(region) } } } };
    const types = read({ provider_schemas: { [provider]: { resource_schemas: resources } } });
    expect(types.get('aws_quantum_vault')?.takesRegion).toBe(takesRegion);
  });

  test('ends where blocks hold each other', () => {
    let block: object = { attributes: { kms_key_id: attribute({ optional: true }) } };
    for (let depth = 0; depth < 40; depth += 1) block = { block_types: { inner: { block } } };
    expect(read(schemaOf({ aws_deep: { block } })).get('aws_deep')?.evidence).toBeNull();
  });

  test.each([[null], [[]], [{}], [{ provider_schemas: [] }], [{ planned_values: {} }]])('is not %j', (json) => {
    expect(() => read(json)).toThrow(/no schema of providers/);
  });

  test('has no type that is a property of every object', () => {
    expect(read({ provider_schemas: {} }).get('__proto__')).toBeUndefined();
    const bytes = new TextEncoder().encode(
      '{"provider_schemas":{"a":{"resource_schemas":{"__proto__":{"block":{"attributes":{"kms_key_id":{"optional":true}}}}}}}}',
    );
    expect(readProviderSchema('schema.json', bytes).get('__proto__')?.evidence?.classes).toEqual(['stores']);
  });
});
