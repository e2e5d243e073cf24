import { describeEvidence } from '../../model/aws/argument-classes.ts';
import type { SchemaTypes } from '../../model/aws/provider-schema.ts';
import type { Stack } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import type { ClassifiedType } from '../../policy/policy.ts';
import { DIGEST_DIGITS } from '../../model/json/digest.ts';
import { sha256 } from '../../model/sha256.ts';
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

/** What something opaque is made from or does, and the arguments that say it. */
interface Opaque {
  readonly what: string;
  readonly by: readonly string[];
}

const TEMPLATE: Opaque = { what: 'a template', by: ['template_body', 'template_url', 'parameters'] };
const OF_TEMPLATE: Opaque = {
  what: 'a template',
  by: ['stack_set_name', 'accounts', 'account_id', 'regions', 'stack_set_instance_region', 'parameter_overrides'],
};

/** Types of which one resource makes others, out of sight of Terraform. */
const OPAQUE_TYPES: ReadonlyMap<string, Opaque> = new Map([
  ['aws_cloudformation_stack', TEMPLATE],
  ['aws_cloudformation_stack_set', TEMPLATE],
  ['aws_cloudformation_stack_instances', OF_TEMPLATE],
  ['aws_cloudformation_stack_set_instance', OF_TEMPLATE],
  ['aws_cloudcontrolapi_resource', { what: 'a resource of another schema', by: ['type_name', 'desired_state'] }],
  [
    'aws_servicecatalog_provisioned_product',
    {
      what: 'a product',
      by: [
        'product_id',
        'product_name',
        'provisioning_artifact_id',
        'provisioning_artifact_name',
        'provisioning_parameters',
      ],
    },
  ],
  [
    'aws_elastic_beanstalk_environment',
    { what: 'an application', by: ['application', 'version_label', 'template_name', 'solution_stack_name', 'setting'] },
  ],
  [
    'aws_serverlessapplicationrepository_cloudformation_stack',
    { what: 'an application', by: ['application_id', 'semantic_version', 'parameters'] },
  ],
]);

/** Data sources that do something, or fetch from anywhere, whenever a plan is made. */
const ACTING_DATA: ReadonlyMap<string, Opaque> = new Map([
  ['external', { what: 'runs a program', by: ['program', 'query', 'working_dir'] }],
  ['http', { what: 'fetches from a URL', by: ['url', 'method', 'request_body'] }],
  ['tls_certificate', { what: 'fetches from a URL', by: ['url'] }],
  ['aws_lambda_invocation', { what: 'invokes a function', by: ['function_name', 'qualifier', 'input'] }],
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
      if (act !== undefined) {
        const content = inDigits(subject.resource, act);
        return unproven(`${act.what} (${content}) whenever a plan is made, whose effects Terraform does not show`);
      }
      const reasons = whyUnknown(subject.resource, policy.resourceTypes, estate.stacks, schemaTypes);
      return all(reasons.map((reason) => unproven(reason)));
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
    return all([
      isExpected ? pass() : fail({}, 'unexpected'),
      ...stack.modules.map(({ name, source, digest }) =>
        unproven(
          `calls the module ${JSON.stringify(name)} from ${display(source)} (${digest}), whose resources only a plan shows`,
        ),
      ),
    ]);
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

/** Each reason why a resource is not fully looked at: a comparison knows a finding again only by all of them. */
function whyUnknown(
  resource: Resource,
  classified: readonly ClassifiedType[],
  stacks: readonly Stack[],
  schemaTypes: SchemaTypes | undefined,
): readonly string[] {
  const { type, stack, init } = resource;
  const reasons: string[] = [];
  // Whatever the type is, and whoever classified it.
  if (init.provisioner !== null) {
    reasons.push(`runs a provisioner (${init.provisioner}), whose effects Terraform does not show`);
  }
  if (init.isSymbolic) {
    reasons.push('stands for an unknown number of resources: its count or for_each is known only to the plan');
  }
  const row = classificationOf(type, classified);
  if (row?.from === 'policy') return reasons;
  const source =
    init.provider.source ??
    stacks.find(({ name }) => name === stack)?.requiredProviders.get(init.provider.name)?.source;
  if (row === null) {
    reasons.push(
      `is of type ${type}, which no table knows${suggestion(type, schemaTypes)}; classify it under resourceTypes of the policy, with the reason`,
    );
  }
  if (row !== null && source !== undefined && !PROVIDER_SOURCES.has(source)) {
    reasons.push(`is made by the provider ${JSON.stringify(source)}, and the tables are for hashicorp/aws`);
  }
  const opaque = OPAQUE_TYPES.get(type);
  if (opaque !== undefined) {
    const content = inDigits(resource, opaque);
    reasons.push(`makes resources from ${opaque.what} (${content}), which Terraform does not show`);
  }
  return reasons;
}

/** The same digits for the same content, so that another one is another finding. Of what is sensitive they tell nothing. */
function inDigits(resource: Resource, { by }: Opaque): string {
  const shown = by.map((argument) => display(resource.attribute(argument)));
  return sha256(JSON.stringify(shown)).slice(0, DIGEST_DIGITS);
}

/** The schema shows what a new type does, never that it does so where it may. */
function suggestion(type: string, schemaTypes: SchemaTypes | undefined): string {
  const known = schemaTypes?.get(type);
  if (known === undefined) return '';
  return known.evidence === null
    ? ' and whose arguments in the given schema show nothing'
    : ` and whose arguments in the given schema suggest: ${describeEvidence(known.evidence)}`;
}
