import {
  asString,
  type Hidden,
  isHidden,
  list,
  object,
  string,
  unknown,
  type UnknownValue,
  type Value,
} from '../value.ts';

/** What merging needs to see of a policy document. */
export interface PolicyParts {
  readonly version: Value;
  readonly id: Value;
  /** Objects; a hidden item stands for any number of statements. */
  readonly statements: readonly Value[];
}

/** Merges policy documents as the provider does: a statement replaces the one with its `Sid`, others are appended. */
export class PolicyMerge {
  readonly #name: string;
  readonly #sourceSids = new Set<string>();
  #version: Value = string('');
  #id: Value = string('');
  #statements: Value[] = [];
  #refusal: UnknownValue | null = null;

  constructor(name: string) {
    this.#name = name;
  }

  /** Sources may not repeat a `Sid` among each other. */
  addSource(document: PolicyParts | Hidden): void {
    if (!isHidden(document)) this.#refuseRepeated(document.statements, this.#sourceSids);
    this.#merge(document);
  }

  addOwn(document: PolicyParts): void {
    this.#refuseRepeated(document.statements, new Set());
    this.#merge(document);
  }

  addOverride(document: PolicyParts | Hidden): void {
    this.#merge(document);
  }

  /** The merged document, or why the provider refuses to render one. */
  document(): Value {
    if (this.#refusal !== null) return this.#refusal;
    const entries: [string, Value][] = [];
    if (!isEmptyText(this.#version)) entries.push(['Version', this.#version]);
    if (!isEmptyText(this.#id)) entries.push(['Id', this.#id]);
    if (this.#statements.length > 0) entries.push(['Statement', list(this.#statements)]);
    return object(entries);
  }

  #merge(document: PolicyParts | Hidden): void {
    if (isHidden(document)) {
      if (document.kind === 'unknown' && document.reason === 'invalid') this.#refusal ??= document;
      this.#merge({ version: document, id: document, statements: [document] });
      return;
    }
    this.#version = laterVersion(this.#version, document.version);
    if (!isEmptyText(document.id)) this.#id = document.id;
    for (const statement of document.statements) this.#put(statement);
  }

  #put(statement: Value): void {
    const sid = sidOf(statement);
    if (sid === '') {
      this.#statements.push(statement);
      return;
    }
    let isPlaced = false;
    this.#statements = this.#statements.map((existing) => {
      const other = sidOf(existing);
      if (other === '' || (other !== null && sid !== null && other !== sid)) return existing;
      if (other === null && existing.kind !== 'object') return existing;
      if (other === null || sid === null) return this.#maybeReplaced(existing);
      if (isPlaced) return existing;
      isPlaced = true;
      return statement;
    });
    if (!isPlaced) this.#statements.push(statement);
  }

  #maybeReplaced(existing: Value): Value {
    if (existing.kind !== 'object') return existing;
    const sid = sidOf(existing);
    const which = sid === null ? 'a statement' : `statement ${JSON.stringify(sid)}`;
    return unknown('data-source', `${which} of ${this.#name}`, 'may be replaced by a statement whose Sid is not known');
  }

  #refuseRepeated(statements: readonly Value[], seen: Set<string>): void {
    for (const statement of statements) {
      const sid = sidOf(statement);
      if (sid === null || sid === '') continue;
      if (seen.has(sid)) {
        this.#refusal ??= unknown(
          'invalid',
          this.#name,
          `repeats the Sid ${JSON.stringify(sid)}, which the provider refuses`,
        );
      }
      seen.add(sid);
    }
  }
}

/** The `Sid` of a statement, empty when it has none, null when it is hidden or the statement is. */
function sidOf(statement: Value): string | null {
  if (statement.kind !== 'object') return null;
  const sid = asString(statement.entries.get('Sid') ?? string(''));
  return isHidden(sid) ? null : (sid ?? '');
}

/** The provider compares versions as text; `2012-10-17` is the last, so that nothing unknown can be later. */
function laterVersion(current: Value, added: Value): Value {
  const [now, next] = [asString(current), asString(added)];
  if (isHidden(next)) return now === '2012-10-17' ? current : added;
  if (isHidden(now)) return next === '2012-10-17' ? added : current;
  return (next ?? '') > (now ?? '') ? added : current;
}

function isEmptyText(value: Value): boolean {
  return value.kind === 'null' || (value.kind === 'string' && value.value === '');
}
