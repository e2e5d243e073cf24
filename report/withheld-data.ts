import type { Withhold } from '../model/secrets/withhold.ts';

/** Members that hold names which the code gives, words of trefoil and paths of files: never a value of an argument. */
const NAMES = new Set([
  'stack',
  'address',
  'constructPath',
  'source',
  'code',
  'argument',
  'type',
  'kind',
  'status',
  'answer',
  'direction',
  'family',
  'verdict',
  'counts',
  'inputs',
]);

/** Plain data with every text in it as it may be told. Recursion is as deep as the data of an answer is. */
export function withheldData<Data>(data: Data, withhold: Withhold): Data {
  // What comes back differs from what was given in texts alone, and none of them is one of a closed set.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return copied(data, withhold) as Data;
}

function copied(data: unknown, withhold: Withhold): unknown {
  if (typeof data === 'string') return withhold(data);
  if (Array.isArray(data)) return data.map((item: unknown) => copied(item, withhold));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]: [string, unknown]) => [
      name,
      NAMES.has(name) ? value : copied(value, withhold),
    ]),
  );
}
