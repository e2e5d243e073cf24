import { fieldOf } from './json-fields.ts';
import { lastCall } from './module-address.ts';
import { type ModulePlace, ModuleScope, type ModuleSurroundings } from './module-scope.ts';
import { writtenAs } from './written.ts';

/** The instances of modules of one plan, each built when it is first asked for. */
export class PlanModules {
  readonly root: ModuleScope;
  readonly #known = new Map<string, ModuleScope | null>();

  constructor(root: ModulePlace, around: Omit<ModuleSurroundings, 'module'>) {
    this.root = new ModuleScope(root, { ...around, module: (address) => this.at(address) });
    this.#known.set('', this.root);
  }

  /** The scope of an instance; null where the configuration has no such module. */
  at(address: string): ModuleScope | null {
    const known = this.#known.get(address);
    if (known !== undefined) return known;
    const scope = this.#build(address);
    this.#known.set(address, scope);
    return scope;
  }

  #build(address: string): ModuleScope | null {
    const last = lastCall(address);
    const parent = last === null ? null : this.at(last.parent);
    const call = last === null || parent === null ? undefined : parent.place.configured.calls.get(last.name);
    if (last === null || parent === null || call === undefined) return null;
    const scope = parent.instance(last.key, call.forEach);
    return parent.child({
      address,
      configured: call.module,
      variable: (name) => {
        const node = call.expressions === null ? null : fieldOf(call.expressions, name);
        return node === null ? null : writtenAs(node, scope);
      },
    });
  }
}
