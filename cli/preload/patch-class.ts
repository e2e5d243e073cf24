import { attempt } from './attempt.ts';
import type { JsiiClass } from './jsii-classes.ts';
import type { SourceFrames } from './source-frames.ts';

/**
 * What the preload adds to a stack's `cdk.tf.json`, as `//.metadata.trefoil`. Each list of frames is
 * `file:line:column` in the user's program, innermost first, and empty where no line of the user made the thing.
 */
interface StackTrace {
  /** Where the stack was constructed. */
  readonly stack: readonly string[];
  /** Where its backend was constructed. */
  readonly backend: readonly string[];
  /** Calls of `addOverride`, on the stack or on an element of it, element by element. */
  readonly overrides: readonly OverrideCall[];
}

interface OverrideCall {
  /** Construct path, as in `//.metadata.path`. */
  readonly element: string;
  /** The path given to `addOverride`. */
  readonly path: string;
  readonly at: readonly string[];
}

/** The parts of `constructs` and `cdktf` that are touched; the same since 0.20 and in cdktn. */
interface ConstructNode {
  readonly path: string;
  readonly metadata: readonly { readonly type: string; readonly trace?: readonly string[] }[];
  findAll(): readonly Construct[];
}

interface Construct {
  readonly node: ConstructNode;
}

/** The mark of a backend, in cdktn too. */
const BACKEND = Symbol.for('cdktf/TerraformBackend');

const stackClasses: JsiiClass[] = [];
const constructed = new WeakMap<object, readonly string[]>();
const overridesOfElement = new WeakMap<object, OverrideCall[]>();

/** Makes one class of constructs, cdktf or cdktn record source lines; leaves any other class alone. */
export function patchClass(name: string, type: JsiiClass, frames: SourceFrames): void {
  switch (name) {
    case 'constructs.Node':
      recordElements(type, frames);
      break;
    case 'cdktf.TerraformElement':
    case 'cdktn.TerraformElement':
      recordOverrides(type, frames);
      break;
    case 'cdktf.TerraformStack':
    case 'cdktn.TerraformStack':
      stackClasses.push(type);
      recordOverrides(type, frames);
      writeStackTrace(type);
      break;
  }
}

/** cdktf marks each element with `addMetadata('stacktrace', 'trace')` and writes the trace, but takes none itself. */
function recordElements({ prototype }: JsiiClass, frames: SourceFrames): void {
  wrap(
    prototype,
    'addMetadata',
    (original) =>
      function addMetadata(this: unknown, ...args: unknown[]) {
        const result = original.apply(this, args);
        const [type, data] = args;
        if (type === 'stacktrace' && data === 'trace') attempt(() => addTrace(this, frames.capture()));
        return result;
      },
  );
  // A stack is no element and carries no such mark; `addChild` sees it, as it sees all constructs.
  wrap(
    prototype,
    'addChild',
    (original) =>
      function addChild(this: unknown, ...args: unknown[]) {
        const [child] = args;
        attempt(() => {
          if (
            isObject(child) &&
            stackClasses.some(({ prototype: stack }) => Object.prototype.isPrototypeOf.call(stack, child))
          ) {
            constructed.set(child, frames.capture());
          }
        });
        return original.apply(this, args);
      },
  );
}

/** The option `stackTraceOverride` of `addMetadata` would do the same, but constructs 10.3 does not know it. */
function addTrace(node: unknown, trace: readonly string[]): void {
  const entry: unknown = isObject(node) && Array.isArray(node['metadata']) ? node['metadata'].at(-1) : undefined;
  if (!isObject(entry) || entry['type'] !== 'stacktrace')
    throw new TypeError('this version of constructs keeps no metadata');
  if (trace.length > 0) entry['trace'] = trace;
}

function recordOverrides({ prototype }: JsiiClass, frames: SourceFrames): void {
  wrap(
    prototype,
    'addOverride',
    (original) =>
      function addOverride(this: unknown, ...args: unknown[]) {
        attempt(() => {
          if (!isConstruct(this)) return;
          const calls = overridesOfElement.get(this) ?? [];
          calls.push({ element: this.node.path, path: String(args[0]), at: frames.capture() });
          overridesOfElement.set(this, calls);
        });
        return original.apply(this, args);
      },
  );
}

function writeStackTrace({ prototype }: JsiiClass): void {
  wrap(
    prototype,
    'toTerraform',
    (original) =>
      function toTerraform(this: unknown, ...args: unknown[]) {
        const terraform = original.apply(this, args);
        attempt(() => {
          if (!isConstruct(this) || !isObject(terraform)) return;
          const comment = terraform['//'];
          const metadata = isObject(comment) ? comment['metadata'] : undefined;
          if (isObject(metadata)) metadata['trefoil'] = stackTrace(this);
        });
        return terraform;
      },
  );
}

function stackTrace(stack: Construct): StackTrace {
  const elements = stack.node.findAll();
  const backend = elements.find((element) => BACKEND in element);
  return {
    stack: constructed.get(stack) ?? [],
    backend: backend?.node.metadata.find(({ type }) => type === 'stacktrace')?.trace ?? [],
    overrides: elements.flatMap((element) => overridesOfElement.get(element) ?? []),
  };
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

function wrap(prototype: object, name: string, wrapper: (original: Method) => Method): void {
  const original: unknown = Reflect.get(prototype, name);
  if (typeof original !== 'function') throw new TypeError(`this version of cdktf has no ${name}`);
  Reflect.set(
    prototype,
    name,
    wrapper(function call(this: unknown, ...args) {
      return Reflect.apply(original, this, args);
    }),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isConstruct(value: unknown): value is Construct {
  return isObject(value) && isObject(value['node']);
}
