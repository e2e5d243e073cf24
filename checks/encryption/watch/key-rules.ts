import { type EventFields, letsThrough } from '../../../model/aws/event-pattern.ts';
import { parseArn } from '../../../model/aws/arn.ts';
import type { Resource } from '../../../model/resource.ts';
import { asBoolean, asString, type Hidden, isHidden } from '../../../model/value.ts';
import type { Context } from '../../check.ts';

export const RULE = 'aws_cloudwatch_event_rule';
export const TARGET = 'aws_cloudwatch_event_target';

/** What changes who may use a key, or takes it away. */
export const EVENTS = ['CreateGrant', 'DisableKey', 'PutKeyPolicy', 'ScheduleKeyDeletion'] as const;

/** Where a key is, and where what is done to it is heard of. */
export interface KeyPlace {
  readonly region: string;
  readonly account: string;
}

/** Whether something is so; a clause where that is not known. */
export type Clue = boolean | string;

/** Whether a rule sends an event about a key on to whom it concerns. */
export function tellsOf(rule: Resource, event: string, place: KeyPlace, context: Context): Clue {
  const { estate } = context;
  const fields: EventFields = new Map([
    ['source', 'aws.kms'],
    ['detail-type', 'AWS API Call via CloudTrail'],
    ['account', place.account],
    ['region', place.region],
    ['detail.eventSource', 'kms.amazonaws.com'],
    ['detail.eventName', event],
    ['detail.awsRegion', place.region],
  ]);
  const pattern = rule.attribute('event_pattern');
  if (pattern.kind === 'null') return false;
  const clues = [
    isIn(rule, place, context),
    isOn(rule, context),
    clueOf(letsThrough(estate.document(pattern), fields)),
    isRouted(rule, context),
  ];
  if (clues.includes(false)) return false;
  const open = rule.init.isSymbolic ? 'has a count or for_each that only the plan knows' : undefined;
  return clues.find((clue) => typeof clue === 'string') ?? open ?? true;
}

/** Whether a resource is where a key is. */
export function isIn(resource: Resource, { region, account }: KeyPlace, { estate }: Context): Clue {
  const place = estate.place(resource);
  const [own, owner] = [asString(place.region), asString(place.account)];
  if (typeof own === 'string' && own !== region) return false;
  if (typeof owner === 'string' && owner !== account) return false;
  return typeof own === 'string' && typeof owner === 'string' ? true : 'may be in another account or Region';
}

function clueOf(clue: boolean | Hidden | string): Clue {
  return isHidden(clue) ? 'has a pattern that is not known' : clue;
}

/** Events of services come to the default bus. */
function isOn(rule: Resource, { estate }: Context): Clue {
  const state = asString(rule.attribute('state'));
  const enabled = asBoolean(rule.attribute('is_enabled'));
  const bus = asString(rule.attribute('event_bus_name'));
  if (state === 'DISABLED' || enabled === false) return false;
  if (typeof bus === 'string' && !/(?:^|\/)default$/.test(bus)) return false;
  if (isHidden(bus)) {
    const own = estate.resolve(rule.attribute('event_bus_name'), ['aws_cloudwatch_event_bus'], rule);
    if (own.kind === 'resource' && own.resource.init.mode === 'managed') return false;
  }
  return isHidden(state) || isHidden(enabled) || isHidden(bus) ? 'may be off, or on another bus' : true;
}

/** Whether a target is with the monitor; with anybody where the policy has none. */
function isRouted(rule: Resource, context: Context): Clue {
  const { items, open } = context.estate.companions(rule, TARGET, 'rule');
  const clues = items.map((target): Clue => {
    const clue = isWithMonitor(target, context);
    return clue === true && target.init.isSymbolic ? 'may have a target or none' : clue;
  });
  if (clues.includes(true)) return true;
  if (open.length > 0) return 'may have a target that is not known';
  return clues.find((clue) => typeof clue === 'string') ?? false;
}

function isWithMonitor(target: Resource, { estate, policy }: Context): Clue {
  if (policy.monitor === null) return true;
  const value = target.attribute('arn');
  const found = estate.resolve(value, undefined, target);
  if (found.kind === 'resource') {
    const account = asString(estate.place(found.resource).account);
    return typeof account === 'string' ? account === policy.monitor.account : 'has a target in an account not known';
  }
  const text = asString(value);
  const arn = typeof text === 'string' ? parseArn(text) : null;
  return arn === null ? 'has a target that is not known' : arn.account === policy.monitor.account;
}
