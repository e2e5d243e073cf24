import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unlistedFlows } from '../../../proofs/flows/scan.ts';
import { estateOf } from '../../../checks/example-estate.ts';

const COUNTRIES = new Map([
  ['eu-west-1', 'IE'],
  ['eu-central-1', 'DE'],
  ['us-east-1', 'US'],
  ['us-west-2', 'US'],
  ['ap-south-1', 'IN'],
]);
const HOME = 'eu-west-1';

const region = fc.constantFrom(...COUNTRIES.keys());
/** Ways to write a reference into an argument that no row knows. */
const WRITTEN: readonly ((reference: string) => unknown)[] = [
  (reference) => `\${${reference}.arn}`,
  (reference) => `\${${reference}.id}/in`,
  (reference) => [`\${${reference}.arn}`],
  (reference) => ({ deep: { deeper: [`\${${reference}.bucket}`] } }),
  (reference) => JSON.stringify({ to: `\${${reference}.arn}` }),
];
const link = fc.record({ to: fc.nat({ max: 5 }), written: fc.constantFrom(...WRITTEN) });
const functions = fc.array(fc.record({ region, links: fc.array(link, { maxLength: 3 }) }), { maxLength: 4 });
const buckets = fc.array(region, { minLength: 6, maxLength: 6 });

type Functions = typeof functions extends fc.Arbitrary<infer Value> ? Value : never;

/** Pairs of a function and a bucket that a reference joins across a border. */
function crossings(stores: readonly (string | null)[], users: Functions): readonly string[] {
  const estate = estateOf({
    stacks: {
      west: {
        variable: { where: {} },
        resource: {
          aws_s3_bucket: Object.fromEntries(
            stores.map((place, index) => [`b${index}`, { region: place ?? '${var.where}' }]),
          ),
          aws_lambda_function: Object.fromEntries(
            users.map(({ region: place, links }, index) => [
              `f${index}`,
              { region: place, later: links.map(({ to, written }) => written(`aws_s3_bucket.b${to}`)) },
            ]),
          ),
        },
      },
    },
  });
  const found = [...unlistedFlows(estate).values()].flat().map(({ from, end, open }) => {
    expect(open).not.toEqual([]);
    return `${from.address} ${end.kind === 'resource' ? end.resource.address : end.kind}`;
  });
  return [...new Set(found)].toSorted();
}

describe('a reference to a store', () => {
  it('is a flow exactly where it crosses a border, however it is written', () => {
    fc.assert(
      fc.property(buckets, functions, (stores, users) => {
        const wanted = users.flatMap(({ region: place, links }, index) =>
          links.flatMap(({ to }) =>
            COUNTRIES.get(place) === COUNTRIES.get(stores[to] ?? HOME)
              ? []
              : [`aws_lambda_function.f${index} aws_s3_bucket.b${to}`],
          ),
        );
        expect(crossings(stores, users)).toEqual([...new Set(wanted)].toSorted());
      }),
      { numRuns: 60 },
    );
  });

  it('is no other flow where a Region is not known, which RES-001 leaves unproven', () => {
    fc.assert(
      fc.property(buckets, functions, fc.nat({ max: 5 }), (stores, users, hidden) => {
        const all = crossings(stores, users);
        const fewer = crossings(
          stores.map((place, index) => (index === hidden ? null : place)),
          users,
        );
        expect(fewer).toEqual(all.filter((pair) => !pair.endsWith(`aws_s3_bucket.b${hidden}`)));
      }),
      { numRuns: 40 },
    );
  });
});
