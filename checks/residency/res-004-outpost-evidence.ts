import { describeCountry } from '../../model/aws/countries.ts';
import { asString, isHidden } from '../../model/value.ts';
import type { Evidence } from '../../policy/policy.ts';
import { type Context, defineCheck, type Outcome } from '../check.ts';
import { EXAMPLE_POLICY } from '../example-policy.ts';

export default defineCheck({
  id: 'RES-004',
  why: 'Terraform shows the parent Region of a rack and never the building in which it stands. Only somebody who looked can say, and only for a while.',
  fix: 'Have the place of the rack inspected, enter what was found as evidence in the policy, and pass the signed statement with --evidence where the entry names a key.',
  references: ['https://docs.aws.amazon.com/outposts/latest/APIReference/API_GetSite.html'],
  resourceTypes: [],
  messages: {
    country: ({ outpost, states, country }: { outpost: string; states: string; country: string }) =>
      `the Outpost ${outpost} is in ${states} by evidence in force, and its site is in ${country}`,
  },

  subjects({ estate, policy }: Context) {
    return [
      ...policy.sites.filter(({ outposts }) => outposts.length > 0).map((site) => ({ kind: 'site' as const, site })),
      ...estate.resources
        .filter((resource) => estate.place(resource).outpost.kind !== 'null')
        .map((resource) => ({ kind: 'resource' as const, resource })),
    ];
  },

  inspect(subject, { estate, policy, attestations = [], asOf, pass, fail, unproven, all }) {
    if (subject.kind === 'site')
      return all(subject.site.outposts.map((outpost) => attested(outpost, subject.site.country)));
    const text = asString(estate.place(subject.resource).outpost);
    if (isHidden(text)) return unproven(text);
    if (text === null) return pass();
    for (const { outposts, country } of policy.sites) {
      const outpost = outposts.find((known) => known === text || known.endsWith(`:outpost/${text}`));
      if (outpost !== undefined) return attested(outpost, country);
    }
    return unproven(`rests on the Outpost ${text}, which is of no site, so nothing tells its country`);

    function attested(outpost: string, country: string): Outcome {
      const entries = policy.evidence.flatMap((evidence, index) =>
        evidence.kind === 'outpost-country' && evidence.subject === outpost ? [{ evidence, index }] : [],
      );
      const place = describeCountry(country);
      if (entries.length === 0) return unproven(`no evidence tells the country of the Outpost ${outpost}`);
      const outcomes = entries.map(({ evidence, index }) => {
        const found = factOf(evidence);
        if (typeof found !== 'string') return found;
        if (found === country) return pass();
        const location = policy.locate(`/evidence/${index}/states`);
        return fail({ location }, 'country', { outpost, states: describeCountry(found), country: place });
      });
      // Evidence follows evidence: what has ended is no gap beside what is in force, and no witness may be passed over.
      if (outcomes.some(({ verdict }) => verdict === 'fail')) return all(outcomes);
      return outcomes.some(({ verdict }) => verdict === 'pass') ? pass() : all(outcomes);
    }

    /** The country that an entry shows on the day, or why it shows none. */
    function factOf({ id, key, kind, subject: outpost, states, issuer, issued, expires }: Evidence): string | Outcome {
      if (asOf > expires) return unproven(`the evidence ${id} ended on ${expires}`);
      if (asOf < issued) return unproven(`the evidence ${id} holds only from ${issued}`);
      if (key === undefined) return states;
      const signed = attestations.filter(
        (statement) => statement.key === key && statement.kind === kind && statement.subject === outpost,
      );
      if (signed.length === 0) return unproven(`no signed statement for the evidence ${id} was given: pass --evidence`);
      const inForce = signed.filter((statement) => statement.issued <= asOf && asOf <= statement.expires);
      const [first, ...others] = inForce;
      if (first === undefined) {
        const ended = signed.map((statement) => `${statement.issued} to ${statement.expires}`).join(', ');
        return unproven(`the signed statement for the evidence ${id} is not in force on ${asOf} (${ended})`);
      }
      if (first.issuer !== issuer)
        return unproven(`the evidence ${id} is of ${issuer}, and its statement of ${first.issuer}`);
      if (others.some((other) => other.states !== first.states)) {
        return unproven(`signed statements for the evidence ${id} contradict each other`);
      }
      if (first.states !== states) {
        return unproven(`the evidence ${id} states ${states}, and what was signed states ${first.states}`);
      }
      return first.states;
    }
  },

  examples: {
    compliant: [{ stacks: { north: { resource: { aws_kms_key: { ledger: {} } } } } }],
    violating: [
      {
        stacks: { north: { resource: { aws_kms_key: { ledger: {} } } } },
        policy: {
          evidence: EXAMPLE_POLICY.evidence.map((entry) => ({
            ...entry,
            states: entry.kind === 'outpost-country' ? 'SE' : entry.states,
          })),
        },
      },
    ],
  },
});
