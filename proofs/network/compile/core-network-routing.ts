import type { Estate } from '../../../model/estate.ts';
import {
  asBoolean,
  asItems,
  asNumber,
  asString,
  asStrings,
  child,
  type Hidden,
  isHidden,
  NULL,
  object,
  unknown,
  type Value,
} from '../../../model/value.ts';

/** What a Cloud WAN policy says of routing, when all of it could be read. */
export interface CoreRouting {
  readonly segments: readonly CoreSegment[];
  /** Groups of network functions, by name, and whether somebody must accept what attaches to them. */
  readonly groups: ReadonlyMap<string, boolean>;
  readonly actions: readonly CoreAction[];
  /** In the order of their numbers; the first that matches says where an attachment goes. */
  readonly rules: readonly AttachmentRule[];
}

export interface CoreSegment {
  readonly name: string;
  /** Attachments of it do not reach each other. */
  readonly isIsolated: boolean;
  readonly needsAcceptance: boolean;
  /** Segments whose routes it takes; null for all that are shared with it. */
  readonly allowed: readonly string[] | null;
  readonly denied: readonly string[];
}

export type CoreAction =
  | { readonly kind: 'share'; readonly segment: string; readonly with: Chosen }
  | {
      readonly kind: 'create-route';
      readonly segment: string;
      readonly blocks: readonly Value[];
      /** Attachments, or `blackhole`. */
      readonly destinations: readonly Value[];
    }
  /** Traffic to other segments goes by the functions of the groups. */
  | { readonly kind: 'send-via'; readonly segment: string; readonly groups: readonly string[]; readonly to: Chosen }
  /** Traffic out of the segments of the core network does. */
  | { readonly kind: 'send-to'; readonly segment: string; readonly groups: readonly string[] };

/** Segments by name, or all but some. */
export type Chosen = { readonly kind: 'only' | 'except'; readonly names: ReadonlySet<string> };

export interface AttachmentRule {
  readonly number: number;
  readonly isAnyOf: boolean;
  readonly conditions: readonly AttachmentCondition[];
  readonly action: {
    readonly segment: string | null;
    /** Tag whose value is the name of the segment. */
    readonly tag: string | null;
    readonly group: string | null;
  };
}

export interface AttachmentCondition {
  readonly type: string;
  readonly operator: string | null;
  readonly key: string | null;
  readonly value: string | null;
}

const SOURCE = 'aws_networkmanager_core_network_policy_document';

const SECTIONS = ['segments', 'network-function-groups', 'segment-actions', 'attachment-policies'];

/** The routing of a policy, as JSON text or by the data source that renders one; what hides it where any of it is hidden. */
export function coreRoutingOf(estate: Estate, value: Value): CoreRouting | Hidden {
  const reader = new PolicyReader();
  const document = documentOf(estate, value);
  if (isHidden(document)) return document;
  const [segments, groups, actions, rules] = SECTIONS.map((name) => reader.items(document, name));
  const routing: CoreRouting = {
    segments: (segments ?? []).map((item) => ({
      name: reader.text(item, 'name') ?? '',
      isIsolated: reader.flag(item, 'isolate-attachments', false),
      needsAcceptance: reader.flag(item, 'require-attachment-acceptance', true),
      allowed: field(item, 'allow-filter').kind === 'null' ? null : reader.texts(item, 'allow-filter'),
      denied: reader.texts(item, 'deny-filter'),
    })),
    groups: new Map(
      (groups ?? []).map((item) => [
        reader.text(item, 'name') ?? '',
        reader.flag(item, 'require-attachment-acceptance', true),
      ]),
    ),
    actions: (actions ?? []).flatMap((item) => actionOf(reader, item) ?? []),
    rules: (rules ?? []).map((item) => ruleOf(reader, item)).toSorted((left, right) => left.number - right.number),
  };
  return reader.hidden ?? routing;
}

function documentOf(estate: Estate, value: Value): Value {
  const source = value.kind === 'reference' && value.path.join('.') === 'json' ? estate.find(value.target) : null;
  if (source?.type !== SOURCE) return value.kind === 'null' ? unseen('has no policy') : estate.document(value);
  const names = SECTIONS.map((name) => name.replaceAll('-', '_'));
  return object(names.map((name) => [name, source.attribute(name)] as const));
}

