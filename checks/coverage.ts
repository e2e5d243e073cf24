import { describeEvidence } from '../model/aws/argument-classes.ts';
import type { ResourceClass } from '../model/aws/resource-class.ts';
import type { Resource } from '../model/resource.ts';
import { compareText } from '../model/text-order.ts';
import type { Context } from './check.ts';
import { classificationOf } from './classification.ts';
import type { Report, Result } from './report.ts';

/**
 * How a resource was looked at, each in exactly one way. `unproven`: completeness is not proved of it (CHG-001).
 * `inert`: its type does nothing with data. `inspected`: a control that is about its type gave a verdict on it, or read it
 * for a verdict on something else. `general`: only controls over all resources gave one, by place and how it is written. `vouched`: none did, and the policy
 * classifies the type. `uninspected`: none did.
 */
export const LOOKS = ['inspected', 'general', 'inert', 'vouched', 'uninspected', 'unproven'] as const;
export type Look = (typeof LOOKS)[number];

export type LookCounts = { readonly [look in Look]: number };

/** What was looked at of an estate, and by what. */
export interface Coverage {
  readonly resources: number;
  readonly types: number;
  readonly counts: LookCounts;
  /** Sorted by name. */
  readonly stacks: readonly { readonly stack: string; readonly resources: number; readonly counts: LookCounts }[];
  /** Sorted by type. */
  readonly byType: readonly TypeCoverage[];
  /** Resources that completeness is not proved of, sorted by stack and address. */
  readonly unproven: readonly UnprovenResource[];
  /** Resources that were seen, less those that are accounted for: zero, or there is no coverage to print. */
  readonly difference: number;
}

export interface TypeCoverage {
  readonly type: string;
  readonly resources: number;
  /** Null for a type without a row. */
  readonly classes: readonly ResourceClass[] | null;
  readonly reason: string | null;
  /** Who says so. */
  readonly from: 'table' | 'policy' | null;
  /** What a given schema suggests of a type without a row; null where none does. */
  readonly suggestion: string | null;
  readonly counts: LookCounts;
  /** Controls besides CHG-001 that gave a verdict on resources of the type; those over all resources last. */
  readonly controls: readonly CoveringControl[];
  /** Controls that read the type for verdicts on something else, such as a route for one on its subnet. */
  readonly readBy: readonly string[];
}

export interface CoveringControl {
  readonly control: string;
  /** It is about some types, not about all resources. */
  readonly isOfTypes: boolean;
  /** On how many it gave a verdict. */
  readonly resources: number;
}

export interface UnprovenResource {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  readonly message: string;
}

/** The control whose verdict is about whether a resource is looked at. */
const COMPLETENESS = 'CHG-001';

/**
 * Counts what was looked at: every resource once, by the verdicts of a report without a filter.
 * @throws Error when the counts do not reconcile, which is a defect of ours.
 */
export function coverageOf(context: Context, report: Report): Coverage {
  const { estate, policy } = context;
  const verdicts = verdictsByResource(report.results);
  const readers = readersOf(report);
  const types = new Map<string, Mutable>();
  const stacks = new Map<string, Tally>();
  const all = tally();
  const unproven: UnprovenResource[] = [];
  for (const resource of estate.resources) {
    const row = types.get(resource.type) ?? newType();
    types.set(resource.type, row);
    const seen = verdicts.get(keyOf(resource.stack, resource.address)) ?? [];
    const completeness = seen.find(({ control }) => control === COMPLETENESS);
    const others = new Set(seen.map(({ control }) => control).filter((control) => control !== COMPLETENESS));
    const look = lookOf(resource, completeness, judgedBy(resource.type, others, readers), policy.resourceTypes);
    if (look === 'unproven') unproven.push(unprovenOf(resource, completeness));
    for (const control of others) row.controls.set(control, (row.controls.get(control) ?? 0) + 1);
    const ofStack = stacks.get(resource.stack) ?? tally();
    stacks.set(resource.stack, ofStack);
    for (const counts of [all, row.counts, ofStack]) counts[look] += 1;
  }
  // A stack without resources was seen too.
  for (const { name } of estate.stacks) if (!stacks.has(name)) stacks.set(name, tally());
  const byType = Array.from(types, ([type, row]) => typeCoverage(type, row, readers, context));
  const coverage: Coverage = {
    resources: estate.resources.length,
    types: types.size,
    counts: all,
    stacks: Array.from(stacks, ([stack, counts]) => ({ stack, resources: sum(counts), counts })).toSorted(
      (left, right) => compareText(left.stack, right.stack),
    ),
    byType: byType.toSorted((left, right) => compareText(left.type, right.type)),
    unproven,
    difference: estate.resources.length - sum(all),
  };
  reconcile(coverage, report);
  return coverage;
}

