import type { Path, Resource } from '../../model/resource.ts';
import { asString, isHidden } from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';
import { expectedStack } from '../../policy/sites.ts';
import { type At, defineCheck, type Outcome } from '../check.ts';
import { INTERIM_BASE, EXAMPLE_TRANSITION } from './example-transition.ts';
import { leavesOf } from './leaves.ts';
import { isTransitional, transitionalStacks } from './transitional.ts';

/** Ends of links between networks: the arguments that name one, and the types of what they name. */
const LINKS: ReadonlyMap<string, readonly Path[]> = new Map<string, readonly Path[]>([
  ['aws_vpc_peering_connection', [['vpc_id'], ['peer_vpc_id']]],
  ['aws_ec2_transit_gateway_vpc_attachment', [['vpc_id'], ['transit_gateway_id']]],
  ['aws_ec2_transit_gateway_peering_attachment', [['transit_gateway_id'], ['peer_transit_gateway_id']]],
  ['aws_vpn_gateway_attachment', [['vpc_id'], ['vpn_gateway_id']]],
  ['aws_dx_gateway_association', [['associated_gateway_id'], ['dx_gateway_id']]],
  ['aws_networkmanager_vpc_attachment', [['vpc_arn'], ['core_network_id']]],
  ['aws_vpclattice_service_network_vpc_association', [['vpc_identifier'], ['service_network_identifier']]],
  ['aws_ram_resource_association', [['resource_arn'], ['resource_share_arn']]],
  ['aws_route53_zone_association', [['vpc_id'], ['zone_id']]],
]);

/** Types that lead out of the stack by being there, whoever is at the other end. */
const WAYS_OUT: readonly string[] = [
  'aws_dx_connection',
  'aws_dx_private_virtual_interface',
  'aws_dx_transit_virtual_interface',
  'aws_ec2_transit_gateway_peering_attachment_accepter',
  'aws_ec2_transit_gateway_vpc_attachment_accepter',
  'aws_ram_principal_association',
  'aws_ram_resource_share_accepter',
  'aws_vpc_peering_connection_accepter',
  'aws_vpn_connection',
];

/** Arguments of those that say to whom they lead. */
const PEERS = [
  'address',
  'connection_id',
  'customer_address',
  'customer_gateway_id',
  'dx_gateway_id',
  'location',
  'principal',
  'resource_share_arn',
  'share_arn',
  'transit_gateway_attachment_id',
  'vpc_peering_connection_id',
] as const;

const KEY_TYPES = ['aws_kms_key', 'aws_kms_alias', 'aws_kms_replica_key', 'aws_kms_external_key'];
const KEY_ARGUMENT = /kms|^(?:key_id|key_arn|target_key_id|encryption_key)$/;

