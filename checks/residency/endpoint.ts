import { PARTITIONS, REGIONS } from '../../model/aws/jurisdictions.ts';

/** What a custom endpoint of the provider or of a backend leads to. */
export type Endpoint =
  | { readonly kind: 'region'; readonly host: string; readonly region: string }
  /** Not AWS, or not the partition. */
  | { readonly kind: 'outside'; readonly host: string }
  /** A name of AWS without a Region in it, or no host at all. */
  | { readonly kind: 'unclear'; readonly host: string };

/** Names besides that of the partition under which AWS serves the commercial Regions. */
const OTHER_SUFFIXES: ReadonlyMap<string, readonly string[]> = new Map([['aws', ['api.aws', 'on.aws']]]);

/** Reads `https://s3.eu-west-1.amazonaws.com`, with or without its scheme. */
export function endpointOf(text: string, partition: string): Endpoint {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(url)) return { kind: 'unclear', host: text };
  const host = new URL(url).hostname.replace(/\.$/, '');
  const suffixes = [PARTITIONS.get(partition) ?? '', ...(OTHER_SUFFIXES.get(partition) ?? [])];
  if (!suffixes.some((suffix) => suffix !== '' && host.endsWith(`.${suffix}`))) return { kind: 'outside', host };
  // Names before the Region are the customer's: a bucket may be called `eu-west-1`.
  const region = host.split('.').findLast((label) => REGIONS.has(label));
  if (region === undefined) return { kind: 'unclear', host };
  return REGIONS.get(region)?.partition === partition ? { kind: 'region', host, region } : { kind: 'outside', host };
}
