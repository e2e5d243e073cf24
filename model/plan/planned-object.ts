import type { BodyShape } from '../body-shape.ts';
import type { JsonNode, JsonObject } from '../json/json.ts';
import { type Packed, PackedObject } from '../json/packed.ts';
import type { PlannedAction } from '../resource.ts';
import { fieldOf, objectField } from './json-fields.ts';

export interface PlannedIdentity {
  readonly address: string;
  readonly moduleAddress: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: string | number | null;
  readonly providerName: string;
}

/** Absent before what is created, and after what is destroyed or forgotten. */
export interface PlannedShapes {
  readonly before?: PlannedValues['shape'];
  readonly after?: PlannedValues['shape'];
}

export interface PlannedChangeHead {
  /** Key of an object that is left from an earlier replacement; null for the object of the address itself. */
  readonly deposed: string | null;
  /** The address that the object had in the state, where it is moved. */
  readonly previousAddress: string | null;
  readonly isImported: boolean;
  readonly actions: readonly PlannedAction[];
  readonly shapes: PlannedShapes;
  /** Whether the plan says of anything in it that it is sensitive. */
  readonly isSensitive: boolean;
}

/** Three trees of one shape: what is known, what is not, and what is sensitive. */
export interface PlannedValues {
  /** What has a value, or will have; null where nothing at all is known. */
  readonly shape: BodyShape | null;
  readonly known: JsonObject;
  readonly unknown: JsonNode | null;
  readonly sensitive: JsonNode | null;
}

/**
 * One entry of `resource_changes`, or a data source of `prior_state`. The values that it gives hold on to its text only,
 * so that the rest of it goes when a resource was made of it.
 */
export class PlannedObject implements PlannedIdentity, PlannedChangeHead {
  readonly address: string;
  readonly moduleAddress: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: string | number | null;
  readonly providerName: string;
  readonly deposed: string | null;
  readonly previousAddress: string | null;
  readonly isImported: boolean;
  readonly actions: readonly PlannedAction[];
  readonly shapes: PlannedShapes;
  readonly isSensitive: boolean;
  readonly #from: 'change' | 'state';
  readonly #entry: PackedObject;

  constructor(
    packed: Packed,
    offset: number,
    fields: PlannedIdentity & PlannedChangeHead & { readonly from: 'change' | 'state' },
  ) {
    this.#entry = new PackedObject(packed, offset);
    this.address = fields.address;
    this.moduleAddress = fields.moduleAddress;
    this.mode = fields.mode;
    this.type = fields.type;
    this.name = fields.name;
    this.key = fields.key;
    this.providerName = fields.providerName;
    this.deposed = fields.deposed;
    this.previousAddress = fields.previousAddress;
    this.isImported = fields.isImported;
    this.actions = fields.actions;
    this.shapes = fields.shapes;
    this.isSensitive = fields.isSensitive;
    this.#from = fields.from;
  }

  get offset(): number {
    return this.#entry.offset;
  }

  get before(): PlannedValues | null {
    const { before } = this.shapes;
    return before === undefined ? null : new EntryValues(this.#entry, { side: 'before', shape: before });
  }

  /** Null for what is destroyed or forgotten. */
  get after(): PlannedValues | null {
    const { after } = this.shapes;
    if (after === undefined) return null;
    return new EntryValues(this.#entry, { side: this.#from === 'change' ? 'after' : 'state', shape: after });
  }

  get hasAfter(): boolean {
    return this.shapes.after !== undefined;
  }
}

/** Where an entry has its values: in its `change`, before or after it, or, in a state, in itself. */
const FIELDS = {
  before: { within: 'change', known: 'before', unknown: null, sensitive: 'before_sensitive' },
  after: { within: 'change', known: 'after', unknown: 'after_unknown', sensitive: 'after_sensitive' },
  state: { within: null, known: 'values', unknown: null, sensitive: 'sensitive_values' },
} as const;

type Side = keyof typeof FIELDS;

/** Takes the values from the entry only when they are asked for, since it may be packed. */
class EntryValues implements PlannedValues {
  readonly shape: BodyShape | null;
  readonly #entry: JsonObject;
  readonly #side: Side;

  constructor(entry: JsonObject, { side, shape }: { readonly side: Side; readonly shape: BodyShape | null }) {
    this.#entry = entry;
    this.#side = side;
    this.shape = shape;
  }

  get known(): JsonObject {
    return objectField(this.#holder, FIELDS[this.#side].known) ?? nothingAt(this.#entry);
  }

  get unknown(): JsonNode | null {
    const { unknown } = FIELDS[this.#side];
    return unknown === null ? null : fieldOf(this.#holder, unknown);
  }

  get sensitive(): JsonNode | null {
    return fieldOf(this.#holder, FIELDS[this.#side].sensitive);
  }

  get #holder(): JsonObject {
    const { within } = FIELDS[this.#side];
    return within === null ? this.#entry : (objectField(this.#entry, within) ?? nothingAt(this.#entry));
  }
}

function nothingAt({ offset }: JsonObject): JsonObject {
  return { kind: 'object', offset, members: [] };
}
