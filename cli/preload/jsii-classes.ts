/** The mark that the jsii compiler puts on each class of constructs, cdktf and cdktn right after its definition. */
const MARK = Symbol.for('jsii.rtti');

export interface JsiiClass {
  readonly prototype: object;
}

/**
 * Calls back with each jsii class of this process, at the moment it is defined.
 *
 * Every class is marked by an assignment, so a setter on `Function.prototype` sees it whichever way the module was
 * loaded: `require`, `import`, a loader of tsx or ts-node, or out of a bundle. Hooking the module loader instead would
 * depend on all of those, and could patch another copy of the package than the one the program uses.
 */
export function onJsiiClass(callback: (name: string, type: JsiiClass) => void): void {
  function mark(this: unknown, value: unknown): void {
    if (!isClass(this)) return;
    const name = nameOf(value);
    // A class inherits the mark of its base: only an accessor there lets the setter see the subclasses.
    const isBase = name?.endsWith('.Construct') ?? false;
    const descriptor = isBase ? { get: () => value, set: mark } : { value, writable: true };
    Object.defineProperty(this, MARK, { ...descriptor, configurable: true, enumerable: true });
    if (name !== null) callback(name, this);
  }

  // oxlint-disable-next-line no-extend-native -- the doc comment says why; the property is a symbol that reads as before
  Object.defineProperty(Function.prototype, MARK, { get: () => undefined, set: mark, configurable: true });
}

function isClass(value: unknown): value is JsiiClass {
  return typeof value === 'function' && typeof value.prototype === 'object' && value.prototype !== null;
}

function nameOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('fqn' in value)) return null;
  return typeof value.fqn === 'string' ? value.fqn : null;
}
