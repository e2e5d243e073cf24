import { VPC_TYPES, vpcOfDefault } from '../../model/aws/vpc-defaults.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { display, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import { SUBNET_TYPES } from '../subnet-tier.ts';

export const TABLE_TYPES = ['aws_route_table', 'aws_default_route_table'] as const;

/** Subnets whose packets a route table decides about. */
export interface TableSubnets {
  readonly certain: readonly Resource[];
  /** What hides whether there are more. */
  readonly open: readonly Hidden[];
}

/** Identity of a route table: a resource, or the default of a VPC. */
type TableKey = Resource | { readonly defaultOf: Resource };

/** The subnets of the table that a value names: those associated with it, and the others of a VPC where it is main. */
export function subnetsOf(estate: Estate, table: Value): TableSubnets {
  const key = keyOf(estate, table);
  if (isHidden(key)) return { certain: [], open: [key] };
  const open: Hidden[] = [];
  const certain: Resource[] = [];
  const associated = new Set<Resource>();
  for (const association of estate.ofType('aws_route_table_association')) {
    const subnet = estate.resolve(association.attribute('subnet_id'), SUBNET_TYPES);
    const other = keyOf(estate, association.attribute('route_table_id'));
    const isSame = !isHidden(other) && isSameTable(key, other);
    if (subnet.kind === 'resource' && !association.init.isSymbolic) {
      associated.add(subnet.resource);
      if (isSame) certain.push(subnet.resource);
      else if (isHidden(other)) open.push(other);
    } else if (subnet.kind !== 'none' && (isSame || isHidden(other))) open.push(mayBe(association));
  }
  const mains = mainVpcs(estate, key);
  const unassociated = estate.ofType('aws_subnet').filter((subnet) => {
    const vpc = estate.resolve(subnet.attribute('vpc_id'), VPC_TYPES);
    return vpc.kind === 'resource' && mains.certain.includes(vpc.resource) && !associated.has(subnet);
  });
  return { certain: [...certain, ...unassociated], open: [...open, ...mains.open] };
}

/** VPCs whose main table it is. */
function mainVpcs(estate: Estate, key: TableKey): TableSubnets {
  const mains = estate.ofType('aws_main_route_table_association').map((association) => ({
    association,
    vpc: estate.resolve(association.attribute('vpc_id'), VPC_TYPES),
    table: keyOf(estate, association.attribute('route_table_id')),
  }));
  const own = mains.filter(({ table }) => !isHidden(table) && isSameTable(key, table));
  const certain = own.flatMap(({ vpc, association }) =>
    vpc.kind === 'resource' && !association.init.isSymbolic ? [vpc.resource] : [],
  );
  const open = mains
    .filter(({ vpc, table, association }) => isHidden(table) || vpc.kind !== 'resource' || association.init.isSymbolic)
    .map(({ association }) => mayBe(association));
  if ('defaultOf' in key && !mains.some(({ vpc }) => vpc.kind === 'resource' && vpc.resource === key.defaultOf)) {
    certain.push(key.defaultOf);
  }
  return { certain, open };
}

function keyOf(estate: Estate, value: Value): TableKey | Hidden {
  const vpc = vpcOfDefault(estate, value, 'routeTable');
  if (vpc !== null) return { defaultOf: vpc };
  const target = estate.resolve(value, TABLE_TYPES);
  switch (target.kind) {
    case 'resource':
      return target.resource.init.mode === 'managed' ? keyOfTable(estate, target.resource) : outside(value);
    case 'hidden':
      return target.value;
    case 'outside':
    case 'none':
      return outside(value);
  }
}

function keyOfTable(estate: Estate, table: Resource): TableKey {
  if (table.type !== 'aws_default_route_table') return table;
  const vpc = vpcOfDefault(estate, table.attribute('default_route_table_id'), 'routeTable');
  return vpc === null ? table : { defaultOf: vpc };
}

function isSameTable(left: TableKey, right: TableKey): boolean {
  if ('defaultOf' in left) return 'defaultOf' in right && left.defaultOf === right.defaultOf;
  return left === right;
}

function outside(value: Value): Hidden {
  return unknown('missing-object', display(value), 'is a route table outside the estate');
}

function mayBe({ address }: Resource): Hidden {
  return unknown('operation', address, 'may associate a subnet with the table');
}
