import { describe, expect, it } from 'vitest';
import { called, networkOf, TWO_ZONES } from '../../../support/network/compiled.ts';

const VPC = '${aws_vpc.main.id}';
const STATES = 'aws_networkfirewall_firewall.fw.firewall_status[0].sync_states';
const PICK = 's.attachment[0].endpoint_id';
const SUBNET = 's.attachment[0].subnet_id';
const A = 'aws_subnet.fw_a.id';

function network(endpoint: string, subnets: readonly string[] = ['fw_a', 'fw_b'], variable = {}) {
  return networkOf(
    {
      ...TWO_ZONES,
      aws_subnet: {
        ...TWO_ZONES.aws_subnet,
        fw_a: { vpc_id: VPC, cidr_block: '10.0.3.0/24', availability_zone: 'eu-west-1a' },
        fw_b: { vpc_id: VPC, cidr_block: '10.0.4.0/24', availability_zone: 'eu-west-1b' },
      },
      aws_networkfirewall_firewall: {
        fw: {
          name: 'fw',
          vpc_id: VPC,
          firewall_policy_arn: 'arn:aws:network-firewall:eu-west-1:111111111111:firewall-policy/p',
          subnet_mapping: subnets.map((name) => ({ subnet_id: `\${aws_subnet.${name}.id}` })),
        },
      },
      aws_route_table: {
        own: { vpc_id: VPC, route: [{ cidr_block: '0.0.0.0/0', vpc_endpoint_id: `\${${endpoint}}` }] },
      },
      aws_route_table_association: {
        a: { subnet_id: '${aws_subnet.a.id}', route_table_id: '${aws_route_table.own.id}' },
      },
    },
    { variable },
  );
}

/** The subnets of the endpoints that the route may lead to, with a question mark where another may be meant. */
function picked(endpoint: string, subnets?: readonly string[], variable = {}): readonly string[] {
  const [table] = called(network(endpoint, subnets, variable).subnets, 'aws_subnet.a').tables;
  return (table?.item.routes ?? [])
    .filter(({ precedence }) => precedence !== 'local')
    .map(({ target, doubts }) => {
      const to = target.kind === 'inspection' ? target.inspection.subnet?.origin.name : target.kind;
      return `${to}${doubts.length > 0 ? ' ?' : ''}`;
    });
}

const ONE = ['aws_subnet.fw_a'];
const EITHER = ['aws_subnet.fw_a ?', 'aws_subnet.fw_b ?'];

describe('the endpoint of a firewall that a route picks', () => {
  it.each([
    ['by its subnet', `one([for s in ${STATES} : ${PICK} if ${SUBNET} == ${A}])`],
    ['with the condition the other way round', `one([for s in ${STATES} : ${PICK} if ${A} == ${SUBNET}])`],
    ['by index', `tolist([for s in ${STATES} : ${PICK} if ${SUBNET} == ${A}])[0]`],
    ['as the first of a list', `[for s in ${STATES} : ${PICK} if ${SUBNET} == ${A}][0]`],
    ['by element', `element([for s in ${STATES} : ${PICK} if ${SUBNET} == ${A}], 0)`],
    ['flattened', `flatten([for s in ${STATES} : [for t in s.attachment : t.endpoint_id if t.subnet_id == ${A}]])[0]`],
    ['of a list of states', `one([for s in tolist(${STATES}) : ${PICK} if ${SUBNET} == ${A}])`],
    ['by filtering first', `one([for s in ${STATES} : s if ${SUBNET} == ${A}]).attachment[0].endpoint_id`],
    ['by filtering first, with a splat', `[for s in ${STATES} : s if ${SUBNET} == ${A}][*].attachment[0].endpoint_id`],
    ['joined', `join("", [for s in ${STATES} : ${PICK} if ${SUBNET} == ${A}])`],
    [
      'with a second condition',
      `one([for s in ${STATES} : ${PICK} if s.attachment[0].status != "" && ${SUBNET} == ${A}])`,
    ],
    ['by a map of subnets', `{for s in ${STATES} : ${SUBNET} => ${PICK}}[${A}]`],
    ['by lookup in a map of subnets', `lookup({for s in ${STATES} : ${SUBNET} => ${PICK}}, ${A})`],
    ['by the name of its zone', `one([for s in ${STATES} : ${PICK} if s.availability_zone == "eu-west-1a"])`],
    ['by a map of zones', `{for s in ${STATES} : s.availability_zone => ${PICK}}["eu-west-1a"]`],
    [
      'by the zone of a subnet',
      `{for s in ${STATES} : s.availability_zone => ${PICK}}[aws_subnet.fw_a.availability_zone]`,
    ],
    ['as the first of values', `values({for s in ${STATES} : s.availability_zone => ${PICK} if ${SUBNET} == ${A}})[0]`],
  ])('is known %s', (_, endpoint) => {
    expect(picked(endpoint)).toEqual(ONE);
  });

  it.each([
    ['an index of all of them', `tolist(${STATES})[0].attachment[0].endpoint_id`],
    ['an index of all ids', `[for s in ${STATES} : ${PICK}][0]`],
    ['a splat', `flatten(${STATES}[*].attachment[0].endpoint_id)[0]`],
    ['another filter', `one([for s in ${STATES} : ${PICK} if startswith(s.availability_zone, "eu")])`],
    ['an inequality', `one([for s in ${STATES} : ${PICK} if ${SUBNET} != ${A}])`],
    [
      'one of two subnets',
      `one([for s in ${STATES} : ${PICK} if ${SUBNET} == ${A} || ${SUBNET} == aws_subnet.fw_b.id])`,
    ],
    [
      'a zone that no endpoint is known to be in',
      `{for s in ${STATES} : s.availability_zone => ${PICK}}["eu-west-1c"]`,
    ],
  ])('may be any by %s', (_, endpoint) => {
    expect(picked(endpoint)).toEqual(EITHER);
  });

  it('may be any by the subnet of a variable', () => {
    expect(picked(`one([for s in ${STATES} : ${PICK} if ${SUBNET} == var.subnet])`, undefined, { subnet: {} })).toEqual(
      EITHER,
    );
  });

  it('is the only one that there is, however it is picked', () => {
    expect(picked(`tolist(${STATES})[0].attachment[0].endpoint_id`, ['fw_a'])).toEqual(ONE);
  });
});
