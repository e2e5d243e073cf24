import type { Estate } from '../estate.ts';
import type { Resource } from '../resource.ts';
import { asItems, boolean, child, type Hidden, type Value } from '../value.ts';

/** What a Cloud WAN policy says of where the core network is and of who may join it. */
export interface CoreNetworkPolicy {
  /** Regions of its edges. */
  readonly edges: readonly Value[];
  /** Segments, and groups of network functions, each with whether somebody must accept an attachment to it. */
  readonly segments: readonly { readonly name: Value; readonly isAccepted: Value; readonly isIsolated: Value }[];
  /** What hides more of them. */
  readonly open: readonly Hidden[];
}

/** The policy in a JSON text, or in the data source that renders one; null when no policy is given. */
export function coreNetworkPolicy(estate: Estate, value: Value): CoreNetworkPolicy | null {
  if (value.kind === 'null') return null;
  const source = value.kind === 'reference' && value.path.join('.') === 'json' ? estate.find(value.target) : null;
  return source?.type === 'aws_networkmanager_core_network_policy_document'
    ? renderedPolicy(source)
    : writtenPolicy(estate.document(value));
}

function writtenPolicy(document: Value): CoreNetworkPolicy {
  const edges = asItems(child(child(document, 'core-network-configuration'), 'edge-locations'));
  const groups = ['segments', 'network-function-groups'].map((name) => asItems(child(document, name)));
  return {
    edges: edges.items.map((edge) => child(edge, 'location')),
    segments: groups.flatMap(({ items }) =>
      items.map((segment) => ({
        name: child(segment, 'name'),
        isAccepted: orDefault(child(segment, 'require-attachment-acceptance'), true),
        isIsolated: orDefault(child(segment, 'isolate-attachments'), false),
      })),
    ),
    open: [...edges.open, ...groups.flatMap(({ open }) => open)],
  };
}

function renderedPolicy(source: Resource): CoreNetworkPolicy {
  const configurations = source.blocks('core_network_configuration');
  const locations = configurations.items.map((block) => block.blocks('edge_locations'));
  const groups = ['segments', 'network_function_groups'].map((name) => source.blocks(name));
  return {
    edges: locations.flatMap(({ items }) => items.map((edge) => edge.attribute('location'))),
    segments: groups.flatMap(({ items }) =>
      items.map((segment) => ({
        name: segment.attribute('name'),
        isAccepted: orDefault(segment.attribute('require_attachment_acceptance'), true),
        isIsolated: orDefault(segment.attribute('isolate_attachments'), false),
      })),
    ),
    open: [...configurations.open, ...[...locations, ...groups].flatMap(({ open }) => open)],
  };
}

/** AWS's meaning of an absent flag: attachments need acceptance, and reach each other. */
function orDefault(value: Value, meaning: boolean): Value {
  return value.kind === 'null' ? boolean(meaning) : value;
}
