import type { JsonObject } from '../json/json.ts';
import { unknown } from '../value.ts';
import { fieldOf, objectField } from './json-fields.ts';
import { literalValue } from './module-scope.ts';
import { sameJson } from './pairing.ts';
import type { PlanDocument } from './plan-document.ts';
import { compareVersions, type Version } from './plan-version.ts';
import type { Written } from './written.ts';

/** The first Terraform with variables that are not kept in plans; OpenTofu has them from 1.11 on. */
const HAS_EPHEMERAL: Version = [1, 10, 0];

/** The value that the run gave a variable of the root module, or its default; null where the plan tells neither. */
export function givenVariable({ variables }: Pick<PlanDocument, 'variables'>, name: string): Written | null {
  const given = variables === null ? null : objectField(variables, name);
  const value = given === null ? null : fieldOf(given, 'value');
  return value === null ? null : { kind: 'exact', value: literalValue(value) };
}

/**
 * Whether what stands in the plan may be a default in place of the value that the run was given. Nothing in a plan
 * marks an ephemeral variable; one with another value than its default is none.
 */
export function mayBeEphemeral(
  { variables, version }: Pick<PlanDocument, 'variables' | 'version'>,
  name: string,
  declared?: JsonObject,
): boolean {
  if (version !== null && compareVersions(version, HAS_EPHEMERAL) < 0) return false;
  const given = variables === null ? null : objectField(variables, name);
  const value = given === null ? null : fieldOf(given, 'value');
  return value === null || sameJson(value, declared === undefined ? null : fieldOf(declared, 'default'));
}

export function ephemeral(name: string): Written {
  const detail = 'has its default in the plan, which may stand for an ephemeral value; give a literal';
  return { kind: 'exact', value: unknown('variable', `var.${name}`, detail) };
}
