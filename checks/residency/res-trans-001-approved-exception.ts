import { defineCheck } from '../check.ts';
import { classExtent } from './data-class.ts';
import { EXAMPLE_TRANSITION } from './example-transition.ts';
import { isTransitional, outsideIn, stacksOutside } from './transitional.ts';

export default defineCheck({
  id: 'RES-TRANS-001',
  why: 'Data that waits outside the jurisdiction to be moved is there by a decision that someone took, answers for and limits in time. Without the decision it is a breach; with it, it is excepted until its last day and never passes.',
  fix: 'Move it to a site, or have an exception for the stack approved: an owner, another approver, a reason, what reduces the risk meanwhile, a first and a last day.',
  references: [
    'https://www.edpb.europa.eu/our-work-tools/our-documents/recommendations/recommendations-012020-measures-supplement-transfer_en',
  ],
  resourceTypes: [],
  messages: {
    outside: ({ count, place, set }: { count: number; place: string; set: string }) =>
      `is transitional and keeps ${count === 1 ? 'one resource' : `${count} resources`} outside ${set}, in ${place}`,
    elsewhere: ({ address, place, set }: { address: string; place: string; set: string }) =>
      `keeps ${address} in ${place}, outside ${set}, and is of no transitional site`,
  },

  subjects: stacksOutside,

  inspect({ stack }, context) {
    const { policy, pass, fail, unproven, all } = context;
    const { items, open } = outsideIn(stack, context);
    const { set } = policy.jurisdiction;
    const [first] = items;
    if (first === undefined) return open.length > 0 ? unproven(open) : pass();
    const hidden = open.length > 0 ? unproven(open) : pass();
    if (!isTransitional(stack, context)) {
      const failures = items.map(({ resource, place }) => {
        const at = { location: resource.init.location, related: [resource], extent: classExtent(policy, resource) };
        return fail(at, 'elsewhere', { address: resource.address, place, set });
      });
      return all([...failures, hidden]);
    }
    const places = [...new Set(items.map((item) => item.place))].join(', ');
    const at = { location: first.resource.init.location };
    return all([fail(at, 'outside', { count: items.length, place: places, set }), hidden]);
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
    violating: [EXAMPLE_TRANSITION],
  },
});
