import { CATALOGUE } from '../policy/catalogue.ts';
import type { Check, ControlMetadata } from './check.ts';
import key001 from './encryption/key-001-keys-of-own-site.ts';
import key002 from './encryption/key-002-no-replication-outside.ts';
import key004 from './encryption/key-004-rotation.ts';
import chg001 from './integrity/chg-001-complete-population.ts';
import chg002 from './integrity/chg-002-visible-escape-hatches.ts';
import net001 from './isolation/net-001-no-direct-internet-path.ts';
import net002 from './isolation/net-002-block-public-access.ts';
import net003 from './isolation/net-003-no-public-addresses.ts';
import net005 from './isolation/net-005-security-group-peers.ts';
import net006 from './isolation/net-006-closed-defaults.ts';
import res001 from './residency/res-001-region-of-site.ts';
import res012 from './residency/res-012-state.ts';
import res015 from './residency/res-015-legal-basis.ts';

/** Every check, in the order of the catalogue. */
export const checks: readonly Check[] = [
  res001,
  res012,
  res015,
  key001,
  key002,
  key004,
  net001,
  net002,
  net003,
  net005,
  net006,
  chg001,
  chg002,
];

/** Every control of the catalogue, with what its check says of it where there is one. */
export const catalogue: readonly ControlMetadata[] = CATALOGUE.map((control) => {
  const check = checks.find(({ id }) => id === control.id);
  if (check === undefined) return { ...control, why: '', fix: '', references: [], resourceTypes: [] };
  const { why, fix, references, resourceTypes } = check;
  return { ...control, why, fix, references, resourceTypes };
});
