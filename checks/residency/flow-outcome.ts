import type { Resource } from '../../model/resource.ts';
import type { Flow } from '../../proofs/flows/flow.ts';
import { flowsFrom, typesOfFamily } from '../../proofs/flows/flows.ts';
import type { FlowFamily } from '../../proofs/flows/mover.ts';
import type { Context, Inspection, Outcome } from '../check.ts';
import { flowExtent } from './flow-extent.ts';
import { judgeFlow } from './flow-judgement.ts';

/** Messages of controls over flows that only leave. */
export const LEAVING_MESSAGES = {
  leaves: ({ place, reason }: { place: string; reason: string }) => `sends data to ${place}: ${reason}`,
};

/** Messages of controls over flows in both directions. */
export const FLOW_MESSAGES = {
  ...LEAVING_MESSAGES,
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
  const { fail, all } = inspection;
  return all(
    flowsOfFamilies(resource, inspection, families).map((flow) => {
      const id = flow.mover.direction === 'out' ? 'leaves' : 'arrives';
      return outcomeOf(flow, inspection, (witness, data) => fail(witness, id, data));
    }),
  );
}

/** Judges flows that only leave. */
export function inspectLeaving(flows: readonly Flow[], inspection: Inspection<typeof LEAVING_MESSAGES>): Outcome {
  const { fail, all } = inspection;
  return all(flows.map((flow) => outcomeOf(flow, inspection, (witness, data) => fail(witness, 'leaves', data))));
}

type Fail = Inspection<typeof LEAVING_MESSAGES>['fail'];

function outcomeOf(
  flow: Flow,
  inspection: Context & Pick<Inspection<typeof LEAVING_MESSAGES>, 'pass' | 'unproven'>,
  refuse: (witness: Parameters<Fail>[0], data: { readonly place: string; readonly reason: string }) => Outcome,
): Outcome {
  const judgement = judgeFlow(flow, inspection);
  switch (judgement.kind) {
    case 'pass':
      return inspection.pass();
    case 'unproven':
      return inspection.unproven(judgement.because);
    case 'fail': {
      const { path, value, end, from } = flow;
      const related = end.kind === 'resource' && end.resource !== from ? [end.resource] : [];
      const { place, reason } = judgement;
      return refuse({ path, value, related, extent: flowExtent(flow, inspection) }, { place, reason });
    }
  }
}

export function flowsOfFamilies(
  resource: Resource,
  { estate }: Pick<Context, 'estate'>,
  families: readonly FlowFamily[],
): readonly Flow[] {
  return flowsFrom(resource, estate).filter(({ mover }) => families.includes(mover.family));
}
