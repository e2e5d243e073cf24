import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import {
  hasRegionArgument,
  isKnownType,
  resourceTypes,
  scopeOf,
  typesIntroducedAfter5,
  typesOnlyIn5,
} from '../../../model/aws/resource-types.ts';

const TYPES = resourceTypes();
const countOf = (scope: string) => TYPES.filter((type) => scopeOf(type) === scope).length;

describe('resource types', () => {
  test('are all of 6.25.0 (1,581) and the 20 that only 5.100.0 has', () => {
    expect(TYPES.length).toBe(1581 + 20);
    expect(typesOnlyIn5.size).toBe(20);
    expect(typesIntroducedAfter5.size).toBe(1581 - (1526 - 20));
    expect([countOf('regional'), countOf('global'), countOf('own-region')]).toEqual([1416 + 19, 160, 5 + 1]);
  });

  test.each([
    ['aws_s3_bucket', 'regional'],
    ['aws_kms_key', 'regional'],
    ['aws_iam_role', 'global'],
    ['aws_route53_zone', 'global'],
    ['aws_globalaccelerator_cross_account_attachment', 'global'],
    ['aws_cloudformation_stack_set_instance', 'own-region'],
    ['aws_config_aggregate_authorization', 'own-region'],
    ['aws_dx_hosted_connection', 'own-region'],
    ['aws_servicequotas_template', 'own-region'],
    ['aws_ssmincidents_replication_set', 'own-region'],
    ['aws_opsworks_stack', 'own-region'],
    ['aws_simpledb_domain', 'regional'],
  ])('%s is %s', (type, scope) => {
    expect(scopeOf(type)).toBe(scope);
  });

  test.each(['aws_quantum_vault', 's3_bucket', '', 'constructor', '__proto__'])('%j is not known', (type) => {
    expect(isKnownType(type)).toBe(false);
    expect(scopeOf(type)).toBeNull();
  });

  test('the meta-argument region exists only from provider 6', () => {
    expect(hasRegionArgument('aws_kms_key', 6)).toBe(true);
    expect(hasRegionArgument('aws_kms_key', null)).toBe(true);
    expect(hasRegionArgument('aws_kms_key', 5)).toBe(false);
    expect(hasRegionArgument('aws_iam_role', 6)).toBe(false);
    expect(hasRegionArgument('aws_servicequotas_template', 6)).toBe(false);
    expect(hasRegionArgument('aws_simpledb_domain', null)).toBe(false);
  });

  test('knows what came after 5.100.0', () => {
    expect(typesIntroducedAfter5.has('aws_vpc_encryption_control')).toBe(true);
    expect(typesIntroducedAfter5.has('aws_vpc')).toBe(false);
  });

  test('the generated table is what the installed bindings say', () => {
    expect(() => execFileSync(process.execPath, ['scripts/generate-resource-types.mjs', '--check'])).not.toThrow();
  });
});
