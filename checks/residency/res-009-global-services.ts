import { isKnownType, scopeOf, takesTags } from '../../model/aws/resource-types.ts';
import type { Resource } from '../../model/resource.ts';
import { tagText } from '../../model/tags.ts';
import { asString, isHidden, type ReferenceValue, unknown, type UnknownValue, type Value } from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';
import { type Context, defineCheck, type Outcome } from '../check.ts';
import { leavesOf } from './leaves.ts';

/** Services that store or run at edge locations all over the world: by prefix of the type. */
const EDGE = ['aws_cloudfront', 'aws_globalaccelerator_', 'aws_lightsail_distribution', 'aws_waf_'];

/** Types of which one argument decides between a Region and the edge; only the scope REGIONAL is a Region. */
const SCOPED = new Set([
  'aws_wafv2_api_key',
  'aws_wafv2_ip_set',
  'aws_wafv2_regex_pattern_set',
  'aws_wafv2_rule_group',
  'aws_wafv2_web_acl',
]);

export default defineCheck({
  id: 'RES-009',
  why: 'The control planes of global services lie outside the sites and learn names, tags and policies; edge services also store and run in places all over the world.',
  fix: 'Use a regional service, or allow the type under globalServices of the policy with the reason and the metadata that it exposes; keep restricted data away from edge services.',
  references: ['https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html'],
  resourceTypes: [],
  messages: {
    notAllowed: ({ type }: { type: string }) => `is of the global type ${type}, which the policy does not allow`,
    edge: ({ type, dataClass }: { type: string; dataClass: string }) =>
      `is of the edge service ${type} and serves ${dataClass} data`,
    edgeOf: ({ type, address, dataClass }: { type: string; address: string; dataClass: string }) =>
      `is of the edge service ${type} and names ${address}, which holds ${dataClass} data`,
    restricted: ({ type, dataClass }: { type: string; dataClass: string }) =>
      `is of the global type ${type} and is marked as ${dataClass} data`,
  },

  subjects(context: Context) {
    return context.estate.resources
      .filter((resource) => scopeIn(resource, context) !== 'regional')
      .map((resource) => ({ kind: 'resource', resource }));
  },

  inspect({ resource }, inspection) {
    const { estate, policy, pass, fail, unproven, all } = inspection;
    const { type } = resource;
    const restricted = new Set(policy.dataClasses.filter(({ isRestricted }) => isRestricted).map(({ id }) => id));
    const scope = scopeIn(resource, inspection);
    if (scope === null) return unproven(`is of type ${type}, and no table knows whether it is global`);
    if (typeof scope !== 'string') return unproven(scope);
    const allowed = isAllowed(type, policy) ? pass() : fail(argumentThatDecides(resource), 'notAllowed', { type });
    return all([allowed, ...(scope === 'edge' ? [marked(), ...served()] : [markedAtAll()])]);

    /** An edge service says what it serves. */
    function marked(): Outcome {
      const dataClass = tagText(resource, policy.tags.dataClass);
      if (isHidden(dataClass)) return unproven(dataClass);
      if (dataClass === null) {
        return unproven(
          `is of the edge service ${type} and has no tag ${policy.tags.dataClass}, so what it serves is not known`,
        );
      }
      return restricted.has(dataClass) ? fail({ path: ['tags'] }, 'edge', { type, dataClass }) : pass();
    }

    /** Whatever an edge service names may be what it serves. */
    function served(): readonly Outcome[] {
      return leavesOf(resource).flatMap(({ path, value }) =>
        symbolsIn(value).map((symbol) => {
          if (symbol.kind === 'unknown') return unproven(symbol);
          const origin = estate.find(symbol.target);
          const dataClass = origin === null ? null : tagText(origin, policy.tags.dataClass);
          if (isHidden(dataClass)) return unproven(dataClass);
          if (origin === null || dataClass === null || !restricted.has(dataClass)) return pass();
          const { address } = origin;
          return fail({ path, value, related: [origin] }, 'edgeOf', { type, address, dataClass });
        }),
      );
    }

    /** What is neither tagged nor at the edge holds no data but its own description. */
    function markedAtAll(): Outcome {
      if (!takesTags(type)) return pass();
      const dataClass = tagText(resource, policy.tags.dataClass);
      if (isHidden(dataClass)) return unproven(dataClass);
      if (dataClass === null || !restricted.has(dataClass)) return pass();
      return fail({ path: ['tags'] }, 'restricted', { type, dataClass });
    }
  },

  examples: {
    compliant: [{ stacks: { west: { resource: { aws_iam_role: { worker: { name: 'worker' } } } } } }],
    violating: [{ stacks: { west: { resource: { aws_cloudfront_distribution: { front: { enabled: true } } } } } }],
  },
});

/** Null for a type that no table knows; what hides it where an argument decides. */
function scopeIn(resource: Resource, { policy: { resourceTypes }, schemaTypes }: Context) {
  const { type } = resource;
  if (SCOPED.has(type)) {
    const scope = asString(resource.attribute('scope'));
    if (isHidden(scope)) return scope;
    if (scope === null) return unknown('invalid', `${resource.address}.scope`, 'is not set');
    return scope === 'REGIONAL' ? 'regional' : 'edge';
  }
  if (EDGE.some((prefix) => type.startsWith(prefix))) return 'edge';
  if (!isKnownType(type)) {
    const classified = resourceTypes.find((entry) => entry.type === type)?.scope ?? null;
    return classified === null && schemaTypes?.get(type)?.takesRegion === true ? 'regional' : classified;
  }
  return scopeOf(type) === 'global' ? 'global' : 'regional';
}

function argumentThatDecides(resource: Resource) {
  return SCOPED.has(resource.type) ? { path: ['scope'], value: resource.attribute('scope') } : {};
}

function symbolsIn(value: Value): readonly (ReferenceValue | UnknownValue)[] {
  if (value.kind === 'template') return value.parts.filter((part) => typeof part !== 'string');
  return value.kind === 'reference' || value.kind === 'unknown' ? [value] : [];
}

function isAllowed(type: string, { globalServices }: Policy): boolean {
  return globalServices.some(({ resourceType }) =>
    resourceType.endsWith('*') ? type.startsWith(resourceType.slice(0, -1)) : type === resourceType,
  );
}
