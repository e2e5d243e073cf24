/** An element of a page, with its attributes and the text that is in it and in no element of it. */
export interface HtmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly parent: HtmlElement | null;
  text: string;
}

/** Elements that hold nothing and are never closed. */
const EMPTY = new Set(['br', 'img', 'input', 'link', 'meta']);
/** Elements whose content is no HTML. */
const RAW = new Set(['script', 'style']);

const TAG =
  /<(?:(?<doctype>!doctype html)|(?<close>\/)?(?<name>[a-z][a-z0-9]*)(?<attributes>(?:\s+[a-z-]+(?:="[^"<]*")?)*)\s*\/?)>/g;

/**
 * The elements of a page in their order, for tests. It takes the part of HTML that is also well-formed XML, attributes
 * without a value and raw texts apart: stricter than a browser, which takes anything. Throws for the rest.
 */
export function parseHtml(html: string): readonly HtmlElement[] {
  const elements: HtmlElement[] = [];
  let open: HtmlElement | null = null;
  let end = 0;
  TAG.lastIndex = 0;
  for (let match = TAG.exec(html); match !== null; match = TAG.exec(html)) {
    const between = html.slice(end, match.index);
    if (/[<>]/.test(between)) throw new Error(`markup in text: ${between.slice(0, 80)}`);
    if (open === null && between.trim() !== '') throw new Error(`text outside: ${between.slice(0, 80)}`);
    if (open !== null) open.text += decoded(between);
    end = TAG.lastIndex;
    const { doctype, close, name = '', attributes = '' } = match.groups ?? {};
    if (doctype !== undefined) continue;
    if (close !== undefined) {
      if (open?.name !== name) throw new Error(`</${name}> closes ${open?.name ?? 'nothing'}`);
      open = open.parent;
      continue;
    }
    const element: HtmlElement = { name, attributes: attributesOf(attributes), parent: open, text: '' };
    elements.push(element);
    if (RAW.has(name)) {
      const stop = html.indexOf(`</${name}>`, end);
      element.text = html.slice(end, stop);
      end = stop + name.length + 3;
      TAG.lastIndex = end;
    } else if (!EMPTY.has(name)) open = element;
  }
  if (html.slice(end).trim() !== '') throw new Error(`text at the end: ${html.slice(end, end + 80)}`);
  if (open !== null) throw new Error(`<${open.name}> is never closed`);
  return elements;
}

export function classesOf({ attributes }: HtmlElement): readonly string[] {
  return (attributes.get('class') ?? '').split(' ');
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { groups } of text.matchAll(/(?<name>[a-z-]+)(?:="(?<value>[^"]*)")?/g)) {
    const { name = '', value = '' } = groups ?? {};
    if (found.has(name)) throw new Error(`${name} twice`);
    found.set(name, decoded(value));
  }
  return found;
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
]);

function decoded(text: string): string {
  return text.replaceAll(/&[^;\s]*;?/g, (entity) => {
    const character = ENTITIES.get(entity);
    if (character === undefined) throw new Error(`${entity} is no entity that is written here`);
    return character;
  });
}