type Tally = { [look in Look]: number };

interface Mutable {
  readonly counts: Tally;
  readonly controls: Map<string, number>;
}

function tally(): Tally {
  return { inspected: 0, general: 0, inert: 0, vouched: 0, uninspected: 0, unproven: 0 };
}

function newType(): Mutable {
  return { counts: tally(), controls: new Map() };
}

function lookOf(
  { type }: Resource,
  completeness: Result | undefined,
  judged: 'inspected' | 'general' | null,
  classified: Context['policy']['resourceTypes'],
): Look {
  // A resource that completeness was not judged of is not accounted for, whatever else is known of it.
  if (completeness?.verdict !== 'pass') return 'unproven';
  const row = classificationOf(type, classified);
  if (row?.classes.includes('inert')) return 'inert';
  if (judged !== null) return judged;
  return row?.from === 'policy' ? 'vouched' : 'uninspected';
}

function unprovenOf({ stack, address, type }: Resource, completeness: Result | undefined): UnprovenResource {
  return { stack, address, type, message: completeness?.message ?? 'was judged by no control' };
}

function typeCoverage(
  type: string,
  { counts, controls }: Mutable,
  { ofTypes, byType }: Readers,
  { policy, schemaTypes }: Context,
): TypeCoverage {
  const row = classificationOf(type, policy.resourceTypes);
  const evidence = row === null ? (schemaTypes?.get(type)?.evidence ?? null) : null;
  return {
    type,
    resources: sum(counts),
    classes: row?.classes ?? null,
    reason: row?.reason ?? null,
    from: row?.from ?? null,
    suggestion: evidence === null ? null : describeEvidence(evidence),
    counts,
    controls: Array.from(controls, ([control, resources]) => ({
      control,
      resources,
      isOfTypes: ofTypes.has(control),
    })).toSorted(
      (left, right) => Number(right.isOfTypes) - Number(left.isOfTypes) || compareText(left.control, right.control),
    ),
    readBy: (byType.get(type) ?? []).filter((control) => !controls.has(control)),
  };
}

/** Controls that say which types they read. */
interface Readers {
  readonly ofTypes: ReadonlySet<string>;
  /** Those that judged something, by the types that they read. */
  readonly byType: ReadonlyMap<string, readonly string[]>;
}

function readersOf({ controls }: Report): Readers {
  const byType = new Map<string, string[]>();
  for (const { id, population, resourceTypes } of controls) {
    if (population === 0) continue;
    for (const type of resourceTypes) {
      const ids = byType.get(type);
      if (ids === undefined) byType.set(type, [id]);
      else ids.push(id);
    }
  }
  return {
    ofTypes: new Set(controls.filter(({ resourceTypes }) => resourceTypes.length > 0).map(({ id }) => id)),
    byType,
  };
}

function judgedBy(
  type: string,
  controls: ReadonlySet<string>,
  { ofTypes, byType }: Readers,
): 'inspected' | 'general' | null {
  if (byType.has(type) || [...controls].some((control) => ofTypes.has(control))) return 'inspected';
  return controls.size > 0 ? 'general' : null;
}

function verdictsByResource(results: readonly Result[]): ReadonlyMap<string, readonly Result[]> {
  const found = new Map<string, Result[]>();
  for (const result of results) {
    const { kind, stack, address } = result.subject;
    if (kind !== 'resource' || stack === null) continue;
    const key = keyOf(stack, address);
    const list = found.get(key);
    if (list === undefined) found.set(key, [result]);
    else list.push(result);
  }
  return found;
}

/** Neither part can hold a line break that is not escaped in it. */
function keyOf(stack: string, address: string): string {
  return JSON.stringify([stack, address]);
}

/** Three ways of counting, and the report's own, give one number; else something was left out or counted twice. */
function reconcile({ resources, counts, stacks, byType }: Coverage, { population }: Report): void {
  const sums = {
    'the looks': sum(counts),
    'the stacks': total(stacks),
    'the types': total(byType),
    'the report': population.resources,
  };
  for (const [what, found] of Object.entries(sums)) {
    if (found !== resources) throw new Error(`${what} account for ${found} of ${resources} resources`);
  }
}

function sum(counts: LookCounts): number {
  return LOOKS.reduce((so, look) => so + counts[look], 0);
}

function total(rows: readonly { readonly resources: number }[]): number {
  return rows.reduce((so, { resources }) => so + resources, 0);
}
