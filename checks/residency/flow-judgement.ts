import type { Hidden } from '../../model/value.ts';
import type { Flow } from '../../proofs/flows/flow.ts';
import type { Context } from '../check.ts';

/** Whether the policy lets data of its class and site move so. */
export type FlowJudgement =
  | { readonly kind: 'pass' }
  /** `place` is where it goes, as text: `us-east-1 (United States)`; `reason` a clause why that is refused. */
  | { readonly kind: 'fail'; readonly country: string | null; readonly place: string; readonly reason: string }
  | { readonly kind: 'unproven'; readonly because: Hidden | string };

export function judgeFlow(flow: Flow, _context: Context): FlowJudgement {
  return { kind: 'unproven', because: `moves data by ${flow.mover.path}` };
}
