import type { Resource } from '../../../model/resource.ts';
import { asBoolean, asString, asStrings, child, isHidden } from '../../../model/value.ts';
import type { Context } from '../../check.ts';
import type { Clue, KeyPlace } from './key-rules.ts';

export const TRAIL = 'aws_cloudtrail';

const KMS = 'kms.amazonaws.com';

/** Whether a trail records what is done to keys of an account in a Region: without one, rules hear nothing of it. */
export function records(trail: Resource, place: KeyPlace, { estate }: Context): Clue {
  const own = estate.place(trail);
  const [region, account] = [asString(own.region), asString(own.account)];
  const isEverywhere = asBoolean(trail.attribute('is_multi_region_trail'));
  const isOfAll = asBoolean(trail.attribute('is_organization_trail'));
  const isOn = asBoolean(trail.attribute('enable_logging'));
  const clues: readonly Clue[] = [
    isHidden(isOn) ? 'may not log' : isOn !== false,
    region === place.region ? true : isHidden(isEverywhere) ? 'may be of one Region' : isEverywhere === true,
    account === place.account ? true : isHidden(isOfAll) ? 'may be of one account' : isOfAll === true,
    hearsKms(trail),
  ];
  if (clues.includes(false)) return false;
  const open = trail.init.isSymbolic ? 'has a count that only the plan knows' : undefined;
  return clues.find((clue) => typeof clue === 'string') ?? open ?? true;
}

/** Without selectors, a trail has all that is done to resources. */
function hearsKms(trail: Resource): Clue {
  const plain = trail.blocks('event_selector');
  const advanced = trail.blocks('advanced_event_selector');
  if (plain.open.length + advanced.open.length > 0) return 'has selectors that are not known';
  if (plain.items.length === 0 && advanced.items.length === 0) return true;
  const clues = [
    ...plain.items.map((selector): Clue => {
      const isManaging = asBoolean(selector.attribute('include_management_events'));
      const kind = asString(selector.attribute('read_write_type'));
      const excluded = asStrings(selector.attribute('exclude_management_event_sources'));
      if (isManaging === false || kind === 'ReadOnly' || excluded.known.includes(KMS)) return false;
      const isHiding = isHidden(isManaging) || isHidden(kind) || excluded.hidden.length > 0;
      return isHiding ? 'has selectors that are not known' : true;
    }),
    ...advanced.items.map((selector): Clue => {
      const fields = selector.blocks('field_selector');
      if (fields.open.length > 0) return 'has selectors that are not known';
      const isManaging = fields.items.some(
        ({ value }) =>
          asString(child(value, 'field')) === 'eventCategory' &&
          asStrings(child(value, 'equals')).known.includes('Management'),
      );
      if (!isManaging) return false;
      return fields.items.length === 1 ? true : 'selects some of what is done to resources';
    }),
  ];
  return clues.includes(true) ? true : (clues.find((clue) => typeof clue === 'string') ?? false);
}
