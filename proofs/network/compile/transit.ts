import type { Resource } from '../../../model/resource.ts';
import { asItems, asString, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type { Choice, Doubts, Subnet, TransitAttachment, TransitGateway, Truth, Vpc } from '../topology.ts';
import { nameOfValue, vpcChoices } from './candidates.ts';
import { CERTAIN, type Compilation, type Draft, originOf } from './compilation.ts';
import { ANY_ADDRESS, foreignNetworkBehind } from './outsides.ts';
import { bothDoubts, doubtsOf, regionOf, subnetChoices } from './reading.ts';
import { compileTransitGateways, gatewayChoices, gatewaysAround, isManaged } from './transit-gateways.ts';

const VPC_ATTACHMENT = 'aws_ec2_transit_gateway_vpc_attachment';
const VPC_ACCEPTER = 'aws_ec2_transit_gateway_vpc_attachment_accepter';
const PEERING = 'aws_ec2_transit_gateway_peering_attachment';
const PEERING_ACCEPTER = 'aws_ec2_transit_gateway_peering_attachment_accepter';

/** Rank of routes to the blocks of an attached VPC. */
export const VPC_RANK = 2;
/** Rank of routes that another gateway tells. */
const PEERING_RANK = 6;

/** Transit gateways, and what this file's types attach to them. Which table decides for an attachment is said later. */
export function compileTransit(c: Compilation): void {
  compileTransitGateways(c);
  for (const attachment of c.estate.ofType(VPC_ATTACHMENT)) addVpcAttachment(c, attachment);
  for (const attachment of c.estate.ofType(PEERING)) addPeering(c, attachment);
  for (const type of [VPC_ACCEPTER, PEERING_ACCEPTER]) {
    for (const accepter of c.estate.ofType(type)) addAccepter(c, accepter);
  }
  addShared(c);
}

/** Adds one side of a connection, and lets the resources that stand for it name it. */
export function attach(
  c: Compilation,
  resource: Resource,
  parts: Pick<TransitAttachment, 'gateway' | 'end'> & { readonly doubts: Doubts },
): Draft<TransitAttachment> {
  const made: Draft<TransitAttachment> = {
    origin: originOf(resource),
    doubts: bothDoubts(doubtsOf(resource), parts.doubts),
    gateway: parts.gateway,
    tables: [],
    end: parts.end,
  };
  c.attachments.push(made);
  const known = c.attachmentsOf.get(resource);
  if (known === undefined) c.attachmentsOf.set(resource, [made]);
  else known.push(made);
  return made;
}

function addVpcAttachment(c: Compilation, attachment: Resource): void {
  c.understood.add(attachment);
  const gateways = gatewayChoices(c, attachment.attribute('transit_gateway_id'), attachment);
  const vpcs = vpcsOf(c, attachment);
  const applianceMode = applianceModeOf(c, attachment);
  for (const gateway of gateways) {
    const accepted = acceptanceByOwner(c, attachment, gateway.item);
    for (const vpc of vpcs) {
      attach(c, attachment, {
        gateway: gateway.item,
        doubts: bothDoubts(bothDoubts(gateway.doubts, vpc.doubts), accepted),
        end: { kind: 'vpc', vpc: vpc.item, subnets: subnetsOf(c, attachment, vpc.item), applianceMode },
      });
    }
  }
}

/** The VPC of its subnets, where they are known, or else what it names. */
function vpcsOf(c: Compilation, attachment: Resource): readonly Choice<Draft<Vpc>>[] {
  const named = vpcChoices(c, attachment.attribute('vpc_id'), attachment);
  if (named.every(({ doubts }) => doubts.length === 0)) return named;
  const { items, open } = subnetChoices(c, attachment.attribute('subnet_ids'));
  if (items.length === 0 || open.length > 0) return named;
  return [...new Set(items.map(({ item }) => item.vpc))].map((item) => ({ item, doubts: CERTAIN }));
}

function applianceModeOf(c: Compilation, attachment: Resource): Truth {
  const mode = asString(c.estate.effective(attachment, 'appliance_mode_support'));
  if (isHidden(mode)) return { holds: false, doubts: [mode] };
  return { holds: mode === 'enable', doubts: CERTAIN };
}

/** The subnets that it is attached at: where that is hidden, perhaps any of the VPC. */
function subnetsOf(c: Compilation, attachment: Resource, vpc: Vpc): readonly Choice<Subnet>[] {
  const { items, open } = subnetChoices(c, attachment.attribute('subnet_ids'));
  const [hidden] = open;
  if (hidden === undefined) return items;
  const named = new Set(items.map(({ item }) => item));
  const others = (c.subnetsOf.get(vpc) ?? []).filter((subnet) => !named.has(subnet));
  return [...items, ...others.map((item) => ({ item, doubts: open }))];
}

/** Of another account than its gateway, an attachment waits for the gateway's owner to accept it. */
function acceptanceByOwner(c: Compilation, attachment: Resource, gateway: TransitGateway): Doubts {
  const owner = gateway.origin.resource;
  if (owner === null || owner.init.mode === 'data') return CERTAIN;
  const [here, there] = [c.estate.place(attachment).account, c.estate.place(owner).account];
  if (here.kind !== 'string' || there.kind !== 'string' || here.value === there.value) return CERTAIN;
  if (asString(c.estate.effective(owner, 'auto_accept_shared_attachments')) === 'enable') return CERTAIN;
  return acceptance(c, attachment, VPC_ACCEPTER);
}

function acceptance(c: Compilation, attachment: Resource, accepter: string): Doubts {
  const { items, open } = c.estate.companions(attachment, accepter, 'transit_gateway_attachment_id');
  if (items.some((item) => !item.init.isSymbolic)) return CERTAIN;
  const detail =
    open.length + items.length > 0 ? 'may be accepted, or not' : 'is not accepted by anything in the estate';
  return [unknown('missing-object', attachment.address, detail)];
}

/** A peering is an attachment at each of two gateways, by the one id of both. */
function addPeering(c: Compilation, peering: Resource): void {
  c.understood.add(peering);
  const own = gatewayChoices(c, peering.attribute('transit_gateway_id'), peering);
  const value = peering.attribute('peer_transit_gateway_id');
  const region = asString(peering.attribute('peer_region'));
  const peers = gatewayChoices(c, value, peering, isHidden(region) ? null : region);
  const accepted = acceptance(c, peering, PEERING_ACCEPTER);
  const learnt = learntFrom(peering);
  for (const gateway of own) {
    for (const peer of peers) {
      if (gateway.item === peer.item) continue;
      const doubts = bothDoubts(bothDoubts(gateway.doubts, peer.doubts), accepted);
      if (peer.item.origin.resource !== null) join(c, peering, [gateway.item, peer.item], doubts, learnt);
      else {
        const name = `the network behind ${nameOfValue(value)}`;
        const outside = c.outside(name, () => ({
          kind: 'foreign-network',
          name,
          origin: originOf(peering, ['peer_transit_gateway_id']),
          addresses: ANY_ADDRESS,
          region: isHidden(region) ? null : region,
        }));
        const made = attach(c, peering, { gateway: gateway.item, doubts, end: { kind: 'outside', outside } });
        learn(c, made, learnt);
      }
    }
  }
}

function join(
  c: Compilation,
  peering: Resource,
  [gateway, peer]: readonly [TransitGateway, TransitGateway],
  doubts: Doubts,
  learnt: Doubts,
): void {
  // Each names the other, so the first is made before what it leads to.
  const near = attach(c, peering, { gateway, doubts, end: PENDING });
  const far = attach(c, peering, { gateway: peer, doubts, end: { kind: 'peering', other: near } });
  near.end = { kind: 'peering', other: far };
  learn(c, near, learnt);
  learn(c, far, learnt);
}

const PENDING: TransitAttachment['end'] = {
  kind: 'outside',
  outside: {
    kind: 'foreign-network',
    name: 'the other side of a peering',
    origin: null,
    addresses: { ranges: [], unknowns: [], doubts: CERTAIN },
    region: null,
  },
};

/** Doubts by dynamic routing: gateways that exchange routes put them into the tables that a peering propagates to. */
function learntFrom(peering: Resource): Doubts {
  const dynamic = asString(peering.attribute('options', 'dynamic_routing'));
  if (isHidden(dynamic)) return [dynamic];
  return dynamic === 'enable'
    ? [
        unknown(
          'missing-object',
          `${peering.address}.options.dynamic_routing`,
          'adds the routes that the other gateway tells',
        ),
      ]
    : CERTAIN;
}

function learn(c: Compilation, attachment: TransitAttachment, doubts: Doubts): void {
  if (doubts.length === 0) return;
  c.propagates.set(attachment, [{ destination: { kind: 'any', doubts }, rank: PEERING_RANK, doubts }]);
}

/** An accepter stands for the attachment that it accepts; one of somebody else's lets their network in. */
function addAccepter(c: Compilation, accepter: Resource): void {
  c.understood.add(accepter);
  const target = c.estate.resolve(accepter.attribute('transit_gateway_attachment_id'), [VPC_ATTACHMENT, PEERING]);
  const known = target.kind === 'resource' ? c.attachmentsOf.get(target.resource) : undefined;
  if (known !== undefined) {
    c.attachmentsOf.set(accepter, known);
    return;
  }
  const doubts = [unknown('missing-object', accepter.address, 'accepts an attachment that the estate does not show')];
  attachForeign(c, accepter, gatewaysAround(c, regionOf(c, accepter)), doubts);
}

function attachForeign(c: Compilation, resource: Resource, gateways: readonly TransitGateway[], doubts: Doubts): void {
  const end = { kind: 'outside', outside: foreignNetworkBehind(c, resource, ANY_ADDRESS) } as const;
  for (const gateway of gateways) {
    const made = attach(c, resource, { gateway, doubts, end });
    if (doubts.length > 0) c.propagates.set(made, [{ destination: { kind: 'any', doubts }, rank: VPC_RANK, doubts }]);
  }
}

/** Other accounts attach to a shared gateway by themselves where it accepts what they ask. */
function addShared(c: Compilation): void {
  for (const share of c.estate.ofType('aws_ram_resource_association')) {
    const value: Value = share.attribute('resource_arn');
    for (const item of [...asItems(value).items, ...asItems(value).open]) {
      const target = c.estate.resolve(item, ['aws_ec2_transit_gateway']);
      const gateway = target.kind === 'resource' ? c.transitGateways.get(target.resource) : undefined;
      const owner = gateway?.origin.resource ?? null;
      if (gateway === undefined || owner === null) continue;
      const accepts = asString(c.estate.effective(owner, 'auto_accept_shared_attachments'));
      if (accepts !== 'enable' && !isHidden(accepts)) continue;
      attachForeign(c, owner, [gateway], [sharedWith(owner)]);
    }
  }
}

function sharedWith({ address }: Resource): Hidden {
  return unknown('missing-object', address, 'is shared and accepts every attachment that other accounts ask for');
}

/** Whatever else is attached to a gateway that the estate does not make. */
export function attachUnseen(c: Compilation): void {
  const read = [...c.transitGateways].filter(([, gateway]) => !isManaged(gateway));
  for (const [source, gateway] of read) attachForeign(c, source, [gateway], CERTAIN);
  for (const [named, gateway] of c.foreignTransitGateways) {
    const name = `the network behind ${named}`;
    const outside = c.outside(name, () => ({
      kind: 'foreign-network',
      name,
      origin: null,
      addresses: ANY_ADDRESS,
      region: gateway.region,
    }));
    c.attachments.push({
      origin: gateway.origin,
      doubts: CERTAIN,
      gateway,
      tables: [],
      end: { kind: 'outside', outside },
    });
  }
}
