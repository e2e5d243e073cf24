import type { JsonNode, JsonObject } from '../json/json.ts';
import { digestOfPlain } from '../json/digest.ts';
import { type Packed, PackedObject } from '../json/packed.ts';
import { isList, type PlainJson } from '../json/plain.ts';
import { fieldOf, objectField } from './json-fields.ts';
import { fieldIn, type SharedTexts, textIn } from './plain-fields.ts';

/** One block of a resource or data source, with its expressions as the plan shows them. Packed without its head. */
export class ConfiguredBlock extends PackedObject {
  /** Without the module. */
  readonly address: string;
  readonly isManaged: boolean;
  readonly providerKey: string;
  /** Digest of what the provisioners do; null without one. */
  readonly provisioner: string | null;
  /** Arguments that providers take and nobody keeps: the configuration is the one place where a plan has them. */
  readonly writeOnly: readonly string[];
  readonly #isRepeated: boolean;

  constructor(packed: Packed, offset: number, { plain, shared }: { plain: PlainJson; shared: SharedTexts }) {
    super(packed, offset);
    const provisioners = fieldIn(plain, 'provisioners');
    this.address = shared(textIn(plain, 'address') ?? '');
    this.isManaged = textIn(plain, 'mode') === 'managed';
    this.providerKey = shared(textIn(plain, 'provider_config_key') ?? '');
    this.provisioner = isList(provisioners) && provisioners.length > 0 ? digestOfPlain(provisioners) : null;
    this.writeOnly = writeOnlyIn(fieldIn(plain, 'expressions'));
    this.#isRepeated = fieldIn(plain, 'count_expression') !== null || fieldIn(plain, 'for_each_expression') !== null;
  }

  get count(): JsonNode | null {
    return this.#isRepeated ? fieldOf(this, 'count_expression') : null;
  }

  get forEach(): JsonNode | null {
    return this.#isRepeated ? fieldOf(this, 'for_each_expression') : null;
  }

  /** A block without arguments has none to show. */
  get expressions(): JsonObject {
    return objectField(this, 'expressions') ?? { kind: 'object', offset: this.offset, members: [] };
  }
}

const NONE: readonly string[] = [];

function writeOnlyIn(expressions: PlainJson): readonly string[] {
  if (typeof expressions !== 'object' || expressions === null) return NONE;
  const names = Object.keys(expressions).filter((name) => name.endsWith('_wo'));
  return names.length === 0 ? NONE : names;
}
