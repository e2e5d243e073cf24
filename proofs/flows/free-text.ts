import { keyArguments } from '../../model/aws/key-arguments.ts';
import { MOVERS } from './movers.ts';
import { namesOf } from './walk.ts';

/** Arguments that hold words for people, or patterns that events are compared with: nothing goes where they say. */
const WORDS =
  /^(?:comments?|(?:\w+_)?description|tags(?:_all)?|\w*_tags?|tag|labels?|annotations|title|display_name|message|notes?|documentation|reason|alias|aliases|event_pattern|filter_pattern|filter_policy|pattern|query|query_string|search_string|regex_string|dashboard_body|callback_urls|logout_urls|default_redirect_uri|allow_origins|allowed_origins|issuer|issuer_url|saml_metadata_document|projection\..+)$/;

/** Arguments that hold a name: one may look like a Region, but what has the form of an address is one. */
const NAMES =
  /^(?:name|names|(?!region_|zone_)\w+_name|name_prefix|\w+_prefix|prefix|bucket|id|(?!availability_zone_)\w*_?identifier|\w+_id|sid|key|path|value_name)$/;

/** Zones, which have a control of their own. */
const ZONES = /^(?:\w*availability_zones?(?:_id|_ids|_name)?|\w+_azs|\w*network_border_group|local_zone_group|locale)$/;

/** Arguments with a Region that is compared, listed or an address of a person; and those that another control judges. */
const FRIENDS: ReadonlySet<string> = new Set([
  'aws_account_primary_contact.state_or_region',
  ...['aws_api_gateway_rest_api', 'aws_apigatewayv2_api'].flatMap((type) =>
    ['externalDocs', 'info', 'servers'].map((part) => `${type}.body.@json.${part}`),
  ),
  'aws_chime_voice_connector_termination.calling_regions',
  'aws_cloudtrail.advanced_event_selector',
  'aws_cloudtrail.event_selector',
  'aws_cloudtrail_event_data_store.advanced_event_selector',
  'aws_cloudformation_stack_set_instance.stack_set_instance_region',
  'aws_config_aggregate_authorization.authorized_aws_region',
  'aws_identitystore_user.addresses.region',
  'aws_imagebuilder_lifecycle_policy.policy_detail.exclusion_rules.amis.regions',
  'aws_rekognition_stream_processor.regions_of_interest',
  'aws_route53_health_check.regions',
  'aws_s3control_storage_lens_configuration.storage_lens_configuration.exclude.regions',
  'aws_securityhub_automation_rule.criteria.resource_region',
  'aws_securityhub_insight.filters.resource_region',
  'aws_servicequotas_template.aws_region',
  'aws_ssmincidents_replication_set.region',
  'aws_ssmincidents_replication_set.regions',
]);

/** How far an argument is looked into. */
export type Reading = 'nothing' | 'addresses' | 'everything';

/** By the names on the way to a text, without indexes; `@json` stands between an argument and what its JSON holds. */
export function readingOf(type: string, names: readonly string[]): Reading {
  if (names.length === 1 && names[0] === 'region') return 'nothing';
  if (names.some((name) => WORDS.test(name))) return 'nothing';
  for (let length = 1; length <= names.length; length += 1) {
    if (FRIENDS.has(`${type}.${names.slice(0, length).join('.')}`)) return 'nothing';
  }
  if (isJudged(type, names)) return 'nothing';
  const last = names.at(-1) ?? '';
  if (ZONES.test(last)) return 'nothing';
  return NAMES.test(last) ? 'addresses' : 'everything';
}

/** Whether an argument takes the name of a Region, and so must hold one that exists. */
export function takesRegion(names: readonly string[]): boolean {
  return /(?:^|_)regions?(?:_name)?$/.test(names.at(-1) ?? '');
}

const HOSTS = /(?:^|[_.-])(?:host|hostname|site|server|broker|endpoint|url)s?$|[_-]address$/i;

/** As scripts and properties write names of two words: `sfUrl`. */
const CAMEL_HOSTS = /[a-z](?:Host|Site|Server|Broker|Endpoint|Url|URL)s?$/;

/** Whether an argument or a setting takes the name of a host. That of a service's own name is none. */
export function takesHost(name: string): boolean {
  return (HOSTS.test(name) || CAMEL_HOSTS.test(name)) && name !== 'custom_endpoint';
}

const INTEGRATION = /\buri["']?\s*:\s*["']?$/;

/** Texts that say to a service where to send what it is given, and what stands before a host that counts in one. */
const PIPELINES: ReadonlyMap<string, RegExp> = new Map([
  ['aws_osis_pipeline.pipeline_configuration_body', /$/],
  ['aws_api_gateway_rest_api.body', INTEGRATION],
  ['aws_apigatewayv2_api.body', INTEGRATION],
]);

/** Whether a service sends data to a host that the text of an argument mentions. */
export function isPipedTo(host: string, text: string, type: string, argument: string): boolean {
  const before = PIPELINES.get(`${type}.${argument}`);
  return before !== undefined && before.test(text.slice(0, text.indexOf(host)));
}

type Rows = readonly (readonly string[])[];

const ROWS = new Map<string, (readonly string[])[]>();
for (const { types, path } of MOVERS) {
  const names = namesOf(path);
  if (names.length === 0) continue;
  for (const type of types) {
    const rows = ROWS.get(type);
    if (rows === undefined) ROWS.set(type, [names]);
    else rows.push(names);
  }
}

const NO_ROWS: Rows = [];

/** Arguments of the table of flows, and those that name keys, have their controls. */
function isJudged(type: string, names: readonly string[]): boolean {
  if (keyArguments(type).includes(names.join('.'))) return true;
  return (ROWS.get(type) ?? NO_ROWS).some(
    (row) =>
      row.length <= names.length &&
      row.every((name, index) => name === '*' || name === '#' || name === names[index] || name === `{${names[index]}}`),
  );
}
