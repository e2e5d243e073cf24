import type { Resource } from '../../../model/resource.ts';
import { asString, isHidden, type Value } from '../../../model/value.ts';
import type { Outside } from '../topology.ts';
import { joinAddresses } from './addresses.ts';
import { nameOfValue, referenceOf } from './candidates.ts';
import { CERTAIN, type Compilation, NO_ADDRESSES } from './compilation.ts';
import { ANY_ADDRESS } from './outsides.ts';
import { prefixesOfService } from './prefix-lists.ts';
import { regionOf } from './reading.ts';

/** What stands behind an endpoint. */
export type Service =
  | { readonly kind: 'aws'; readonly name: string; readonly region: string | null }
  /** An `aws_vpc_endpoint_service` of the estate. */
  | { readonly kind: 'own'; readonly resource: Resource }
  | { readonly kind: 'foreign'; readonly name: string; readonly region: string | null };

const REGION = '[a-z]{2,4}(?:-[a-z]+){1,2}-\\d';
/** Services of others: `com.amazonaws.vpce.eu-west-1.vpce-svc-0123`. */
const OF_OTHERS = new RegExp(`^(?:cn\\.)?com\\.amazonaws\\.vpce\\.(${REGION})\\.`);
const OF_AWS = new RegExp(`^(?:(?:cn\\.)?com\\.amazonaws|aws\\.api)\\.(${REGION})\\.(.+)$`);
/** `aws.sagemaker.eu-west-1.studio`: the Region stands between the parts of the name. */
const OF_AWS_INNER = new RegExp(`^aws\\.([a-z-]+)\\.(${REGION})\\.(.+)$`);
/** `com.amazonaws.s3-global.accesspoint`: of no one Region. */
const OF_AWS_GLOBAL = /^com\.amazonaws\.(?!vpce\.)(.+)$/;
/** Where such a service is, which leads out of any Region. */
const EVERYWHERE = 'every Region';

/** The services of AWS that gateway endpoints route to, by prefix lists that AWS keeps. */
const WITH_PREFIXES: ReadonlySet<string> = new Set(['s3', 'dynamodb', 's3express']);

/** The service that an endpoint names, in the Region where it is. */
export function serviceOf(c: Compilation, endpoint: Resource): Service {
  const value = endpoint.attribute('service_name');
  const named = namedService(c, value) ?? withoutRegion(value);
  const elsewhere = asString(endpoint.attribute('service_region'));
  if (named === null || named.kind === 'foreign') {
    const name = value.kind === 'null' ? `what ${endpoint.address} connects to` : nameOfValue(value);
    return { kind: 'foreign', name, region: typeof elsewhere === 'string' ? elsewhere : (named?.region ?? null) };
  }
  if (named.kind === 'own') return named;
  if (isHidden(elsewhere)) return { ...named, region: null };
  return { ...named, region: elsewhere ?? named.region ?? regionOf(c, endpoint) };
}

function namedService(c: Compilation, value: Value): Service | null {
  const reference = referenceOf(value);
  const owner = reference === null ? null : c.estate.find(reference.target);
  if (owner?.type === 'aws_vpc_endpoint_service') {
    return owner.init.mode === 'managed' ? { kind: 'own', resource: owner } : readService(c, owner);
  }
  const text = asString(value);
  return typeof text === 'string' ? parsed(text) : null;
}

/** The service that a data source reads, by its short name or its whole one. */
function readService(c: Compilation, source: Resource): Service | null {
  const whole = source.attribute('service_name');
  if (whole.kind !== 'null') return namedService(c, whole);
  const short = asString(source.attribute('service'));
  if (short === null || isHidden(short)) return null;
  return { kind: 'aws', name: short, region: regionOf(c, source) };
}

function parsed(text: string): Service {
  const others = OF_OTHERS.exec(text);
  if (others !== null) return { kind: 'foreign', name: text, region: others[1] ?? null };
  const own = OF_AWS.exec(text);
  if (own !== null) return { kind: 'aws', name: own[2] ?? text, region: own[1] ?? null };
  const inner = OF_AWS_INNER.exec(text);
  if (inner !== null) return { kind: 'aws', name: `${inner[1] ?? ''}.${inner[3] ?? ''}`, region: inner[2] ?? null };
  const global = OF_AWS_GLOBAL.exec(text);
  if (global !== null) return { kind: 'aws', name: global[1] ?? text, region: EVERYWHERE };
  return { kind: 'foreign', name: text, region: null };
}

/** A service of AWS in a Region that the input hides: `com.amazonaws.${var.region}.s3`. */
function withoutRegion(value: Value): Service | null {
  if (value.kind !== 'template') return null;
  const [first, hole, last, ...rest] = value.parts;
  if (first !== 'com.amazonaws.' || typeof hole === 'string' || typeof last !== 'string' || rest.length > 0)
    return null;
  return last.startsWith('.') && !last.includes('vpce-svc') ? { kind: 'aws', name: last.slice(1), region: null } : null;
}

/** What a service is to the network: something outside, with addresses of its own where AWS keeps a list of them. */
export function outsideOf(c: Compilation, service: Exclude<Service, { kind: 'own' }>): Outside {
  if (service.kind === 'foreign') {
    const { name, region } = service;
    return c.outside(name, () => ({ kind: 'foreign-service', name, origin: null, addresses: ANY_ADDRESS, region }));
  }
  const { region } = service;
  const name = `${service.name} in ${region ?? 'a Region that is not known'}`;
  return c.outside(name, () => ({
    kind: 'service',
    name,
    origin: null,
    addresses: WITH_PREFIXES.has(service.name)
      ? joinAddresses(prefixLists(service).map((list) => prefixesOfService(c, list).addresses))
      : { ...NO_ADDRESSES, doubts: CERTAIN },
    region,
  }));
}

/** The names of the prefix lists of a service: of IPv4, and of IPv6. */
export function prefixLists({ name, region }: Extract<Service, { kind: 'aws' }>): readonly [string, string] {
  const where = region ?? 'unknown';
  return [`com.amazonaws.${where}.${name}`, `com.amazonaws.${where}.ipv6.${name}`];
}
