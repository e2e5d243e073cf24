import { type AddressSet, ALL_ADDRESSES, complement, parseAddresses, subtract } from '../../model/aws/address-set.ts';
import { type AddressRange, union } from '../../model/aws/cidr.ts';
import type { Term } from '../../model/aws/suricata.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, asStrings, display, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import { firewallsOf, policiesOf } from './firewall-policies.ts';
import { VPC_TYPES } from './gateway-networks.ts';

/** What the variables (`$HOME_NET`) and references (`@LIST`) of a rule group stand for. */
export type Lookup = (kind: 'variable' | 'reference', name: string) => AddressSet | Hidden;

const PREFIX_LIST = 'aws_ec2_managed_prefix_list';
const PREFIX_LIST_ENTRY = 'aws_ec2_managed_prefix_list_entry';
export const PREFIX_LIST_TYPES = [PREFIX_LIST, PREFIX_LIST_ENTRY] as const;

/** The addresses of a rule's end. Lists nest only as deep as the parser lets them. */
export function addressesOf(term: Term, lookup: Lookup): AddressSet | Hidden {
  const set = positive(term, lookup);
  return isHidden(set) || !term.isNegated ? set : complement(set);
}

function positive(term: Term, lookup: Lookup): AddressSet | Hidden {
  switch (term.kind) {
    case 'any':
      return ALL_ADDRESSES;
    case 'variable':
    case 'reference':
      return lookup(term.kind, term.name);
    case 'literal':
      return parseAddresses(term.text) ?? unknown('invalid', term.text, 'is no address');
    case 'list':
      return ofList(term.items, lookup);
  }
}

/** What is named, but for what is excluded; with exclusions only, everything else. */
function ofList(items: readonly Term[], lookup: Lookup): AddressSet | Hidden {
  const named: AddressRange[] = [];
  const excluded: AddressRange[] = [];
  for (const item of items) {
    const set = positive(item, lookup);
    if (isHidden(set)) return set;
    (item.isNegated ? excluded : named).push(...set);
  }
  const isExclusion = items.every(({ isNegated }) => isNegated);
  return subtract(isExclusion ? ALL_ADDRESSES : named, excluded);
}

/** The variables that a rule group defines, or takes from its policies and the networks of their firewalls. */
export function variablesOf(group: Resource, estate: Estate): Lookup {
  const known = new Map<string, AddressSet | Hidden>();
  return (kind, name) => {
    const key = `${kind} ${name}`;
    const found =
      known.get(key) ?? (kind === 'variable' ? variable(group, name, estate) : reference(group, name, estate));
    known.set(key, found);
    return found;
  };
}

function variable(group: Resource, name: string, estate: Estate): AddressSet | Hidden {
  const own = defined(group, ['rule_group', 'rule_variables', 'ip_sets'], name);
  if (isHidden(own)) return own;
  const inherited = policyVariable(group, name, estate);
  if (own !== null) return inherited === null ? own : agreed(`$${name}`, [own, inherited]);
  if (inherited !== null) return inherited;
  if (name === 'EXTERNAL_NET') {
    const home = variable(group, 'HOME_NET', estate);
    return isHidden(home) ? home : complement(home);
  }
  return name === 'HOME_NET' ? homeOf(group, estate) : unknown('missing-object', `$${name}`, 'is defined nowhere');
}

/** The definition of a variable in a list of blocks with `key` and `ip_set`; null when there is none. */
function defined(resource: Resource, path: readonly string[], name: string): AddressSet | Hidden | null {
  const { items, open } = resource.blocks(...path);
  const [hidden] = open;
  if (hidden !== undefined) return hidden;
  const found: AddressSet[] = [];
  for (const block of items) {
    const key = asString(block.attribute('key'));
    if (isHidden(key)) return key;
    if (key !== name) continue;
    const set = ofDefinition(block.attribute('ip_set', 'definition'));
    if (isHidden(set)) return set;
    found.push(set);
  }
  return found.length === 0 ? null : agreed(`$${name}`, found);
}

function ofDefinition(value: Value): AddressSet | Hidden {
  const { known, hidden } = asStrings(value);
  const [first] = hidden;
  if (first !== undefined) return first;
  const ranges: AddressRange[] = [];
  for (const text of known) {
    const range = parseAddresses(text);
    if (range === null) return unknown('invalid', value.sensitive ? '(sensitive)' : text, 'is no CIDR block');
    ranges.push(...range);
  }
  return union(ranges);
}

