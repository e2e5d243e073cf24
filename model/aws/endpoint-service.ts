import type { Estate } from '../estate.ts';
import type { Resource } from '../resource.ts';
import {
  asString,
  type Hidden,
  isHidden,
  type ReferenceValue,
  type TemplateValue,
  unknown,
  type Value,
} from '../value.ts';

/** What a VPC endpoint leads to. */
export type EndpointService =
  /** A service of AWS. The Region is null where the name has none: such a service spans Regions. */
  | { readonly kind: 'aws'; readonly name: string; readonly region: string | null | Hidden; readonly service: string }
  /** An endpoint service that the estate makes. */
  | { readonly kind: 'own'; readonly resource: Resource }
  /** An endpoint service of somebody else. */
  | { readonly kind: 'foreign'; readonly name: string }
  | { readonly kind: 'hidden'; readonly value: Hidden }
  | { readonly kind: 'none' };

/** `com.amazonaws.eu-west-1.ecr.api`, `aws.api.eu-west-1.kendra-ranking`, `aws.sagemaker.eu-west-1.notebook`. */
const AWS_NAME =
  /^(?:(?:cn\.)?com\.amazonaws|aws\.(?:api|sagemaker))\.(?:([a-z]{2,4}(?:-[a-z]+){1,2}-\d+)\.)?(?!vpce\.)(.+)$/;

/** Attributes by which the data source `aws_region` gives the name of its Region. */
const REGION_NAMES: ReadonlySet<unknown> = new Set(['name', 'id', 'region']);

/** The service that an endpoint's `service_name` names. */
export function endpointService(endpoint: Resource, estate: Estate): EndpointService {
  const value = endpoint.attribute('service_name');
  const reference = value.kind === 'reference' ? value : value.origin;
  const named = reference === undefined ? null : estate.find(reference.target);
  if (named?.type === 'aws_vpc_endpoint_service' && reference?.path.join('.') === 'service_name') {
    return named.init.mode === 'managed' ? { kind: 'own', resource: named } : readService(named, estate);
  }
  return serviceNamed(value, endpoint, estate);
}

/** What a data source `aws_vpc_endpoint_service` finds: by its common name, a service of AWS in its own Region. */
function readService(source: Resource, estate: Estate): EndpointService {
  const service = source.attribute('service');
  if (service.kind === 'null') return serviceNamed(source.attribute('service_name'), source, estate);
  const name = asString(service);
  const isElsewhere = source.attribute('service_regions').kind !== 'null';
  if (isHidden(name) || name === null || isElsewhere)
    return { kind: 'hidden', value: unknown('data-source', source.address, 'does not say which service it reads') };
  const region = asString(estate.place(source).region);
  return { kind: 'aws', name: `${source.address} (${name})`, region, service: name };
}

function serviceNamed(value: Value, user: Resource, estate: Estate): EndpointService {
  const known = value.kind === 'template' ? inOwnRegion(value, user, estate) : asString(value);
  if (known === null) return { kind: 'none' };
  if (isHidden(known)) return { kind: 'hidden', value: known };
  const match = AWS_NAME.exec(known);
  if (match === null) return { kind: 'foreign', name: known };
  return { kind: 'aws', name: known, region: match[1] ?? null, service: match[2] ?? '' };
}

/** `com.amazonaws.${data.aws_region.here.region}.s3`, where the data source reads the Region that the user is in. */
function inOwnRegion(value: TemplateValue, user: Resource, estate: Estate): string | Hidden {
  const { region } = estate.place(user);
  if (region.kind !== 'string') return value;
  const parts = value.parts.map((part) => {
    if (typeof part === 'string') return part;
    return part.kind === 'reference' && readsRegion(part, region.value, estate) ? region.value : null;
  });
  return parts.includes(null) ? value : parts.join('');
}

function readsRegion({ target, path }: ReferenceValue, region: string, estate: Estate): boolean {
  const source = estate.find(target);
  if (source?.type !== 'aws_region' || source.init.mode !== 'data') return false;
  if (path.length !== 1 || !REGION_NAMES.has(path[0])) return false;
  // A name or an endpoint of its own would read another Region than that of its provider.
  if (['name', 'endpoint'].some((argument) => source.attribute(argument).kind !== 'null')) return false;
  const own = source.attribute('region');
  const place = own.kind === 'null' ? estate.place(source).region : own;
  return place.kind === 'string' && place.value === region;
}
