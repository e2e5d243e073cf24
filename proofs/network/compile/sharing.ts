import type { Resource } from '../../../model/resource.ts';
import { asString, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type { Doubts, Interface, Outside } from '../topology.ts';
import { mentionedBy } from './candidates.ts';
import { CERTAIN, type Compilation, EVERY_SERVICE } from './compilation.ts';
import { interfaceIn } from './interface-parts.ts';
import { ANY_ADDRESS, foreignNetworkBehind } from './outsides.ts';
import { bothDoubts, doubtsOf, NO, SUBNET_TYPES } from './reading.ts';
import { addRelay } from './relay-parts.ts';

const SHARE = 'aws_ram_resource_share';
const SHARED_BY = 'aws_ram_resource_association';
const PRINCIPAL = 'aws_ram_principal_association';

/** Types whose sharing lets others into the network, and by which this or another phase knows them. */
const SHAREABLE = [
  ...SUBNET_TYPES,
  'aws_vpclattice_service_network',
  'aws_vpclattice_service',
  'aws_vpclattice_resource_configuration',
  'aws_networkmanager_core_network',
];

/** Subnets that other accounts may use: their hosts are outside the estate, and inside its network. */
export function compileSharing(c: Compilation): void {
  for (const type of [
    SHARE,
    SHARED_BY,
    PRINCIPAL,
    'aws_ram_resource_share_accepter',
    'aws_ram_sharing_with_organization',
  ]) {
    for (const resource of c.estate.ofType(type)) c.understood.add(resource);
  }
  for (const [resource, { by, doubts }] of strangersOf(c)) {
    const subnet = c.subnets.get(resource);
    if (subnet === undefined) continue;
    const guests = interfaceIn(c, {
      owner: by,
      subnet: { item: subnet, doubts },
      groups: 'none',
      addresses: subnet.addresses,
      isPublic: {
        holds: false,
        doubts: [unknown('missing-object', by.address, 'may give its hosts public addresses')],
      },
    });
    letIn(c, by, guests, foreignNetworkBehind(c, by, ANY_ADDRESS), doubts);
  }
}

/** Strangers who are at an interface send by it, and have what is delivered to it. */
function letIn(c: Compilation, by: Resource, own: Interface, outside: Outside, doubts: Doubts): void {
  addRelay(c, by, {
    kind: 'other',
    from: [{ kind: 'outside', outside, services: EVERY_SERVICE }],
    to: [{ kind: 'interface', interface: own, destinations: ANY_ADDRESS, services: EVERY_SERVICE, keepsSource: NO }],
    owner: null,
    doubts,
  });
  addRelay(c, by, {
    kind: 'other',
    from: [{ kind: 'interface', interface: own, services: EVERY_SERVICE }],
    to: [{ kind: 'outside', outside }],
    owner: null,
    doubts,
  });
}

/** That a resource is shared: by which association, and what hides whether it is with others. */
export interface Shared {
  readonly by: Resource;
  readonly doubts: Doubts;
}

const SHARES = new WeakMap<Compilation, ReadonlyMap<Resource, Shared>>();

/** Resources that are, or may be, shared with accounts of which the estate shows nothing. */
export function strangersOf(c: Compilation): ReadonlyMap<Resource, Shared> {
  const known = SHARES.get(c);
  if (known !== undefined) return known;
  const made = new Map<Resource, Shared>();
  const principals = principalsByShare(c);
  for (const by of c.estate.ofType(SHARED_BY)) {
    const share = c.estate.resolve(by.attribute('resource_share_arn'), [SHARE]);
    // A share that the estate only names has principals that it does not show.
    const strange =
      share.kind === 'resource' && share.resource.init.mode === 'managed'
        ? principals.get(share.resource)
        : [unknown('missing-object', by.address, 'is of a share whose principals are not seen')];
    if (strange === undefined) continue;
    for (const { resource, doubts } of sharedResources(c, by)) {
      const whole = bothDoubts(bothDoubts(strange, doubts), doubtsOf(by));
      const before = made.get(resource);
      if (before === undefined || whole.length < before.doubts.length) made.set(resource, { by, doubts: whole });
    }
  }
  SHARES.set(c, made);
  return made;
}

function sharedResources(
  c: Compilation,
  by: Resource,
): readonly { readonly resource: Resource; readonly doubts: Doubts }[] {
  const value: Value = by.attribute('resource_arn');
  const target = c.estate.resolve(value, SHAREABLE);
  if (target.kind === 'resource') return [{ resource: target.resource, doubts: CERTAIN }];
  if (target.kind !== 'hidden') return [];
  const mentioned = mentionedBy(c, target.value, new Set(SHAREABLE));
  const candidates = mentioned.length > 0 ? mentioned : [...c.subnets.keys()];
  return candidates.map((resource) => ({ resource, doubts: [target.value] }));
}

/** Doubts whether a share reaches a stranger; shares without principals are absent, and those of own accounts too. */
function principalsByShare(c: Compilation): ReadonlyMap<Resource, Doubts> {
  const own = accountsOf(c);
  const found = new Map<Resource, Doubts>();
  const all: { readonly share: Resource | null; readonly doubts: Doubts }[] = [];
  for (const association of c.estate.ofType(PRINCIPAL)) {
    const share = c.estate.resolve(association.attribute('resource_share_arn'), [SHARE]);
    const doubts = strangeness(own, asString(association.attribute('principal')), association);
    if (doubts === null) continue;
    if (share.kind === 'resource') all.push({ share: share.resource, doubts });
    else if (share.kind === 'hidden') all.push({ share: null, doubts: [...doubts, share.value] });
  }
  for (const { share, doubts } of all) {
    for (const one of share === null ? c.estate.ofType(SHARE) : [share]) {
      const before = found.get(one);
      if (before === undefined || doubts.length < before.length) found.set(one, doubts);
    }
  }
  return found;
}

/** Null for an account of the estate; doubts for what may hold others besides. */
function strangeness(
  own: ReadonlySet<string>,
  principal: string | null | Hidden,
  association: Resource,
): Doubts | null {
  if (isHidden(principal)) return bothDoubts([principal], doubtsOf(association));
  if (principal === null) return null;
  if (own.has(principal)) return null;
  if (/^\d{12}$/.test(principal)) return doubtsOf(association);
  return [unknown('missing-object', JSON.stringify(principal), 'may hold accounts that the estate does not show')];
}

const ACCOUNTS = new WeakMap<Compilation, ReadonlySet<string>>();

/** The accounts that the stacks of the estate are for. */
function accountsOf(c: Compilation): ReadonlySet<string> {
  const known = ACCOUNTS.get(c);
  if (known !== undefined) return known;
  const made = new Set<string>();
  for (const vpc of c.vpcs.keys()) {
    const { account } = c.estate.place(vpc);
    if (account.kind === 'string') made.add(account.value);
  }
  ACCOUNTS.set(c, made);
  return made;
}
