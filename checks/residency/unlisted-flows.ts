import type { Resource } from '../../model/resource.ts';
import type { FlowFamily } from '../../proofs/flows/mover.ts';
import { unlistedFlows, unlistedFlowsFrom } from '../../proofs/flows/scan.ts';
import type { Context, Inspection, Outcome } from '../check.ts';
import { judgeFlow } from './flow-judgement.ts';
import { subjectsWithFlows } from './flow-outcome.ts';

/** Messages about arguments that no row of the table of flows knows. */
export const UNLISTED_MESSAGES = {
  names: ({ place, reason }: { place: string; reason: string }) =>
    `names ${place} in an argument that is of no row of the table of flows: ${reason}`,
};

/** The resources with flows of a family, and those that name a place elsewhere in an argument of no row. */
export function subjectsNamingPlaces(family: FlowFamily) {
  const listed = subjectsWithFlows(family);
  return (context: Context): readonly { readonly kind: 'resource'; readonly resource: Resource }[] => {
    const unlisted = unlistedFlows(context.estate);
    const known = new Set(listed(context).map(({ resource }) => resource));
    return context.estate.resources
      .filter((resource) => known.has(resource) || unlisted.has(resource))
      .map((resource) => ({ kind: 'resource', resource }));
  };
}

/** Judges all that a resource names elsewhere in arguments of no row. */
export function inspectUnlisted(
  resource: Resource,
  inspection: Inspection<typeof UNLISTED_MESSAGES>,
): readonly Outcome[] {
  const { pass, fail, unproven, estate } = inspection;
  return unlistedFlowsFrom(resource, estate).map((flow) => {
    const judgement = judgeFlow(flow, inspection);
    switch (judgement.kind) {
      case 'pass':
        return pass();
      case 'unproven':
        return unproven(judgement.because);
      case 'fail': {
        const { place, reason } = judgement;
        const related = flow.end.kind === 'resource' ? [flow.end.resource] : [];
        return fail({ path: flow.path, value: flow.value, related }, 'names', { place, reason });
      }
    }
  });
}
