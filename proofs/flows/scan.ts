import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, string, type Value } from '../../model/value.ts';
import { decodedText, documentIn, isDocument, textOf } from './documents.ts';
import type { Flow } from './flow.ts';
import { addCalled, addNamed, addUnnamed } from './named-places.ts';
import { addReferred } from './references.ts';
import { mayNamePlace } from './text-places.ts';
import { DECODED, isInDocument, type Search, type Trail } from './trail.ts';

/** What a statement of a policy compares a request with, or refuses, is no way for data. */
const COMPARED = new Set(
  'Condition NotResource Principal NotPrincipal Action NotAction Sid Version $schema Description'.split(' '),
);

const KNOWN = new WeakMap<Estate, ReadonlyMap<Resource, readonly Flow[]>>();
const NONE: readonly Flow[] = [];

/**
 * What the arguments of a resource that no row of the table knows name elsewhere: places by their form, and
 * resources in another country. What names the Region of the resource itself is none.
 */
export function unlistedFlowsFrom(resource: Resource, estate: Estate): readonly Flow[] {
  return unlistedFlows(estate).get(resource) ?? NONE;
}

/** The same of a whole estate, by resource; only resources that have such arguments. */
export function unlistedFlows(estate: Estate): ReadonlyMap<Resource, readonly Flow[]> {
  const known = KNOWN.get(estate);
  if (known !== undefined) return known;
  const flows = new Map<Resource, readonly Flow[]>();
  const countries = new Map<Resource, string | null>();
  for (const resource of estate.resources) {
    if (!resource.type.startsWith('aws_')) continue;
    const found = scan(resource, estate, countries);
    if (found.length > 0) flows.set(resource, found);
  }
  KNOWN.set(estate, flows);
  return flows;
}

interface Open {
  readonly value: Value;
  readonly trail: Trail;
  /** In the statements of a policy, which allow and do not move. */
  readonly inPolicy: boolean;
}

/** Iterative: values are as deep as the input. */
function scan(from: Resource, estate: Estate, countries: Map<Resource, string | null>): readonly Flow[] {
  const flows: Flow[] = [];
  const search: Search = { from, estate, countries, flows };
  const open: Open[] = [];
  const { body } = from.init;
  for (const name of body.names.toReversed()) {
    const value = body.value(name);
    if (maySay(value)) open.push({ value, trail: { step: name, above: null }, inPolicy: false });
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, trail, inPolicy } = next;
    switch (value.kind) {
      case 'list':
        for (let index = value.items.length - 1; index >= 0; index -= 1) {
          const item = value.items[index];
          if (item === undefined || !maySay(item)) continue;
          open.push({ value: item, trail: { step: index, above: trail }, inPolicy });
        }
        break;
      case 'object': {
        const isPolicy = inPolicy || hasStatements(value);
        addCalled(value, trail, search);
        if (isPolicy && asString(value.entries.get('Effect') ?? string('')) === 'Deny') break;
        for (const [step, item] of [...value.entries].toReversed()) {
          if (isPolicy && COMPARED.has(step)) continue;
          if (maySay(item)) open.push({ value: item, trail: { step, above: trail }, inPolicy: isPolicy });
          if (step.startsWith('arn:'))
            open.push({ value: string(step), trail: { step, above: trail }, inPolicy: isPolicy });
        }
        break;
      }
      case 'string':
      case 'template':
        if (value.kind === 'template' || value.origin !== undefined) {
          addReferred(value, trail, search);
        }
        if (isDocument(value) && !isInDocument(trail)) {
          const text = textOf(value);
          // JSON may spell letters as escapes.
          if (!mayNamePlace(text) && !text.includes('\\u')) break;
          const document = value.sensitive === true ? value : documentIn(value);
          if (document.kind === 'object' || document.kind === 'list') {
            open.push({ value: document, trail: { step: DECODED, above: trail }, inPolicy: false });
            break;
          }
        }
        if (value.kind === 'string') {
          const decoded = decodedText(value, trail.step);
          if (decoded !== null) open.push({ value: decoded, trail, inPolicy });
        }
        addNamed(value, trail, inPolicy, search);
        break;
      case 'reference':
        addReferred(value, trail, search);
        break;
      case 'unknown':
        addUnnamed(value, trail, search);
        break;
      case 'number':
      case 'boolean':
      case 'null':
        break;
    }
  }
  return flows;
}

/** Whether a value may name anything. */
function maySay({ kind }: Value): boolean {
  return kind !== 'number' && kind !== 'boolean' && kind !== 'null';
}

/** A map of settings may have an entry of that name, but then it is a text. */
function hasStatements({ entries }: Extract<Value, { kind: 'object' }>): boolean {
  const { kind = 'null' } = entries.get('Statement') ?? {};
  return kind === 'list' || kind === 'object';
}
