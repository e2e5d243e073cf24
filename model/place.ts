import { parseArn } from './aws/arn.ts';
import { hasRegionArgument, scopeOf } from './aws/resource-types.ts';
import type { Place, Target } from './estate.ts';
import type { ProviderConfig, Resource } from './resource.ts';
import type { SourceLocation } from './source.ts';
import { asItems, asString, asStrings, isHidden, NULL, string, unknown, type Value } from './value.ts';

/** Arguments that put a resource on an Outpost, by name of the argument. */
const OUTPOST_ARGUMENTS = [['outpost_arn'], ['preferred_outpost_arn'], ['outpost_config', 'outpost_arns']] as const;

/** Arguments that put a resource into one subnet. */
const SUBNET_ARGUMENTS = [['subnet_id']] as const;

/** Where a resource is; `resolve` finds the subnet that it names. */
export function placeOf(resource: Resource, resolve: (value: Value) => Target): Place {
  const provider = placeOfProvider(resource.init.provider);
  const { region, regionSource, regionLocation } = regionOf(resource, provider);
  const subnet = subnetOf(resource, resolve);
  const outpost = OUTPOST_ARGUMENTS.map((path) => one(resource.attribute(...path))).find(isSet) ?? NULL;
  const zone = orOf(subnet, resource.attribute('availability_zone'), 'availability_zone');
  const zoneId = orOf(subnet, resource.attribute('availability_zone_id'), 'availability_zone_id');
  const rack = orOf(subnet, outpost, 'outpost_arn');
  const { account, general } = provider;
  if (general?.regionSource === regionSource && ![zone, zoneId, rack].some(isSet)) return general;
  // One literal without a spread, for a spread may give each of them its own shape.
  return { region, regionSource, regionLocation, account, zone, zoneId, outpost: rack };
}

/** Whether two places are known to be of different Regions or accounts. */
export function isElsewhere(
  here: Pick<Place, 'region' | 'account'>,
  there: Pick<Place, 'region' | 'account'>,
): boolean {
  return isOther(here.region, there.region) || isOther(here.account, there.account);
}

function isOther(left: Value, right: Value): boolean {
  return left.kind === 'string' && right.kind === 'string' && left.value !== right.value;
}

interface ProviderPlace extends Pick<Place, 'account' | 'region' | 'regionSource'> {
  readonly location: SourceLocation | null;
  /** The place of all that says nothing of its own, as nearly all resources do; null where each has its own location. */
  readonly general: Place | null;
}

/** One object for all resources of a provider, which hold on to what is in it. */
const PROVIDERS = new WeakMap<ProviderConfig, ProviderPlace>();

/** Where a provider puts what has no Region of its own. */
function placeOfProvider(provider: ProviderConfig): ProviderPlace {
  const known = PROVIDERS.get(provider);
  if (known !== undefined) return known;
  const label = provider.alias === null ? `provider ${provider.name}` : `provider ${provider.name}.${provider.alias}`;
  const configured = provider.body?.value('region') ?? NULL;
  const account = accountOf(provider);
  // Empty text is none to the provider.
  const region =
    isSet(configured) && !(configured.kind === 'string' && configured.value === '')
      ? configured
      : unknown('environment', `${label}.region`, 'is not set, so the environment of the run decides it');
  const location = provider.body?.locate(['region']) ?? null;
  const general: Place | null =
    location === null
      ? null
      : { region, regionSource: label, regionLocation: location, account, zone: NULL, zoneId: NULL, outpost: NULL };
  const place: ProviderPlace = { account, region, regionSource: label, location, general };
  PROVIDERS.set(provider, place);
  return place;
}

function regionOf(
  resource: Resource,
  { region, regionSource, location }: ProviderPlace,
): Pick<Place, 'region' | 'regionSource' | 'regionLocation'> {
  const { type, init } = resource;
  if (scopeOf(type) === 'global') {
    return { region: NULL, regionSource: 'a global service', regionLocation: init.location };
  }
  const argument = hasRegionArgument(type, init.providerMajor) ? resource.attribute('region') : NULL;
  return isSet(argument)
    ? { region: argument, regionSource: 'its region argument', regionLocation: resource.locate('region') }
    : { region, regionSource, regionLocation: location ?? init.location };
}

/** The account that a provider is bound to: the only one it allows, else that of the role it assumes. */
export function accountOf(provider: ProviderConfig): Value {
  const label = provider.alias === null ? provider.name : `${provider.name}.${provider.alias}`;
  const open = unknown(
    'environment',
    `provider ${label}`,
    'names no account (allowed_account_ids or assume_role), so the credentials of the run decide it',
  );
  if (provider.body === null) return open;
  const ids = provider.body.value('allowed_account_ids');
  const allowed = asStrings(ids);
  const [account, ...more] = allowed.known;
  const [hidden] = allowed.hidden;
  if (hidden !== undefined) return hidden;
  if (account !== undefined && more.length === 0) {
    return like(
      account,
      [ids, ...asItems(ids).items].find(({ sensitive }) => sensitive),
    );
  }
  // Several roles are assumed in turn: the last is the one that acts.
  const roles = asItems(provider.body.value('assume_role'));
  const block = roles.items.at(-1) ?? roles.open[0];
  if (block !== undefined && isHidden(block)) return block;
  const role = block?.kind === 'object' ? (block.entries.get('role_arn') ?? NULL) : NULL;
  const arn = asString(role);
  if (arn === null) return open;
  if (isHidden(arn)) return arn;
  const parsed = parseArn(arn);
  return parsed === null || parsed.account === '' ? open : like(parsed.account, role);
}

/** A text that was taken from a value, and is as sensitive. */
function like(text: string, value: Value | undefined): Value {
  return value?.sensitive ? { ...string(text), sensitive: true } : string(text);
}

type SubnetTarget = Extract<Target, { kind: 'resource' | 'hidden' }>;

function subnetOf(resource: Resource, resolve: (value: Value) => Target): SubnetTarget | null {
  if (resource.type === 'aws_subnet') return null;
  for (const path of SUBNET_ARGUMENTS) {
    const value = resource.attribute(...path);
    if (!isSet(value)) continue;
    const target = resolve(value);
    switch (target.kind) {
      case 'resource':
      case 'hidden':
        return target;
      case 'outside':
        return { kind: 'hidden', value: unknown('missing-object', target.text, 'is a subnet outside the estate') };
      case 'none':
        break;
    }
  }
  return null;
}

/** A list of one stands for its item. */
function one(value: Value): Value {
  return value.kind === 'list' && value.items.length === 1 ? (value.items[0] ?? value) : value;
}

/** What the resource has itself, else what the subnet has that it stands in. */
function orOf(subnet: SubnetTarget | null, own: Value, argument: string): Value {
  if (isSet(own) || subnet === null) return own;
  return subnet.kind === 'hidden' ? subnet.value : subnet.resource.attribute(argument);
}

function isSet(value: Value): boolean {
  return value.kind !== 'null';
}
