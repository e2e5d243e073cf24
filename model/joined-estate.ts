import { type Arn, parseArn } from './aws/arn.ts';
import { defaultOf } from './aws/defaults.ts';
import { parsePolicyTemplate, renderPolicyDocument } from './aws/policy-document.ts';
import type { Companions, Estate, Place, Stack, Target } from './estate.ts';
import { EvaluationGuard } from './evaluation-guard.ts';
import type { InputProblem } from './input-error.ts';
import { isElsewhere, placeOf } from './place.ts';
import type { Path, Resource } from './resource.ts';
import { addMarkedTexts } from './secrets/marked-texts.ts';
import { withoutKeyForms } from './secrets/key-forms.ts';
import { SENSITIVE, type Withhold, withholding } from './secrets/withhold.ts';
import {
  asItems,
  boolean,
  type Hidden,
  isHidden,
  NULL,
  type ObjectId,
  type ReferenceValue,
  string,
  unknown,
  type Value,
} from './value.ts';

/** Attributes that stand for the object itself; any other attribute of a reference is another fact about it. */
const IDENTITY = new Set(['id', 'arn', 'name', 'bucket', 'key_id', 'key_arn', 'identifier', 'alias_arn']);

/** Arguments by which a literal may name a resource of the estate. */
const NATURAL_KEYS = ['bucket', 'name', 'identifier', 'cluster_identifier', 'function_name', 'alias'];

/** What only plans know: how a provider calls what exists. */
const GIVEN_NAMES = ['id', 'arn'];

/** The estate over finished stacks, whichever reader made them. */
export class JoinedEstate implements Estate {
  readonly stacks: readonly Stack[];
  readonly resources: readonly Resource[];
  readonly problems: readonly InputProblem[];
  readonly declaredStacks: readonly string[];
  readonly #byName: ReadonlyMap<string, Stack>;
  readonly #byType = new Map<string, Resource[]>();
  readonly #dataByType = new Map<string, Resource[]>();
  readonly #byNaturalKey = new Map<string, ReadonlyMap<string, readonly Resource[]>>();
  readonly #companions = new Map<string, CompanionIndex>();
  readonly #places = new Map<Resource, Place>();
  readonly #documents = new Map<Resource, Value>();
  readonly #guard = new EvaluationGuard();
  /** Made when there is something to say. */
  #withhold: Withhold | null = null;

