import { GROUP_TYPES, inlineRules, type Rule, RULE_TYPES, separateRule } from '../../model/aws/security-group-rules.ts';
import type { Estate, Target } from '../../model/estate.ts';
import { type NestedArgument, nestedArguments } from '../../model/nested-arguments.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome } from '../check.ts';
import { ACCESS_ENDPOINT, ACCESS_GROUP, ACCESS_INSTANCE, ACCESS_TYPES, CLIENT_VPN } from './access-gateway.ts';
import { ADMIN_ARGUMENTS, ADMIN_TYPES, type AdminArgument } from './admin-planes.ts';
import { adminOpening } from './admin-ports.ts';
import { declarationOf, GATEWAY_TYPES } from './declared-gateways.ts';
import { PREFIX_LIST_TYPES } from './rule-addresses.ts';
import { ROLE_ATTACHMENT, sessionPart, SSM_DOCUMENT, SSM_SETTING, VPC_ENDPOINT } from './systems-manager.ts';

const PAST = 'past the employee-access gateway';

const messages = {
  port: ({ peer, ports }: { readonly peer: string; readonly ports: string }) => `lets ${peer} reach ${ports}, ${PAST}`,
  argument: ({ argument, way }: { readonly argument: string; readonly way: string }) =>
    `has ${argument}, which ${way}, ${PAST}`,
  way: ({ way }: { readonly way: string }) => `${way}, ${PAST}`,
  undeclared: 'lets people in, and the policy declares it as no employee-access gateway',
  splitTunnel: 'has split_tunnel, so a device is in the enclave and on the Internet at once',
  session: `is a kind of session of Systems Manager, ${PAST}`,
  hostManagement: `registers every instance with Systems Manager, which opens sessions on them, ${PAST}`,
};

type Inspect = Inspection<typeof messages>;

/** Types of which only some resources have to do with people who administer. */
const SESSION_TYPES = [SSM_DOCUMENT, SSM_SETTING, VPC_ENDPOINT, ROLE_ATTACHMENT] as const;
const DOOR_TYPES = [CLIENT_VPN, ACCESS_ENDPOINT] as const;

export default defineCheck({
  id: 'GTW-010',
  why: 'The employee-access gateway knows people and devices and logs what they do; every other way to a shell or a cluster API undoes that.',
  fix: 'Let only security groups or subnets of the employee-access gateway reach network.adminPorts; remove key pairs, instance connect endpoints, activations and execute command; keep the API of clusters private; declare every Client VPN and Verified Access endpoint in gateways.',
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-with-ec2-instance-connect-endpoint.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html',
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html',
    'https://docs.aws.amazon.com/verified-access/latest/ug/what-is-verified-access.html',
  ],
  resourceTypes: [
    ...GROUP_TYPES,
    ...RULE_TYPES,
    ...PREFIX_LIST_TYPES,
    ...ACCESS_TYPES,
    ...SESSION_TYPES,
    ...ADMIN_ARGUMENTS.keys(),
    ...ADMIN_TYPES.keys(),
    ...GATEWAY_TYPES.appliance.filter((type) => !ADMIN_ARGUMENTS.has(type)),
  ],

  messages,

  subjects: ({ estate }) =>
    [
      ...estate.ofType(...GROUP_TYPES, ...RULE_TYPES, ...DOOR_TYPES, ...ADMIN_ARGUMENTS.keys(), ...ADMIN_TYPES.keys()),
      ...estate.ofType(...SESSION_TYPES).filter((resource) => sessionPart(resource) !== 'none'),
    ].map((resource) => ({ kind: 'resource', resource })),

  inspect({ resource }, inspection) {
    const { fail, all } = inspection;
    const { type } = resource;
    const way = ADMIN_TYPES.get(type);
    if (way !== undefined) return fail({ extent: reachOf(resource) }, 'way', { way });
    const planes = ADMIN_ARGUMENTS.get(type);
    if (planes !== undefined) return all(planes.map((plane) => judgeArgument(resource, plane, inspection)));
    if (GROUP_TYPES.some((name) => name === type)) return judgeGroup(resource, inspection);
    if (RULE_TYPES.some((name) => name === type)) return judgeSeparate(resource, inspection);
    if (DOOR_TYPES.some((name) => name === type)) return judgeDoor(resource, inspection);
    return judgeSession(resource, inspection);
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_security_group: {
                people: {},
                console: {
                  ingress: [
                    {
                      protocol: 'tcp',
                      from_port: 22,
                      to_port: 22,
                      security_groups: ['${aws_security_group.people.id}'],
                    },
                  ],
                },
              },
              aws_ec2_client_vpn_endpoint: { people: { security_group_ids: ['${aws_security_group.people.id}'] } },
            },
          },
        },
        policy: {
          gateways: [
            {
              id: 'west-access',
              site: 'west',
              purpose: 'employee-access',
              kind: 'client-vpn',
              stack: 'west',
              address: 'aws_ec2_client_vpn_endpoint.people',
            },
          ],
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_instance: { ledger: { ami: 'ami-0123456789abcdef0', key_name: 'operators' } },
              aws_ec2_instance_connect_endpoint: { back_door: { subnet_id: 'subnet-0123456789abcdef0' } },
            },
          },
        },
      },
    ],
  },
});

