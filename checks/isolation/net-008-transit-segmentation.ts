import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, describeHidden, display, type Hidden, isHidden, unknown } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { ownEnd } from './link-ends.ts';
import { missingStacks } from './missing-stacks.ts';
import { leftoversIn, TRANSIT_ROUTE_TYPES } from './transit-leftovers.ts';
import {
  associationsOf,
  attachmentOf,
  ATTACHMENT_TYPES,
  type Segment,
  SEGMENT_NAMES,
  segmentOf,
  tableOf,
} from './transit-attachments.ts';

const GATEWAY = 'aws_ec2_transit_gateway';
const TABLE = 'aws_ec2_transit_gateway_route_table';
const ASSOCIATION = 'aws_ec2_transit_gateway_route_table_association';
const PROPAGATION = 'aws_ec2_transit_gateway_route_table_propagation';
const POLICY_ASSOCIATION = 'aws_ec2_transit_gateway_policy_table_association';
const VPC_ACCEPTER = 'aws_ec2_transit_gateway_vpc_attachment_accepter';
const DEFAULTS = [
  'aws_ec2_transit_gateway_default_route_table_association',
  'aws_ec2_transit_gateway_default_route_table_propagation',
];
const SUBJECTS = [GATEWAY, TABLE, ...ATTACHMENT_TYPES, VPC_ACCEPTER, ASSOCIATION, PROPAGATION, ...DEFAULTS];

/** By setting of the transit gateway, the argument of an attachment that goes along with it or not. */
const SETTINGS = [
  {
    setting: 'default_route_table_association',
    argument: 'transit_gateway_default_route_table_association',
    effect: 'is looked up in',
  },
  {
    setting: 'default_route_table_propagation',
    argument: 'transit_gateway_default_route_table_propagation',
    effect: 'is reached from',
  },
] as const;

interface Setting {
  readonly argument: string;
  readonly value: string;
}

