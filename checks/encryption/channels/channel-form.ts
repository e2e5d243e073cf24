import type { Condition } from '../stores/store-form.ts';

/** One way by which a resource sends or takes data, and the argument that encrypts it. Arguments are dotted paths. */
export interface Channel {
  /** The block without which there is no such way; further arguments of it may lie in it. */
  readonly in?: string;
  /** What else must hold for it to be there. */
  readonly when?: readonly Condition[];
  readonly argument: string;
  /** Under which values it is encrypted. */
  readonly on: Encrypting;
  /** What it means that the argument is omitted, where the table of defaults has no row; that it is plain unless said. */
  readonly omitted?: 'encrypted' | { readonly unclear: string };
}

/** True or false, one of some values, any address that begins so, or that it is written at all. */
export type Encrypting = boolean | readonly string[] | { readonly startsWith: readonly string[] } | 'written';

export type ChannelTable = Readonly<Record<string, readonly Channel[]>>;

/** Encrypted where an argument is true, or has one of some values. */
export function encrypts(argument: string, ...values: readonly string[]): Channel {
  return { argument, on: values.length === 0 ? true : values };
}

/** Encrypted unless an argument says otherwise. */
export function unlessSaid(argument: string, ...values: readonly string[]): Channel {
  return { ...encrypts(argument, ...values), omitted: 'encrypted' };
}

/** Plain where an argument is true. */
export function plainWhere(argument: string): Channel {
  return { argument, on: false, omitted: 'encrypted' };
}

export function addressed(argument: string, ...startsWith: readonly string[]): Channel {
  return { argument, on: { startsWith } };
}

/** A way that a block describes, wherever the block is written. */
export function wayIn(block: string, channel: Channel): Channel {
  return { ...channel, in: block };
}

/** A way that is there only under some conditions. */
export function wayWhen(conditions: Condition | readonly Condition[], channel: Channel): Channel {
  return { ...channel, when: isList(conditions) ? conditions : [conditions] };
}

function isList(conditions: Condition | readonly Condition[]): conditions is readonly Condition[] {
  return Array.isArray(conditions);
}
