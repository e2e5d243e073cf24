import type { Example, Verdict } from '../../checks/check.ts';
import check from '../../checks/encryption/enc-011-traffic-inside.ts';
import type { Channel } from '../../checks/encryption/channels/channel-form.ts';
import { CHANNELS } from '../../checks/encryption/channels/channel-table.ts';
import type { Condition } from '../../checks/encryption/stores/store-form.ts';
import { estateOf, judgeEstate, policyOf } from '../../checks/example-estate.ts';

/** What the argument of a channel may say, in the order of the columns of docs/transport-matrix.md. */
export const CHANNEL_SITUATIONS = ['encrypted', 'omitted', 'plain', 'unknown'] as const;
export type ChannelSituation = (typeof CHANNEL_SITUATIONS)[number];

export interface ChannelCase {
  readonly type: string;
  readonly channel: Channel;
  readonly examples: ReadonlyMap<ChannelSituation, Example>;
}

type Json = { [key: string]: unknown };

const POLICY = policyOf({ stacks: {} });

/** Every channel that the table knows. */
export function channelCases(): readonly ChannelCase[] {
  return Object.entries(CHANNELS).flatMap(([type, channels]) =>
    channels.map((channel) => {
      const others = channels.filter((other) => other !== channel);
      // What a condition must know of the argument itself cannot be omitted.
      const situations = CHANNEL_SITUATIONS.filter((one) => one !== 'omitted' || conditionOn(channel) === undefined);
      const examples = situations.map(
        (situation) => [situation, exampleOf(type, bodyOf(channel, others, situation))] as const,
      );
      return { type, channel, examples: new Map(examples) };
    }),
  );
}

/** The verdict on the resource of an example; null where it is no subject. */
export function channelVerdict({ type }: ChannelCase, example: Example): Verdict | null {
  const { results } = judgeEstate([check], estateOf(example), POLICY);
  return results.find(({ subject }) => subject.address === `${type}.way`)?.verdict ?? null;
}

function exampleOf(type: string, body: Json): Example {
  return { stacks: { west: { variable: { value: { type: 'string' } }, resource: { [type]: { way: body } } } } };
}

/** A channel in one situation, with the others of the resource encrypted. */
function bodyOf(channel: Channel, others: readonly Channel[], situation: ChannelSituation): Json {
  const body: Json = {};
  for (const other of others) if (other.in === undefined && other.when === undefined) fill(body, other, 'encrypted');
  if (channel.in !== undefined) set(body, channel.in, {});
  for (const condition of channel.when ?? []) satisfy(body, condition);
  fill(body, channel, situation);
  return body;
}

function conditionOn({ argument, when = [] }: Channel): readonly string[] | undefined {
  const values = when.flatMap((condition) =>
    'is' in condition && 'argument' in condition && condition.argument === argument ? [condition.is] : [],
  );
  return values.find((one) => typeof one !== 'boolean');
}

function fill(body: Json, channel: Channel, situation: ChannelSituation): void {
  const { argument, on } = channel;
  if (situation === 'omitted') return;
  const other = conditionOn(channel)?.find((value) => !Array.isArray(on) || !on.includes(value));
  if (situation === 'plain' && other !== undefined) {
    set(body, argument, other);
    return;
  }
  if (situation === 'unknown') set(body, argument, '${var.value}');
  else set(body, argument, situation === 'encrypted' ? encrypting(on) : plain(on));
}

function encrypting(on: Channel['on']): unknown {
  if (typeof on === 'boolean') return on;
  if (on === 'written') return 'given';
  return 'startsWith' in on ? `${on.startsWith[0] ?? ''}ledger` : on[0];
}

function plain(on: Channel['on']): unknown {
  if (typeof on === 'boolean') return !on;
  if (on === 'written') return null;
  return 'startsWith' in on ? 'http://ledger' : 'HTTP';
}

function satisfy(body: Json, condition: Condition): void {
  if ('anyUser' in condition) return;
  if ('is' in condition)
    set(body, condition.argument, typeof condition.is === 'boolean' ? condition.is : condition.is[0]);
  else if (condition.isGiven) set(body, condition.argument, {});
}

/** Writes a value at a dotted path, with the blocks on the way. */
function set(body: Json, path: string, value: unknown): void {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let block = body;
  for (const step of steps) {
    const next: Json = isJson(block[step]) ? block[step] : {};
    block[step] = next;
    block = next;
  }
  block[last] = value;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
