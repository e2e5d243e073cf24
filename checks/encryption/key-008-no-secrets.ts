import type { NamedValue, Stack } from '../../model/estate.ts';
import type { Body, Path, Resource } from '../../model/resource.ts';
import { speakingOf } from '../../model/secrets/secret-names.ts';
import { asBoolean, asString, isHidden, string } from '../../model/value.ts';
import { type At, type Context, defineCheck, type Inspection, type Outcome, type Subject } from '../check.ts';
import { leavesIn, leavesOf } from '../residency/leaves.ts';
import { pathWithoutSecrets, type SecretFinding, secretsOfLeaf, secretsOfValue } from './secret-search.ts';
import { secretGivenBy } from './secret-sources.ts';

type Judged = Extract<Subject, { kind: 'resource' | 'stack' }>;

const MESSAGES = {
  literal: ({ argument }: { readonly argument: string }) =>
    `has a secret in ${argument}, which whoever reads the configuration or the state has too`,
  stored: ({ argument, from }: { readonly argument: string; readonly from: string }) =>
    `takes a secret into ${argument} from ${from}, so the state holds it`,
  named: ({ argument }: { readonly argument: string }) => `has what its name says is a secret in ${argument}`,
  found: ({ argument, secrets }: { readonly argument: string; readonly secrets: string }) =>
    `has in ${argument}: ${secrets}`,
  made: ({ attribute }: { readonly attribute: string }) =>
    `is given a secret that Terraform writes to the state, in ${attribute}`,
  read: ({ attribute }: { readonly attribute: string }) => `reads a secret into the state, in ${attribute}`,
};

type SecretInspection = Inspection<typeof MESSAGES>;

export default defineCheck({
  id: 'KEY-008',
  why: 'Configuration lies in repositories and pipelines, and the state holds every argument in clear. Whoever reads either has the secrets in it, for as long as a copy lasts. Every argument of every resource is searched.',
  fix: 'Let the service make and keep the secret (manage_master_user_password, a rotation, a role in place of a key); give the rest by write-only arguments from outside, and let programs fetch secrets by name when they run. Replace every secret that was found: a copy of it is in the history.',
  references: [
    'https://developer.hashicorp.com/terraform/language/manage-sensitive-data',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/securing_access-keys.html',
  ],
  resourceTypes: [],

  messages: MESSAGES,

  subjects({ estate }: Context): readonly Judged[] {
    const read = estate.stacks.flatMap(({ dataSources }) => dataSources);
    return [
      ...estate.stacks.map(({ name, location }) => ({ kind: 'stack' as const, stack: name, location })),
      ...[...estate.resources, ...read].map((resource) => ({ kind: 'resource' as const, resource })),
    ];
  },

  inspect(subject, inspection) {
    const { estate, all, unproven } = inspection;
    if (subject.kind === 'resource') return judgeResource(subject.resource, inspection);
    const stack = estate.stacks.find(({ name }) => name === subject.stack);
    if (stack === undefined) return unproven('is not among the inputs that could be read');
    return all(judgeStack(stack, inspection));
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_db_instance: { ledger: { instance_class: 'db.m6g.large', manage_master_user_password: true } },
              aws_lambda_function: {
                ledger: {
                  function_name: 'ledger',
                  role: 'arn:aws:iam::111111111111:role/ledger',
                  environment: {
                    variables: { DB_SECRET_ARN: '${aws_db_instance.ledger.master_user_secret[0].secret_arn}' },
                  },
                },
              },
            },
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_db_instance: { ledger: { instance_class: 'db.m6g.large', password: 'a password of the ledger' } },
            },
          },
        },
      },
      {
        stacks: {
          west: {
            resource: {
              aws_lambda_function: {
                ledger: {
                  function_name: 'ledger',
                  role: 'arn:aws:iam::111111111111:role/ledger',
                  environment: { variables: { DB_PASSWORD: 'correct-horse' } },
                },
              },
            },
          },
        },
      },
    ],
  },
});

