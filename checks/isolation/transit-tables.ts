import type { Resource } from '../../model/resource.ts';
import { type Hidden, isHidden } from '../../model/value.ts';
import type { Outcome } from '../check.ts';
import { ownEnd } from './link-ends.ts';
import { missingStacks } from './missing-stacks.ts';
import {
  associationsOf,
  attachmentOf,
  gatewayAt,
  type Segment,
  SEGMENT_NAMES,
  segmentOf,
  tableOf,
} from './transit-attachments.ts';
import { leftoversIn } from './transit-leftovers.ts';
import type { Inspect } from './transit-messages.ts';

export const POLICY_ASSOCIATION = 'aws_ec2_transit_gateway_policy_table_association';

/** A table of every gateway that the attachment is at. */
export function judgeAttachment(attachment: Resource, inspection: Inspect): Outcome {
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
export function judgeAssociation(resource: Resource, inspection: Inspect): Outcome {
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
export function judgePropagation(resource: Resource, inspection: Inspect): Outcome {
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

export function judgeTable(table: Resource, inspection: Inspect): Outcome {
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
