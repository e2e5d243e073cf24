import type { Resource } from '../../model/resource.ts';
import { flowsOf } from '../../proofs/flows/flows.ts';
import { type Context, defineCheck, type Earlier, type Outcome } from '../check.ts';
import { EXAMPLE_TRANSITION, INTERIM_BASE } from './example-transition.ts';
import { type Outside, outsideIn, transitionalStacks } from './transitional.ts';

const PLACE = 'RES-001';

export default defineCheck({
  id: 'RES-TRANS-004',
  why: 'A transition ends only when data moves one way and what is left outside shrinks. What flows back or is added there meanwhile makes a second home of it.',
  fix: 'Make what is new at a site of the enclave instead; compare with the report of the last approved run.',
  references: ['https://csf.tools/reference/nist-sp-800-53/r5/cm/cm-3/'],
  resourceTypes: [],
  messages: {
    grown: ({ address, place, day }: { address: string; place: string; day: string }) =>
      `keeps ${address} in ${place}, which was not there in the report of ${day}`,
    returns: ({ from, path, to }: { from: string; path: string; to: string }) =>
      `takes data of ${from} out of the enclave, to ${to}, by ${path}`,
  },

  subjects: transitionalStacks,

  inspect({ stack }, context) {
    const { earlier, pass, fail, unproven, all } = context;
    const outside = outsideIn(stack, context);
    if (outside.items.length === 0 && outside.open.length === 0) return pass();
    return all([...flowsBack(outside), shrinks(outside)]);

    /** A flow into what is outside, whose data is not there already. */
    function flowsBack({ items }: Outside): readonly Outcome[] {
      const addresses = new Set(items.map(({ resource }) => resource.address));
      const isThere = (resource: Resource) => resource.stack === stack && addresses.has(resource.address);
      return flowsOf(context.estate).flatMap((flow): readonly Outcome[] => {
        if (flow.end.kind !== 'resource') return [];
        const [giver, taker] =
          flow.mover.direction === 'in' ? [flow.end.resource, flow.source] : [flow.source, flow.end.resource];
        if (!isThere(taker) || isThere(giver)) return [];
        if (flow.open.length > 0) return [unproven(flow.open)];
        const data = { from: `${giver.stack}: ${giver.address}`, path: flow.mover.path, to: taker.address };
        const at = { location: flow.from.locate(...flow.path), related: [flow.from, giver, taker] };
        return [fail(at, 'returns', data)];
      });
    }

    function shrinks(left: Outside): Outcome {
      if (earlier === undefined) {
        return unproven('whether what is left outside has shrunk only an earlier report shows: pass --base');
      }
      const defect = defectOf(earlier, stack, context);
      if (defect !== null) return unproven(`the earlier report does not tell what was left outside: ${defect}`);
      return all([...grown(left, earlier), left.open.length === 0 ? pass() : unproven(left.open)]);
    }

    function grown({ items }: Outside, { asOf: day, results }: Earlier): readonly Outcome[] {
      const before = new Set(
        results.flatMap(({ control, verdict, subject }) =>
          control === PLACE && verdict !== 'pass' && subject.stack === stack ? [subject.address] : [],
        ),
      );
      return items
        .filter(({ resource }) => !before.has(resource.address))
        .map(({ resource, place }) =>
          fail({ location: resource.init.location, related: [resource] }, 'grown', {
            address: resource.address,
            place,
            day,
          }),
        );
    }
  },

  examples: {
    compliant: [
      {
        ...EXAMPLE_TRANSITION,
        stacks: {
          interim: {
            provider: { aws: [{ region: 'eu-north-1', allowed_account_ids: ['777777777777'] }] },
            resource: { aws_s3_bucket: { waiting: {} } },
          },
        },
      },
    ],
    violating: [
      {
        ...EXAMPLE_TRANSITION,
        stacks: {
          interim: {
            ...INTERIM_BASE,
            provider: {
              aws: [
                { region: 'us-east-1', allowed_account_ids: ['777777777777'] },
                { alias: 'home', region: 'eu-west-1', allowed_account_ids: ['777777777777'] },
              ],
            },
            resource: {
              aws_s3_bucket: { waiting: { bucket: 'waiting' }, moved: { bucket: 'moved', provider: 'aws.home' } },
              aws_s3_bucket_replication_configuration: {
                back: {
                  provider: 'aws.home',
                  bucket: '${aws_s3_bucket.moved.id}',
                  role: 'arn:aws:iam::777777777777:role/replication',
                  rule: [{ status: 'Enabled', destination: [{ bucket: '${aws_s3_bucket.waiting.arn}' }] }],
                },
              },
            },
          },
        },
      },
    ],
  },
});

/** Why an earlier report cannot be counted on; a gap in it must not look like growth, nor hide it. */
function defectOf({ asOf: day, complete, filter, controls, results }: Earlier, stack: string, { asOf }: Context) {
  if (day > asOf) return `it is of ${day}, after ${asOf}`;
  if (!complete) return 'it is not complete';
  if (filter.controls.length + filter.severities.length + filter.sites.length > 0)
    return 'it holds a part of the findings';
  if (!controls.some(({ id, status }) => id === PLACE && status === 'implemented')) return `${PLACE} was not judged`;
  if (!results.some(({ control, subject }) => control === PLACE && subject.stack === stack)) {
    return `it holds nothing of the stack ${stack}`;
  }
  return null;
}