function judgeResource(resource: Resource, inspection: SecretInspection): Outcome {
  const { estate, all, fail, unproven } = inspection;
  const outcomes: Outcome[] = [];
  const given = secretGivenBy(resource);
  if (isHidden(given)) outcomes.push(unproven(given));
  else if (given !== null) {
    outcomes.push(fail({}, resource.init.mode === 'data' ? 'read' : 'made', { attribute: given }));
  }
  if (resource.init.mode === 'data') outcomes.push(...judgeReading(resource, inspection));
  if (resource.init.provisioner !== null) outcomes.push(unproven('has a provisioner, whose commands are not read'));
  for (const leaf of leavesOf(resource)) {
    for (const finding of secretsOfLeaf(leaf, resource, estate)) {
      outcomes.push(outcomeOf(finding, leaf.path, {}, inspection));
    }
  }
  return all(outcomes);
}

/** Parameters of AWS itself, such as the ids of images, are public. */
const PUBLIC_PARAMETERS = /^\/aws\/(?:service|reference)\//;

/** Data sources that read whatever lies under a name, which may be a secret. */
function judgeReading(source: Resource, { estate, fail, unproven }: SecretInspection): readonly Outcome[] {
  if (source.type !== 'aws_ssm_parameter' && source.type !== 'aws_ssm_parameters_by_path') return [];
  if (asBoolean(source.attribute('with_decryption')) === false) return [];
  const path = asString(source.attribute(source.type === 'aws_ssm_parameter' ? 'name' : 'path'));
  if (typeof path === 'string' && PUBLIC_PARAMETERS.test(path)) return [];
  const parameter = estate.resolve(source.attribute('name'), ['aws_ssm_parameter'], source);
  const type = asString(
    parameter.kind === 'resource' ? parameter.resource.attribute('type') : source.attribute('type'),
  );
  if (type === 'String' || type === 'StringList') return [];
  if (type === 'SecureString') return [fail({}, 'read', { attribute: 'value' })];
  return [unproven('reads a parameter that may be a SecureString, which the state would hold in clear')];
}

function* judgeStack(stack: Stack, inspection: SecretInspection): Generator<Outcome> {
  const { estate, unproven } = inspection;
  for (const { name } of stack.modules) yield unproven(`calls module.${name}, whose arguments are not read`);
  for (const value of stack.namedValues) yield* judgeNamed(value, inspection);
  const { backend } = stack;
  const bodies: (readonly [string, Body | null])[] = [
    ...stack.providers.map(({ name, alias, body }) => [alias === null ? name : `${name}.${alias}`, body] as const),
    [`backend ${backend.type}`, backend.body],
  ];
  for (const [label, body] of bodies) {
    for (const name of body?.names ?? []) {
      if (body === null) continue;
      for (const leaf of leavesIn(body.value(name), [name])) {
        const at = { location: body.locate([name]), extent: { in: string(label) } };
        for (const finding of secretsOfValue(leaf.value, speakingOf(leaf.argument), estate)) {
          // What a provider or a backend is given by a variable, no state holds.
          if (finding.kind !== 'open') yield outcomeOf(finding, leaf.path, at, inspection);
        }
      }
    }
  }
}

function* judgeNamed(named: NamedValue, inspection: SecretInspection): Generator<Outcome> {
  const { kind, name, location } = named;
  for (const leaf of leavesIn(named.value(), [kind, name])) {
    for (const finding of secretsOfValue(leaf.value, speakingOf(leaf.argument), inspection.estate)) {
      yield outcomeOf(finding, leaf.path, { location }, inspection);
    }
  }
}

/** Of what is found only its place is told: no value, so that nothing is printed, compared or tried against a digest. */
function outcomeOf(finding: SecretFinding, whole: Path, at: At, { fail, unproven }: SecretInspection): Outcome {
  const path = pathWithoutSecrets(whole);
  const argument = path.join('.');
  switch (finding.kind) {
    case 'literal':
    case 'named':
      return fail({ ...at, path }, finding.kind, { argument });
    case 'stored':
      return fail({ ...at, path }, 'stored', { argument, from: finding.from });
    case 'found':
      return fail({ ...at, path }, 'found', { argument, secrets: finding.secrets });
    case 'open':
      return typeof finding.because === 'string'
        ? unproven(`${finding.because}, in ${argument}`)
        : unproven(finding.because);
  }
}
