import { describeEvidence } from '../../model/aws/argument-classes.ts';
import type { SchemaTypes } from '../../model/aws/provider-schema.ts';
import type { Stack } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import type { ClassifiedType } from '../../policy/policy.ts';
import { display } from '../../model/value.ts';
import { type Context, defineCheck, type Subject } from '../check.ts';
import { classificationOf } from '../classification.ts';

/** Ways in which the provider of the tables is named in `required_providers`. */
const PROVIDER_SOURCES = new Set([
  'aws',
  'hashicorp/aws',
  'registry.terraform.io/hashicorp/aws',
  'registry.opentofu.org/hashicorp/aws',
]);

/** Types of which one resource makes others, out of sight of Terraform. */
const OPAQUE_TYPES = new Map([
  ['aws_cloudformation_stack', 'a template'],
  ['aws_cloudformation_stack_set', 'a template'],
  ['aws_cloudformation_stack_instances', 'a template'],
  ['aws_cloudformation_stack_set_instance', 'a template'],
  ['aws_cloudcontrolapi_resource', 'a resource of another schema'],
  ['aws_servicecatalog_provisioned_product', 'a product'],
  ['aws_elastic_beanstalk_environment', 'an application'],
  ['aws_serverlessapplicationrepository_cloudformation_stack', 'an application'],
]);

/** Data sources that do something, or fetch from anywhere, whenever a plan is made. */
const ACTING_DATA = new Map([
  ['external', 'runs a program'],
  ['http', 'fetches from a URL'],
  ['tls_certificate', 'fetches from a URL'],
  ['aws_lambda_invocation', 'invokes a function'],
]);

export default defineCheck({
  id: 'CHG-001',
  why: 'An inventory that nobody can prove complete proves nothing: what was not looked at may be anywhere and open to anyone.',
  fix: 'Give every stack that the policy expects, add new stacks to the policy, and classify resource types that no table knows under resourceTypes with the reason.',
  references: ['https://developer.hashicorp.com/terraform/language/syntax/json'],
  resourceTypes: [],
  messages: {
    unexpected: 'is no stack that the policy expects, so no site answers for it',
  },

  subjects(context) {
    const data = context.estate.stacks.flatMap(({ dataSources }) => dataSources);
    return [
      ...stackSubjects(context),
      ...context.estate.resources.map(resourceSubject),
      ...data.filter(({ type }) => ACTING_DATA.has(type)).map(resourceSubject),
    ];
  },

  inspect(subject, { estate, policy, schemaTypes, pass, fail, unproven, all }) {
    if (subject.kind === 'resource') {
      const { type, init } = subject.resource;
      const act = init.mode === 'data' ? ACTING_DATA.get(type) : undefined;
      if (act !== undefined) return unproven(`${act} whenever a plan is made, whose effects Terraform does not show`);
      const reason = whyUnknown(subject.resource, policy.resourceTypes, estate.stacks, schemaTypes);
      return reason === null ? pass() : unproven(reason);
    }
    const stack = estate.stacks.find(({ name }) => name === subject.stack);
    const isExpected = policy.stacks.some(({ name }) => name === subject.stack);
    if (stack === undefined) {
      return unproven(
        isExpected
          ? 'is expected by the policy and not among the inputs that could be read'
          : 'is among the inputs and could not be read',
      );
    }
    if (!isExpected) return fail({}, 'unexpected');
    return all(
      stack.modules.map(({ name, source }) =>
        unproven(`calls the module ${JSON.stringify(name)} from ${display(source)}, whose resources only a plan shows`),
      ),
    );
  },

  examples: {
    compliant: [{ stacks: { west: { resource: { aws_sqs_queue: { receipts: {} } } } } }],
    violating: [
      {
        stacks: {
          west: { resource: { aws_sqs_queue: { receipts: {} } } },
          annex: { resource: { aws_sqs_queue: { receipts: {} } } },
        },
      },
    ],
  },
});

function stackSubjects({ estate, policy }: Context): readonly Extract<Subject, { kind: 'stack' }>[] {
  const expected = policy.stacks.filter(({ isOptional }) => !isOptional).map(({ name }) => name);
  const names = new Set([...expected, ...estate.declaredStacks, ...estate.stacks.map(({ name }) => name)]);
  return [...names].toSorted().map((stack) => ({ kind: 'stack', stack, location: null }));
}

function resourceSubject(resource: Resource): Extract<Subject, { kind: 'resource' }> {
  return { kind: 'resource', resource };
}

/** Why a resource is not fully looked at, or null. */
function whyUnknown(
  { type, stack, init }: Resource,
  classified: readonly ClassifiedType[],
  stacks: readonly Stack[],
  schemaTypes: SchemaTypes | undefined,
): string | null {
  // Whatever the type is, and whoever classified it.
  if (init.hasProvisioner) return 'runs a provisioner, whose effects Terraform does not show';
  const provider = init.provider.name;
  const source = stacks.find(({ name }) => name === stack)?.requiredProviders.get(provider)?.source;
  const row = classificationOf(type, classified);
  if (row?.from === 'policy') return symbolicReason(init.isSymbolic);
  if (row === null) {
    return `is of type ${type}, which no table knows${suggestion(type, schemaTypes)}; classify it under resourceTypes of the policy, with the reason`;
  }
  if (source !== undefined && !PROVIDER_SOURCES.has(source)) {
    return `is made by the provider ${JSON.stringify(source)}, and the tables are for hashicorp/aws`;
  }
  const opaque = OPAQUE_TYPES.get(type);
  if (opaque !== undefined) return `makes resources from ${opaque}, which Terraform does not show`;
  return symbolicReason(init.isSymbolic);
}

/** The schema shows what a new type does, never that it does so where it may. */
function suggestion(type: string, schemaTypes: SchemaTypes | undefined): string {
  const known = schemaTypes?.get(type);
  if (known === undefined) return '';
  return known.evidence === null
    ? ' and whose arguments in the given schema show nothing'
    : ` and whose arguments in the given schema suggest: ${describeEvidence(known.evidence)}`;
}

function symbolicReason(isSymbolic: boolean): string | null {
  return isSymbolic
    ? 'stands for an unknown number of resources: its count or for_each is known only to the plan'
    : null;
}