  constructor(
    stacks: readonly Stack[],
    rest: { readonly problems: readonly InputProblem[]; readonly declaredStacks: readonly string[] },
  ) {
    this.stacks = stacks;
    this.problems = rest.problems;
    this.declaredStacks = rest.declaredStacks;
    this.resources = stacks.flatMap(({ resources }) => resources);
    for (const resource of this.resources) append(this.#byType, resource.type, resource);
    for (const resource of stacks.flatMap(({ dataSources }) => dataSources)) {
      append(this.#dataByType, resource.type, resource);
    }
    this.#byName = new Map(stacks.map((stack) => [stack.name, stack]));
  }

  ofType(...types: readonly string[]): readonly Resource[] {
    // Of long lists of types an estate mostly has few.
    const wanted = new Set(types.filter((type) => this.#byType.has(type)));
    const [only, ...more] = wanted;
    if (only === undefined) return [];
    if (more.length === 0) return this.#byType.get(only) ?? [];
    return this.resources.filter(({ type }) => wanted.has(type));
  }

  dataOfType(type: string): readonly Resource[] {
    return this.#dataByType.get(type) ?? [];
  }

  find({ stack, address }: ObjectId): Resource | null {
    return this.#byName.get(stack)?.find(address) ?? null;
  }

  resolve(value: Value, types: readonly string[] = [], user: Resource | null = null): Target {
    switch (value.kind) {
      case 'null':
        return { kind: 'none' };
      case 'reference':
        return this.#byReference(value) ?? { kind: 'hidden', value };
      case 'string':
        return (
          this.#byOrigin(value, types) ??
          this.#byLiteral(value.value, types, user) ?? {
            kind: 'outside',
            text: value.sensitive ? '(sensitive)' : value.value,
          }
        );
      case 'template':
        return this.#byOrigin(value) ?? this.#byTemplate(value.parts) ?? { kind: 'hidden', value };
      case 'unknown':
        return this.#byOrigin(value) ?? { kind: 'hidden', value };
      case 'number':
      case 'boolean':
      case 'list':
      case 'object':
        return { kind: 'hidden', value: unknown('invalid', 'value', 'names no resource') };
    }
  }

  companions(target: Resource, type: string, ...path: Path): Companions {
    const name = `${target.type}|${type}|${path.join('.')}`;
    let index = this.#companions.get(name);
    if (index === undefined) {
      index = this.#indexCompanions(target.type, type, path);
      this.#companions.set(name, index);
    }
    const hasLiterals = index.literals.length > 0 && hidesName(target);
    return {
      items: index.items.get(target) ?? [],
      open: hasLiterals ? [...index.open, ...index.literals] : index.open,
    };
  }

  place(resource: Resource): Place {
    const known = this.#places.get(resource);
    if (known !== undefined) return known;
    const place = placeOf(resource, (value) => this.resolve(value, ['aws_subnet']));
    this.#places.set(resource, place);
    return place;
  }

  effective(resource: Resource, ...path: Path): Value {
    const value = resource.attribute(...path);
    if (value.kind !== 'null') return value;
    const named = path.filter((step) => typeof step === 'string').join('.');
    const meaning = defaultOf(resource.type, named, resource.init.providerMajor, (other) =>
      resource.attribute(...other.split('.')),
    );
    if (meaning === undefined) return value;
    if (meaning.kind === 'unknown')
      return unknown('default', `${resource.address}.${named}`, `is omitted: ${meaning.why}`);
    return valueOf(meaning.value);
  }

  document(value: Value): Value {
    if (value.kind === 'reference') {
      const source = this.find(value.target);
      if (source?.type === 'aws_iam_policy_document' && value.path.join('.') === 'json') {
        return this.#renderDocument(source);
      }
    }
    return parsePolicyTemplate(value);
  }

  withhold(text: string): string {
    this.#withhold ??= withholding(this.#secrets());
    return withoutKeyForms(this.#withhold(text), SENSITIVE);
  }

  /** Values go from stack to stack with their marks, so where one of them has any, all are looked through. */
  #secrets(): ReadonlySet<string> {
    const texts = new Set<string>();
    if (this.stacks.every(({ secrets }) => secrets === null)) return texts;
    for (const stack of this.stacks) {
      for (const text of stack.secrets ?? []) texts.add(text);
      addMarkedTexts(stack, texts);
      if (stack.synthesised !== undefined) addMarkedTexts(stack.synthesised, texts);
    }
    return texts;
  }

  /** Rendered once; a document that includes itself, which Terraform refuses, is unknown. */
  #renderDocument(source: Resource): Value {
    const known = this.#documents.get(source);
    if (known !== undefined) return known;
    const document = this.#guard.evaluate(`${source.address} of ${source.stack}`, () =>
      renderPolicyDocument(source, (nested) => this.document(nested)),
    );
    this.#documents.set(source, document);
    return document;
  }

  #byReference(value: ReferenceValue): Target | null {
    const [attribute, ...more] = value.path;
    if (more.length > 0) return null;
    if (attribute !== undefined && !IDENTITY.has(String(attribute))) return null;
    const resource = this.find(value.target);
    return resource === null ? null : { kind: 'resource', resource };
  }

