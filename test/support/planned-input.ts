import { formatNumber, parseNumber } from '../../model/expression/number.ts';
import type { JsonNode, JsonObject } from '../../model/json/json.ts';
import { readJson } from '../../model/json/read.ts';
import { isHidden, type ListValue, NULL, type Value } from '../../model/value.ts';
import type { PlannedResource } from './terraform-plan.ts';

/** How a value of ours compares with what Terraform plans: `open` where ours leaves it, or a part of it, to the plan. */
export type Agreement = 'same' | 'open' | 'different';

export function compareInput(value: Value, { input }: PlannedResource): Agreement {
  return compare(value, readJson('planned.json', new TextEncoder().encode(input)).root);
}

function compare(value: Value, planned: JsonNode): Agreement {
  if (isHidden(value)) return 'open';
  switch (value.kind) {
    case 'null':
      return planned.kind === 'null' ? 'same' : 'different';
    case 'boolean':
      return planned.kind === 'boolean' && planned.value === value.value ? 'same' : 'different';
    case 'string':
      return planned.kind === 'string' && planned.value === value.value ? 'same' : 'different';
    case 'number':
      return planned.kind === 'number' && canonical(planned.text) === canonical(value.text) ? 'same' : 'different';
    case 'list':
      return planned.kind === 'array' ? compareList(value, planned.items) : 'different';
    case 'object':
      return planned.kind === 'object' ? compareObject(value.entries, planned) : 'different';
  }
}

function compareList({ items, set }: ListValue, planned: readonly JsonNode[]): Agreement {
  // Two items that are not known may turn out to be one, anywhere in the order of the set.
  if (set && items.some(isHidden)) return 'open';
  if (planned.length !== items.length) return 'different';
  return worst(planned.map((item, index) => compare(items[index] ?? NULL, item)));
}

function compareObject(entries: ReadonlyMap<string, Value>, { members }: JsonObject): Agreement {
  if (members.length !== entries.size) return 'different';
  return worst(
    members.map(({ key, value }) => {
      const entry = entries.get(key);
      return entry === undefined ? 'different' : compare(entry, value);
    }),
  );
}

function worst(agreements: readonly Agreement[]): Agreement {
  if (agreements.includes('different')) return 'different';
  return agreements.includes('open') ? 'open' : 'same';
}

/** Terraform's JSON has no negative zero. */
function canonical(text: string): string {
  const number = parseNumber(text);
  const printed = number === null || number === 'unsure' ? text : formatNumber(number);
  return printed === '-0' ? '0' : printed;
}
