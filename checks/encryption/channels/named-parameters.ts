import type { Resource } from '../../../model/resource.ts';
import { asString, child, type Hidden, isHidden, shown, type Value } from '../../../model/value.ts';
import type { Outcome } from '../../check.ts';
import { isUnwritten } from '../stores/part-arguments.ts';
import type { ChannelInspection } from './channel-messages.ts';

export const TOPIC_RULE = 'aws_iot_topic_rule';

/** Types that say by the names of parameters whether connections are encrypted. */
export const NAMED: ReadonlyMap<string, (resource: Resource, inspection: ChannelInspection) => Outcome> = new Map([
  ['aws_redshiftserverless_workgroup', judgeWorkgroup],
  [TOPIC_RULE, judgeTopicRule],
]);

const REQUIRED = 'require_ssl';

/** A group made since January 2025 requires TLS unless told otherwise, an older one does not. */
function judgeWorkgroup(group: Resource, { all, pass, fail, unproven }: ChannelInspection): Outcome {
  const { items, open } = group.blocks('config_parameter');
  const outcomes: Outcome[] = open.map((value) => unproven(value));
  let isSet = false;
  for (const block of items) {
    const key = asString(block.attribute('parameter_key'));
    if (isHidden(key)) outcomes.push(unproven(key));
    if (key !== REQUIRED) continue;
    isSet = true;
    const value = block.attribute('parameter_value');
    const state = asString(value);
    const path = [...block.path, 'parameter_value'];
    if (isHidden(state)) outcomes.push(unproven(state));
    else if (state === 'true') outcomes.push(pass());
    else {
      const data = { argument: `config_parameter ${REQUIRED}`, state: shown(state ?? 'not set', value) };
      outcomes.push(fail({ path, value, remedy: { set: [{ path, to: "'true'" }] } }, 'plain', data));
    }
  }
  if (isSet || outcomes.length > 0) return all(outcomes);
  return unproven(`does not set ${REQUIRED}, which is on in what was made since January 2025 and off in older groups`);
}

const PLACES = ['', 'error_action'] as const;

/** Whether a rule sends messages on to a server or to brokers. */
export function sendsOn(rule: Resource): boolean {
  return PLACES.some((place) =>
    ['http', 'kafka'].some((name) => {
      const { items, open } = blocksOf(rule, place, name);
      return items.length + open.length > 0;
    }),
  );
}

function judgeTopicRule(rule: Resource, { all, pass, fail, unproven }: ChannelInspection): Outcome {
  const outcomes: Outcome[] = [];
  for (const place of PLACES) {
    const [servers, brokers] = [blocksOf(rule, place, 'http'), blocksOf(rule, place, 'kafka')];
    outcomes.push(...[...servers.open, ...brokers.open].map((value) => unproven(value)));
    for (const { path } of servers.items) {
      const at = [...path, 'url'];
      outcomes.push(
        judgeText(
          rule.attribute(...at),
          (text) => /^https:\/\//i.test(text),
          (state) => fail({ path: at, value: rule.attribute(...at) }, 'plain', { argument: 'http.url', state }),
        ),
      );
    }
    for (const { path } of brokers.items) {
      const at = [...path, 'client_properties'];
      const written = rule.attribute(...at);
      const value = written.kind === 'object' ? child(written, 'security.protocol') : written;
      const remedy = { set: [{ path: at, to: "{ 'security.protocol': 'SASL_SSL' }" }] };
      const data = (state: string) => ({ argument: 'kafka.client_properties security.protocol', state });
      outcomes.push(
        judgeText(
          value,
          (text) => /^(?:SASL_)?SSL$/.test(text),
          (state) => fail({ path: at, value, remedy }, 'plain', data(state)),
        ),
      );
    }
  }
  return all(outcomes);

  function judgeText(value: Value, isGood: (text: string) => boolean, failure: (state: string) => Outcome): Outcome {
    const [first] = value.kind === 'template' ? value.parts : [];
    // What follows the scheme of an address may be hidden.
    if (typeof first === 'string' && isGood(first)) return pass();
    const text = asString(value);
    if (isHidden(text)) return unproven(text);
    if (text !== null && isGood(text)) return pass();
    return failure(isUnwritten(value) ? 'not written' : shown(text ?? '', value));
  }
}

function blocksOf(
  rule: Resource,
  place: string,
  name: string,
): { items: readonly { path: readonly (string | number)[] }[]; open: readonly Hidden[] } {
  if (place === '') return rule.blocks(name);
  const outer = rule.blocks(place);
  const inner = outer.items.map(({ path }) => rule.blocks(...path, name));
  return { items: inner.flatMap(({ items }) => items), open: [...outer.open, ...inner.flatMap(({ open }) => open)] };
}
