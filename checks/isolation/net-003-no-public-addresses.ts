import { ALWAYS_PUBLIC, ELASTIC_TYPES, type Opening, OPENINGS } from '../../model/aws/public-openings.ts';
import { type NestedArgument, nestedArguments } from '../../model/nested-arguments.ts';
import type { Estate } from '../../model/estate.ts';
import type { Block, Resource } from '../../model/resource.ts';
import { asBoolean, asItems, asString, display, type Hidden, isHidden, type Value } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';

const messages = {
  open: ({ argument, value }: { readonly argument: string; readonly value: string }) =>
    `has ${argument} ${value}, and the policy registers no public address for it`,
  default: ({ argument, value }: { readonly argument: string; readonly value: string }) =>
    `omits ${argument}, which means ${value}, and the policy registers no public address for it`,
  subnet: ({ subnet }: { readonly subnet: string }) =>
    `takes a public address from ${subnet}, and the policy registers none for it`,
  elastic: 'brings a public address that the policy does not register',
  always: ({ what }: { readonly what: string }) => `${what}, which the policy does not register`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'NET-003',
  why: 'Whatever has a public address can be reached from the world, or reach it, without passing a security gateway.',
  fix: 'Set the argument to its private value, or list the resource under network.publicAddresses of the policy when it is a gateway, its NAT or its front door.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2',
  ],
  resourceTypes: [...OPENINGS.keys(), ...ELASTIC_TYPES, ...ALWAYS_PUBLIC.keys()],

  messages,

  subjects: resourcesOf(...OPENINGS.keys(), ...ELASTIC_TYPES, ...ALWAYS_PUBLIC.keys()),

  inspect({ resource }, inspection) {
    const { policy, all, pass, fail } = inspection;
    const isRegistered = policy.network.publicAddresses.some(
      ({ stack, address }) => stack === resource.stack && address === resource.address,
    );
    if (isRegistered) return pass();
    const what = ALWAYS_PUBLIC.get(resource.type);
    if (what !== undefined) return fail({}, 'always', { what });
    if (ELASTIC_TYPES.includes(resource.type)) return judgeElastic(resource, inspection);
    const openings = OPENINGS.get(resource.type) ?? [];
    return all(openings.map((opening) => judgeOpening(resource, opening, inspection)));
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_db_instance: { ledger: { instance_class: 'db.m6g.large', publicly_accessible: false } },
              aws_eks_cluster: {
                ledger: { vpc_config: { endpoint_public_access: false, endpoint_private_access: true } },
              },
            },
          },
        },
      },
      {
        stacks: { west: { resource: { aws_eip: { gateway: { domain: 'vpc' } } } } },
        policy: {
          network: {
            publicAddresses: [{ stack: 'west', address: 'aws_eip.gateway', reason: 'NAT behind the firewall.' }],
          },
        },
      },
    ],
    violating: [
      // The endpoint of a cluster is public unless it is switched off.
      {
        stacks: {
          west: {
            resource: { aws_eks_cluster: { ledger: { vpc_config: { subnet_ids: ['subnet-0123456789abcdef0'] } } } },
          },
        },
      },
      { stacks: { west: { resource: { aws_eip: { desk: { domain: 'vpc' } } } } } },
    ],
  },
});

