import { describe, expect, it } from 'vitest';
import { BUCKET_ENCRYPTION_TYPES } from '../../../../checks/encryption/bucket-encryption.ts';
import { VOLUME_TYPES } from '../../../../checks/encryption/ebs-volumes.ts';
import { NOT_AT_REST } from '../../../../checks/encryption/stores/not-at-rest.ts';
import { STORES } from '../../../../checks/encryption/stores/store-table.ts';
import { defaultOf } from '../../../../model/aws/defaults.ts';
import { keyArguments } from '../../../../model/aws/key-arguments.ts';
import { classOf } from '../../../../model/aws/resource-classes.ts';
import { isKnownType, typesOnlyIn5 } from '../../../../model/aws/resource-types.ts';
import { typesOfBindings } from '../../../../scripts/provider-arguments.ts';
import { argumentExists, argumentIsRequired } from '../../../support/provider-arguments.ts';
import { encryptionArgumentsOf, partsOf, storeArguments } from '../../../support/table-arguments.ts';

const ROWS = Object.entries(STORES).flatMap(([control, table]) =>
  [...table].map(([type, form]) => ({ control, type, form })),
);

/** What a name of an argument says that is about keys or encryption. */
const ABOUT_ENCRYPTION = /kms|encrypt|(^|_)sse(_|$)|customer_managed_key|cmk/;

const BINDINGS = typesOfBindings();

describe('the tables of stores', () => {
  it('name types of the provider', () => {
    expect(ROWS.length).toBeGreaterThan(200);
    expect(ROWS.filter(({ type }) => !isKnownType(type))).toEqual([]);
  });

  it('name arguments and blocks that the provider has', () => {
    const named = storeArguments().filter(({ type }) => !typesOnlyIn5.has(type));
    expect(named.length).toBeGreaterThan(400);
    expect(named.filter(({ type, argument }) => !argumentExists(type, argument))).toEqual([]);
  });

  it('say of every switch what it means that it is omitted', () => {
    const switches = ROWS.flatMap(({ type, form }) =>
      partsOf(form).flatMap((part) => (part.switch === undefined ? [] : [[type, part.switch] as const])),
    );
    expect(switches.length).toBeGreaterThan(60);
    expect(
      switches.filter(([type, path]) => defaultOf(type, path, 6) === undefined && !argumentIsRequired(type, path)),
    ).toEqual([]);
  });

  it('name owners, and resources that decide for an account, that are in the same table', () => {
    const strange = ROWS.flatMap(({ control, type, form }) => {
      const owners = form.kind === 'member' ? form.owners : form.kind === 'account' ? [form.by] : [];
      const table = Object.entries(STORES).find(([name]) => name === control)?.[1];
      return owners.filter((owner) => table?.has(owner) !== true).map((owner) => `${type} ${owner}`);
    });
    expect(strange).toEqual([]);
  });

  it('have a place for every argument of the provider that is about encryption, or say why not', () => {
    const judged = new Map<string, string[]>();
    for (const { type, form } of ROWS) {
      judged.set(type, [...(judged.get(type) ?? []), ...encryptionArgumentsOf(form)]);
    }
    // Volumes are ENC-003's, buckets ENC-001's.
    const others = new Set([...VOLUME_TYPES, ...BUCKET_ENCRYPTION_TYPES]);
    const open = [...BINDINGS].flatMap(([name, paths]) => {
      const type = `aws_${name}`;
      if (others.has(type)) return [];
      return paths
        .filter((path) => ABOUT_ENCRYPTION.test(path.split('.').at(-1) ?? '') || keyArguments(type).includes(path))
        .filter((path) => judged.get(type)?.includes(path) !== true)
        .map((path) => `${type} ${path}`);
    });
    const excused = NOT_AT_REST.flatMap(({ items }) => items);
    expect(excused.toSorted()).toEqual(open.toSorted());
    expect(new Set(excused).size).toBe(excused.length);
  });

  it('have a row, or a table of volumes or buckets, for every type that keeps data and can be told a key', () => {
    const rows = new Set([...ROWS.map(({ type }) => type), ...VOLUME_TYPES, ...BUCKET_ENCRYPTION_TYPES]);
    const excused = new Set(NOT_AT_REST.flatMap(({ items }) => items.map((item) => item.split(' ')[0])));
    const stores = [...BINDINGS.keys()].map((name) => `aws_${name}`).filter((type) => keyArguments(type).length > 0);
    expect(stores.filter((type) => classOf(type)?.classes.includes('stores')).length).toBeGreaterThan(130);
    expect(stores.filter((type) => !rows.has(type) && !excused.has(type))).toEqual([]);
  });
});

it('gives a reason for each argument that is not judged, as a clause', () => {
  for (const { because, items } of NOT_AT_REST) {
    expect(because).toMatch(/^[a-z].*[^.]$/);
    expect(items.length).toBeGreaterThan(0);
  }
});
