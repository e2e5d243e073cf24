import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { type Hidden, isHidden, type Value } from '../../model/value.ts';
import { endsOf } from './ends.ts';
import type { Flow } from './flow.ts';
import type { Condition, FlowFamily, Mover } from './mover.ts';
import { MOVERS } from './movers.ts';
import { OWNERS, TAKEN_FROM } from './owners.ts';
import { holds, namesOf, pathOf, valuesAt } from './walk.ts';

const FLOWS = new WeakMap<Estate, ReadonlyMap<Resource, readonly Flow[]>>();

/** Movers of the table by type, with their path taken apart. */
const BY_TYPE: ReadonlyMap<string, readonly Row[]> = index(MOVERS);

interface Row {
  readonly mover: Mover;
  readonly names: readonly string[];
  readonly conditions: readonly { readonly condition: Condition; readonly names: readonly string[] }[];
}

/** Every movement of data that the table knows, in the estate's order. */
export function flowsOf(estate: Estate): readonly Flow[] {
  return [...flowsByResource(estate).values()].flat();
}

/** The movements that the arguments of one resource make. */
export function flowsFrom(resource: Resource, estate: Estate): readonly Flow[] {
  return flowsByResource(estate).get(resource) ?? [];
}

/** Types with a row of a family. */
export function typesOfFamily(family: FlowFamily): readonly string[] {
  return [...new Set(MOVERS.filter((mover) => mover.family === family).flatMap(({ types }) => types))].toSorted();
}

function flowsByResource(estate: Estate): ReadonlyMap<Resource, readonly Flow[]> {
  const known = FLOWS.get(estate);
  if (known !== undefined) return known;
  const flows = new Map<Resource, readonly Flow[]>();
  for (const resource of estate.resources) {
    const rows = BY_TYPE.get(resource.type);
    if (rows === undefined) continue;
    const found: Flow[] = [];
    for (const row of rows) addFlows(row, resource, estate, found);
    if (found.length > 0) flows.set(resource, found);
  }
  FLOWS.set(estate, flows);
  return flows;
}

function addFlows({ mover, names, conditions }: Row, from: Resource, estate: Estate, flows: Flow[]): void {
  for (const node of valuesAt(from, names)) {
    const open = hiddenOf(conditions, { resource: from, node, names });
    if (open === null) continue;
    const { source, hidden } = sourceOf(mover, from, estate);
    for (const end of endsOf(mover, node.value, from, estate)) {
      flows.push({
        from,
        source,
        mover,
        path: pathOf(node),
        value: node.value,
        end,
        open: hidden === null ? open : [...open, hidden],
      });
    }
  }
}

const NONE: readonly Hidden[] = [];

/** What hides whether the conditions hold; null where one does not. */
function hiddenOf(conditions: Row['conditions'], at: Parameters<typeof holds>[2]): readonly Hidden[] | null {
  if (conditions.length === 0) return NONE;
  const open: Hidden[] = [];
  for (const { condition, names } of conditions) {
    const answer = holds(condition, names, at);
    if (answer === false) return null;
    if (isHidden(answer)) open.push(answer);
  }
  return open;
}

/** Whose data it is. A companion of something outside the estate answers for it by itself. */
function sourceOf(
  { source, direction }: Mover,
  from: Resource,
  estate: Estate,
): { readonly source: Resource; readonly hidden: Hidden | null } {
  // What comes in is of the resource that takes it.
  const owner = direction === 'out' ? (OWNERS.get(from.type) ?? TAKEN_FROM.get(from.type)) : undefined;
  const argument = source ?? owner?.argument;
  if (argument === undefined) return { source: from, hidden: null };
  const value: Value = from.attribute(...argument.split('.'));
  const target = estate.resolve(value, owner?.targets ?? SOURCES, from);
  if (target.kind === 'resource' && target.resource.init.mode === 'managed') {
    return { source: target.resource, hidden: null };
  }
  return { source: from, hidden: target.kind === 'hidden' ? target.value : null };
}

/** Types of which companions name their owner by a literal. */
const SOURCES = [
  'aws_s3_bucket',
  'aws_dynamodb_table',
  'aws_efs_file_system',
  'aws_redshift_cluster',
  'aws_db_instance',
];

function index(movers: readonly Mover[]): ReadonlyMap<string, readonly Row[]> {
  const rows = new Map<string, Row[]>();
  for (const mover of movers) {
    const conditions = (mover.when ?? []).map((condition) => ({ condition, names: namesOf(condition.path) }));
    const row = { mover, names: namesOf(mover.path), conditions };
    for (const type of mover.types) {
      const known = rows.get(type);
      if (known === undefined) rows.set(type, [row]);
      else known.push(row);
    }
  }
  return rows;
}