function judgeOpening(resource: Resource, opening: Opening, inspection: Inspect): Outcome {
  const { estate, all, pass, unproven } = inspection;
  // A gateway load balancer has no face to the Internet.
  if (asString(resource.attribute('load_balancer_type')) === 'gateway') return pass();
  if (leavesItToSubnet(resource)) return judgeSubnet(resource, inspection);
  const { items, open } = nestedArguments(estate, resource, opening.path);
  return all([
    ...items
      .filter(({ isInBlock }) => isInBlock || opening.isInBlockOnly !== true)
      .map((item) => judgeArgument(resource, opening, item, inspection)),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}

function judgeArgument(
  resource: Resource,
  { isPrivateAt }: Opening,
  { path, value }: NestedArgument,
  { fail, pass, unproven }: Inspect,
): Outcome {
  const argument = path.filter((step) => typeof step === 'string').join('.');
  const known = isPrivate(value, isPrivateAt);
  if (isHidden(known)) return unproven(known);
  if (known === null) return unproven(`${argument} is not set, and no default is documented`);
  if (known) return pass();
  const isOmitted = resource.attribute(...path).kind === 'null';
  return fail({ path, value }, isOmitted ? 'default' : 'open', { argument, value: display(value) });
}

/** Null where the value is missing and its absence says nothing. */
function isPrivate(value: Value, isPrivateAt: Opening['isPrivateAt']): boolean | null | Hidden {
  if (isPrivateAt === 'null') return isHidden(value) ? value : value.kind === 'null' || isEmpty(value);
  if (typeof isPrivateAt === 'boolean') {
    const known = asBoolean(value);
    return typeof known === 'boolean' ? known === isPrivateAt : known;
  }
  const text = asString(value);
  return typeof text === 'string' ? isPrivateAt.includes(text) : text;
}

function isEmpty(value: Value): boolean {
  if (value.kind === 'list') return value.items.length === 0;
  const text = asString(value);
  return text === '' || text === 'false';
}

/** An instance that says nothing of addresses gets what its subnet gives. */
function leavesItToSubnet(resource: Resource): boolean {
  const isInstance = resource.type === 'aws_instance' || resource.type === 'aws_spot_instance_request';
  return isInstance && resource.attribute('associate_public_ip_address').kind === 'null';
}

function judgeSubnet(resource: Resource, { estate, pass, fail, unproven }: Inspect): Outcome {
  const templates = resource.blocks('launch_template');
  const unseen = templates.items.some((block) => !isOwnTemplate(block, estate));
  if (unseen || templates.open.length > 0)
    return unproven('takes its addresses from a launch template outside the estate');
  // Interfaces that were made before have no address but an elastic one.
  const interfaces = ['network_interface', 'primary_network_interface'].map((name) => resource.blocks(name));
  if (interfaces.some(({ items }) => items.length > 0)) return pass();
  const value = resource.attribute('subnet_id');
  const target = estate.resolve(value, ['aws_subnet']);
  if (target.kind === 'hidden') return unproven(target.value);
  if (target.kind !== 'resource' || target.resource.init.mode !== 'managed') {
    return unproven('leaves its public address to a subnet outside the estate');
  }
  const gives = asBoolean(estate.effective(target.resource, 'map_public_ip_on_launch'));
  if (isHidden(gives)) return unproven(gives);
  if (gives === false) return pass();
  return fail({ path: ['subnet_id'], value, related: [target.resource] }, 'subnet', {
    subnet: target.resource.address,
  });
}

/** A template of the estate is judged by itself. */
function isOwnTemplate(block: Block, estate: Estate): boolean {
  return ['id', 'name'].some((name) => {
    const target = estate.resolve(block.attribute(name), ['aws_launch_template']);
    return target.kind === 'resource' && target.resource.init.mode === 'managed';
  });
}

/** Arguments that name the elastic addresses of a resource. */
const ALLOCATIONS = [
  ['allocation_id'],
  ['public_ip'],
  ['secondary_allocation_ids'],
  ['availability_zone_address', 'allocation_ids'],
] as const;

/** What the address is for: it can be moved to something else. */
const OWNERS = ['instance', 'instance_id', 'network_interface', 'network_interface_id', 'subnet_id', 'vpc_id'] as const;

function ownersOf(resource: Resource): { readonly [argument: string]: Value } {
  return Object.fromEntries(OWNERS.map((argument) => [argument, resource.attribute(argument)]));
}

function judgeElastic(resource: Resource, inspection: Inspect): Outcome {
  const { estate, all, pass, fail, unproven } = inspection;
  if (resource.type === 'aws_eip') {
    const pool = resource.attribute('customer_owned_ipv4_pool');
    if (isHidden(pool)) return unproven(pool);
    return pool.kind === 'null' || isEmpty(pool) ? fail({ extent: ownersOf(resource) }, 'elastic') : pass();
  }
  if (resource.type === 'aws_nat_gateway') {
    const connectivity = asString(estate.effective(resource, 'connectivity_type'));
    if (isHidden(connectivity)) return unproven(connectivity);
    if (connectivity === 'private') return pass();
  }
  const named = ALLOCATIONS.map((path) => nestedArguments(estate, resource, path));
  const values = named.flatMap(({ items }) => items.flatMap(({ value }) => itemsOf(value)));
  const open = named.flatMap((list) => list.open);
  // Without an allocation of its own, AWS brings the address.
  if (values.length === 0 && open.length === 0) return fail({ extent: ownersOf(resource) }, 'elastic');
  return all([
    ...values.map((value) => judgeAllocation(value, resource, inspection)),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}

/** An address of the estate is judged where it is made. */
function judgeAllocation(value: Value, owner: Resource, { estate, pass, fail, unproven }: Inspect): Outcome {
  const reference = value.kind === 'reference' ? value : value.origin;
  const source = reference === undefined ? null : estate.find(reference.target);
  if (source?.type === 'aws_eip' && source.init.mode === 'managed') return pass();
  if (source?.type === 'aws_eip' || !isHidden(value)) {
    return fail({ value, related: source === null ? [] : [source], extent: ownersOf(owner) }, 'elastic');
  }
  return unproven(value);
}

function itemsOf(value: Value): readonly Value[] {
  const { items, open } = asItems(value);
  return [...items, ...open];
}
