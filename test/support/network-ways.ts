import type { AddressRange } from '../../model/aws/cidr.ts';
import { describeHidden } from '../../model/value.ts';
import { topologyOf } from '../../proofs/network/compile/topology-of.ts';
import type {
  Addresses,
  Doubts,
  RelayEntry,
  RelayExit,
  RelayKind,
  Services,
  Topology,
  TransitAttachment,
  TransitTable,
  Truth,
} from '../../proofs/network/topology.ts';
import { estateFrom } from './terraform-json.ts';

/** A VPC with one subnet, for what a test puts into it. */
export const ONE_VPC = {
  aws_vpc: { main: { cidr_block: '10.0.0.0/16' } },
  aws_subnet: {
    app: { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.1.0/24', availability_zone: 'eu-west-1a' },
  },
};

/** The network of one stack in Ireland. */
export function networkOf(resource: { readonly [type: string]: unknown }, rest: object = {}): Topology {
  return topologyOf(estateFrom({ west: { provider: { aws: { region: 'eu-west-1' } }, resource, ...rest } }));
}

/** The relays of some kinds, each as `from -> to ? doubts`. */
export function relaysOf(topology: Topology, ...kinds: readonly RelayKind[]): readonly string[] {
  return topology.relays
    .filter(({ kind }) => kinds.includes(kind))
    .map(
      ({ from, to, doubts }) =>
        `${from.map(describeEntry).join(' + ')} -> ${to.map(describeExit).join(' + ')}${unsure(doubts)}`,
    );
}

export function unmodelledIn({ unmodelled }: Topology): readonly string[] {
  return unmodelled.map(({ resource, reason }) => `${resource.address}: ${reason}`);
}

/** Attachments to gateways, each with what it leads to and what its tables route. */
export function attachmentsIn({ attachments }: Topology): readonly string[] {
  return attachments.map((attachment) => {
    const tables = attachment.tables.map(({ item, doubts }) => `${describeTable(item)}${unsure(doubts)}`);
    return `${attachment.origin.name} to ${describeEnd(attachment)}${unsure(attachment.doubts)}: ${tables.join('; ')}`;
  });
}

function describeEnd({ end }: TransitAttachment): string {
  switch (end.kind) {
    case 'vpc':
      return end.vpc.origin.name;
    case 'outside':
      return end.outside.name;
    case 'peering':
    case 'inspection':
      return end.kind;
  }
}

function describeTable({ origin, routes, open }: TransitTable): string {
  const parts = routes.map(({ destination, target, doubts }) => {
    const to = target.kind === 'attachment' ? target.attachment.origin.name : target.kind;
    const prefix =
      destination.kind === 'range'
        ? describeRange(destination.range)
        : destination.kind === 'any'
          ? 'any'
          : destination.unknown.name;
    return `${prefix} by ${to}${unsure(doubts)}`;
  });
  return `${origin.name} {${parts.join(', ')}}${unsure(open)}`;
}

function describeEntry(entry: RelayEntry): string {
  switch (entry.kind) {
    case 'interface':
      return `${entry.interface.origin.name} ${describeServices(entry.services)}`;
    case 'outside':
      return `${entry.outside.name} ${describeServices(entry.services)}`;
    case 'vpc':
      return `${entry.vpc.origin.name} ${describeServices(entry.services)}`;
  }
}

function describeExit(exit: RelayExit): string {
  switch (exit.kind) {
    case 'interface':
      return `from ${exit.interface.origin.name} to ${describeAddresses(exit.destinations)} ${describeServices(exit.services)}${describeSource(exit.keepsSource)}`;
    case 'delivery':
      return `at ${exit.interface.origin.name} ${describeServices(exit.services)}`;
    case 'outside':
      return exit.outside.name;
  }
}

function describeSource({ holds, doubts }: Truth): string {
  return doubts.length > 0 ? ' perhaps as the client' : holds ? ' as the client' : '';
}

export function describeAddresses({ ranges, unknowns, doubts }: Addresses): string {
  return [...ranges.map(describeRange), ...unknowns.map(({ name }) => name), ...(doubts.length > 0 ? ['?'] : [])].join(
    ' ',
  );
}

function describeRange({ family, first, last }: AddressRange): string {
  if (family === 6) return first === 0n && last === (1n << 128n) - 1n ? 'v6' : `v6:${first.toString(16)}`;
  const length = 32 - (last - first + 1n).toString(2).length + 1;
  const octets = [24n, 16n, 8n, 0n].map((shift) => String((first >> shift) & 255n));
  return `${octets.join('.')}/${length}`;
}

const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [6, 'tcp'],
  [17, 'udp'],
]);

function describeServices({ ranges, doubts }: Services): string {
  const parts = ranges.map(({ first, last }) => {
    if (first === 0 && last === 2 ** 24 - 1) return '*';
    const protocol = PROTOCOLS.get(first >> 16) ?? String(first >> 16);
    const [from, to] = [first & 65_535, last & 65_535];
    if (from === 0 && to === 65_535) return protocol;
    return from === to ? `${protocol}/${from}` : `${protocol}/${from}-${to}`;
  });
  return [...parts, ...(doubts.length > 0 ? ['?'] : [])].join(',');
}

function unsure(doubts: Doubts): string {
  return doubts.length === 0 ? '' : ` ? ${[...new Set(doubts.map(describeHidden))].join(', ')}`;
}
