import { type AddressSet, ALL_ADDRESSES, parseAddresses } from '../../model/aws/address-set.ts';
import { type AddressRange, union } from '../../model/aws/cidr.ts';
import { optionValue, parseTerm, type RuleOption, type Term } from '../../model/aws/suricata.ts';
import type { Block, Resource } from '../../model/resource.ts';
import { asItems, asString, asStrings, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
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

/** Rules written as blocks `stateful_rule`. */
export function ofStatefulRules(group: Resource, ends: Ends): RulePart {
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
    label: clip(headerOf(block)),
    written: writtenRule(headerOf(block), options, isSensitive),
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

function headerOf(block: Block): string {
  const word = (...path: readonly string[]) => {
    const value = block.attribute(...path);
    const text = asString(value);
    return value.sensitive || typeof text !== 'string' ? '(unknown)' : text;
  };
  const arrow = word('header', 'direction') === 'FORWARD' ? '->' : '<>';
  const from = `${word('header', 'source')} ${word('header', 'source_port')}`;
  const to = `${word('header', 'destination')} ${word('header', 'destination_port')}`;
  return `${word('action')} ${word('header', 'protocol')} ${from} ${arrow} ${to}`;
}

/** Rules that act before the stateful ones. */
export function ofStatelessRules(group: Resource): RulePart {
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
  const label =
    `aws:pass of the stateless rule ${isHidden(priority) || priority === null ? '' : `of priority ${priority}`}`.trim();
  return {
    label,
    written: label,
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

/** Lists of domains. */
export function listsOf(group: Resource): { readonly items: readonly DomainList[]; readonly open: readonly Hidden[] } {
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
