import { CATALOGUE } from '../policy/catalogue.ts';
import type { Check, ControlMetadata } from './check.ts';
import chg001 from './integrity/chg-001-complete-population.ts';
import chg002 from './integrity/chg-002-visible-escape-hatches.ts';

/** Every check, in the order of the catalogue. */
export const checks: readonly Check[] = [chg001, chg002];

/** Every control of the catalogue, with what its check says of it where there is one. */
export const catalogue: readonly ControlMetadata[] = CATALOGUE.map((control) => {
  const check = checks.find(({ id }) => id === control.id);
  if (check === undefined) return { ...control, why: '', fix: '', references: [], resourceTypes: [] };
  const { why, fix, references, resourceTypes } = check;
  return { ...control, why, fix, references, resourceTypes };
});
