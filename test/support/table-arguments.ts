import { CHANNELS } from '../../checks/encryption/channels/channel-table.ts';
import type { Part, Store } from '../../checks/encryption/stores/store-form.ts';
import { STORES } from '../../checks/encryption/stores/store-table.ts';

/** An argument or block that a table of stores or channels names. */
export interface NamedArgument {
  readonly type: string;
  readonly argument: string;
}

export function partsOf(form: Store): readonly Part[] {
  return form.kind === 'store' || form.kind === 'member' ? (form.parts ?? []) : [];
}

/** The arguments of a form that switch encryption on or name a key. */
export function encryptionArgumentsOf(form: Store): readonly string[] {
  const own = form.kind === 'member' ? [form.key] : form.kind === 'keyless' ? [form.switch] : [];
  return [...own, ...partsOf(form).flatMap((part) => [part.switch, part.key, part.ownKey])].filter(
    (argument) => argument !== undefined,
  );
}

/** Every argument and block that a form reads. */
function argumentsOf(form: Store): readonly string[] {
  const parts = partsOf(form).flatMap((part) => [
    part.in,
    part.bucket,
    ...(part.when ?? []).map((condition) => ('argument' in condition ? condition.argument : undefined)),
    ...(part.graver ?? []).map((name) => (part.in === undefined ? name : `${part.in}.${name}`)),
  ]);
  const others =
    form.kind === 'member'
      ? [form.of].flat()
      : form.kind === 'store'
        ? [...(form.sources ?? []), ...(form.restores ?? [])]
        : form.kind === 'keyless'
          ? [form.except?.path, ...(form.within === undefined ? [] : [form.within.of].flat())]
          : [];
  return [...encryptionArgumentsOf(form), ...parts, ...others].filter((argument) => argument !== undefined);
}

export function storeArguments(): readonly NamedArgument[] {
  return Object.values(STORES).flatMap((table) =>
    [...table].flatMap(([type, form]) => argumentsOf(form).map((argument) => ({ type, argument }))),
  );
}

/** The properties of a connection are a map, whose keys are the service's; they are not here. */
export function channelArguments(): readonly NamedArgument[] {
  return Object.entries(CHANNELS).flatMap(([type, channels]) =>
    channels
      .flatMap((channel) => [
        channel.argument,
        channel.in,
        ...(channel.when ?? []).map((condition) => ('argument' in condition ? condition.argument : undefined)),
      ])
      .filter((argument) => argument !== undefined && !argument.startsWith('connection_properties.'))
      .map((argument) => ({ type, argument: argument ?? '' })),
  );
}