/** Where such a way leads, and whose it is. */
const REACH = ['subnet_id', 'security_group_ids', 'iam_role', 'owner_arn', 'public_key'] as const;

function reachOf(resource: Resource): { readonly [argument: string]: Value } {
  return Object.fromEntries(REACH.map((argument) => [argument, resource.attribute(argument)]));
}

function judgeArgument(resource: Resource, { path, opens, way }: AdminArgument, inspection: Inspect): Outcome {
  const { estate, pass, unproven, all } = inspection;
  const { items, open } = nestedArguments(estate, resource, path);
  return all([
    ...items.map((item) => judgeValue(item, path, opens, way, inspection)),
    open.length === 0 ? pass() : unproven(open),
  ]);
}

function judgeValue(
  { path, value }: NestedArgument,
  names: readonly string[],
  opens: AdminArgument['opens'],
  way: string,
  { pass, fail, unproven }: Inspect,
): Outcome {
  const failure = () => fail({ path, value }, 'argument', { argument: names.join('.'), way });
  if (opens === 'when-set') {
    // A reference is to a key pair, whatever it is called; a variable may be null.
    if (value.kind === 'unknown') return unproven(value);
    const isEmpty =
      (value.kind === 'string' && value.value === '') || (value.kind === 'list' && value.items.length === 0);
    return value.kind === 'null' || isEmpty ? pass() : failure();
  }
  const isOn = asBoolean(value);
  if (isHidden(isOn)) return unproven(isOn);
  return isOn === true ? failure() : pass();
}

function judgeGroup(group: Resource, inspection: Inspect): Outcome {
  const { pass, unproven, all } = inspection;
  const { rules, open } = inlineRules(group);
  return all([
    ...rules.map((rule) => judgeRule(rule, group, group, inspection)),
    open.length === 0 ? pass() : unproven(open),
  ]);
}

function judgeSeparate(resource: Resource, inspection: Inspect): Outcome {
  const { estate } = inspection;
  const group = managed(estate.resolve(resource.attribute('security_group_id'), GROUP_TYPES), 'security group');
  return judgeRule(separateRule(resource), resource, group, inspection);
}

function judgeRule(rule: Rule, owner: Resource, group: Resource | Hidden, inspection: Inspect): Outcome {
  const { all, pass, fail, unproven } = inspection;
  const opening = adminOpening(rule, owner, group, inspection);
  switch (opening.kind) {
    case 'none':
      return pass();
    case 'hidden':
      return unproven(opening.values);
    case 'open': {
      const { others, ports } = opening;
      const words = `${ports.length === 1 ? 'port' : 'ports'} ${ports.join(', ')}`;
      return all(
        others.map(({ peer, name, addresses }) => {
          const at = peer === null ? { path: rule.path } : { path: peer.path, value: peer.value };
          return fail({ ...at, extent: { addresses } }, 'port', { peer: name, ports: words });
        }),
      );
    }
  }
}

/** Client VPN and Verified Access: which of them is a gateway, the policy says. */
function judgeDoor(door: Resource, inspection: Inspect): Outcome {
  const { estate, policy, all, pass, fail, unproven } = inspection;
  const gateway = door.type === CLIENT_VPN ? door : instanceOf(door, estate);
  if (isHidden(gateway)) return unproven(gateway);
  const isDeclared = declarationOf(gateway, policy)?.purpose === 'employee-access';
  const declared = isDeclared ? pass() : fail({}, 'undeclared');
  if (door.type !== CLIENT_VPN) return declared;
  const path = ['split_tunnel'];
  const value = estate.effective(door, ...path);
  const isSplit = asBoolean(value);
  const split = isSplit === true ? fail({ path, value }, 'splitTunnel') : pass();
  return all([declared, isHidden(isSplit) ? unproven(isSplit) : split]);
}

function instanceOf(endpoint: Resource, estate: Estate): Resource | Hidden {
  const group = managed(estate.resolve(endpoint.attribute('verified_access_group_id'), [ACCESS_GROUP]), 'group');
  if (isHidden(group)) return group;
  return managed(estate.resolve(group.attribute('verifiedaccess_instance_id'), [ACCESS_INSTANCE]), 'instance');
}

function judgeSession(resource: Resource, { pass, fail, unproven }: Inspect): Outcome {
  const part = sessionPart(resource);
  if (isHidden(part)) return unproven(part);
  switch (part) {
    case 'none':
      return pass();
    case 'preferences':
      // GTW-011 judges what they say.
      return pass();
    case 'document':
      return fail({ path: ['document_type'] }, 'session');
    case 'host-management':
      return fail({ path: ['setting_value'] }, 'hostManagement');
    case 'channel':
      return unproven('carries commands and sessions of Systems Manager; who opens them only permissions tell');
    case 'agent':
      return unproven('lets instances register with Systems Manager; who opens sessions on them only permissions tell');
  }
}

function managed(target: Target, what: string): Resource | Hidden {
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
