import { VPC_TYPES } from '../../model/aws/vpc-defaults.ts';
import type { Estate, Target } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asItems, asString, type Hidden, isHidden, unknown } from '../../model/value.ts';
import { SUBNET_TYPES } from '../subnet-tier.ts';

export const BALANCER_TYPES = ['aws_lb', 'aws_alb'] as const;
export const LISTENER_TYPES = ['aws_lb_listener', 'aws_alb_listener'] as const;
export const TARGET_GROUP_TYPES = ['aws_lb_target_group', 'aws_alb_target_group'] as const;
export const TARGET_TYPES = ['aws_lb_target_group_attachment', 'aws_alb_target_group_attachment'] as const;
export const SCALING_GROUP = 'aws_autoscaling_group';
export const SCALING_ATTACHMENT = 'aws_autoscaling_attachment';
export const ENDPOINT = 'aws_vpc_endpoint';
export const SERVICE = 'aws_vpc_endpoint_service';

const MAYBE = 'has a count or for_each that only the plan knows';

/** Resources, and what hides more of them. */
export interface Parts {
  readonly items: readonly Resource[];
  readonly open: readonly Hidden[];
}

/** The target groups that the listeners of a balancer forward to. */
export function targetGroupsOf(balancer: Resource, estate: Estate): Parts {
  const listeners = gather(LISTENER_TYPES.map((type) => companions(balancer, type, ['load_balancer_arn'], estate)));
  const items = new Set<Resource>();
  const open: Hidden[] = [...listeners.open];
  if (listeners.items.every(({ init }) => init.isSymbolic)) {
    open.push(...listeners.items.map(({ address }) => unknown('instances', address, MAYBE)));
  }
  for (const listener of listeners.items) {
    const actions = listener.blocks('default_action');
    open.push(...actions.open);
    for (const action of actions.items) {
      const forwards = action.blocks('forward', 'target_group');
      open.push(...forwards.open);
      const values = [
        action.attribute('target_group_arn'),
        ...forwards.items.map((block) => block.attribute('arn')),
      ].filter(({ kind }) => kind !== 'null');
      for (const value of values) {
        const group = only(estate.resolve(value, TARGET_GROUP_TYPES), 'target group');
        if (isHidden(group)) open.push(group);
        else items.add(group);
      }
    }
  }
  return { items: [...items], open };
}

/** Where the targets of a group run: instances, and the subnets of groups that scale. */
export function targetsOf(group: Resource, estate: Estate): Parts {
  const instances = instancesOf(group, estate);
  const items = [...instances.items];
  const open = [...instances.open];
  const scaling = scalersOf(group, estate);
  open.push(...scaling.open);
  for (const scaler of scaling.items) {
    const subnets = asItems(scaler.attribute('vpc_zone_identifier'));
    open.push(...subnets.open);
    for (const value of subnets.items) {
      const subnet = only(estate.resolve(value, SUBNET_TYPES), 'subnet');
      if (isHidden(subnet)) open.push(subnet);
      else items.push(subnet);
    }
  }
  return { items, open };
}

/** The groups that scale the targets of a target group. */
export function scalersOf(group: Resource, estate: Estate): Parts {
  const byAttachment = companions(group, SCALING_ATTACHMENT, ['lb_target_group_arn'], estate);
  const open: Hidden[] = [...byAttachment.open];
  const items = estate.ofType(SCALING_GROUP).filter((scaler) =>
    asItems(scaler.attribute('target_group_arns')).items.some((value) => {
      const target = estate.resolve(value, TARGET_GROUP_TYPES);
      return target.kind === 'resource' && target.resource === group;
    }),
  );
  for (const attachment of byAttachment.items) {
    const scaler = only(estate.resolve(attachment.attribute('autoscaling_group_name'), [SCALING_GROUP]), 'group');
    if (isHidden(scaler)) open.push(scaler);
    else items.push(scaler);
  }
  return { items, open };
}

/** The machines behind a balancer: instances, and groups that scale. */
export function machinesOf(balancer: Resource, estate: Estate): Parts {
  const groups = targetGroupsOf(balancer, estate);
  const machines = gather(groups.items.flatMap((group) => [instancesOf(group, estate), scalersOf(group, estate)]));
  return gather([{ items: [], open: groups.open }, machines]);
}

/** The instances that are targets of a group one by one. */
function instancesOf(group: Resource, estate: Estate): Parts {
  const attached = gather(TARGET_TYPES.map((type) => companions(group, type, ['target_group_arn'], estate)));
  const targets = attached.items.map((attachment) =>
    only(estate.resolve(attachment.attribute('target_id'), ['aws_instance']), 'target'),
  );
  return {
    items: targets.flatMap((target) => (isHidden(target) ? [] : [target])),
    open: [...attached.open, ...targets.filter(isHidden)],
  };
}

/** The endpoints that lead to a balancer, through its service. */
export function endpointsOf(balancer: Resource, estate: Estate): Parts {
  const services = companions(balancer, SERVICE, ['gateway_load_balancer_arns'], estate);
  const items: Resource[] = [];
  const open: Hidden[] = [...services.open];
  for (const endpoint of estate.ofType(ENDPOINT)) {
    const type = asString(estate.effective(endpoint, 'vpc_endpoint_type'));
    // Omitted it is a gateway endpoint.
    if (type !== 'GatewayLoadBalancer' && !isHidden(type)) continue;
    const service = serviceOf(endpoint, estate);
    if (service === null) continue;
    if (isHidden(service)) open.push(service);
    else if (services.items.includes(service)) items.push(endpoint);
  }
  return { items, open };
}

/** The service that an endpoint names, which has its name only after apply; null for one of AWS. */
function serviceOf(endpoint: Resource, estate: Estate): Resource | Hidden | null {
  const name = endpoint.attribute('service_name');
  const named = name.kind === 'reference' ? estate.find(name.target) : null;
  // One that a data source reads may be the fleet's as well.
  if (named?.init.mode === 'managed') return named;
  if (isHidden(name)) return name;
  const isOfSomebody = name.kind === 'string' && name.value.startsWith('com.amazonaws.vpce.');
  return isOfSomebody
    ? unknown('missing-object', `${endpoint.address}.service_name`, 'may be the service of the fleet')
    : null;
}

/** The networks in which endpoints stand. */
export function networksOfEndpoints(endpoints: readonly Resource[], estate: Estate): Parts {
  const found = endpoints.map((endpoint) => only(estate.resolve(endpoint.attribute('vpc_id'), VPC_TYPES), 'VPC'));
  const items = found.flatMap((vpc) => (isHidden(vpc) ? [] : [vpc]));
  return { items: [...new Set(items)], open: found.filter(isHidden) };
}

function companions(target: Resource, type: string, path: readonly string[], estate: Estate): Parts {
  const { items, open } = estate.companions(target, type, ...path);
  return { items, open: open.map(({ value }) => value) };
}

function gather(parts: readonly Parts[]): Parts {
  return { items: parts.flatMap(({ items }) => items), open: parts.flatMap(({ open }) => open) };
}

function only(target: Target, what: string): Resource | Hidden {
  switch (target.kind) {
    case 'resource':
      return target.resource.init.mode === 'managed'
        ? target.resource
        : unknown('data-source', target.resource.address, `is a ${what} outside the estate`);
    case 'hidden':
      return target.value;
    case 'outside':
      return unknown('missing-object', target.text, `is a ${what} outside the estate`);
    case 'none':
      return unknown('missing-object', `the ${what}`, 'is not named');
  }
}
