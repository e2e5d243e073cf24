import { CATALOGUE } from '../policy/catalogue.ts';
import type { Check, ControlMetadata } from './check.ts';
import enc001 from './encryption/enc-001-s3-default-encryption.ts';
import enc002 from './encryption/enc-002-refusal-of-plain-requests.ts';
import enc003 from './encryption/enc-003-ebs-volumes.ts';
import enc004 from './encryption/enc-004-account-defaults.ts';
import enc005 from './encryption/enc-005-databases.ts';
import enc006 from './encryption/enc-006-file-systems.ts';
import enc007 from './encryption/enc-007-messaging.ts';
import enc008 from './encryption/enc-008-secrets-and-code.ts';
import enc009 from './encryption/enc-009-logs-and-analysis.ts';
import enc010 from './encryption/enc-010-tls-endpoints.ts';
import enc011 from './encryption/enc-011-traffic-inside.ts';
import enc012 from './encryption/enc-012-network-encryption.ts';
import enc013 from './encryption/enc-013-certificates.ts';
import enc014 from './encryption/enc-014-hardened-compute.ts';
import key001 from './encryption/key-001-keys-of-own-site.ts';
import key002 from './encryption/key-002-no-replication-outside.ts';
import key003 from './encryption/key-003-enclave-principals.ts';
import key004 from './encryption/key-004-rotation.ts';
import key005 from './encryption/key-005-deletion-safety.ts';
import key006 from './encryption/key-006-custody.ts';
import key007 from './encryption/key-007-key-per-class.ts';
import key008 from './encryption/key-008-no-secrets.ts';
import key009 from './encryption/key-009-watched-keys.ts';
import gtw001 from './gateway/gtw-001-every-way-out-passes-a-gateway.ts';
import gtw002 from './gateway/gtw-002-every-way-in-passes-a-gateway.ts';
import gtw003 from './gateway/gtw-003-gateway-at-every-site.ts';
import gtw004 from './gateway/gtw-004-own-zone.ts';
import gtw005 from './gateway/gtw-005-strict-order-default-drop.ts';
import gtw006 from './gateway/gtw-006-allow-list-rules.ts';
import gtw007 from './gateway/gtw-007-tls-inspection.ts';
import gtw008 from './gateway/gtw-008-tamper-resistance.ts';
import gtw009 from './gateway/gtw-009-complete-logs.ts';
import gtw010 from './gateway/gtw-010-only-admin-path.ts';
import gtw011 from './gateway/gtw-011-people-and-devices.ts';
import gtw012 from './gateway/gtw-012-fail-closed-fleet.ts';
import gtw013 from './gateway/gtw-013-local-gateway-inside-the-cut.ts';
import gtw014 from './gateway/gtw-014-separated-tiers.ts';
import chg001 from './integrity/chg-001-complete-population.ts';
import chg002 from './integrity/chg-002-visible-escape-hatches.ts';
import chg004 from './integrity/chg-004-plan-as-synthesised.ts';
import chg005 from './integrity/chg-005-nothing-destroyed.ts';
import net001 from './isolation/net-001-no-direct-internet-path.ts';
import net002 from './isolation/net-002-block-public-access.ts';
import net003 from './isolation/net-003-no-public-addresses.ts';
import net004 from './isolation/net-004-network-acls.ts';
import net005 from './isolation/net-005-security-group-peers.ts';
import net006 from './isolation/net-006-closed-defaults.ts';
import net007 from './isolation/net-007-declared-links.ts';
import net008 from './isolation/net-008-transit-segmentation.ts';
import net009 from './isolation/net-009-service-endpoints.ts';
import net010 from './isolation/net-010-closed-producers.ts';
import net011 from './isolation/net-011-compute-inside.ts';
import net012 from './isolation/net-012-dns-egress.ts';
import net013 from './isolation/net-013-registered-links.ts';
import net014 from './isolation/net-014-closed-shares.ts';
import res001 from './residency/res-001-region-of-site.ts';
import res002 from './residency/res-002-zone-in-country.ts';
import res003 from './residency/res-003-site-binding.ts';
import res004 from './residency/res-004-outpost-evidence.ts';
import res005 from './residency/res-005-replication.ts';
import res006 from './residency/res-006-backup-copies.ts';
import res007 from './residency/res-007-rack-spill.ts';
import res008 from './residency/res-008-partition.ts';
import res009 from './residency/res-009-global-services.ts';
import res010 from './residency/res-010-edge.ts';
import res011 from './residency/res-011-sinks.ts';
import res012 from './residency/res-012-state.ts';
import res013 from './residency/res-013-inference.ts';
import res014 from './residency/res-014-telemetry.ts';
import res015 from './residency/res-015-legal-basis.ts';
import res016 from './residency/res-016-personal-data.ts';
import resTrans001 from './residency/res-trans-001-approved-exception.ts';
import resTrans002 from './residency/res-trans-002-exception-end.ts';
import resTrans003 from './residency/res-trans-003-separated.ts';
import resTrans004 from './residency/res-trans-004-burn-down.ts';

/** Every check, in the order of the catalogue. */
export const checks: readonly Check[] = [
  res001,
  res002,
  res003,
  res004,
  res005,
  res006,
  res007,
  res008,
  res009,
  res010,
  res011,
  res012,
  res013,
  res014,
  res015,
  res016,
  resTrans001,
  resTrans002,
  resTrans003,
  resTrans004,
  enc001,
  enc002,
  enc003,
  enc004,
  enc005,
  enc006,
  enc007,
  enc008,
  enc009,
  enc010,
  enc011,
  enc012,
  enc013,
  enc014,
  key001,
  key002,
  key003,
  key004,
  key005,
  key006,
  key007,
  key008,
  key009,
  net001,
  net002,
  net003,
  net004,
  net005,
  net006,
  net007,
  net008,
  net009,
  net010,
  net011,
  net012,
  net013,
  net014,
  gtw001,
  gtw002,
  gtw003,
  gtw004,
  gtw005,
  gtw006,
  gtw007,
  gtw008,
  gtw009,
  gtw010,
  gtw011,
  gtw012,
  gtw013,
  gtw014,
  chg001,
  chg002,
  chg004,
  chg005,
];

/** Every control of the catalogue, with what its check says of it where there is one. */
export const catalogue: readonly ControlMetadata[] = CATALOGUE.map((control) => {
  const check = checks.find(({ id }) => id === control.id);
  if (check === undefined) return { ...control, why: '', fix: '', references: [], resourceTypes: [] };
  const { why, fix, references, resourceTypes } = check;
  return { ...control, why, fix, references, resourceTypes };
});
