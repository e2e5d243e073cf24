import { expect, it } from 'vitest';
import { SCOPES } from '../../../checks/residency/flow-extent.ts';
import { FLOW_FAMILIES } from '../../../proofs/flows/mover.ts';
import { typesOfFamily } from '../../../proofs/flows/flows.ts';
import { argumentExists } from '../../support/provider-arguments.ts';

it('names arguments that the provider has, of types that move data', () => {
  const types = new Set(FLOW_FAMILIES.flatMap(typesOfFamily));
  expect([...SCOPES.keys()].filter((type) => !types.has(type))).toEqual([]);
  const named = [...SCOPES].flatMap(([type, paths]) => paths.map((path) => [type, path] as const));
  expect(named.filter(([type, path]) => !argumentExists(type, path))).toEqual([]);
});