/** What the policies with the group define it to be; null when none does. */
function policyVariable(group: Resource, name: string, estate: Estate): AddressSet | Hidden | null {
  const { items, open } = policiesOf(group, estate);
  const [hidden] = open;
  if (hidden !== undefined) return hidden;
  const found: AddressSet[] = [];
  for (const policy of items) {
    const set = defined(policy, ['firewall_policy', 'policy_variables', 'rule_variables'], name);
    if (isHidden(set)) return set;
    if (set !== null) found.push(set);
  }
  if (found.length === 0) return null;
  const every = found.length === items.length;
  return every
    ? agreed(`$${name}`, found)
    : unknown('operation', `$${name}`, 'is defined by some of its policies only');
}

/** By default the home network is the VPC of the firewall. */
function homeOf(group: Resource, estate: Estate): AddressSet | Hidden {
  const policies = policiesOf(group, estate);
  const firewalls = policies.items.map((policy) => firewallsOf(policy, estate));
  const [hidden] = [...policies.open, ...firewalls.flatMap(({ open }) => open)];
  if (hidden !== undefined) return hidden;
  const networks = firewalls.flatMap(({ items }) => items).map((firewall) => networkOf(firewall, estate));
  const open = networks.find(isHidden);
  if (open !== undefined) return open;
  const known = networks.filter((network) => !isHidden(network));
  return known.length === 0
    ? unknown('missing-object', '$HOME_NET', 'is the network of a firewall, and none of the estate has the group')
    : agreed('$HOME_NET', known);
}

function networkOf(firewall: Resource, estate: Estate): AddressSet | Hidden {
  const vpc = estate.resolve(firewall.attribute('vpc_id'), VPC_TYPES);
  if (vpc.kind === 'hidden') return vpc.value;
  if (vpc.kind !== 'resource')
    return unknown('missing-object', `${firewall.address}.vpc_id`, 'is no VPC of the estate');
  const text = asString(vpc.resource.attribute('cidr_block'));
  if (isHidden(text)) return text;
  const range = text === null ? null : parseAddresses(text);
  return range ?? unknown('missing-object', `${vpc.resource.address}.cidr_block`, 'is known only after apply');
}

/** The set that several definitions agree on. */
function agreed(expression: string, sets: readonly (AddressSet | Hidden)[]): AddressSet | Hidden {
  const [first = []] = sets;
  if (isHidden(first)) return first;
  const text = show(first);
  for (const set of sets) {
    if (isHidden(set)) return set;
    if (show(set) !== text) return unknown('operation', expression, 'is defined in several ways');
  }
  return first;
}

function show(set: AddressSet): string {
  return union(set)
    .map(({ family, first, last }) => `${family} ${first}-${last}`)
    .join();
}

/** A set that the group refers to by ARN: a prefix list of the estate. */
function reference(group: Resource, name: string, estate: Estate): AddressSet | Hidden {
  const { items, open } = group.blocks('rule_group', 'reference_sets', 'ip_set_references');
  const [hidden] = open;
  if (hidden !== undefined) return hidden;
  const named = items.filter((block) => asString(block.attribute('key')) === name);
  const [block, another] = named;
  if (block === undefined || another !== undefined) {
    return unknown('missing-object', `@${name}`, 'is not referred to exactly once');
  }
  return prefixListAddresses(block.attribute('ip_set_reference', 'reference_arn'), estate);
}

/** The addresses of the prefix list that a value names. */
export function prefixListAddresses(value: Value, estate: Estate): AddressSet | Hidden {
  const target = estate.resolve(value, [PREFIX_LIST]);
  if (target.kind === 'hidden') return target.value;
  if (target.kind !== 'resource' || target.resource.type !== PREFIX_LIST || target.resource.init.mode === 'data') {
    return unknown('missing-object', display(value), 'is a set of addresses outside the estate');
  }
  return ofPrefixList(target.resource, estate);
}

function ofPrefixList(list: Resource, estate: Estate): AddressSet | Hidden {
  const inline = list.blocks('entry');
  const separate = estate.companions(list, PREFIX_LIST_ENTRY, 'prefix_list_id');
  const [hidden] = [...inline.open, ...separate.open.map(({ value }) => value)];
  if (hidden !== undefined) return hidden;
  const cidrs = [...inline.items, ...separate.items].map((entry) => ofDefinition(entry.attribute('cidr')));
  const open = cidrs.find(isHidden);
  return open ?? union(cidrs.flatMap((set) => (isHidden(set) ? [] : set)));
}
