import { CATALOGUE } from '../../policy/catalogue.ts';
import { loadPolicy } from '../../policy/load.ts';
import type { Policy } from '../../policy/policy.ts';
import { formatPolicyProblem } from '../../policy/problem.ts';

export const CONTROL_IDS: readonly string[] = CATALOGUE.map(({ id }) => id);

type Document = { readonly [key: string]: unknown };

const SITE = {
  id: 'west',
  name: 'West',
  country: 'IE',
  region: 'eu-west-1',
  account: '111111111111',
  zoneIds: ['euw1-az1'],
};
const OUTPOST = 'arn:aws:outposts:eu-north-1:222222222222:outpost/op-0123456789abcdef0';

/** A small complete policy in the form of the file; tests replace its keys. */
export const LEDGER_POLICY = {
  version: 1,
  name: 'ledger enclave',
  jurisdiction: {
    set: 'EEA',
    source: 'Decision of the board',
    countries: [
      { country: 'IE', legalBasis: 'member state', decision: 'GDPR', since: '2018-05-25' },
      { country: 'NO', legalBasis: 'EEA state', decision: 'EEA 154/2018', since: '2018-07-20', expires: '2030-12-31' },
    ],
  },
  sites: [
    SITE,
    {
      id: 'north',
      name: 'North',
      country: 'NO',
      region: 'eu-north-1',
      account: '222222222222',
      outposts: [OUTPOST],
      supportingPlaces: [{ region: 'eu-north-1', country: 'SE', dataClasses: ['logs'], reason: 'Parent Region.' }],
    },
    { id: 'watch', name: 'Watch', role: 'monitor', country: 'IE', region: 'eu-west-1', account: '333333333333' },
  ],
  stacks: [
    { name: 'west', sites: ['west'] },
    { name: 'north', sites: ['north'] },
    { name: 'link', sites: ['west', 'north'] },
    { name: 'watch', sites: ['watch'], optional: true },
  ],
  dataClasses: [
    { id: 'ledger', description: 'Receipts.', restricted: true },
    { id: 'logs', description: 'Logs.', restricted: false },
  ],
  tags: { dataClass: 'class', site: 'site', tier: 'tier' },
  tiers: [{ id: 'data', exposure: 'enclave' }],
} as const;

export const LEDGER_SITE = SITE;
export const LEDGER_OUTPOST = OUTPOST;

/** Loads the ledger policy with other keys; a policy that does not load fails the test. */
export function ledgerPolicy(changes: Document = {}): Policy {
  const text = JSON.stringify({ ...LEDGER_POLICY, ...changes }, null, 2);
  const result = loadPolicy({ path: 'enclave.yaml', text, controlIds: CONTROL_IDS });
  if (result.kind === 'policy') return result.policy;
  throw new Error(result.problems.map(formatPolicyProblem).join('\n'));
}
