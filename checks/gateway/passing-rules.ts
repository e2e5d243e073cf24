import type { AddressSet } from '../../model/aws/address-set.ts';
import { parseSuricata } from '../../model/aws/suricata.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import {
  clip,
  type DomainList,
  type Ends,
  HARMLESS,
  type PassingRule,
  type RulePart,
  SOURCE,
  writtenRule,
} from './firewall-rule.ts';
import { hostMatch, isHandshake } from './host-match.ts';
import { addressesOf, variablesOf } from './rule-addresses.ts';
import { listsOf, ofStatefulRules, ofStatelessRules } from './rule-blocks.ts';

/** What of a rule group lets packets through, and what hides more of it. */
export interface RuleContent {
  readonly passing: readonly PassingRule[];
  readonly lists: readonly DomainList[];
  readonly open: readonly Hidden[];
}

const CONTENTS = new WeakMap<Estate, Map<Resource, RuleContent>>();

/** Reads a rule group, in whichever form it is written; once for an estate. */
export function contentOf(group: Resource, estate: Estate): RuleContent {
  const known = CONTENTS.get(estate) ?? new Map<Resource, RuleContent>();
  CONTENTS.set(estate, known);
  const content = known.get(group) ?? readContent(group, estate);
  known.set(group, content);
  return content;
}

function readContent(group: Resource, estate: Estate): RuleContent {
  const lookup = variablesOf(group, estate);
  const ends: Ends = (source, destination) => ({
    source: addressesOf(source, lookup),
    destination: addressesOf(destination, lookup),
  });
  const parts = [
    ofText(group, ['rules'], ends),
    ofText(group, [...SOURCE, 'rules_string'], ends),
    ofStatefulRules(group, ends),
    ofStatelessRules(group),
  ];
  const lists = listsOf(group);
  const passing = parts.flatMap((part) => part.passing);
  const open = [...parts.flatMap((part) => part.open), ...lists.open];
  return { passing, lists: lists.items, open: isEmpty(group) ? [...open, unseen(group)] : open };
}

function isEmpty(group: Resource): boolean {
  return group.attribute('rules').kind === 'null' && group.attribute(...SOURCE).kind === 'null';
}

function unseen({ address }: Resource): Hidden {
  return unknown('missing-object', address, 'has no rules that the input shows');
}

function ofText(group: Resource, path: readonly string[], ends: Ends): RulePart {
  const value = group.attribute(...path);
  const text = asString(value);
  if (text === null) return { passing: [], open: [] };
  if (isHidden(text)) return { passing: [], open: [text] };
  const shown = (part: string) => (value.sensitive ? '(sensitive)' : clip(part));
  const { rules, unread } = parseSuricata(text);
  return {
    passing: rules
      .filter(({ action, options }) => !HARMLESS.has(action) || options.some(({ name }) => name === 'bypass'))
      .map((rule) => ({
        label: shown(rule.header),
        written: writtenRule(rule.header, rule.options, value.sensitive ?? false),
        path,
        isStateless: false,
        ...withheld(ends(rule.source, rule.destination), value),
        isBothWays: rule.isBothWays,
        hosts: hostMatch(rule.options),
        isHandshake: isHandshake(rule.options),
        isSensitive: value.sensitive ?? false,
      })),
    open: unread.map(({ line, text: rule, reason }) => {
      const why = value.sensitive ? `is a rule that was not understood` : `is a rule that ${reason}`;
      return unknown('invalid', `line ${line}: ${shown(rule)}`, why);
    }),
  };
}

/** What hides an end of a sensitive rule must not show it either. */
function withheld({ source, destination }: ReturnType<Ends>, { sensitive }: Value): ReturnType<Ends> {
  const withhold = (end: AddressSet | Hidden) => (sensitive && isHidden(end) ? { ...end, sensitive } : end);
  return { source: withhold(source), destination: withhold(destination) };
}