const messages = {
  default: ({ argument, value }: Setting) =>
    `has ${argument} ${value}, so attachments share a table that nobody chose for them`,
  omitted: ({ argument, value }: Setting) =>
    `omits ${argument}, which means ${value}, so attachments share a table that nobody chose for them`,
  shares: ({ effect, gateway }: { readonly effect: string; readonly gateway: string }) =>
    `${effect} the default table of ${gateway}, as every attachment is that does not say otherwise`,
  sets: ({ table }: { readonly table: string }) => `makes ${table} the table of every attachment`,
  unassociated: ({ gateway }: { readonly gateway: string }) => `is associated with no route table of ${gateway}`,
  mixed: ({ table, other, segment }: { readonly table: string; readonly other: string; readonly segment: string }) =>
    `shares ${table} with ${other}, a ${segment}`,
  propagates: ({ from, to, table }: { readonly from: string; readonly to: string; readonly table: string }) =>
    `announces a ${from} in ${table}, which serves ${to}`,
  leftovers: ({ route, range }: { readonly route: string; readonly range: string }) =>
    `sends what ${route} covers to others, and no blackhole stops the private addresses of ${range} that belong to nobody`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'NET-008',
  why: 'A transit gateway joins whatever is attached to it in one table unless told otherwise: then each network reaches every other without passing a gateway.',
  fix: 'Set default_route_table_association and default_route_table_propagation to "disable", associate each attachment with a table of its own kind, write the routes instead of propagating them, and blackhole private ranges under wide routes to others.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html',
    'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html',
  ],
  resourceTypes: [...SUBJECTS, POLICY_ASSOCIATION, ...TRANSIT_ROUTE_TYPES, 'aws_subnet', 'aws_vpn_connection'],

  messages,

  subjects: resourcesOf(...SUBJECTS),

  inspect({ resource }, inspection) {
    const { all, pass } = inspection;
    switch (resource.type) {
      case GATEWAY:
        return all(SETTINGS.map(({ setting }) => judgeSetting(resource, setting, inspection)));
      case TABLE:
        return judgeTable(resource, inspection);
      case VPC_ACCEPTER:
        return all(SETTINGS.map((setting) => judgeDefault(resource, setting, inspection)));
      case ASSOCIATION:
        return judgeAssociation(resource, inspection);
      case PROPAGATION:
        return judgePropagation(resource, inspection);
      default:
        if (DEFAULTS.includes(resource.type)) return judgeNewDefault(resource, inspection);
        return all([
          ...SETTINGS.map((setting) =>
            resource.type === 'aws_ec2_transit_gateway_peering_attachment'
              ? pass()
              : judgeDefault(resource, setting, inspection),
          ),
          judgeAttachment(resource, inspection),
        ]);
    }
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_vpc: { ledger: { cidr_block: '10.1.0.0/16' }, desk: { cidr_block: '10.2.0.0/16' } },
              aws_subnet: {
                ledger: { vpc_id: '${aws_vpc.ledger.id}', tags: { 'ledger:tier': 'workload' } },
                desk: { vpc_id: '${aws_vpc.desk.id}', tags: { 'ledger:tier': 'workload' } },
              },
              aws_ec2_transit_gateway: {
                west: { default_route_table_association: 'disable', default_route_table_propagation: 'disable' },
              },
              aws_ec2_transit_gateway_route_table: {
                enclave: { transit_gateway_id: '${aws_ec2_transit_gateway.west.id}' },
              },
              aws_ec2_transit_gateway_vpc_attachment: {
                ledger: {
                  vpc_id: '${aws_vpc.ledger.id}',
                  subnet_ids: ['${aws_subnet.ledger.id}'],
                  transit_gateway_id: '${aws_ec2_transit_gateway.west.id}',
                },
                desk: {
                  vpc_id: '${aws_vpc.desk.id}',
                  subnet_ids: ['${aws_subnet.desk.id}'],
                  transit_gateway_id: '${aws_ec2_transit_gateway.west.id}',
                },
              },
              aws_ec2_transit_gateway_route_table_association: {
                ledger: {
                  transit_gateway_attachment_id: '${aws_ec2_transit_gateway_vpc_attachment.ledger.id}',
                  transit_gateway_route_table_id: '${aws_ec2_transit_gateway_route_table.enclave.id}',
                },
                desk: {
                  transit_gateway_attachment_id: '${aws_ec2_transit_gateway_vpc_attachment.desk.id}',
                  transit_gateway_route_table_id: '${aws_ec2_transit_gateway_route_table.enclave.id}',
                },
              },
            },
          },
        },
      },
    ],
    violating: [
      // Both defaults are "enable".
      { stacks: { west: { resource: { aws_ec2_transit_gateway: { west: { description: 'West' } } } } } },
    ],
  },
});

function judgeSetting(gateway: Resource, argument: string, { estate, pass, fail, unproven }: Inspect): Outcome {
  const value = estate.effective(gateway, argument);
  const text = asString(value);
  if (isHidden(text)) return unproven(text);
  if (text === 'disable') return pass();
  const isOmitted = gateway.attribute(argument).kind === 'null';
  return fail({ path: [argument], value }, isOmitted ? 'omitted' : 'default', { argument, value: display(value) });
}

/** An attachment goes along with the defaults of its gateway unless both, or it, say no. */
function judgeDefault(
  attachment: Resource,
  { setting, argument, effect }: (typeof SETTINGS)[number],
  { estate, pass, fail, unproven }: Inspect,
): Outcome {
  const own = asBoolean(estate.effective(attachment, argument));
  if (own === false) return pass();
  const gateway = gatewayOf(attachment, estate);
  if (isHidden(gateway))
    return unproven(`${argument} is not false, and ${describeHidden(gateway)} is not in the estate`);
  const theirs = asString(estate.effective(gateway, setting));
  if (theirs === 'disable') return pass();
  if (isHidden(theirs)) return unproven(theirs);
  if (isHidden(own)) return unproven(own);
  return fail({ path: [argument], related: [gateway] }, 'shares', { effect, gateway: gateway.address });
}

