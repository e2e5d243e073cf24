import type { Path, Resource } from '../../../model/resource.ts';
import { asBoolean, asString, display, type Hidden, isHidden, shown, type Value } from '../../../model/value.ts';
import type { Outcome, Remedy } from '../../check.ts';
import { argumentsAt, isUnwritten, placesOf } from '../stores/part-arguments.ts';
import type { Channel, Encrypting } from './channel-form.ts';
import type { ChannelInspection } from './channel-messages.ts';

/** Whether a way by which a resource sends or takes data is encrypted, wherever it stands. */
export function judgeChannel(resource: Resource, channel: Channel, inspection: ChannelInspection): Outcome {
  const { estate, all, unproven } = inspection;
  const { items, open } = placesOf(resource, channel, estate);
  const outcomes = items.map(({ path, because }) => {
    const found = argumentsAt(resource, channel.argument, channel, path, estate);
    const outcome = all([
      ...found.items.map((item) => judgeArgument(resource, channel, item, inspection)),
      ...found.open.map((value) => unproven(value)),
    ]);
    // What may not be there takes a proof away and shows nothing.
    return because === null || outcome.verdict === 'pass' ? outcome : unproven(because);
  });
  return all([...outcomes, ...open.map((value) => unproven(value))]);
}

function judgeArgument(
  resource: Resource,
  { argument, on, omitted }: Channel,
  { path, value }: { readonly path: Path; readonly value: Value },
  { pass, fail, unproven }: ChannelInspection,
): Outcome {
  if (isUnwritten(value)) {
    if (omitted === 'encrypted') return pass();
    if (omitted !== undefined) return unproven(omitted.unclear);
  }
  const state = isEncrypting(value, on);
  if (isHidden(state)) return unproven(state);
  if (state) return pass();
  const isWritten = !isUnwritten(resource.attribute(...path));
  const words = isUnwritten(value)
    ? 'not written'
    : `${shown(display(value), value)}${isWritten ? '' : ', which omission means'}`;
  return fail({ path, value, remedy: remedyOf(path, on) }, 'plain', { argument, state: words });
}

function isEncrypting(value: Value, on: Encrypting): boolean | Hidden {
  if (on === 'written') {
    // A reference stands for something that will be there; a value of the run may be nothing.
    return value.kind === 'unknown' ? value : !isUnwritten(value);
  }
  if (typeof on === 'boolean') {
    const state = asBoolean(value);
    return isHidden(state) ? state : (state ?? false) === on;
  }
  if ('startsWith' in on) return beginsWith(value, on.startsWith);
  const text = asString(value);
  return isHidden(text) ? text : text !== null && on.includes(text);
}

/** What follows the scheme of an address may be hidden. */
function beginsWith(value: Value, starts: readonly string[]): boolean | Hidden {
  if (value.kind === 'template') {
    const [first] = value.parts;
    if (typeof first !== 'string' || !first.includes('://')) return value;
    return starts.some((start) => first.toLowerCase().startsWith(start));
  }
  const text = asString(value);
  if (isHidden(text)) return text;
  return starts.some((start) => text?.toLowerCase().startsWith(start) === true);
}

function remedyOf(path: Path, on: Encrypting): Remedy | null {
  if (typeof on === 'boolean') return { set: [{ path, to: String(on) }] };
  if (on === 'written' || 'startsWith' in on) return null;
  const [first] = on;
  return first === undefined ? null : { set: [{ path, to: `'${first}'` }] };
}
