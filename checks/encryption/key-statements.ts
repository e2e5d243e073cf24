import { kmsActionsLike, KMS_ACTIONS } from '../../model/aws/kms-actions.ts';
import { asItems, asString, child, display, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';

/** A statement of a key policy with what of it does not depend on who calls. */
export interface KeyStatement {
  /** As messages call it: by its `Sid`, else by its place. */
  readonly name: string;
  readonly isDenial: boolean;
  readonly actions: readonly string[];
  /** What hides further actions, or whether the statement is about this key. */
  readonly open: readonly Hidden[];
  readonly principals: readonly Value[];
  /** All but these; null where the statement names whom it means. */
  readonly allBut: readonly Value[] | null;
  readonly condition: Value;
}

const ELEMENTS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);
const DOCUMENT_ELEMENTS: ReadonlySet<string> = new Set(['Version', 'Id', 'Statement']);

/** The statements of a key policy, and what hides some. KMS refuses elements that it does not know. */
export function keyStatements(document: Value): {
  readonly statements: readonly KeyStatement[];
  readonly open: readonly Hidden[];
} {
  if (isHidden(document)) return { statements: [], open: [document] };
  if (document.kind !== 'object') return { statements: [], open: [invalid('the key policy', 'is no policy document')] };
  const strange = strangeElement(document, DOCUMENT_ELEMENTS);
  if (strange !== null) return { statements: [], open: [invalid(strange, 'is no element of a policy')] };
  const { items, open } = asItems(child(document, 'Statement'));
  const hidden: Hidden[] = [...open];
  const statements: KeyStatement[] = [];
  if (items.length + open.length === 0) hidden.push(invalid('the key policy', 'has no statement'));
  items.forEach((item, index) => {
    const read = statementOf(item, index, document.sensitive === true);
    if (isHidden(read)) hidden.push(read);
    else if (read !== null) statements.push(read);
  });
  return { statements, open: hidden };
}

function statementOf(statement: Value, index: number, isSensitive: boolean): KeyStatement | Hidden | null {
  if (isHidden(statement)) return statement;
  const sid = asString(child(statement, 'Sid'));
  const isNamed = typeof sid === 'string' && sid !== '' && !isSensitive;
  const name = isNamed ? `statement ${JSON.stringify(sid)}` : `statement ${index + 1}`;
  if (statement.kind !== 'object') return invalid(name, 'is no object');
  const strange = strangeElement(statement, ELEMENTS);
  if (strange !== null) return invalid(`${strange} of ${name}`, 'is no element of a statement');
  const effect = asString(child(statement, 'Effect'));
  if (isHidden(effect)) return effect;
  if (effect !== 'Allow' && effect !== 'Deny') return invalid(name, 'neither allows nor denies');
  const resource = resourcesOf(statement);
  if (resource === 'others') return null;
  const { actions, open } = actionsOf(statement, name);
  const not = child(statement, 'NotPrincipal');
  const named = principalsOf(not.kind === 'null' ? child(statement, 'Principal') : not);
  return {
    name,
    isDenial: effect === 'Deny',
    actions,
    open: [...open, ...resource],
    principals: not.kind === 'null' ? named : [],
    allBut: not.kind === 'null' ? null : named,
    condition: child(statement, 'Condition'),
  };
}

function strangeElement(value: Extract<Value, { kind: 'object' }>, known: ReadonlySet<string>): string | null {
  const strange = [...value.entries.keys()].find((key) => !known.has(key));
  return strange === undefined ? null : `the element ${JSON.stringify(strange)}`;
}

/** Whether a statement is about the key of its policy: `*` is; what names one thing may be. */
function resourcesOf(statement: Value): readonly Hidden[] | 'others' {
  const isNegated = child(statement, 'NotResource').kind !== 'null';
  const { items, open } = asItems(child(statement, isNegated ? 'NotResource' : 'Resource'));
  const hidden: Hidden[] = [...open];
  for (const item of items) {
    const text = asString(item);
    if (text === '*') return isNegated ? 'others' : [];
    if (isHidden(text)) hidden.push(text);
    else hidden.push(unknown('missing-object', display(item), 'may or may not be this key'));
  }
  if (hidden.length === 0) return 'others';
  return hidden;
}

function actionsOf(statement: Value, name: string): { actions: readonly string[]; open: readonly Hidden[] } {
  const isNegated = child(statement, 'NotAction').kind !== 'null';
  const { items, open } = asItems(child(statement, isNegated ? 'NotAction' : 'Action'));
  const named = new Set<string>();
  const hidden: Hidden[] = [...open];
  for (const item of items) {
    const text = asString(item);
    if (isHidden(text)) {
      hidden.push(text);
      continue;
    }
    const matching = kmsActionsLike(text ?? '');
    if (matching.length === 0 && !isNegated && /^kms:/i.test(text ?? '')) {
      hidden.push(unknown('missing-object', display(item), `in ${name} is no action of KMS that is known`));
    }
    for (const action of matching) named.add(action);
  }
  if (!isNegated) return { actions: KMS_ACTIONS.filter((action) => named.has(action)), open: hidden };
  // What is hidden may take any action out.
  if (hidden.length > 0) return { actions: [], open: hidden };
  return { actions: KMS_ACTIONS.filter((action) => !named.has(action)), open: [] };
}

/** One principal stands without its list, so that what is hidden may be one as well as several. */
function principalsOf(principal: Value): readonly Value[] {
  if (principal.kind !== 'object') return [principal];
  return [...principal.entries.values()].flatMap((value) => {
    const { items, open } = asItems(value);
    return [...items, ...open];
  });
}

function invalid(expression: string, detail: string): Hidden {
  return unknown('invalid', expression, detail);
}
