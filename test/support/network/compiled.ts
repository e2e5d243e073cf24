import type { Estate } from '../../../model/estate.ts';
import { describeHidden } from '../../../model/value.ts';
import { topologyOf } from '../../../proofs/network/compile/topology-of.ts';
import type {
  Addresses,
  Destination,
  Doubts,
  Origin,
  RelayExit,
  Route,
  Services,
  Topology,
  TransitAttachment,
  TransitRoute,
} from '../../../proofs/network/topology.ts';
import { estateFrom } from '../terraform-json.ts';

type Blocks = { readonly [type: string]: { readonly [name: string]: object } };

/** One stack of Terraform JSON, in Ireland unless its provider says otherwise. */
export interface StackParts {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly variable?: { readonly [name: string]: object };
  readonly provider?: object;
  readonly terraform?: object;
  readonly output?: { readonly [name: string]: object };
}

const IRELAND = { aws: [{ region: 'eu-west-1', allowed_account_ids: ['111111111111'] }] };

function estateOfNetwork(resource: Blocks, more: Omit<StackParts, 'resource'> = {}): Estate {
  return estateOfStacks({ network: { resource, ...more } });
}

export function estateOfStacks(stacks: { readonly [name: string]: StackParts }): Estate {
  return estateFrom(
    Object.fromEntries(Object.entries(stacks).map(([name, parts]) => [name, { provider: IRELAND, ...parts }])),
  );
}

/** The network of one stack. */
export function networkOf(resource: Blocks, more: Omit<StackParts, 'resource'> = {}): Topology {
  return topologyOf(estateOfNetwork(resource, more));
}

/** A VPC with a subnet in each of two zones. */
export const TWO_ZONES = {
  aws_vpc: { main: { cidr_block: '10.0.0.0/16' } },
  aws_subnet: {
    a: { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.1.0/24', availability_zone: 'eu-west-1a' },
    b: { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.2.0/24', availability_zone: 'eu-west-1b' },
  },
} as const satisfies Blocks;

/** The one thing whose origin has a name. */
export function called<Item extends { readonly origin: Origin }>(items: readonly Item[], name: string): Item {
  const [found, ...more] = items.filter(({ origin }) => origin.name === name);
  if (found === undefined || more.length > 0)
    throw new TypeError(`${name} names ${found === undefined ? 0 : more.length + 1} things`);
  return found;
}

/** What hides something, as people would settle it. */
export function reasons(doubts: Doubts): readonly string[] {
  return doubts.map((hidden) => describeHidden(hidden));
}

export function text({ ranges, unknowns, doubts }: Addresses): readonly string[] {
  return [...ranges.map(rangeText), ...unknowns.map(({ name }) => name), ...(doubts.length > 0 ? ['?'] : [])];
}

function rangeText({ family, first, last }: Addresses['ranges'][number]): string {
  return first === last ? address(family, first) : `${address(family, first)}-${address(family, last)}`;
}

function address(family: 4 | 6, value: bigint): string {
  if (family === 6) return value.toString(16);
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
}

/** Services as `6/443`, or `6/80-90`. */
export function servicesText({ ranges, doubts }: Services): readonly string[] {
  const texts = ranges.map(({ first, last }) => {
    const protocol = Math.floor(first / 65_536);
    const [from, to] = [first % 65_536, last % 65_536];
    if (Math.floor(last / 65_536) !== protocol) return 'every';
    return from === to ? `${protocol}/${from}` : `${protocol}/${from}-${to}`;
  });
  return doubts.length > 0 ? [...texts, '?'] : texts;
}

function destinationText(destination: Destination): string {
  switch (destination.kind) {
    case 'range':
      return rangeText(destination.range);
    case 'unknown':
      return destination.unknown.name;
    case 'any':
      return 'any';
  }
}

/** A route as `10.1.0.0-10.1.255.255 -> aws_...`, with a question mark when it has doubts. */
export function transitRouteText({ destination, target, doubts }: TransitRoute): string {
  const to = target.kind === 'attachment' ? target.attachment.origin.name : target.kind;
  return `${destinationText(destination)} -> ${to}${doubts.length > 0 ? ' ?' : ''}`;
}

export function routeText({ destination, target, doubts }: Route): string {
  const to = 'outside' in target ? target.outside.name : target.kind;
  return `${destinationText(destination)} -> ${to}${doubts.length > 0 ? ' ?' : ''}`;
}

/** The tables that decide for an attachment, with a question mark when they have doubts. */
export function tableNames({ tables }: TransitAttachment): readonly string[] {
  return tables.map(({ item, doubts }) => `${item.origin.name}${doubts.length > 0 ? ' ?' : ''}`);
}

/** An exit as `aws_subnet.a -> 10.0.1.5 6/443`. */
export function exitText(exit: RelayExit): string {
  if (exit.kind === 'outside') return exit.outside.name;
  const at = exit.interface.subnet.origin.name;
  const services = servicesText(exit.services).join(',');
  return exit.kind === 'delivery'
    ? `delivered to ${exit.interface.origin.name} in ${at} ${services}`
    : `${at} -> ${text(exit.destinations).join(',')} ${services}`;
}
