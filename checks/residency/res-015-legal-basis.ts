import { describeCountry } from '../../model/aws/countries.ts';
import { ADEQUACY, JURISDICTION_SETS } from '../../model/aws/jurisdictions.ts';
import type { AllowedCountry } from '../../policy/policy.ts';
import { countryAllowed } from '../../policy/sites.ts';
import { type Context, defineCheck, type Outcome, type Subject } from '../check.ts';

/** Where the GDPR applies by law, so that no decision of the Commission is needed. */
const EEA = JURISDICTION_SETS.get('EEA') ?? new Set<string>();

export default defineCheck({
  id: 'RES-015',
  why: 'A country is allowed because a law or a decision says so, until it no longer does. The EU is not the EEA: Norway is in one and not in the other, and the United Kingdom and Switzerland stand on decisions that can end.',
  fix: 'Remove the country, or enter the basis that is in force with its decision and dates; name the set of countries that the decision of the enclave chose.',
  references: [
    'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
    'https://commission.europa.eu/law/law-topic/data-protection/international-dimension-data-protection/adequacy-decisions_en',
  ],
  resourceTypes: [],
  messages: {
    outside: ({ country, set }: { country: string; set: string }) => `allows ${country}, which is outside ${set}`,
    notYet: ({ country, since }: { country: string; since: string }) =>
      `allows ${country} on a basis that holds only from ${since}`,
    expired: ({ country, expires }: { country: string; expires: string }) =>
      `allows ${country} on a basis that expired on ${expires}`,
  },

  subjects({ policy }: Context): readonly Extract<Subject, { kind: 'policy' }>[] {
    return policy.jurisdiction.countries.map((_, index) => ({
      kind: 'policy',
      pointer: `/jurisdiction/countries/${index}`,
    }));
  },

  inspect({ pointer }, { policy, asOf, pass, fail, unproven, all }) {
    const { set, countries } = policy.jurisdiction;
    const index = Number(pointer.slice(pointer.lastIndexOf('/') + 1));
    const entry = countries[index];
    if (entry === undefined) return unproven('is no country of the policy');
    const country = describeCountry(entry.country);
    const at = (key: string) => ({ location: policy.locate(`${pointer}/${key}`) });
    const isInSet = JURISDICTION_SETS.get(set)?.has(entry.country) ?? false;
    return all([isInSet ? pass() : fail(at('country'), 'outside', { country, set }), inForce(entry)]);

    function inForce(basis: AllowedCountry): Outcome {
      // Decisions succeed each other: an entry may be past or to come while another of the same country is in force.
      if (countryAllowed(basis.country, policy, asOf).kind === 'refused') return outOfForce(basis);
      const doubt = doubtOf(basis, asOf);
      return doubt === null ? pass() : unproven(doubt);
    }

    function outOfForce({ since, expires }: AllowedCountry): Outcome {
      if (asOf < since) return fail(at('since'), 'notYet', { country, since });
      return fail(at('expires'), 'expired', { country, expires: expires ?? '' });
    }
  },

  examples: {
    compliant: [{ stacks: { west: { resource: { aws_sqs_queue: { receipts: {} } } } } }],
    violating: [
      {
        stacks: { west: { resource: { aws_sqs_queue: { receipts: {} } } } },
        policy: {
          jurisdiction: {
            set: 'EEA',
            source: 'Decision of the board',
            countries: [
              { country: 'IE', legalBasis: 'member state', decision: 'GDPR', since: '2018-05-25' },
              { country: 'NO', legalBasis: 'EEA state', decision: 'EEA 154/2018', since: '2018-07-20' },
              { country: 'SE', legalBasis: 'member state', decision: 'GDPR', since: '2018-05-25' },
              {
                country: 'DE',
                legalBasis: 'member state',
                decision: 'GDPR',
                since: '2018-05-25',
                expires: '2026-06-30',
              },
            ],
          },
        },
      },
    ],
  },
});

/** The policy may know of a renewal that the table does not, so a decision that has ended there is no witness. */
function doubtOf({ country, decision: basis }: AllowedCountry, asOf: string): string | null {
  if (EEA.has(country)) return null;
  const decision = ADEQUACY.get(country);
  const name = describeCountry(country);
  if (decision === undefined) return `allows ${name}, for which no table knows a decision of the Commission (${basis})`;
  if (decision.expires === null || asOf <= decision.expires) return null;
  return `allows ${name}, whose adequacy ended on ${decision.expires} as far as the table knows (${decision.decision})`;
}
