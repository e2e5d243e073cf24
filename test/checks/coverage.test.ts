import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf, LOOKS } from '../../checks/coverage.ts';
import type { Example } from '../../checks/check.ts';
import { checks } from '../../checks/index.ts';
import { readProviderSchema } from '../../model/aws/provider-schema.ts';
import { estateOf, judgeEstate, policyOf } from '../../checks/example-estate.ts';

const SCHEMA = readProviderSchema(
  'schema.json',
  new TextEncoder().encode(
    '{"provider_schemas":{"aws":{"resource_schemas":{"aws_quantum_vault":{"block":{"attributes":{"kms_key_id":{"optional":true}}}}}}}}',
  ),
);

function cover(example: Example) {
  const estate = estateOf(example);
  const policy = policyOf(example);
  const report = judgeEstate(checks, estate, policy);
  return { report, coverage: coverageOf({ estate, policy, asOf: '2026-11-01', schemaTypes: SCHEMA }, report) };
}

const EVERY_LOOK = {
  aws_ebs_volume: { ledger: { availability_zone_id: 'euw1-az1', size: 1 } },
  aws_iot_thing: { fleet: { name: 'fleet' } },
  aws_ecr_lifecycle_policy: { old: { repository: 'app', policy: '{}' } },
  aws_quantum_vault: { deep: {}, deeper: {} },
  aws_cloudformation_stack: { old: { template_body: '{}' } },
  ledger_account: { main: {} },
};

describe('coverage', () => {
  const { coverage } = cover({
    stacks: { west: { resource: EVERY_LOOK }, north: {} },
    policy: {
      resourceTypes: [
        { type: 'ledger_account', scope: 'global', classes: ['identity'], reason: 'Made by our own provider.' },
      ],
    },
  });
  const row = (type: string) => coverage.byType.find((candidate) => candidate.type === type);

  it('counts each resource in one way, and the ways add up', () => {
    // What the base of every example stack has is in the counts too.
    expect(coverage.counts.unproven).toBe(3);
    expect(coverage.counts.inert).toBe(1);
    expect(LOOKS.reduce((sum, look) => sum + coverage.counts[look], 0)).toBe(coverage.resources);
    expect(coverage.difference).toBe(0);
  });

  it('names the controls that judged a type, those about it before those about all resources', () => {
    const volume = row('aws_ebs_volume');
    expect(volume?.counts).toMatchObject({ inspected: 1, unproven: 0 });
    expect(volume?.controls[0]).toEqual({ control: 'ENC-003', isOfTypes: true, resources: 1 });
    expect(volume?.controls.map(({ control }) => control)).not.toContain('CHG-001');
    expect(volume?.controls.at(-1)?.isOfTypes).toBe(false);
  });

  it('does not take a look at the place for an inspection', () => {
    expect(row('aws_iot_thing')).toMatchObject({ classes: ['stores'], counts: { general: 1, inspected: 0 } });
  });

  it('gives the reason of what is inert', () => {
    expect(row('aws_ecr_lifecycle_policy')).toMatchObject({
      classes: ['inert'],
      reason: 'deletes old images',
      from: 'table',
      counts: { inert: 1 },
    });
  });

  it('says who classifies a type', () => {
    expect(row('ledger_account')).toMatchObject({ from: 'policy', reason: 'Made by our own provider.' });
  });

  it('lists what is unproven, with what a schema suggests of a type without a row', () => {
    expect(row('aws_quantum_vault')).toMatchObject({
      classes: null,
      from: null,
      suggestion: 'stores data, by the argument kms_key_id',
      counts: { unproven: 2 },
    });
    expect(coverage.unproven.map(({ address }) => address)).toEqual([
      'aws_cloudformation_stack.old',
      'aws_quantum_vault.deep',
      'aws_quantum_vault.deeper',
    ]);
  });

  it('refuses to print counts that do not reconcile', () => {
    const example = { stacks: { west: { resource: EVERY_LOOK } } };
    const { report } = cover(example);
    const one = { ...report, population: { ...report.population, resources: report.population.resources + 1 } };
    const ground = { estate: estateOf(example), policy: policyOf(example), asOf: '2026-11-01' };
    expect(() => coverageOf(ground, one)).toThrow(/account for \d+ of \d+ resources/);
  });

  it('takes a resource that completeness was not judged of for unproven', () => {
    const example = { stacks: { west: { resource: { aws_sqs_queue: { receipts: {} } } } } };
    const { report } = cover(example);
    const ground = { estate: estateOf(example), policy: policyOf(example), asOf: '2026-11-01' };
    const without = { ...report, results: report.results.filter(({ control }) => control !== 'CHG-001') };
    const { counts, resources } = coverageOf(ground, without);
    expect(counts.unproven).toBe(resources);
  });

  it('reconciles for any estate', () => {
    const type = fc.constantFrom(
      ...Object.keys(EVERY_LOOK),
      'aws_sqs_queue',
      'constructor',
      'aws_iam_role',
      'aws_route',
    );
    const resources = fc.dictionary(type, fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constant({})));
    fc.assert(
      fc.property(resources, resources, (west, north) => {
        const { coverage: any, report } = cover({ stacks: { west: { resource: west }, north: { resource: north } } });
        const total = any.byType.reduce((sum, { resources: count }) => sum + count, 0);
        expect([any.difference, total, any.resources]).toEqual([0, any.resources, report.population.resources]);
        expect(any.stacks.reduce((sum, { resources: count }) => sum + count, 0)).toBe(total);
      }),
      { numRuns: 25 },
    );
  });
});
