import { type AddressSet, ALL_ADDRESSES, parseAddresses } from '../../model/aws/address-set.ts';
import { covers, parseCidr, union } from '../../model/aws/cidr.ts';
import type { Block, Resource } from '../../model/resource.ts';
import { asItems, asNumber, asString, type Hidden, isHidden, unknown } from '../../model/value.ts';
import type { DeclaredFlow, OutsideNetwork } from '../../policy/policy.ts';

export const TLS_INSPECTION = 'aws_networkfirewall_tls_inspection_configuration';

/** Connections that a configuration decrypts. */
interface Scope {
  /** With certificates of the enclave's own servers it reads what comes in, with an authority what goes out. */
  readonly isInbound: boolean;
  readonly isOutbound: boolean;
  readonly source: AddressSet | Hidden;
  readonly destination: AddressSet | Hidden;
  readonly ports: readonly PortRange[] | Hidden;
}

interface PortRange {
  readonly first: number;
  readonly last: number;
}

export interface Inspected {
  readonly scopes: readonly Scope[];
  readonly open: readonly Hidden[];
}

const TCP = '6';
const ALL_PORTS: readonly PortRange[] = [{ first: 0, last: 65535 }];

/** What a TLS inspection configuration decrypts. */
export function inspectedBy(configuration: Resource): Inspected {
  const { items, open } = configuration.blocks('tls_inspection_configuration', 'server_certificate_configuration');
  const read = items.map(scopesOf);
  return {
    scopes: read.flatMap(({ scopes }) => scopes),
    open: [...open, ...read.flatMap((part) => part.open)],
  };
}

/** A declared connection with a network outside, as the gateway of its site sees it. */
export interface CrossingFlow {
  readonly flow: DeclaredFlow;
  readonly outside: OutsideNetwork;
  readonly isInbound: boolean;
  /** Addresses at the end of the enclave, and what hides more of them. */
  readonly inside: AddressSet;
  readonly open: readonly Hidden[];
}

/** Whether a configuration decrypts a flow, whichever addresses of its two ends take part. */
export function isInspected(flow: CrossingFlow, { scopes, open }: Inspected): boolean | Hidden {
  const hidden: Hidden[] = [...open];
  const outside = flow.outside.cidrs.flatMap((block) => parseCidr(block) ?? []);
  for (const scope of scopes) {
    if (flow.isInbound ? !scope.isInbound : !scope.isOutbound) continue;
    const [far, near] = flow.isInbound ? [scope.source, scope.destination] : [scope.destination, scope.source];
    const answers = [holds(far, outside), holds(near, flow.inside), hasPort(scope.ports, flow.flow.port)];
    if (answers.includes(false)) continue;
    const unseen = answers.filter((answer) => typeof answer !== 'boolean');
    // Any address holds those, too, that are not known.
    if (near !== ALL_ADDRESSES) unseen.push(...flow.open);
    if (unseen.length === 0) return true;
    hidden.push(...unseen);
  }
  return hidden[0] ?? false;
}

function holds(scope: AddressSet | Hidden, addresses: AddressSet): boolean | Hidden {
  return isHidden(scope) ? scope : addresses.every((range) => covers(scope, range));
}

function hasPort(ports: Scope['ports'], port: number | null): boolean | Hidden {
  return isHidden(ports) ? ports : port !== null && ports.some(({ first, last }) => first <= port && port <= last);
}

function scopesOf(block: Block): Inspected {
  const certificates = block.blocks('server_certificate');
  const authority = block.attribute('certificate_authority_arn');
  const authorityText = asString(authority);
  const { items, open } = block.blocks('scope');
  // A variable may be null; what is known only after apply is an authority, whichever.
  const hidden = [...open, ...certificates.open, ...(authority.kind === 'unknown' ? [authority] : [])];
  const isSigned = isHidden(authorityText)
    ? authority.kind !== 'unknown'
    : authorityText !== null && authorityText !== '';
  const scopes: Scope[] = [];
  for (const scope of items) {
    const protocols = asItems(scope.attribute('protocols'));
    const texts = protocols.items.map((item) => asString(item));
    hidden.push(...protocols.open, ...texts.filter(isHidden));
    if (!texts.includes(TCP)) continue;
    scopes.push({
      isInbound: certificates.items.length > 0,
      isOutbound: isSigned,
      source: addressesIn(scope, 'source'),
      destination: addressesIn(scope, 'destination'),
      ports: portsIn(scope, 'destination_ports'),
    });
  }
  return { scopes: scopes.filter(({ isInbound, isOutbound }) => isInbound || isOutbound), open: hidden };
}

/** Without blocks, any address. */
function addressesIn(scope: Block, name: 'source' | 'destination'): AddressSet | Hidden {
  const { items, open } = scope.blocks(name);
  const [hidden] = open;
  if (hidden !== undefined) return hidden;
  if (items.length === 0) return ALL_ADDRESSES;
  const sets: AddressSet[] = [];
  for (const item of items) {
    const text = asString(item.attribute('address_definition'));
    if (isHidden(text)) return text;
    const set = text === null ? null : parseAddresses(text);
    if (set === null) return unknown('invalid', `scope.${name}.address_definition`, 'is no address');
    sets.push(set);
  }
  return union(sets.flat());
}

function portsIn(scope: Block, name: string): readonly PortRange[] | Hidden {
  const { items, open } = scope.blocks(name);
  const [hidden] = open;
  if (hidden !== undefined) return hidden;
  const ranges: PortRange[] = [];
  for (const item of items) {
    const first = asNumber(item.attribute('from_port'));
    const last = asNumber(item.attribute('to_port'));
    if (isHidden(first)) return first;
    if (isHidden(last)) return last;
    if (first !== null) ranges.push({ first, last: last ?? first });
  }
  return items.length === 0 ? ALL_PORTS : ranges;
}
