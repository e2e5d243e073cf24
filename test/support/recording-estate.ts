import { type Estate, type Place, type Stack, withObjects } from '../../model/estate.ts';
import { JoinedEstate } from '../../model/joined-estate.ts';
import { type Body, type ProviderConfig, Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { isArray, isRecord, type Json, type JsonPath, recordOf, valueAt } from './json-tree.ts';

/** One argument, block or provider of a synthesised stack, by its path in the JSON. */
export interface Argument {
  readonly stack: string;
  readonly path: JsonPath;
}

export type Stacks = { readonly [name: string]: Json };

/** The same estate, which tells every argument of the stacks' JSON whose content somebody looks at. */
export function recordingEstate(estate: Estate, stacks: Stacks, read: (argument: Argument) => void): Estate {
  return new RecordingEstate(estate, new Recorder(stacks, read));
}

/** The arguments from which each part of a place comes; the model works out all parts at once. */
const ARGUMENTS_OF_PLACE: { readonly [part in keyof Place]: RegExp } = {
  region: /^region$/,
  regionSource: /^region$/,
  regionLocation: /^region$/,
  account: /^(?:allowed_account_ids|assume_role)$/,
  zone: /^(?:availability_zone|subnet_id)$/,
  zoneId: /^(?:availability_zone_id|subnet_id)$/,
  outpost: /outpost|^subnet_id$/,
};

class RecordingEstate extends JoinedEstate {
  readonly #recorder: Recorder;
  readonly #placed = new Map<Resource, Place>();

  constructor(estate: Estate, recorder: Recorder) {
    super(
      estate.stacks.map((stack) => recorder.stack(stack)),
      estate,
    );
    this.#recorder = recorder;
  }

  override place(resource: Resource): Place {
    const known = this.#placed.get(resource);
    if (known !== undefined) return known;
    const { result: place, read } = this.#recorder.apart(() => super.place(resource));
    const telling = { ...place };
    for (const part of keysOf(ARGUMENTS_OF_PLACE)) {
      Object.defineProperty(telling, part, {
        enumerable: true,
        get: () => {
          for (const argument of read) {
            if (argument.path.some((step) => ARGUMENTS_OF_PLACE[part].test(String(step))))
              this.#recorder.tell(argument);
          }
          return place[part];
        },
      });
    }
    this.#placed.set(resource, telling);
    return telling;
  }
}

function keysOf<Key extends string>(record: { readonly [key in Key]: unknown }): readonly Key[] {
  return Object.keys(record) as Key[];
}

function blockOfResource({ init }: Resource): JsonPath {
  return [init.mode === 'managed' ? 'resource' : 'data', init.type, init.name];
}

class Recorder {
  readonly #stacks: Stacks;
  #read: (argument: Argument) => void;
  readonly #providers = new Map<ProviderConfig, ProviderConfig>();

  constructor(stacks: Stacks, read: (argument: Argument) => void) {
    this.#stacks = stacks;
    this.#read = read;
  }

  /** Does the work and gives the arguments that it read, without telling them. */
  apart<Result>(work: () => Result): { readonly result: Result; readonly read: readonly Argument[] } {
    const outer = this.#read;
    const read: Argument[] = [];
    this.#read = (argument) => read.push(argument);
    try {
      return { result: work(), read };
    } finally {
      this.#read = outer;
    }
  }

  stack(stack: Stack): Stack {
    const { name, backend } = stack;
    return {
      ...withObjects(stack, {
        resources: stack.resources.map((resource) => this.#resource(resource)),
        dataSources: stack.dataSources.map((resource) => this.#resource(resource)),
      }),
      providers: stack.providers.map((provider) => this.#provider(provider)),
      backend: {
        ...backend,
        body: backend.body && this.#body(backend.body, name, ['terraform', 'backend', backend.type]),
      },
    };
  }

  #resource(resource: Resource): Resource {
    const { init } = resource;
    return new Resource({
      ...init,
      provider: this.#provider(init.provider),
      body: this.#body(init.body, resource.stack, blockOfResource(resource)),
    });
  }

  #provider(provider: ProviderConfig): ProviderConfig {
    const known = this.#providers.get(provider);
    if (known !== undefined) return known;
    const { stack, name, alias, body } = provider;
    const written = recordOf(this.#stacks[stack])['provider'];
    const blocks = recordOf(written)[name];
    const index = isArray(blocks)
      ? blocks.findIndex((block) => (recordOf(block)['alias'] ?? null) === alias)
      : undefined;
    const path = index === undefined ? ['provider', name] : ['provider', name, index];
    const recording = { ...provider, body: body && this.#body(body, stack, path) };
    this.#providers.set(provider, recording);
    return recording;
  }

  #body(body: Body, stack: string, block: JsonPath): Body {
    const values = new Map<string, Value>();
    return {
      names: body.names,
      value: (name) => {
        const known = values.get(name);
        if (known !== undefined) return known;
        const value = this.#value(body.value(name), { stack, path: [...block, name] });
        values.set(name, value);
        return value;
      },
      locate: (path) => body.locate(path),
    };
  }

  /** The value with accessors that tell when its kind or its content is asked for. */
  #value(value: Value, argument: Argument): Value {
    const tell = (): void => {
      this.tell(argument);
      const { origin } = value;
      if (origin === undefined) return;
      const { stack, address } = origin.target;
      const [type, name] = address.replace(/^data\./, '').split(/[.[]/);
      if (type === undefined || name === undefined) return;
      this.tell({ stack, path: [address.startsWith('data.') ? 'data' : 'resource', type, name, ...origin.path] });
    };
    const below = (step: string | number): Argument => ({ stack: argument.stack, path: [...argument.path, step] });
    switch (value.kind) {
      case 'null':
        tell();
        return value;
      case 'list': {
        const items = value.items.map((item, index) => this.#value(item, below(index)));
        return telling(value, 'items', items, tell);
      }
      case 'object': {
        const entries = new Map(Array.from(value.entries, ([key, item]) => [key, this.#value(item, below(key))]));
        return telling(value, 'entries', entries, tell);
      }
      case 'string':
        return telling(value, 'value', value.value, tell);
      case 'boolean':
        return telling(value, 'value', value.value, tell);
      case 'number':
        return telling(value, 'text', value.text, tell);
      case 'reference':
        return telling(value, 'target', value.target, tell);
      case 'template':
        return telling(value, 'parts', value.parts, tell);
      case 'unknown':
        return telling(value, 'expression', value.expression, tell);
    }
  }

  /** Tells the nearest argument that is written: an item of a computed list is no member of the JSON. */
  tell({ stack, path }: Argument): void {
    const json = this.#stacks[stack];
    if (json === undefined) return;
    const depth = path[0] === 'resource' || path[0] === 'data' ? 3 : path[0] === 'terraform' ? 3 : 2;
    for (let length = path.length; length > depth; length--) {
      const part = path.slice(0, length);
      const found = valueAt(json, part);
      if (found === undefined || (path[0] === 'provider' && length === 3 && isRecord(found))) continue;
      this.#read({ stack, path: part });
      return;
    }
  }
}

function telling<V extends Value, Key extends keyof V & string>(
  value: V,
  key: Key,
  content: V[Key],
  tell: () => void,
): V {
  const accessor = (result: unknown): PropertyDescriptor => ({
    enumerable: true,
    get: () => {
      tell();
      return result;
    },
  });
  return Object.defineProperties({ ...value }, { kind: accessor(value.kind), [key]: accessor(content) });
}
