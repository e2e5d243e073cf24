import { coreNetworkPolicy } from '../../model/aws/core-network-policy.ts';
import type { Path, Resource } from '../../model/resource.ts';
import { asBoolean, asItems, asString, display, isHidden, type Value } from '../../model/value.ts';
import type { Outcome } from '../check.ts';
import { undeclaredPlace } from './link-ends.ts';
import type { Inspect } from './link-messages.ts';

export const CORE_NETWORK = 'aws_networkmanager_core_network';

export const CORE_POLICY = 'aws_networkmanager_core_network_policy_attachment';

/** Where a core network has edges, and who gets in. */
export function judgeCore(resource: Resource, inspection: Inspect): readonly Outcome[] {
  switch (resource.type) {
    case CORE_POLICY:
      return resource.attribute('policy_document').kind === 'null'
        ? [inspection.unproven('has no policy_document')]
        : [judgeCorePolicy(resource, 'policy_document', inspection)];
    case CORE_NETWORK: {
      const { items, open } = asItems(resource.attribute('base_policy_regions'));
      const argument = 'base_policy_regions';
      return [
        ...[...items, ...open].map((value) => judgeRegion(value, { path: [argument], argument }, inspection)),
        judgeCorePolicy(resource, 'base_policy_document', inspection),
      ];
    }
    default:
      return [];
  }
}

function judgeCorePolicy(resource: Resource, argument: string, inspection: Inspect): Outcome {
  const { estate, all, pass, fail, unproven } = inspection;
  const policy = coreNetworkPolicy(estate, resource.attribute(argument));
  if (policy === null) return pass();
  const { edges, segments, open } = policy;
  const path = [argument];
  return all([
    ...edges.map((value) => judgeRegion(value, { path, argument: 'edge location' }, inspection)),
    ...segments.map(({ name, isAccepted }) => {
      const accepted = asBoolean(isAccepted);
      if (isHidden(accepted)) return unproven(accepted);
      return accepted === false ? fail({ path, value: name }, 'segment', { segment: display(name) }) : pass();
    }),
    ...(open.length > 0 ? [unproven(open)] : []),
    ...(open.length === 0 && edges.length === 0 ? [unproven(`${argument} names no edge location`)] : []),
  ]);
}

interface Argument {
  readonly path: Path;
  readonly argument: string;
}

export function judgeRegion(
  value: Value,
  { path, argument }: Argument,
  { policy, pass, fail, unproven }: Inspect,
): Outcome {
  const region = asString(value);
  if (isHidden(region)) return unproven(region);
  if (region === null || region === '') return unproven(`${argument} names no Region`);
  const where = undeclaredPlace(policy, { account: null, region });
  return where === null ? pass() : fail({ path, value }, 'undeclared', { argument, where });
}
