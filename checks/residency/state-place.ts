import type { Body } from '../../model/resource.ts';
import { NULL, string, type Value } from '../../model/value.ts';

/** Arguments of backends that say who keeps the state and where. Others may hold secrets. */
const PLACES = [
  'hostname',
  'organization',
  'workspaces',
  'storage_account_name',
  'container_name',
  'bucket',
  'prefix',
  'region',
  'namespace',
  'schema_name',
  'path',
] as const;

/** Arguments whose text is a URL, in which there may be a password or a token. */
const URLS = ['address', 'conn_str', 'endpoint', 'host'] as const;

/** Where a backend keeps state: an exception for one place covers no other. */
export function stateExtent(body: Body | null): { readonly [argument: string]: Value } {
  if (body === null) return {};
  const places = PLACES.map((argument) => [argument, body.value(argument)] as const);
  const urls = URLS.map((argument) => [argument, withoutSecrets(body.value(argument))] as const);
  return Object.fromEntries([...places, ...urls]);
}

/** The scheme, host and path of a URL, a host alone as it is, and of `host=x password=y` the host and database. */
function withoutSecrets(value: Value): Value {
  if (value.kind !== 'string' || value.sensitive) return value;
  if (/^[\w.:-]+$/.test(value.value)) return value;
  if (URL.canParse(value.value)) {
    const { protocol, host, pathname } = new URL(value.value);
    return string(`${protocol}//${host}${pathname}`);
  }
  const named = value.value.match(/\b(?:host|hostaddr|dbname)\s*=\s*\S+/g);
  return named === null ? NULL : string(named.join(' '));
}
