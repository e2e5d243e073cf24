import { type AddressSet, ALL_ADDRESSES, parseAddresses } from '../../model/aws/address-set.ts';
import { type AddressRange, union } from '../../model/aws/cidr.ts';
import { optionValue, parseSuricata, parseTerm, type RuleOption, type Term } from '../../model/aws/suricata.ts';
import type { Estate } from '../../model/estate.ts';
import type { Block, Path, Resource } from '../../model/resource.ts';
import { asItems, asString, asStrings, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import { type HostMatch, hostMatch, isHandshake } from './host-match.ts';
import { addressesOf, variablesOf } from './rule-addresses.ts';

/** A rule that lets packets through, however it is written. */
export interface PassingRule {
  /** For messages: `pass tls any any -> any any`. */
  readonly label: string;
  readonly path: Path;
  /** It lets packets past the stateful rules. */
  readonly isStateless: boolean;
  readonly source: AddressSet | Hidden;
  readonly destination: AddressSet | Hidden;
  readonly isBothWays: boolean;
  readonly hosts: HostMatch;
  /** For connections that are not established yet. */
  readonly isHandshake: boolean;
  /** Names of hosts in it must not be shown. */
  readonly isSensitive: boolean;
}

/** A list of domains, from which Network Firewall makes the rules. */
export interface DomainList {
  readonly path: Path;
  /** `ALLOWLIST`, `DENYLIST`, ... */
  readonly type: string | Hidden | null;
  readonly targets: readonly { readonly domain: string; readonly isSensitive: boolean }[];
  readonly open: readonly Hidden[];
}

/** What of a rule group lets packets through, and what hides more of it. */
export interface RuleContent {
  readonly passing: readonly PassingRule[];
  readonly lists: readonly DomainList[];
  readonly open: readonly Hidden[];
}

type Ends = (source: Term, destination: Term) => Pick<PassingRule, 'source' | 'destination'>;

/** Actions that let no packet through. */
const HARMLESS = new Set(['drop', 'reject', 'rejectsrc', 'rejectdst', 'rejectboth', 'alert']);
const SOURCE = ['rule_group', 'rules_source'] as const;

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

type Part = Pick<RuleContent, 'passing' | 'open'>;

function isEmpty(group: Resource): boolean {
  return group.attribute('rules').kind === 'null' && group.attribute(...SOURCE).kind === 'null';
}

function unseen({ address }: Resource): Hidden {
  return unknown('missing-object', address, 'has no rules that the input shows');
}

function ofText(group: Resource, path: readonly string[], ends: Ends): Part {
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

function ofStatefulRules(group: Resource, ends: Ends): Part {
  const { items, open } = group.blocks(...SOURCE, 'stateful_rule');
  const read = items.map((block) => ofStatefulRule(block, ends));
  return {
    passing: read.flatMap((rule) => (rule === null || isHidden(rule) ? [] : [rule])),
    open: [...open, ...read.filter(isHidden)],
  };
}

/** Null for a rule that lets nothing through. */
function ofStatefulRule(block: Block, ends: Ends): PassingRule | Hidden | null {
  const action = asString(block.attribute('action'));
  if (isHidden(action)) return action;
  const { options, open, isSensitive } = optionsOf(block);
  const isBypass = options.some(({ name }) => name === 'bypass');
  if (action !== null && HARMLESS.has(action.toLowerCase()) && !isBypass) return null;
  const [hidden] = open;
  const direction = asString(block.attribute('header', 'direction'));
  if (isHidden(direction)) return direction;
  const source = termOf(block.attribute('header', 'source'));
  const destination = termOf(block.attribute('header', 'destination'));
  if (isHidden(source)) return source;
  if (isHidden(destination)) return destination;
  return {
    label: labelOf(block),
    path: block.path,
    isStateless: false,
    ...ends(source, destination),
    isBothWays: direction !== 'FORWARD',
    hosts: hidden === undefined ? hostMatch(options) : { kind: 'unclear', option: 'rule_option' },
    isHandshake: isHandshake(options),
    isSensitive,
  };
}

function optionsOf(block: Block) {
  const { items, open } = block.blocks('rule_option');
  const options: RuleOption[] = [];
  const hidden: Hidden[] = [...open];
  let isSensitive = false;
  for (const item of items) {
    const name = asString(item.attribute('keyword'));
    const settings = item.attribute('settings');
    const { known, hidden: unseenSettings } = asStrings(settings);
    hidden.push(...unseenSettings);
    isSensitive ||= [settings, ...asItems(settings).items].some(({ sensitive }) => sensitive);
    if (isHidden(name)) hidden.push(name);
    else if (name !== null) options.push({ name: name.toLowerCase(), value: valueOf(known) });
  }
  return { options, open: hidden, isSensitive };
}

function valueOf(settings: readonly string[]): RuleOption['value'] {
  return settings.length === 0 ? null : optionValue(settings.join(','));
}

function termOf(value: Value): Term | Hidden {
  const text = asString(value);
  if (text === null) return unknown('missing-object', 'the header', 'names no address');
  if (isHidden(text)) return text;
  const term = parseTerm(text);
  if (typeof term !== 'string') return term;
  return value.sensitive ? unknown('invalid', '(sensitive)', 'is no address') : unknown('invalid', clip(text), term);
}

function labelOf(block: Block): string {
  const word = (...path: readonly string[]) => {
    const value = block.attribute(...path);
    const text = asString(value);
    return value.sensitive || typeof text !== 'string' ? '(unknown)' : text;
  };
  const arrow = word('header', 'direction') === 'FORWARD' ? '->' : '<>';
  const from = `${word('header', 'source')} ${word('header', 'source_port')}`;
  const to = `${word('header', 'destination')} ${word('header', 'destination_port')}`;
  return clip(`${word('action')} ${word('header', 'protocol')} ${from} ${arrow} ${to}`);
}

function ofStatelessRules(group: Resource): Part {
  const { items, open } = group.blocks(...SOURCE, 'stateless_rules_and_custom_actions', 'stateless_rule');
  const passing: PassingRule[] = [];
  const hidden: Hidden[] = [...open];
  for (const block of items) {
    const { known, hidden: actions } = asStrings(block.attribute('rule_definition', 'actions'));
    if (known.includes('aws:pass')) passing.push(ofStatelessRule(block));
    else hidden.push(...actions);
  }
  return { passing, open: hidden };
}

function ofStatelessRule(block: Block): PassingRule {
  const priority = asString(block.attribute('priority'));
  return {
    label:
      `aws:pass of the stateless rule ${isHidden(priority) || priority === null ? '' : `of priority ${priority}`}`.trim(),
    path: block.path,
    isStateless: true,
    source: definitionsOf(block, 'source'),
    destination: definitionsOf(block, 'destination'),
    isBothWays: false,
    hosts: { kind: 'none' },
    isHandshake: false,
    isSensitive: false,
  };
}

/** The addresses of one end; without any, all. */
function definitionsOf(block: Block, end: 'source' | 'destination'): AddressSet | Hidden {
  const attributes = block.attribute('rule_definition', 'match_attributes');
  if (isHidden(attributes)) return attributes;
  const { items, open } = block.blocks('rule_definition', 'match_attributes', end);
  const ranges: AddressRange[] = [];
  const [hidden] = open;
  if (hidden !== undefined) return hidden;
  for (const item of items) {
    const text = asString(item.attribute('address_definition'));
    if (isHidden(text)) return text;
    const range = text === null ? null : parseAddresses(text);
    if (range === null) return unknown('invalid', `${end}.address_definition`, 'is no address');
    ranges.push(...range);
  }
  return items.length === 0 ? ALL_ADDRESSES : union(ranges);
}

function listsOf(group: Resource): { readonly items: readonly DomainList[]; readonly open: readonly Hidden[] } {
  const { items, open } = group.blocks(...SOURCE, 'rules_source_list');
  const lists = items.map((block): DomainList => {
    const value = block.attribute('targets');
    const targets = asItems(value);
    const read = targets.items.map((item) => ({ item, text: asString(item) }));
    return {
      path: block.path,
      type: asString(block.attribute('generated_rules_type')),
      targets: read.flatMap(({ item, text }) =>
        typeof text === 'string' ? [{ domain: text, isSensitive: item.sensitive ?? value.sensitive ?? false }] : [],
      ),
      open: [...targets.open, ...read.flatMap(({ text }) => (isHidden(text) ? [text] : []))],
    };
  });
  return { items: lists, open };
}

/** Rules may be long; a message shows how they begin. */
function clip(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`;
}
