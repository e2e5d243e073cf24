import { asChain } from '../../../model/expression/chain.ts';
import { print } from '../../../model/expression/print.ts';
import type { Expression, ForObjectExpression, ForTupleExpression } from '../../../model/expression/syntax.ts';
import type { Resource } from '../../../model/resource.ts';
import type { UnknownValue } from '../../../model/value.ts';
import type { Compilation } from './compilation.ts';

/**
 * The endpoints of a firewall have ids that only `firewall_status` tells after apply, so that a route picks one by an
 * expression: `one([for s in FW.firewall_status[0].sync_states : s.attachment[0].endpoint_id if s.attachment[0].subnet_id
 * == SUBNET.id])`. This reads which one an expression of that kind picks, in whatever of the usual ways it is written.
 */
export type Pick =
  | { readonly kind: 'subnet'; readonly subnet: Resource }
  /** The endpoint in a zone: a name, or the zone of a subnet. */
  | { readonly kind: 'zone'; readonly zone: string | Resource }
  /** Some endpoint of the firewall. */
  | { readonly kind: 'any' };

export interface FirewallPick {
  readonly firewall: Resource;
  readonly pick: Pick;
}

/** What an expression picks; null when it is not about one firewall. */
export function firewallPick(c: Compilation, { term, references }: UnknownValue): FirewallPick | null {
  if (term === undefined) return null;
  const mentioned = [...new Set(references.flatMap(({ target }) => c.estate.find(target) ?? []))];
  const [firewall, ...others] = mentioned.filter(({ type }) => type === 'aws_networkfirewall_firewall');
  if (firewall === undefined || others.length > 0) return null;
  const subnets = mentioned.filter(isSubnet);
  // An expression that names the firewall itself is of its stack, and so are the other names in it.
  const isOfStack = print(term).includes(`${firewall.address}.`);
  const scope: Scope = {
    subnets,
    find: (address) => (isOfStack ? c.estate.find({ stack: firewall.stack, address }) : null),
  };
  return { firewall, pick: pickOf(term, scope) };
}

/** What the names of an expression may mean. */
interface Scope {
  /** Subnets that it mentions. */
  readonly subnets: readonly Resource[];
  readonly find: (address: string) => Resource | null;
}

function isSubnet({ type, init }: Resource): boolean {
  return init.mode === 'managed' && (type === 'aws_subnet' || type === 'aws_default_subnet');
}

/** Functions that give one item of their first argument, or the same items in another collection. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  'compact',
  'concat',
  'distinct',
  'element',
  'flatten',
  'nonsensitive',
  'one',
  'reverse',
  'sort',
  'tolist',
  'tostring',
  'toset',
  'values',
]);

/** Attributes on the way from a state of the firewall to the id of its endpoint. */
const ON_THE_WAY: ReadonlySet<string> = new Set(['attachment', 'endpoint_id']);

const ANY: Pick = { kind: 'any' };

/** Follows an expression to the `for` that filters the states, or to the map that keys them; each step is one level in. */
function pickOf(term: Expression, scope: Scope): Pick {
  let current: Expression | null = term;
  let key: Expression | null = null;
  while (current !== null) {
    if (current.kind === 'for-tuple') {
      const pick = current.condition === null ? ANY : pickBy(current.condition, current, scope);
      if (pick.kind !== 'any') return pick;
      current = current.value;
    } else if (current.kind === 'for-object') {
      const filtered = current.condition === null ? ANY : pickBy(current.condition, current, scope);
      if (filtered.kind !== 'any' || key === null) return filtered;
      return compared(current.key, key, current, scope);
    } else {
      const lookedUp = keyIn(current);
      if (lookedUp !== null) key = lookedUp;
      current = inside(current);
    }
  }
  return ANY;
}

/** The key with which a map is read: `map[key]`, `lookup(map, key)`. */
function keyIn(expression: Expression): Expression | null {
  if (expression.kind === 'index') return expression.key;
  if (expression.kind === 'call' && expression.name === 'lookup') return expression.arguments[1] ?? null;
  return null;
}

/** The expression whose item (or only part) this one is; null where that is not so. */
function inside(expression: Expression): Expression | null {
  switch (expression.kind) {
    case 'template': {
      const [part, ...rest] = expression.parts;
      return part?.kind === 'interpolation' && rest.length === 0 ? part.expression : null;
    }
    case 'call':
      if (expression.name === 'lookup') return expression.arguments[0] ?? null;
      if (expression.name === 'join') return expression.arguments[1] ?? null;
      if (!TRANSPARENT.has(expression.name)) return null;
      return expression.name === 'concat' && expression.arguments.length > 1 ? null : (expression.arguments[0] ?? null);
    case 'tuple':
      return expression.items.length === 1 ? (expression.items[0] ?? null) : null;
    case 'index':
      return expression.collection;
    case 'splat':
      return expression.collection;
    case 'attribute':
      return ON_THE_WAY.has(expression.name) ? expression.object : null;
    default:
      return null;
  }
}

type For = ForTupleExpression | ForObjectExpression;

/** What a condition leaves over; of several that must hold together, any that picks will do. */
function pickBy(condition: Expression, loop: For, scope: Scope): Pick {
  const open = [condition];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind !== 'binary') continue;
    if (next.operator === '&&') open.push(next.left, next.right);
    if (next.operator !== '==') continue;
    const pick = compared(next.left, next.right, loop, scope);
    if (pick.kind !== 'any') return pick;
    const mirrored = compared(next.right, next.left, loop, scope);
    if (mirrored.kind !== 'any') return mirrored;
  }
  return ANY;
}

/** What it picks that a fact about a state of the firewall is equal to another expression. */
function compared(fact: Expression, other: Expression, loop: For, scope: Scope): Pick {
  const own = asChain(fact);
  if (own === null || own.steps.length === 0 || !(own.name === loop.valueName || own.name === loop.keyName)) return ANY;
  const last = own.steps.at(-1);
  const of = last?.kind === 'attribute' ? last.name : null;
  if (of === 'subnet_id') {
    const subnet = subnetIn(other, 'id', scope);
    return subnet === null ? ANY : { kind: 'subnet', subnet };
  }
  if (of !== 'availability_zone') return ANY;
  if (other.kind === 'literal' && other.literal.type === 'string') return { kind: 'zone', zone: other.literal.value };
  const subnet = subnetIn(other, 'availability_zone', scope);
  return subnet === null ? ANY : { kind: 'zone', zone: subnet };
}

/** The subnet of which an expression is an attribute; null when it may be of another thing. */
function subnetIn(expression: Expression, attribute: string, { subnets, find }: Scope): Resource | null {
  const chain = asChain(expression);
  if (chain === null) return null;
  const text = print(expression);
  if (text.endsWith(`.${attribute}`)) {
    const address = text.slice(0, -attribute.length - 1);
    const named = subnets.find((subnet) => subnet.address === address) ?? find(address);
    if (named !== null && isSubnet(named)) return named;
  }
  // An output of another stack or a local value stands for what it refers to, which is among what is mentioned.
  const [only, ...more] = subnets;
  const isIndirect = (chain.name === 'data' || chain.name === 'local') && attribute === 'id';
  return only !== undefined && more.length === 0 && isIndirect ? only : null;
}
