import type { Resource } from '../../model/resource.ts';
import type { Flow } from '../../proofs/flows/flow.ts';
import { flowsFrom, typesOfFamily } from '../../proofs/flows/flows.ts';
import type { FlowFamily } from '../../proofs/flows/mover.ts';
import type { Context, Inspection, Outcome } from '../check.ts';
import { flowExtent } from './flow-extent.ts';
import { judgeFlow } from './flow-judgement.ts';

/** Messages of every control over flows of data. */
export const FLOW_MESSAGES = {
  leaves: ({ place, reason }: { place: string; reason: string }) => `sends data to ${place}: ${reason}`,
  arrives: ({ place, reason }: { place: string; reason: string }) => `takes data from ${place}: ${reason}`,
};

/** The resources of the estate with a flow of one of the families. */
export function subjectsWithFlows(...families: readonly FlowFamily[]) {
  const types = families.flatMap(typesOfFamily);
  return ({ estate }: Context): readonly { readonly kind: 'resource'; readonly resource: Resource }[] =>
    estate
      .ofType(...types)
      .filter((resource) => flowsOfFamilies(resource, { estate }, families).length > 0)
      .map((resource) => ({ kind: 'resource', resource }));
}

/** Judges every flow of some families that a resource makes. */
export function inspectFlows(
  resource: Resource,
  inspection: Inspection<typeof FLOW_MESSAGES>,
  ...families: readonly FlowFamily[]
): Outcome {
  const { pass, fail, unproven, all } = inspection;
  return all(flowsOfFamilies(resource, inspection, families).map(judge));

  function judge(flow: Flow): Outcome {
    const judgement = judgeFlow(flow, inspection);
    switch (judgement.kind) {
      case 'pass':
        return pass();
      case 'unproven':
        return unproven(judgement.because);
      case 'fail': {
        const { path, value, end, mover } = flow;
        const related = end.kind === 'resource' && end.resource !== resource ? [end.resource] : [];
        const { place, reason } = judgement;
        const extent = flowExtent(flow, inspection);
        return fail({ path, value, related, extent }, mover.direction === 'out' ? 'leaves' : 'arrives', {
          place,
          reason,
        });
      }
    }
  }
}

function flowsOfFamilies(
  resource: Resource,
  { estate }: Pick<Context, 'estate'>,
  families: readonly FlowFamily[],
): readonly Flow[] {
  return flowsFrom(resource, estate).filter(({ mover }) => families.includes(mover.family));
}
