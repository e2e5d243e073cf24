import type { SourceLocation } from './source.ts';
import {
  asItems,
  child,
  display,
  type Hidden,
  isHidden,
  NULL,
  type ObjectId,
  type ObjectValue,
  unknown,
  type Value,
} from './value.ts';

export type Step = string | number;
export type Path = readonly Step[];

/** Where the values of one object come from; the synth and the plan reader each have their own. */
export interface Body {
  /** Names of the arguments and blocks that are set, in the input's order. */
  readonly names: readonly string[];
  /** The value of one argument or block; null when omitted. Evaluated once, on first use. */
  value(name: string): Value;
  /** The place of an argument, or of its nearest written ancestor. */
  locate(path: Path): SourceLocation;
}

/** What Terraform's meta-arguments say about an object. */
export interface Lifecycle {
  readonly preventDestroy: Value;
  /** Attribute names, `all` for every attribute; with the place of the argument. */
  readonly ignoreChanges: readonly string[];
  readonly location: SourceLocation | null;
  /** Set where the input does not show what the object has of them, as a plan on its own does not. */
  readonly hidden?: Hidden;
}

export interface ProviderConfig {
  /** Local name: `aws`. */
  readonly name: string;
  readonly alias: string | null;
  readonly stack: string;
  readonly body: Body | null;
  readonly location: SourceLocation | null;
  /** `hashicorp/aws`, where the input says it of each object: in modules the same name may mean another provider. */
  readonly source?: string;
}

/** An escape hatch: the path it overrides, dotted as CDKTF takes it, and the TypeScript calls, innermost first. */
export interface OverrideCall {
  readonly path: string;
  readonly code: readonly SourceLocation[];
}

/** What Terraform says that it will do with an object. To replace one is to delete and to create it, in either order. */
export type PlannedAction = 'no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget';

/** The change of one object in a plan. */
export interface PlannedChange {
  readonly actions: readonly PlannedAction[];
  /** What is there before the plan is applied; null for what is new. */
  readonly before: Body | null;
}

/** The parts of a resource that a reader supplies; `Resource` adds the questions that checks ask. */
export interface ResourceInit {
  readonly id: ObjectId;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** Instance key of `count` or `for_each`; null for a single instance. */
  readonly key: string | number | null;
  /** True when `count` or `for_each` is not known, so that this instance stands for none, one or many. */
  readonly isSymbolic: boolean;
  readonly constructPath: string | null;
  readonly location: SourceLocation;
  /** The TypeScript calls that made the construct, innermost first; empty when the synth recorded none. */
  readonly code: readonly SourceLocation[];
  readonly provider: ProviderConfig;
  /** Major version of the provider, null when its constraint does not fix one. */
  readonly providerMajor: number | null;
  readonly lifecycle: Lifecycle;
  readonly body: Body;
  /** Calls of `addOverride` on this object that the synth recorded. */
  readonly overrides: readonly OverrideCall[];
  /** Digest of what its provisioners do, which Terraform does not show; null without one. */
  readonly provisioner: string | null;
  /** Null where no plan was read. The body is what there is once the plan is applied. */
  readonly change: PlannedChange | null;
}

/** One resource or data source instance of the estate. */
export class Resource {
  readonly init: ResourceInit;

  constructor(init: ResourceInit) {
    this.init = init;
  }

  get stack(): string {
    return this.init.id.stack;
  }

  get address(): string {
    return this.init.id.address;
  }

  get type(): string {
    return this.init.type;
  }

  /** The value at a path of arguments and blocks; null when omitted. A block that occurs once needs no index. */
  attribute(...path: Path): Value {
    return attributeOf(this.init.body, path);
  }

  /** The blocks at a path, however the input writes them (one object, or a list). */
  blocks(...path: Path): Blocks {
    return blocksOf(this, this.attribute(...path), path);
  }

  /** Where an argument stands in the input: itself, or the nearest written ancestor. */
  locate(...path: Path): SourceLocation {
    return this.init.body.locate(path);
  }
}

/** One nested block. */
export class Block {
  readonly resource: Resource;
  readonly path: Path;
  readonly value: ObjectValue;

  constructor(resource: Resource, path: Path, value: ObjectValue) {
    this.resource = resource;
    this.path = path;
    this.value = value;
  }

  attribute(...path: Path): Value {
    return descend(this.value, path);
  }

  blocks(...path: Path): Blocks {
    return blocksOf(this.resource, this.attribute(...path), [...this.path, ...path]);
  }

  locate(...path: Path): SourceLocation {
    return this.resource.locate(...this.path, ...path);
  }
}

/** Blocks that are there, and what hides whether there are more. */
export interface Blocks {
  readonly items: readonly Block[];
  readonly open: readonly Hidden[];
}

function attributeOf(body: Body, path: Path): Value {
  const first = path[0];
  if (first === undefined) return NULL;
  const value = body.value(String(first));
  return path.length === 1 ? value : descend(value, path.slice(1));
}

function descend(value: Value, path: Path): Value {
  let current = value;
  for (const step of path) {
    if (typeof step === 'string' && current.kind === 'list') {
      const [only] = current.items;
      if (only === undefined) return NULL;
      // Which of several blocks is meant must be said; to answer for one of them would hide the others.
      if (current.items.length > 1) return unknown('operation', path.join('.'), 'stands in several blocks');
      current = only;
    }
    // `[block]` and `block` are the same block in Terraform JSON.
    if (step === 0 && current.kind === 'object') continue;
    current = child(current, step);
  }
  return current;
}

function blocksOf(resource: Resource, value: Value, path: Path): Blocks {
  const { items, open } = asItems(value);
  const isList = value.kind === 'list';
  const blocks: Block[] = [];
  const hidden: Hidden[] = [...open];
  items.forEach((item, index) => {
    if (item.kind === 'object') blocks.push(new Block(resource, isList ? [...path, index] : path, item));
    else if (isHidden(item)) hidden.push(item);
    else if (item.kind !== 'null') hidden.push(unknown('invalid', display(item), 'is no block'));
  });
  return { items: blocks, open: hidden };
}
