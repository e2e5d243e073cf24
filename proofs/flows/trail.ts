import type { Path, Resource, Step } from '../../model/resource.ts';
import type { Estate } from '../../model/estate.ts';
import { type Hidden, unknown } from '../../model/value.ts';
import type { Flow } from './flow.ts';

/** Between an argument and what its JSON holds, as in the rows of the table. */
export const DECODED = '@json';

/** How the search came to a value: its last step, and the way to what it stands in. */
export interface Trail {
  readonly step: Step;
  readonly above: Trail | null;
}

/** What a search for flows of no row has looked into so far, and what it has found. */
export interface Search {
  readonly from: Resource;
  readonly estate: Estate;
  /** By resource; null for one of no known country. */
  readonly countries: Map<Resource, string | null>;
  readonly flows: Flow[];
}

/** Documents in documents are looked at as text: one level is what services read. */
export function isInDocument(trail: Trail): boolean {
  for (let at: Trail | null = trail; at !== null; at = at.above) if (at.step === DECODED) return true;
  return false;
}

export function unclear(path: Path, named: string): Hidden {
  const expression = `${shownPath(path)} naming ${show(named)}`;
  return unknown(
    'operation',
    expression,
    'is of no row of the table of flows, so whether data moves there is not known',
  );
}

export function show(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}...` : text);
}

export function shownPath(path: Path): string {
  return path.join('.');
}

/** With `@json` where a text was read as a document. */
export function namesOn(trail: Trail): readonly string[] {
  return stepsOf(trail).filter((step) => typeof step === 'string');
}

export function pathOf(trail: Trail): Path {
  return stepsOf(trail).filter((step) => step !== DECODED);
}

function stepsOf(trail: Trail): Path {
  const steps: Step[] = [];
  for (let at: Trail | null = trail; at !== null; at = at.above) steps.push(at.step);
  return steps.toReversed();
}
