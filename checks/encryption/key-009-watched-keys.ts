import type { Resource } from '../../model/resource.ts';
import { asString } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { missingStacks } from '../isolation/missing-stacks.ts';
import { KEY_TYPES } from './key-of.ts';
import { EVENTS, isIn, type KeyPlace, RULE, TARGET, tellsOf } from './watch/key-rules.ts';
import { records, TRAIL } from './watch/key-trails.ts';

const FILTER = 'aws_cloudwatch_log_metric_filter';

const messages = {
  unwatched: ({ events, whom }: { readonly events: string; readonly whom: string }) =>
    `can be changed and nobody hears of it: no rule of its Region and account tells ${whom} of ${events}`,
};

export default defineCheck({
  id: 'KEY-009',
  why: 'A key that is disabled, given away or scheduled for deletion takes the data with it. There are days to undo that, if somebody who did not do it hears of it.',
  fix: 'Add an aws_cloudwatch_event_rule on the default bus of the account and Region of each key, for CreateGrant, DisableKey, PutKeyPolicy and ScheduleKeyDeletion of kms.amazonaws.com, with a target in the account of the monitor; keep a trail that records management events.',
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html',
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html',
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html',
  ],
  resourceTypes: [...KEY_TYPES, RULE, TARGET, TRAIL, FILTER],

  messages,

  subjects: resourcesOf(...KEY_TYPES),

  inspect({ resource: key }, inspection) {
    const { estate, unproven } = inspection;
    const { region, account } = estate.place(key);
    const place = { region: asString(region), account: asString(account) };
    if (typeof place.region !== 'string' || typeof place.account !== 'string') {
      return unproven('is in a Region or account that is not known, and so is who hears of what is done to it');
    }
    return judgePlace({ region: place.region, account: place.account }, inspection);
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_kms_key: { ledger: { enable_key_rotation: true } },
              aws_cloudtrail: { ledger: { name: 'ledger', s3_bucket_name: 'ledger-archive' } },
              aws_cloudwatch_event_rule: {
                keys: {
                  event_pattern: JSON.stringify({
                    source: ['aws.kms'],
                    'detail-type': ['AWS API Call via CloudTrail'],
                    detail: { eventSource: ['kms.amazonaws.com'], eventName: EVENTS },
                  }),
                },
              },
              aws_cloudwatch_event_target: {
                keys: {
                  rule: '${aws_cloudwatch_event_rule.keys.name}',
                  arn: 'arn:aws:events:eu-west-1:333333333333:event-bus/keys',
                },
              },
            },
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_kms_key: { ledger: { enable_key_rotation: true } },
              aws_cloudtrail: { ledger: { name: 'ledger', s3_bucket_name: 'ledger-archive' } },
            },
          },
        },
      },
    ],
  },
});

type Asking = Inspection<typeof messages>;

/** What is heard of a place, asked once in a run: an account has many keys in one Region. */
const HEARD: WeakMap<Asking, Map<string, Outcome>> = new WeakMap();

function judgePlace(place: KeyPlace, inspection: Asking): Outcome {
  const heard = HEARD.get(inspection) ?? new Map<string, Outcome>();
  HEARD.set(inspection, heard);
  const key = `${place.account} ${place.region}`;
  const outcome = heard.get(key) ?? inspection.all([judgeTrail(place, inspection), judgeRules(place, inspection)]);
  heard.set(key, outcome);
  return outcome;
}

/** A trail of the organisation may be in a stack that is not read. */
function judgeTrail(place: KeyPlace, inspection: Asking): Outcome {
  const { estate, pass, unproven } = inspection;
  const clues = estate.ofType(TRAIL).map((trail) => ({ trail, clue: records(trail, place, inspection) }));
  if (clues.some(({ clue }) => clue === true)) return pass();
  const open = clues.find(({ clue }) => typeof clue === 'string');
  if (open !== undefined) return unproven(`is seen by ${open.trail.address}, which ${String(open.clue)}`);
  return unproven('is seen by no trail of the estate, without which no rule hears of what is done to it');
}

function judgeRules(place: KeyPlace, inspection: Asking): Outcome {
  const { estate, policy, all, fail, unproven } = inspection;
  const open: string[] = [];
  const missing = EVENTS.filter((event) => {
    const clues = estate.ofType(RULE).map((rule) => ({ rule, clue: tellsOf(rule, event, place, inspection) }));
    if (clues.some(({ clue }) => clue === true)) return false;
    const unknown = clues.flatMap(({ rule, clue }) => (typeof clue === 'string' ? [`${rule.address} ${clue}`] : []));
    open.push(...unknown);
    return unknown.length === 0;
  });
  if (missing.length > 0) {
    const elsewhere = missingStacks(inspection).map((name) => `the stack ${name} is not among the inputs`);
    const filters = estate
      .ofType(FILTER)
      .filter((filter) => isIn(filter, place, inspection) !== false)
      .filter((filter) => missing.every((event) => namesEvent(filter, event)))
      .map(({ address }) => `${address} names the events, and its pattern is not worked out`);
    open.push(...filters, ...elsewhere);
    if (filters.length + elsewhere.length === 0) {
      const whom = policy.monitor === null ? 'anybody' : 'the monitor';
      const failure = fail({}, 'unwatched', { events: missing.join(', '), whom });
      return open.length === 0 ? failure : all([failure, unproven(open.join('; '))]);
    }
  }
  return open.length === 0 ? inspection.pass() : unproven(`is watched only perhaps: ${[...new Set(open)].join('; ')}`);
}

function namesEvent(filter: Resource, event: string): boolean {
  const pattern = asString(filter.attribute('pattern'));
  return typeof pattern !== 'string' || pattern.includes(event);
}