export default defineCheck({
  id: 'RES-TRANS-003',
  why: 'What must stay for a while outside the jurisdiction stays alone: an account, keys and networks of its own, and no link by which anything around it could reach in.',
  fix: 'Give the transitional site an account and keys of its own, and remove the link; data leaves it by declared migration only.',
  references: ['https://csf.tools/reference/nist-sp-800-53/r5/sc/sc-7/'],
  resourceTypes: [...LINKS.keys(), ...WAYS_OUT],
  messages: {
    sharedAccount: ({ account, site }: { account: string; site: string }) =>
      `is in the account ${account}, which is that of the site ${site} too`,
    foreignAccount: ({ address, account }: { address: string; account: string }) =>
      `holds ${address} in the account ${account}, which is not its own`,
    key: ({ address, path, key }: { address: string; path: string; key: string }) =>
      `holds ${address}, whose ${path} is ${key}, a key of another stack`,
    keyUsed: ({ address, path, key }: { address: string; path: string; key: string }) =>
      `lends its key ${key} to ${address} by ${path}`,
    link: ({ address, path, other }: { address: string; path: string; other: string }) =>
      `is linked by ${address}, whose ${path} is ${other}`,
    wayOut: ({ address }: { address: string }) => `has a way out by ${address}`,
  },

  subjects: transitionalStacks,

  inspect({ stack }, context) {
    const { estate, policy, pass, fail, unproven, all } = context;
    const own = policy.sites.filter(({ id }) => expectedStack(policy, stack)?.sites.includes(id) ?? false);
    const accounts = own.map(({ account }) => account);
    return all([pass(), ...sharedAccounts(), ...estate.resources.flatMap(judge)]);

    function sharedAccounts(): readonly Outcome[] {
      return policy.sites.flatMap(({ id, account, role }, index) =>
        role !== 'transitional' && accounts.includes(account)
          ? [fail({ location: policy.locate(`/sites/${index}/account`) }, 'sharedAccount', { account, site: id })]
          : [],
      );
    }

    function judge(resource: Resource): readonly Outcome[] {
      const isOwn = isInside(resource);
      return [
        ...(isOwn ? [inAccount(resource)] : []),
        ...linked(resource),
        ...(isOwn && WAYS_OUT.includes(resource.type)
          ? [fail({ ...at(resource, []), extent: peerOf(resource) }, 'wayOut', { address: resource.address })]
          : []),
        ...keys(resource),
      ];
    }

    function inAccount(resource: Resource): Outcome {
      const account = asString(estate.place(resource).account);
      if (isHidden(account)) return unproven(account);
      if (account === null) return unproven(`does not say in which account ${resource.address} is`);
      if (accounts.includes(account)) return pass();
      return fail(at(resource, []), 'foreignAccount', { address: resource.address, account });
    }

    /** A link with one end in the stack and another that is not, or may not be. */
    function linked(resource: Resource): readonly Outcome[] {
      const paths = LINKS.get(resource.type);
      if (paths === undefined) return [];
      const ends = paths.map((path) => ({
        path,
        end: estate.resolve(resource.attribute(...path), undefined, resource),
      }));
      const touches = isInside(resource) || ends.some(({ end }) => end.kind === 'resource' && isInside(end.resource));
      if (!touches) return [];
      return ends.map(({ path, end }) => {
        const data = { address: nameOf(resource), path: path.join('.') };
        switch (end.kind) {
          case 'none':
            return pass();
          case 'hidden':
            return unproven(end.value);
          case 'outside':
            return unproven(`is linked by ${data.address}, whose ${data.path} (${end.text}) no analysed stack has`);
          case 'resource':
            if (isInside(end.resource)) return pass();
            return fail(at(resource, path, end.resource), 'link', { ...data, other: nameOf(end.resource) });
        }
      });
    }

    /** Keys of others for what is inside, and keys from inside for others. */
    function keys(resource: Resource): readonly Outcome[] {
      const isOwn = isInside(resource);
      return leavesOf(resource).flatMap((leaf): readonly Outcome[] => {
        if (leaf.value.kind === 'null' || !KEY_ARGUMENT.test(leaf.argument)) return [];
        const target = estate.resolve(leaf.value, KEY_TYPES, resource);
        const path = leaf.path.filter((step) => typeof step === 'string').join('.');
        if (target.kind === 'hidden') return isOwn ? [unproven(target.value)] : [];
        if (target.kind === 'outside') {
          // The keys of AWS services are of the account that uses them.
          if (!isOwn || /^(?:alias\/aws\/|arn:[^:]+:kms:[^:]*:[^:]*:alias\/aws\/)/.test(target.text)) return [];
          return isKeyName(target.text) ? [unproven(`uses the key ${target.text}, which no analysed stack has`)] : [];
        }
        if (target.kind !== 'resource' || !KEY_TYPES.includes(target.resource.type)) return [];
        if (isOwn === isInside(target.resource)) return [];
        const where = at(resource, leaf.path, target.resource);
        const key = nameOf(target.resource);
        return [
          isOwn
            ? fail(where, 'key', { address: resource.address, path, key })
            : fail(where, 'keyUsed', { address: nameOf(resource), path, key: target.resource.address }),
        ];
      });
    }

    function isInside(resource: Resource): boolean {
      return (
        resource.stack === stack ||
        (isTransitional(resource.stack, context) && sharesSite(resource.stack, stack, policy))
      );
    }
  },

  examples: {
    compliant: [EXAMPLE_TRANSITION],
    violating: [
      {
        ...EXAMPLE_TRANSITION,
        stacks: {
          interim: {
            ...INTERIM_BASE,
            resource: {
              aws_vpc: { waiting: { cidr_block: '10.9.0.0/16' } },
              aws_vpn_connection: { office: { type: 'ipsec.1', customer_gateway_id: 'cgw-1' } },
            },
          },
        },
      },
    ],
  },
});

function sharesSite(left: string, right: string, policy: Policy): boolean {
  const sites = expectedStack(policy, right)?.sites ?? [];
  return expectedStack(policy, left)?.sites.some((site) => sites.includes(site)) ?? false;
}

function isKeyName(text: string): boolean {
  return /^arn:[^:]+:kms:|^alias\/|^(?:mrk-)?[0-9a-f]{8}-|^mrk-/.test(text);
}

function nameOf({ stack, address }: Resource): string {
  return `${stack}: ${address}`;
}

function peerOf(resource: Resource): At['extent'] {
  return Object.fromEntries(PEERS.map((argument) => [argument, resource.attribute(argument)]));
}

function at(resource: Resource, path: Path, ...related: readonly Resource[]) {
  return { location: resource.locate(...path), related: [resource, ...related] };
}
