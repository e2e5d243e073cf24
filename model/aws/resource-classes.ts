import { ARGUMENT_CLASSES } from './argument-classes.generated.ts';
import { parseArgumentTable, parseClassTable } from './class-table.ts';
import { JUDGED_CLASSES } from './judged-classes.ts';
import type { Classification } from './resource-class.ts';

const CLASSES: ReadonlyMap<string, Classification> = new Map([
  ...parseArgumentTable(ARGUMENT_CLASSES),
  // Judgement wins over what arguments show.
  ...parseClassTable(JUDGED_CLASSES),
]);

/** What a type of hashicorp/aws does with data, and why it is said to; null for a type that no table knows. */
export function classOf(type: string): Classification | null {
  return CLASSES.get(type) ?? null;
}

/** Every type that has a row, unsorted. */
export function classifiedTypes(): readonly string[] {
  return [...CLASSES.keys()];
}
