import { describe, expect, it } from 'vitest';
import { classifiedTypes, classOf } from '../../../model/aws/resource-classes.ts';
import { typesOnlyIn5 } from '../../../model/aws/resource-types.ts';
import { UNTAGGED_STORES } from '../../../model/aws/untagged-stores.ts';
import { argumentExists } from '../../support/provider-arguments.ts';

const STORES = classifiedTypes().filter(
  (type) => classOf(type)?.classes.includes('stores') === true && !typesOnlyIn5.has(type),
);

describe('types that keep data and take no tags', () => {
  it('are exactly those of the provider that have no argument "tags"', () => {
    const untagged = STORES.filter((type) => !argumentExists(type, 'tags'));
    expect(untagged.toSorted()).toEqual([...UNTAGGED_STORES.keys()]);
  });

  it.each([...UNTAGGED_STORES].filter(([, argument]) => argument !== null))(
    '%s belongs to what its argument %s names',
    (type, argument) => {
      expect(argumentExists(type, argument ?? '')).toBe(true);
    },
  );
});
