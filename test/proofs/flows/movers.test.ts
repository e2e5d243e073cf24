import { strict as assert } from 'node:assert';
import { describe, it } from 'vitest';
import { isKnownType } from '../../../model/aws/resource-types.ts';
import { MOVERS } from '../../../proofs/flows/movers.ts';
import { namesOf } from '../../../proofs/flows/walk.ts';
import { typesOfBindings } from '../../../scripts/provider-arguments.ts';

/** What provider 5 has and 6 has dropped. */
const ONLY_IN_5 = [
  'aws_dms_endpoint s3_settings.bucket_name',
  'aws_redshift_cluster logging.bucket_name',
  'aws_redshift_cluster logging.enable',
];

describe('the table of movers', () => {
  it('names types and arguments of the provider', () => {
    const bindings = typesOfBindings();
    const missing = MOVERS.flatMap(({ types, path, when = [], source = '' }) =>
      types.flatMap((type) => {
        const known = bindings.get(type.replace(/^aws_/, '')) ?? [];
        return [path, source, ...when.map((condition) => condition.path)]
          .map(argumentOf)
          .filter((wanted) => wanted !== '' && !known.some((one) => one === wanted || one.startsWith(`${wanted}.`)))
          .map((wanted) => `${type} ${wanted}`);
      }),
    );
    assert.deepEqual(missing, ONLY_IN_5);
  });

  it('names types that the tables know, also as targets', () => {
    const types = MOVERS.flatMap(({ types: own, targets = [] }) => [...own, ...targets]);
    assert.deepEqual(
      types.filter((type) => !isKnownType(type)),
      [],
    );
  });

  it('has no row twice', () => {
    const rows = MOVERS.flatMap(({ types, path, direction, when }) =>
      types.map((type) => JSON.stringify([type, path, direction, when])),
    );
    assert.deepEqual(
      rows.filter((row, index) => rows.indexOf(row) !== index),
      [],
    );
  });

  it('says in a sentence why', () => {
    assert.deepEqual(
      MOVERS.filter(({ why }) => !/^[A-Z].*\.$/.test(why)).map(({ path }) => path),
      [],
    );
  });
});

/** The argument that a path goes through, without what is inside its text or its map. */
function argumentOf(path: string): string {
  const names = namesOf(path);
  const end = names.findIndex((name) => ['*', '#', '@json'].includes(name) || name.startsWith('{'));
  return (end === -1 ? names : names.slice(0, end)).join('.');
}
