import { parseCidr } from '../../../model/aws/cidr.ts';
import { complement } from '../../../model/aws/address-set.ts';
import type { Resource } from '../../../model/resource.ts';
import type { Addresses, Outside } from '../topology.ts';
import { CERTAIN, type Compilation, originOf } from './compilation.ts';

/** Addresses that nobody routes on the Internet: private, shared, loopback, link-local, multicast, reserved. */
const NOT_ROUTED = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
  '::/3',
  '4000::/2',
  '8000::/1',
].flatMap((text) => parseCidr(text) ?? []);

const ROUTED: Addresses = { ranges: complement(NOT_ROUTED), unknowns: [], doubts: CERTAIN };

/** The Internet, of which there is one. */
export function internetOf(c: Compilation): Outside {
  return c.outside('the Internet', () => ({
    kind: 'internet',
    name: 'the Internet',
    origin: null,
    addresses: ROUTED,
    region: null,
  }));
}

/** A network of the owner that a resource leads to, such as the one behind a customer gateway. */
export function onPremisesBehind(c: Compilation, resource: Resource, addresses: Addresses): Outside {
  return behind(c, 'on-premises', resource, addresses);
}

/** A network of somebody else, or of an account that the estate does not show. */
export function foreignNetworkBehind(c: Compilation, resource: Resource, addresses: Addresses): Outside {
  return behind(c, 'foreign-network', resource, addresses);
}

function behind(c: Compilation, kind: Outside['kind'], resource: Resource, addresses: Addresses): Outside {
  const name = `the network behind ${resource.address} of ${resource.stack}`;
  return c.outside(name, () => ({ kind, name, origin: originOf(resource), addresses, region: null }));
}

/** Addresses of which nothing is known, as on the other side of a line that tells its routes by BGP. */
export const ANY_ADDRESS: Addresses = {
  ranges: [
    { family: 4, first: 0n, last: (1n << 32n) - 1n },
    { family: 6, first: 0n, last: (1n << 128n) - 1n },
  ],
  unknowns: [],
  doubts: CERTAIN,
};
