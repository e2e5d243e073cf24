/** Everything inside of any site. */
export const ENCLAVE_BLOCK = '10.0.0.0/8';

/** A site of the generated enclave. Each of its VPCs has a /18 under 10.0.0.0/8. */
export interface GeneratedSite {
  readonly id: string;
  readonly region: string;
  readonly country: string;
  readonly account: string;
  readonly zones: readonly string[];
  /** Number of the site's first VPC among all. */
  readonly firstVpc: number;
  readonly vpcs: number;
}

/** The block of a VPC by its number among all, or of one of its sixteen possible subnets. */
export function blockOf(vpc: number, subnet: number | null = null): string {
  const third = (vpc % 4) * 64 + (subnet ?? 0) * 4;
  return `10.${Math.floor(vpc / 4)}.${third}.0/${subnet === null ? 18 : 22}`;
}
