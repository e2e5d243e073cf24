import type { Filters } from './filters/filters.ts';
import type { Model } from './filters/rules.ts';
import type { FlowGraph, FlowNode } from './flow/graph.ts';
import type { Removal } from './question.ts';
import type { Box } from './sets/boxes.ts';
import type { Space } from './sets/space.ts';

/** What a question is decided over: the network, how its packets are cut, and in which model. */
export interface Setting {
  readonly graph: FlowGraph;
  readonly space: Space;
  readonly filters: Filters;
  readonly without: Removal;
  readonly model: Model;
}

/** Whether a node is there, in a model and with the gateways taken out. */
export function isThere({ doubts, owner }: FlowNode, { without, model }: Pick<Setting, 'without' | 'model'>): boolean {
  if (owner !== null && without.certain.has(owner)) return false;
  return model === 'may' || (doubts.length === 0 && (owner === null || !without.doubtful.has(owner)));
}

export function everyPacket(space: Space): readonly Box[] {
  return space.families.map((family) => {
    const { full } = space.addresses(family);
    return { family, source: full, destination: full, services: space.services.full };
  });
}

/** Packets with the same sources, to any destination on any service. */
export function elsewhere(space: Space, boxes: readonly Box[]): readonly Box[] {
  return boxes.map(({ family, source }) => ({
    family,
    source,
    destination: space.addresses(family).full,
    services: space.services.full,
  }));
}
