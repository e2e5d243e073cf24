import type { Resource } from '../../../model/resource.ts';
import { asString, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type { Doubts, Subnet, Truth } from '../topology.ts';
import { CERTAIN, type Compilation, type Draft } from './compilation.ts';
import { bothDoubts, doubtsOf, NO, subnetChoices, vpcOf } from './reading.ts';

const OPTIONS = 'aws_vpc_block_public_access_options';
const EXCLUSION = 'aws_vpc_block_public_access_exclusion';

interface Blocks {
  readonly ingress: Truth;
  readonly egress: Truth;
}

const NOTHING: Blocks = { ingress: NO, egress: NO };

/** VPC Block Public Access: what the account blocks in a Region, but for the VPCs and subnets that are excluded. */
export function compilePublicAccess(c: Compilation): void {
  for (const type of [OPTIONS, EXCLUSION]) for (const resource of c.estate.ofType(type)) c.understood.add(resource);
  const options = c.estate.ofType(OPTIONS);
  if (options.length === 0) return;
  const byPlace = new Map<string, Blocks>();
  for (const [resource, subnet] of c.subnets) {
    const key = placeKey(c, resource);
    const blocks = byPlace.get(key) ?? blocksAt(c, resource, options);
    byPlace.set(key, blocks);
    subnet.blocksIngress = blocks.ingress;
    subnet.blocksEgress = blocks.egress;
  }
  for (const exclusion of c.estate.ofType(EXCLUSION)) exclude(c, exclusion);
}

/** Equal for resources of which nothing tells their Regions and accounts apart. */
function placeKey(c: Compilation, resource: Resource): string {
  const { region, account } = c.estate.place(resource);
  const { name, alias, stack } = resource.init.provider;
  const places = [region, account].map((value) =>
    value.kind === 'string' ? value.value : `${stack} ${name} ${alias}`,
  );
  return places.join('\n');
}

/** What the settings of the Region and account of a resource block. */
function blocksAt(c: Compilation, resource: Resource, options: readonly Resource[]): Blocks {
  let blocks = NOTHING;
  for (const option of options) {
    const where = placeDoubts(c, resource, option);
    if (where === null) continue;
    const doubts = bothDoubts(doubtsOf(option), where);
    const mode = asString(option.attribute('internet_gateway_block_mode'));
    if (isHidden(mode)) blocks = withDoubts(blocks, bothDoubts(doubts, [mode]));
    else if (doubts.length > 0) blocks = mode === 'off' ? blocks : withDoubts(blocks, doubts);
    else {
      blocks = {
        ingress: { holds: mode === 'block-ingress' || mode === 'block-bidirectional', doubts: blocks.ingress.doubts },
        egress: { holds: mode === 'block-bidirectional', doubts: blocks.egress.doubts },
      };
    }
  }
  return blocks;
}

/** Why a setting may not be of the Region and account of a resource; null when it is of others. */
function placeDoubts(c: Compilation, resource: Resource, option: Resource): Doubts | null {
  if (placeKey(c, resource) === placeKey(c, option)) return CERTAIN;
  const [here, there] = [c.estate.place(resource), c.estate.place(option)];
  const doubts: Hidden[] = [];
  for (const [left, right] of [
    [here.region, there.region],
    [here.account, there.account],
  ] as const) {
    if (left.kind === 'string' && right.kind === 'string' && left.value !== right.value) return null;
    doubts.push(...[left, right].filter(isHidden));
  }
  return doubts;
}

function withDoubts({ ingress, egress }: Blocks, doubts: Doubts): Blocks {
  return {
    ingress: { ...ingress, doubts: bothDoubts(ingress.doubts, doubts) },
    egress: { ...egress, doubts: bothDoubts(egress.doubts, doubts) },
  };
}

function exclude(c: Compilation, exclusion: Resource): void {
  const mode = asString(exclusion.attribute('internet_gateway_exclusion_mode'));
  const { subnets, doubts } = excludedBy(c, exclusion);
  const hidden = bothDoubts(bothDoubts(doubtsOf(exclusion), doubts), isHidden(mode) ? [mode] : CERTAIN);
  for (const subnet of subnets) {
    subnet.blocksEgress = lifted(subnet.blocksEgress, hidden);
    if (isHidden(mode) || mode !== 'allow-egress') subnet.blocksIngress = lifted(subnet.blocksIngress, hidden);
  }
}

function lifted(truth: Truth, doubts: Doubts): Truth {
  return doubts.length === 0 ? NO : { ...truth, doubts: bothDoubts(truth.doubts, doubts) };
}

/** The subnets that an exclusion is about; every one when it hides which. */
function excludedBy(
  c: Compilation,
  exclusion: Resource,
): { readonly subnets: readonly Draft<Subnet>[]; readonly doubts: Doubts } {
  const [subnetId, vpcId] = [exclusion.attribute('subnet_id'), exclusion.attribute('vpc_id')];
  if (subnetId.kind !== 'null') {
    const { items, open } = subnetChoices(c, subnetId);
    const isOne = items.length === 1 && open.length === 0;
    if (isOne) return { subnets: items.map(({ item }) => item), doubts: CERTAIN };
    return { subnets: [...c.subnets.values()], doubts: open };
  }
  const vpc = vpcOf(c, vpcId);
  if (vpc.origin.resource !== null) return { subnets: c.subnetsOf.get(vpc) ?? [], doubts: CERTAIN };
  return { subnets: [...c.subnets.values()], doubts: [unseen(vpcId, exclusion)] };
}

function unseen(value: Value, { address }: Resource): Hidden {
  return isHidden(value) ? value : unknown('missing-object', address, 'may exclude any VPC');
}
