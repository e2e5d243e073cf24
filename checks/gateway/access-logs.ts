import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, type Hidden, isHidden, type Value } from '../../model/value.ts';

export const ACCESS_LOGS = 'aws_verifiedaccess_instance_logging_configuration';

/** Where Verified Access may write, each with the argument that names the place. */
const LOG_PLACES = [
  { block: 's3', name: 'bucket_name' },
  { block: 'cloudwatch_logs', name: 'log_group' },
  { block: 'kinesis_data_firehose', name: 'delivery_stream' },
] as const;

/** Whether a Verified Access instance writes down who comes in. Where the logs go is for the controls of monitoring. */
export type AccessLogs =
  | { readonly kind: 'on' }
  | { readonly kind: 'off'; readonly configurations: readonly Resource[] }
  | { readonly kind: 'hidden'; readonly because: readonly Hidden[] | string };

/** An instance has one configuration of its logs: where several set it, the last one applied decides. */
export function accessLogsOf(instance: Resource, estate: Estate): AccessLogs {
  const { items, open } = estate.companions(instance, ACCESS_LOGS, 'verifiedaccess_instance_id');
  const answers = items.map(isLogging);
  const others = open.map(({ resource }) => isLogging(resource));
  const hidden = [...answers.filter(isHidden), ...open.map(({ value }) => value)];
  const isOn = items.some(({ init }, index) => !init.isSymbolic && answers[index] === true);
  if (isOn && [...answers, ...others].every((answer) => answer === true)) return { kind: 'on' };
  if (hidden.length > 0) return { kind: 'hidden', because: hidden };
  if (!answers.includes(true)) return { kind: 'off', configurations: items };
  const addresses = items.map(({ address }) => address).join(', ');
  return { kind: 'hidden', because: `may have no access log: ${addresses} disagree or may not exist` };
}

function isLogging(logging: Resource): boolean | Hidden {
  const answers = LOG_PLACES.map(({ block, name }): boolean | Hidden => {
    const isOn = asBoolean(logging.attribute('access_logs', block, 'enabled'));
    const place = logging.attribute('access_logs', block, name);
    if (isHidden(isOn)) return isOn;
    if (isOn !== true) return false;
    return place.kind === 'unknown' ? place : isNamed(place);
  });
  return answers.includes(true) || (answers.find((answer) => answer !== false) ?? false);
}

/** Whether an argument names something; empty text is none to the provider. */
export function isNamed(value: Value): boolean {
  const text = asString(value);
  return isHidden(text) || (text !== null && text !== '');
}
