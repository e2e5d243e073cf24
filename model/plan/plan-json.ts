import { BodyShapes } from '../body-shape.ts';
import type { JsonDocument, JsonNode } from '../json/json.ts';
import { PackedObject, PackedTexts, withoutHead, withoutNulls, withoutTail } from '../json/packed.ts';
import type { TakenItem } from '../json/parse.ts';
import { type DuplicateKey, duplicatesWithin, type PlainJson } from '../json/plain.ts';
import { type JsonLimits, readJsonStream } from '../json/read.ts';
import { plainItem } from '../json/taken-item.ts';
import { Recent } from '../recent.ts';
import { ConfiguredBlock } from './configured-block.ts';
import { type Refused, readChange, readDataSource } from './planned-object-reader.ts';
import type { PlannedObject } from './planned-object.ts';
import { shareTexts, textIn } from './plain-fields.ts';

export const PLAN_LIMITS: JsonLimits = { maxDepth: 512, maxBytes: 1024 * 1024 * 1024 };

/** Entries of a plan that are in memory at a time with all that is in them. */
const KEPT = 256;

/** The marks of a change that say of nothing that it is sensitive, nor what is a list. */
const NO_MARKS = /,"before_sensitive":(?:false|\{\}),"after_sensitive":(?:false|\{(?:"\w+":\{\}(?:,"\w+":\{\})*)?\})$/;

/** A plan as JSON, of which only what is needed is in memory. */
export interface PlanJson {
  /** Without the lists whose entries follow. */
  readonly document: JsonDocument;
  /** The first key that some object has twice. */
  readonly repeated: DuplicateKey | null;
  readonly changes: readonly (PlannedObject | Refused)[];
  /** The data sources of the prior state. */
  readonly data: readonly PlannedObject[];
  /** What the prior state has besides data sources. */
  readonly prior: readonly { readonly address: string; readonly offset: number }[];
  /** What stands in the planned values. */
  readonly planned: readonly { readonly address: string; readonly offset: number }[];
}

/** @throws InputError for what is not one JSON document. */
export function readPlanJson(path: string, chunks: Iterable<Uint8Array>): PlanJson {
  const texts = new PackedTexts(new Recent(KEPT));
  const shared = shareTexts();
  const shapes = new BodyShapes();
  const repeated: DuplicateKey[] = [];
  const changes: (PlannedObject | Refused)[] = [];
  const data: PlannedObject[] = [];
  const prior: PlanJson['prior'][number][] = [];
  const planned: PlanJson['planned'][number][] = [];
  const takers: { readonly [part in Part]: (plain: PlainJson, item: TakenItem) => JsonNode | null } = {
    changes: (plain, { text, offset }) => {
      const change = readChange(plain, {
        offset,
        shared,
        shapes,
        pack: () => texts.pack(withoutHead(withoutTail(withoutNulls(text), NO_MARKS))),
      });
      if (change !== null) changes.push(change);
      return null;
    },
    prior: (plain, { text, offset }) => {
      const source = readDataSource(plain, {
        offset,
        shared,
        shapes,
        pack: () => texts.pack(withoutHead(withoutNulls(text))),
      });
      if (source !== null) data.push(source);
      else if (textIn(plain, 'mode') === 'managed') {
        prior.push({ address: shared(textIn(plain, 'address') ?? ''), offset });
      }
      return null;
    },
    planned: (plain, { offset }) => {
      planned.push({ address: textIn(plain, 'address') ?? '', offset });
      return null;
    },
    configured: (plain, { text, offset }) =>
      new ConfiguredBlock(texts.pack(withoutHead(text)), offset, { plain, shared }),
    unread: () => null,
  };
  const take = (item: TakenItem, keys: readonly string[]): JsonNode | null => {
    const part = partOf(keys);
    const plain = plainItem(item, (again) => repeated.push(again));
    return part === null ? null : takers[part](plain, item);
  };
  const takes = (keys: readonly string[]): boolean => partOf(keys) !== null;
  const document = readJsonStream(path, chunks, { limits: PLAN_LIMITS, taker: { takes, take } });
  repeated.push(...duplicatesWithin(document.root, (node) => node instanceof PackedObject).slice(0, 1));
  const [first = null] = repeated.toSorted((a, b) => a.again.keyOffset - b.again.keyOffset);
  return { document, repeated: first, changes, data, prior, planned };
}

/** The lists of a plan that are as long as its resources are many. */
type Part = 'changes' | 'planned' | 'prior' | 'configured' | 'unread';

function partOf(keys: readonly string[]): Part | null {
  const [first, second] = keys;
  if (keys.length === 1) {
    if (first === 'resource_changes') return 'changes';
    return first === 'resource_drift' || first === 'relevant_attributes' ? 'unread' : null;
  }
  if (keys.at(-1) !== 'resources') return null;
  if (first === 'planned_values') return isModules(keys.slice(1, -1)) ? 'planned' : null;
  if (first === 'prior_state') return second === 'values' && isModules(keys.slice(2, -1)) ? 'prior' : null;
  return first === 'configuration' && isConfiguredModule(keys.slice(1, -1)) ? 'configured' : null;
}

function isModules([root, ...children]: readonly string[]): boolean {
  return root === 'root_module' && children.every((key) => key === 'child_modules');
}

/** `root_module`, and for each call on the way `module_calls`, its name and `module`. */
function isConfiguredModule([root, ...calls]: readonly string[]): boolean {
  const isCall = calls.every((key, at) => at % 3 === 1 || key === (at % 3 === 0 ? 'module_calls' : 'module'));
  return root === 'root_module' && calls.length % 3 === 0 && isCall;
}
