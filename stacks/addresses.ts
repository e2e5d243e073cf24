/** Tiers of a site's networks, in the order of their address blocks. */
export const TIERS = ['workload', 'data', 'endpoint', 'transit', 'gateway', 'edge'] as const;
export type Tier = (typeof TIERS)[number];

/** Address block of a tier: an eighth of the network. */
export function tierCidr(network: string, tier: Tier): string {
  return block(network, 3, TIERS.indexOf(tier));
}

/** Address block of the tier's subnet in the zone with this index: a quarter of the tier. */
export function subnetCidr(network: string, tier: Tier, zone: number): string {
  return block(tierCidr(network, tier), 2, zone);
}

/** Address with this number inside a block. */
export function address(cidr: string, host: number): string {
  return text(parse(cidr).start + host);
}

function block(cidr: string, bits: number, index: number): string {
  const { start, prefix } = parse(cidr);
  const inner = prefix + bits;
  if (index >= 2 ** bits) throw new Error(`${cidr} has no block ${index} of /${inner}`);
  return `${text(start + index * 2 ** (32 - inner))}/${inner}`;
}

function parse(cidr: string): { readonly start: number; readonly prefix: number } {
  const [network = '', prefix = ''] = cidr.split('/');
  const start = network.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { start, prefix: Number(prefix) };
}

function text(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
