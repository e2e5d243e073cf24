import { isMarkedWithoutSecret, isWriteOnly, secretArguments } from '../../model/aws/secret-arguments.ts';
import { keyFormsIn } from '../../model/secrets/key-forms.ts';
import { isSecretLiteral } from '../../model/secrets/secret-literals.ts';
import { type Speaking, speakingOf } from '../../model/secrets/secret-names.ts';
import { hole, secretSignsIn } from '../../model/secrets/secret-signs.ts';
import type { Estate } from '../../model/estate.ts';
import type { Path, Resource } from '../../model/resource.ts';
import { asString, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import type { Leaf } from '../residency/leaves.ts';
import { isGivenBy, secretWithin } from './secret-sources.ts';

/** What a value shows of secrets, or what hides it. It holds no secret, nor a part of one. */
export type SecretFinding =
  | { readonly kind: 'literal' | 'named' }
  | { readonly kind: 'stored'; readonly from: string }
  | { readonly kind: 'found'; readonly secrets: string }
  | { readonly kind: 'open'; readonly because: Hidden | string };

/** Nearly every argument shows none. */
const NOTHING: readonly SecretFinding[] = [];
const NO_ARGUMENTS: readonly string[] = [];

/** Arguments of AWS types whose members have names that people choose, and not the provider. */
const FREE = new Set(
  (
    'advanced_options airflow_configuration_options arguments athena_properties attributes authentication_request_extra_params ' +
    'client_metadata client_properties configuration configurations configuration_property connection_properties ' +
    'connector_configuration container_environment_variables credentials_map custom_parameters custom_properties ' +
    'default_arguments default_run_properties driver_opts dynamic_parameters environment environment_variable ' +
    'environment_variables extra_params header header_parameters hyper_parameters hyperparameters input_parameters ' +
    'metadata non_overridable_arguments options parameter parameter_overrides parameters properties property_map ' +
    'provider_details query_string query_string_parameters request_parameters runtime_environment_variables setting ' +
    'stage_variable_overrides stage_variables stack_set_parameters tags tags_all triggers validation_data variables'
  ).split(' '),
);

/** Arguments that hold whole texts or environments, in which anything may stand. */
const TEXTS = new Set([
  'connection_properties',
  'container_environment_variables',
  'default_arguments',
  'environment',
  'environment_variable',
  'environment_variables',
  'runtime_environment_variables',
  'variables',
  'body',
  'buildspec',
  'commands',
  'container_definitions',
  'container_properties',
  'content',
  'content_base64',
  'definition',
  'definition_body',
  'ecs_properties',
  'eks_properties',
  'node_properties',
  'template_body',
  'user_data',
  'user_data_base64',
  'user_data_replace',
]);

/** Variables of CodeBuild whose value is the name of where the secret lies. */
const BY_NAME = new Set(['PARAMETER_STORE', 'SECRETS_MANAGER']);

/** A digest that provider 5 shows in a plan in place of the user data. */
const SHA1 = /^[0-9a-f]{40}$/;

/** What an argument of a resource shows of secrets. */
export function secretsOfLeaf(leaf: Leaf, resource: Resource, estate: Estate): readonly SecretFinding[] {
  const { value } = leaf;
  if (value.kind === 'null' || value.kind === 'boolean') return NOTHING;
  const { type, init } = resource;
  const known = init.mode === 'managed' ? secretArguments(type) : NO_ARGUMENTS;
  if (known.length > 0 || value.sensitive) {
    const argument = leaf.path.filter((step) => typeof step === 'string').join('.');
    if (known.some((one) => one === argument || argument.startsWith(`${one}.`))) {
      return ofSecretArgument(value, isWriteOnly(argument), estate);
    }
    if (isMarkedWithoutSecret(type, argument) || isGivenBy(resource, argument)) return NOTHING;
  }
  if (value.kind === 'number' && value.origin === undefined) return NOTHING;
  if (type === 'aws_ssm_parameter') return ofParameter(leaf, resource, estate);
  const { argument } = leaf;
  if (value.kind === 'unknown' && TEXTS.has(argument)) return [open(value)];
  if (init.change !== null && argument === 'user_data' && value.kind === 'string' && SHA1.test(value.value)) {
    return [open('shows only a digest of its user data in the plan')];
  }
  const isFree = !type.startsWith('aws_') || leaf.isUnder(isFreeName);
  return secretsOfValue(value, isFree ? speakingOfLeaf(leaf) : null, estate);
}

/** What a value shows of secrets, where a name speaks of one or none does. */
export function secretsOfValue(value: Value, speaking: Speaking | null, estate: Estate): readonly SecretFinding[] {
  const from = secretWithin(value, estate);
  if (from !== null) return [{ kind: 'stored', from }];
  switch (value.kind) {
    case 'string':
      return ofText(value, value.value, [], speaking);
    case 'template': {
      const holes = value.parts.filter((part) => typeof part !== 'string');
      let index = -1;
      const text = value.parts.map((part) => (typeof part === 'string' ? part : hole((index += 1)))).join('');
      return ofText(value, text, holes, speaking);
    }
    case 'unknown':
      return speaking !== null || value.sensitive ? [open(value)] : NOTHING;
    case 'reference':
      return value.sensitive ? [open(value)] : NOTHING;
    case 'number':
    case 'boolean':
    case 'null':
    case 'list':
    case 'object':
      return NOTHING;
  }
}

/** The steps of a path up to a key that is a secret itself. */
export function pathWithoutSecrets(path: Path): Path {
  const end = path.findIndex((step) => typeof step === 'string' && keyFormsIn(step).length > 0);
  return end === -1 ? path : path.slice(0, end);
}

/** What stands there is a secret whatever it is: the argument takes nothing else. */
function ofSecretArgument(value: Value, isKeptOut: boolean, estate: Estate): readonly SecretFinding[] {
  switch (value.kind) {
    case 'null':
    case 'list':
    case 'object':
      return NOTHING;
    case 'string':
      if (value.value === '') return NOTHING;
      break;
    case 'unknown':
      return isKeptOut ? NOTHING : [open(value)];
    case 'reference': {
      if (isKeptOut) return NOTHING;
      return [{ kind: 'stored', from: secretWithin(value, estate) ?? value.target.address }];
    }
    case 'number':
    case 'boolean':
    case 'template':
      break;
  }
  const from = secretWithin(value, estate);
  if (from === null) return [{ kind: 'literal' }];
  return isKeptOut ? NOTHING : [{ kind: 'stored', from }];
}

/** A parameter keeps a secret by its type; of another type it is a text for everybody under its name. */
function ofParameter(leaf: Leaf, parameter: Resource, estate: Estate): readonly SecretFinding[] {
  const { argument, value } = leaf;
  if (parameter.init.mode === 'data') return secretsOfValue(value, null, estate);
  const isValue = argument === 'value' || argument === 'value_wo' || argument === 'insecure_value';
  if (!isValue) return secretsOfValue(value, null, estate);
  const type = asString(parameter.attribute('type'));
  if (isHidden(type)) return [open(type)];
  if (type === 'SecureString' || argument === 'value_wo') return ofSecretArgument(value, isWriteOnly(argument), estate);
  const name = asString(parameter.attribute('name'));
  const speaking = typeof name === 'string' ? speakingOf(name.slice(name.lastIndexOf('/') + 1)) : null;
  // Schemas mark the value of every parameter as sensitive.
  return secretsOfValue(value.kind === 'string' ? { kind: 'string', value: value.value } : value, speaking, estate);
}

function ofText(
  value: Value,
  text: string,
  holes: readonly Hidden[],
  speaking: Speaking | null,
): readonly SecretFinding[] {
  if (speaking !== null) {
    const unseen = holes.find(({ kind }) => kind === 'unknown');
    if (unseen !== undefined) return [open(unseen)];
    if (holes.length === 0 && isSecretLiteral(text, speaking)) return [{ kind: 'named' }];
  }
  const signs = secretSignsIn(text);
  if (signs.kinds.length > 0) return [{ kind: 'found', secrets: signs.kinds.join(', ') }];
  if (signs.unread !== null) return [open(unknown('limit', 'the text', signs.unread))];
  const hidden = signs.holes.flatMap((index) => holes[index] ?? []).find(({ kind }) => kind === 'unknown');
  if (hidden !== undefined) return [open(hidden)];
  return value.sensitive
    ? [open('holds a value that is marked as sensitive, which the state keeps as it is')]
    : NOTHING;
}

function speakingOfLeaf(leaf: Leaf): Speaking | null {
  const { argument } = leaf;
  if (argument !== 'value') return speakingOf(argument);
  const type = asString(leaf.beside('type'));
  if (typeof type === 'string' && BY_NAME.has(type)) return null;
  const name = [leaf.beside('name'), leaf.beside('key')].map(asString).find((one) => typeof one === 'string');
  return typeof name === 'string' ? speakingOf(name) : null;
}

function isFreeName(name: string): boolean {
  return FREE.has(name);
}

function open(because: Hidden | string): SecretFinding {
  return { kind: 'open', because };
}
