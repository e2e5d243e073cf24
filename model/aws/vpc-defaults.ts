import type { Estate } from '../estate.ts';
import type { Resource } from '../resource.ts';
import type { Value } from '../value.ts';

export const VPC_TYPES = ['aws_vpc', 'aws_default_vpc'] as const;

/** What AWS makes with a VPC, by the attributes that name it. `main` is the default table until another is made main. */
const VPC_DEFAULTS = {
  routeTable: ['default_route_table_id', 'main_route_table_id'],
  networkAcl: ['default_network_acl_id'],
  securityGroup: ['default_security_group_id'],
} as const;

/** The VPC whose default route table, network ACL or security group a value names; null when it names another thing. */
export function vpcOfDefault(estate: Estate, value: Value, thing: keyof typeof VPC_DEFAULTS): Resource | null {
  const reference = value.kind === 'reference' ? value : value.origin;
  const [attribute, ...rest] = reference?.path ?? [];
  const names: readonly string[] = VPC_DEFAULTS[thing];
  if (reference === undefined || rest.length > 0 || !names.includes(String(attribute))) return null;
  const resource = estate.find(reference.target);
  return resource !== null && isVpc(resource) ? resource : null;
}

export function isVpc({ type, init }: Resource): boolean {
  return init.mode === 'managed' && (type === 'aws_vpc' || type === 'aws_default_vpc');
}