function gatewayOf(attachment: Resource, estate: Inspect['estate']): Resource | Hidden {
  const named =
    attachment.type === VPC_ACCEPTER
      ? attachmentOf(attachment.attribute('transit_gateway_attachment_id'), estate)
      : attachment;
  if (isHidden(named)) return named;
  return gatewayAt(named, 'transit_gateway_id', estate);
}

function gatewayAt(resource: Resource, argument: string, estate: Inspect['estate']): Resource | Hidden {
  const value = resource.attribute(argument);
  const target = estate.resolve(value, [GATEWAY]);
  if (target.kind === 'resource' && target.resource.init.mode === 'managed') return target.resource;
  if (target.kind === 'hidden') return target.value;
  return unknown('missing-object', display(value), 'is a transit gateway outside the estate');
}

function judgeNewDefault(resource: Resource, { estate, fail }: Inspect): Outcome {
  const value = resource.attribute('transit_gateway_route_table_id');
  const table = tableOf(value, estate);
  return fail({ path: ['transit_gateway_route_table_id'], value, related: isHidden(table) ? [] : [table] }, 'sets', {
    table: isHidden(table) ? describeHidden(table) : table.address,
  });
}

/** A table of every gateway that the attachment is at. */
function judgeAttachment(attachment: Resource, inspection: Inspect): Outcome {
  const { estate, all, pass, unproven } = inspection;
  const policed = associationsOf(estate, POLICY_ASSOCIATION, 'transit_gateway_policy_table_id').find(
    (association) => association.attachment === attachment || isHidden(association.attachment),
  );
  if (policed !== undefined) {
    return unproven(`${policed.resource.address} looks it up in a policy table, whose rules the input does not show`);
  }
  return all(
    ['transit_gateway_id', 'peer_transit_gateway_id']
      .filter((argument) => attachment.attribute(argument).kind !== 'null')
      .map((argument) => {
        const gateway = gatewayAt(attachment, argument, estate);
        // The far side of a link to somebody else is for NET-007.
        if (isHidden(gateway)) return argument === 'transit_gateway_id' ? unproven(gateway) : pass();
        return judgeTables(attachment, gateway, inspection);
      }),
  );
}

function judgeTables(attachment: Resource, gateway: Resource, inspection: Inspect): Outcome {
  const { estate, pass, fail, unproven } = inspection;
  const own = associationsOf(estate).filter((association) => association.attachment === attachment);
  const here = own.filter(({ table }) => isHidden(table) || isOf(table, gateway, estate));
  const tables = new Set(here.map(({ table }) => table));
  if (tables.size > 1) {
    return unproven(`is associated with several tables: ${here.map(({ resource }) => resource.address).join(', ')}`);
  }
  const [association] = here;
  if (association !== undefined) {
    if (isHidden(association.table)) return unproven(association.table);
    const owner = gatewayAt(association.table, 'transit_gateway_id', estate);
    if (isHidden(owner)) return unproven(owner);
    const address = association.resource.address;
    return association.resource.init.isSymbolic
      ? unproven(`${address} has a count or for_each that only the plan knows`)
      : pass();
  }
  const hidden = associationsOf(estate).filter((other) => isHidden(other.attachment));
  const missing = missingStacks(inspection);
  if (hidden.length > 0) {
    return unproven(`${hidden.map(({ resource }) => resource.address).join(', ')} may associate it with a table`);
  }
  if (missing.length > 0) return unproven(`the stack ${missing.join(', ')} is not among the inputs`);
  return fail({ related: [gateway] }, 'unassociated', { gateway: gateway.address });
}

function isOf(table: Resource, gateway: Resource, estate: Inspect['estate']): boolean {
  const owner = gatewayAt(table, 'transit_gateway_id', estate);
  return isHidden(owner) || owner === gateway;
}