function actionOf(reader: PolicyReader, item: Value): CoreAction | null {
  const segment = reader.text(item, 'segment') ?? '';
  switch (reader.text(item, 'action')) {
    case 'share':
      return { kind: 'share', segment, with: chosen(reader, item) };
    case 'create-route':
      return {
        kind: 'create-route',
        segment,
        blocks: reader.items(item, 'destination-cidr-blocks'),
        destinations: reader.items(item, 'destinations'),
      };
    case 'send-via':
    case 'send-to': {
      const via = reader.one(item, 'via');
      const groups = reader.texts(via, 'network-function-groups');
      if (reader.text(item, 'action') === 'send-to') return { kind: 'send-to', segment, groups };
      const names = reader.texts(reader.one(item, 'when-sent-to'), 'segments');
      const isAll = names.length === 0 || names.includes('*');
      return {
        kind: 'send-via',
        segment,
        groups,
        to: { kind: isAll ? 'except' : 'only', names: new Set(isAll ? [] : names) },
      };
    }
    default:
      reader.hide(unseen('has an action that is not read'));
      return null;
  }
}

/** `*`, a list of names, or (in JSON) an object with what is excepted. */
function chosen(reader: PolicyReader, item: Value): Chosen {
  const value = field(item, 'share-with');
  const except = value.kind === 'object' ? reader.texts(value, 'except') : reader.texts(item, 'share-with-except');
  if (except.length > 0 || value.kind === 'object') return { kind: 'except', names: new Set(except) };
  const names = reader.texts(item, 'share-with');
  return names.includes('*') ? { kind: 'except', names: new Set() } : { kind: 'only', names: new Set(names) };
}

function ruleOf(reader: PolicyReader, item: Value): AttachmentRule {
  const action = reader.one(item, 'action');
  const isByTag = reader.text(action, 'association-method') === 'tag';
  return {
    number: reader.number(item, 'rule-number'),
    isAnyOf: reader.text(item, 'condition-logic') === 'or',
    conditions: reader.items(item, 'conditions').map((condition) => ({
      type: reader.text(condition, 'type') ?? '',
      operator: reader.text(condition, 'operator'),
      key: reader.text(condition, 'key'),
      value: reader.text(condition, 'value'),
    })),
    action: {
      segment: isByTag ? null : reader.text(action, 'segment'),
      tag: isByTag ? reader.text(action, 'tag-value-of-key') : null,
      group: reader.text(action, 'add-to-network-function-group'),
    },
  };
}

/** Reads values and remembers the first that is hidden. */
class PolicyReader {
  hidden: Hidden | null = null;

  hide(value: Hidden): void {
    this.hidden ??= value;
  }

  items(value: Value, name: string): readonly Value[] {
    const { items, open } = asItems(field(value, name));
    for (const item of [...open, ...items.filter(isHidden)]) this.hide(item);
    return items;
  }

  one(value: Value, name: string): Value {
    return this.items(value, name)[0] ?? NULL;
  }

  text(value: Value, name: string): string | null {
    const text = asString(field(value, name));
    if (!isHidden(text)) return text;
    this.hide(text);
    return null;
  }

  texts(value: Value, name: string): readonly string[] {
    const { known, hidden } = asStrings(field(value, name));
    for (const item of hidden) this.hide(item);
    return known;
  }

  flag(value: Value, name: string, absent: boolean): boolean {
    const flag = asBoolean(field(value, name));
    if (!isHidden(flag)) return flag ?? absent;
    this.hide(flag);
    return absent;
  }

  number(value: Value, name: string): number {
    const number = asNumber(field(value, name));
    if (typeof number === 'number') return number;
    this.hide(isHidden(number) ? number : unseen(`has a rule without ${name}`));
    return 0;
  }
}

/** The JSON document writes names with dashes, the data source with underscores. */
function field(value: Value, name: string): Value {
  const written = child(value, name);
  return written.kind === 'null' ? child(value, name.replaceAll('-', '_')) : written;
}

function unseen(detail: string): Hidden {
  return unknown('missing-object', 'the policy of the core network', detail);
}
