// Writes the transcripts of README.md and docs/flows.md, and docs/flows.svg, from real runs of the built program on a copy
// of the enclave's stacks. The date of judgement is fixed, so that the bytes are.
import { writeFileSync } from 'node:fs';
import { fill, inEnclaveCopy } from './enclave-copy.mjs';

const AS_OF = '2026-11-22';
/** A pull request that sends what the edges of the sites in Ireland let out past their firewalls. */
const PAST_THE_FIREWALL = {
  file: 'stacks/gateway/gateway-network.ts',
  from: "edge.routes, '0.0.0.0/0', { vpcEndpointId: endpoint });",
  to: "edge.routes, '0.0.0.0/0', { gatewayId: internet.id });",
};
/** A pull request that keeps a copy of the profiles of the sites in Ireland in the United States. */
const TO_ANOTHER_COUNTRY = {
  file: 'stacks/data/data-stack.ts',
  from: 'pointInTimeRecovery: { enabled: true },',
  to: "pointInTimeRecovery: { enabled: true }, replica: [{ regionName: 'us-east-1' }],",
};

inEnclaveCopy((copy) => {
  copy.trefoil(0, 'synth', '--quiet');
  const start = copy.trefoil(0, 'check', '--as-of', AS_OF);
  const map = copy.trefoil(0, 'flows', '--site', 'norway', '--as-of', AS_OF);
  const picture = copy.trefoil(0, 'flows', '--format', 'svg', '--as-of', AS_OF);
  copy.synthesiseWith(PAST_THE_FIREWALL);
  const finding = copy.trefoil(1, 'check', '--site', 'ireland-2', '--control', 'GTW-001', '--as-of', AS_OF);
  copy.synthesiseWith(TO_ANOTHER_COUNTRY);
  const outside = copy.trefoil(1, 'flows', '--site', 'dublin', '--data-class', 'restricted', '--as-of', AS_OF);

  fill('README.md', { start, finding });
  fill('docs/flows.md', { map, outside });
  writeFileSync(new URL('../docs/flows.svg', import.meta.url), picture);
});