/** The attachments that share a table are of one segment. */
function judgeAssociation(resource: Resource, inspection: Inspect): Outcome {
  const { estate, all, unproven, fail, pass } = inspection;
  const attachment = attachmentOf(resource.attribute('transit_gateway_attachment_id'), estate);
  const table = tableOf(resource.attribute('transit_gateway_route_table_id'), estate);
  if (isHidden(attachment) || isHidden(table)) return unproven([attachment, table].filter(isHidden));
  const segment = segmentOf(attachment, inspection);
  return all(
    associationsOf(estate)
      .filter((other) => other.resource !== resource && (other.table === table || isHidden(other.table)))
      .map((other) => {
        if (isHidden(other.attachment)) return unproven(other.attachment);
        const theirs = segmentOf(other.attachment, inspection);
        if (!isHidden(segment) && !isHidden(theirs) && segment === theirs) return pass();
        if (isHidden(segment)) return unproven(segment);
        if (isHidden(theirs)) return unproven(theirs);
        if (isHidden(other.table)) return unproven(other.table);
        if (other.resource.init.isSymbolic) {
          return unproven(`${other.resource.address} has a count or for_each that only the plan knows`);
        }
        const names = { table: table.address, other: other.attachment.address, segment: SEGMENT_NAMES[theirs] };
        return fail({ related: [other.resource, other.attachment, table] }, 'mixed', names);
      }),
  );
}

/** What a table learns from an attachment serves attachments of the same segment and site. */
function judgePropagation(resource: Resource, inspection: Inspect): Outcome {
  const { estate, all, pass, fail, unproven } = inspection;
  const attachment = attachmentOf(resource.attribute('transit_gateway_attachment_id'), estate);
  const table = tableOf(resource.attribute('transit_gateway_route_table_id'), estate);
  if (isHidden(attachment) || isHidden(table)) return unproven([attachment, table].filter(isHidden));
  const segment = segmentOf(attachment, inspection);
  if (isHidden(segment)) return unproven(segment);
  return all(
    associationsOf(estate)
      .filter((served) => served.table === table || isHidden(served.table))
      .map((served) => {
        if (served.attachment === attachment) return pass();
        if (isHidden(served.attachment)) return unproven(served.attachment);
        const theirs = segmentOf(served.attachment, inspection);
        if (isHidden(theirs)) return unproven(theirs);
        const sites = [attachment, served.attachment].map((item) => siteNameOf(item, theirs, inspection));
        const hidden = sites.find((site) => typeof site !== 'string');
        if (theirs === segment && hidden === undefined && sites[0] === sites[1]) return pass();
        if (theirs === segment && hidden !== undefined) return unproven(hidden);
        if (isHidden(served.table)) return unproven(served.table);
        if (served.resource.init.isSymbolic) {
          return unproven(`${served.resource.address} has a count or for_each that only the plan knows`);
        }
        const to = `${served.attachment.address}, a ${SEGMENT_NAMES[theirs]}${sites[0] === sites[1] ? '' : ' of another site'}`;
        return fail({ related: [attachment, served.resource, table] }, 'propagates', {
          from: SEGMENT_NAMES[segment],
          to,
          table: table.address,
        });
      }),
  );
}

/** The site of a network; what is at no site of the enclave has none. */
function siteNameOf(attachment: Resource, segment: Segment, context: Inspect): string | Hidden {
  if (segment === 'link' || segment === 'outside') return segment;
  const end = ownEnd(attachment, context);
  switch (end.kind) {
    case 'site':
      return end.site.id;
    case 'undeclared':
      return end.where;
    case 'hidden':
      return end.value;
  }
}

function judgeTable(table: Resource, inspection: Inspect): Outcome {
  const { all, fail, unproven } = inspection;
  return all(
    leftoversIn(table, inspection).map((leftover) => {
      if (leftover.kind === 'hidden') return unproven(leftover.because);
      const { route, target, range } = leftover;
      const at = { related: [route, target], location: route.locate('destination_cidr_block') };
      return fail(at, 'leftovers', { route: route.address, range });
    }),
  );
}