  /** A name that one object lent another is no name of an object of a third type. */
  #byOrigin({ origin }: Value, types: readonly string[] = []): Target | null {
    const target = origin === undefined ? null : this.#byReference(origin);
    const isOther = target?.kind === 'resource' && types.length > 0 && !types.includes(target.resource.type);
    return isOther ? null : target;
  }

  #byLiteral(text: string, types: readonly string[], user: Resource | null): Target | null {
    const arn = parseArn(text);
    const name = arn === null ? text : bareName(arn.resource);
    for (const type of types) {
      const names = this.#naturalKeys(type);
      const named = names.get(text) ?? names.get(name) ?? [];
      const [found, ...more] = named.filter((resource) =>
        arn === null ? user === null || this.#mayMeet(resource, user) : this.#isIn(resource, arn),
      );
      if (found === undefined) continue;
      // Two resources of one name: the literal may mean either.
      if (more.length > 0) return { kind: 'hidden', value: unknown('operation', text, 'names several resources') };
      return { kind: 'resource', resource: found };
    }
    return null;
  }

  /** Whether a resource may be in the Region and the account that an ARN states: names are unique only there. */
  #isIn(resource: Resource, { region, account }: Pick<Arn, 'region' | 'account'>): boolean {
    const place = this.place(resource);
    return isOrHides(place.region, region) && isOrHides(place.account, account);
  }

  /** A bare name means what its own Region and account call so; only bucket names are the same everywhere. */
  #isElsewhere(value: Value, user: Resource, target: Resource): boolean {
    if (value.kind !== 'string' || value.origin !== undefined || target.type === 'aws_s3_bucket') return false;
    return isElsewhere(this.place(user), this.place(target));
  }

  /** Whether a bare name of `resource` may mean it to `user`: names of buckets are unique everywhere, others are not. */
  #mayMeet(resource: Resource, user: Resource): boolean {
    if (resource.type === 'aws_s3_bucket') return true;
    const { region, account } = this.place(user);
    return this.#isIn(resource, { region: textOf(region), account: textOf(account) });
  }

  /** `arn:aws:s3:::${aws_s3_bucket.data.id}` names the bucket. */
  #byTemplate(parts: readonly (string | Hidden)[]): Target | null {
    const [prefix, hole, ...rest] = parts;
    if (typeof prefix !== 'string' || rest.length > 0 || typeof hole === 'string' || hole === undefined) return null;
    return /^arn:[\w-]+:s3:::$/.test(prefix) && hole.kind === 'reference' ? this.#byReference(hole) : null;
  }

  #naturalKeys(type: string): ReadonlyMap<string, readonly Resource[]> {
    const known = this.#byNaturalKey.get(type);
    if (known !== undefined) return known;
    const names = new Map<string, Resource[]>();
    for (const resource of this.#byType.get(type) ?? []) {
      const values = [...NATURAL_KEYS, ...GIVEN_NAMES].map((key) => resource.attribute(key));
      for (const text of new Set(values.map(textOf))) if (text !== '') append(names, text, resource);
    }
    this.#byNaturalKey.set(type, names);
    return names;
  }

  #indexCompanions(targetType: string, type: string, path: Path): CompanionIndex {
    const items = new Map<Resource, Resource[]>();
    const open: Companions['open'][number][] = [];
    const literals: Companions['open'][number][] = [];
    for (const resource of this.#byType.get(type) ?? []) {
      const { items: named, open: hidden } = asItems(resource.attribute(...path));
      for (const value of [...named, ...hidden]) {
        const target = this.resolve(value, [targetType], resource);
        switch (target.kind) {
          case 'resource':
            // A data source reads what some resource of the estate may make.
            if (target.resource.init.mode === 'data') open.push({ resource, value: readBy(target.resource) });
            else if (this.#isElsewhere(value, resource, target.resource)) break;
            else append(items, target.resource, resource);
            break;
          case 'hidden':
            open.push({ resource, value: target.value });
            break;
          case 'outside':
            literals.push({ resource, value: maybeOwn(target.text) });
            break;
          case 'none':
            break;
        }
      }
    }
    return { items, open, literals };
  }
}

interface CompanionIndex {
  readonly items: ReadonlyMap<Resource, readonly Resource[]>;
  readonly open: Companions['open'];
  /** Companions that name what no resource is known to be called. */
  readonly literals: Companions['open'];
}

/** Whether a resource has a name that is not known, so that any literal may be it. */
function hidesName(resource: Resource): boolean {
  return NATURAL_KEYS.some((key) => isHidden(resource.attribute(key)));
}

function readBy({ address }: Resource): Hidden {
  return unknown('data-source', address, 'is read by a data source, and may be what the estate makes');
}

function maybeOwn(text: string): Hidden {
  return unknown('missing-object', text, 'may be the name of what the estate makes');
}

function append<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}

/** True unless the value is known to be another text; an ARN leaves empty what does not matter to it. */
function isOrHides(value: Value, text: string): boolean {
  return text === '' || value.kind !== 'string' || value.value === text;
}

/** The text of a known string, empty for all else. */
function textOf(value: Value): string {
  return value.kind === 'string' ? value.value : '';
}

/** The name inside the resource part of an ARN: `role/app/worker` is `worker`. */
function bareName(resource: string): string {
  return resource.slice(Math.max(resource.lastIndexOf('/'), resource.lastIndexOf(':')) + 1);
}

function valueOf(value: string | number | boolean | null): Value {
  switch (typeof value) {
    case 'string':
      return string(value);
    case 'number':
      return { kind: 'number', text: String(value) };
    case 'boolean':
      return boolean(value);
    default:
      return NULL;
  }
}
