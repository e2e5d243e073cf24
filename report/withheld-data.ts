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

/** The very data where nothing in it is withheld: of large estates a copy takes megabytes. */
function copied(data: unknown, withhold: Withhold): unknown {
  if (typeof data === 'string') return withhold(data);
  if (Array.isArray(data)) {
    const items = data.map((item: unknown) => copied(item, withhold));
    return items.some((item, index) => item !== data[index]) ? items : data;
  }
  if (typeof data !== 'object' || data === null) return data;
  const changed = new Map<string, unknown>();
  for (const [name, value] of Object.entries(data)) {
    if (NAMES.has(name)) continue;
    const told = copied(value, withhold);
    if (told !== value) changed.set(name, told);
  }
  if (changed.size === 0) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]: [string, unknown]) => [
      name,
      changed.has(name) ? changed.get(name) : value,
    ]),
  );
}
