import type { Estate } from '../../model/estate.ts';
import type { Flow } from './flow.ts';

const FLOWS = new WeakMap<Estate, readonly Flow[]>();

/** Every movement of data that the table knows, in the estate's order. */
export function flowsOf(estate: Estate): readonly Flow[] {
  const flows = FLOWS.get(estate) ?? [];
  FLOWS.set(estate, flows);
  return flows;
}
