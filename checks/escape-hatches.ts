import { compareText } from '../model/text-order.ts';
import type { Estate, Stack } from '../model/estate.ts';
import type { Resource } from '../model/resource.ts';
import type { EscapeHatch } from './report.ts';

/**
 * Whatever in the input steps around the typed constructs or hides a difference from the plan: named for the reader,
 * whether or not a control fails on it.
 */
export function escapeHatchesOf({ stacks, resources }: Estate): readonly EscapeHatch[] {
  return [...stacks.flatMap(ofStack), ...resources.flatMap(ofResource)].toSorted(byPlace);
}

function ofStack(stack: Stack): readonly EscapeHatch[] {
  const recorded = new Set(stack.resources.flatMap(({ type, init }) => (init.overrides.length > 0 ? [type] : [])));
  const overrides = Array.from(stack.overrides, ([type, paths]) => ({ type, paths }))
    // Overrides with a known construct are listed with it.
    .filter(({ type }) => !recorded.has(type))
    .flatMap(({ type, paths }) =>
      paths.map((path) => ({
        kind: 'override' as const,
        stack: stack.name,
        address: type,
        what: path,
        source: stack.location,
        code: null,
      })),
    );
  const blocks = stack.lifecycleBlocks.map(({ kind, target, location }) => ({
    kind,
    stack: stack.name,
    address: target,
    what: kind,
    source: location,
    code: null,
  }));
  const empty = stack.emptyBlocks.map(({ address, location }) => ({
    kind: 'empty' as const,
    stack: stack.name,
    address,
    what: 'count or for_each is empty',
    source: location,
    code: null,
  }));
  return [...overrides, ...blocks, ...empty];
}

function ofResource({ stack, address, init }: Resource): readonly EscapeHatch[] {
  const overrides = init.overrides.map(({ path, code }) => ({
    kind: 'override' as const,
    stack,
    address,
    what: path,
    source: init.location,
    code: code[0] ?? null,
  }));
  const ignored = init.lifecycle.ignoreChanges.map((name) => ({
    kind: 'ignore_changes' as const,
    stack,
    address,
    what: name,
    source: init.lifecycle.location ?? init.location,
    code: init.code[0] ?? null,
  }));
  return [...overrides, ...ignored];
}

function byPlace(left: EscapeHatch, right: EscapeHatch): number {
  return (
    compareText(left.stack, right.stack) ||
    compareText(left.address, right.address) ||
    compareText(left.kind, right.kind) ||
    compareText(left.what, right.what)
  );
}
