/** An element of a document with what is in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const DECLARATION = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/;
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const NAME = '[A-Za-z_][A-Za-z0-9_.-]*';
const TAG = new RegExp(
  `<(?:/(?<end>${NAME})\\s*|(?<start>${NAME})(?<attributes>(?:\\s+${NAME}="[^"<]*")*)\\s*(?<empty>/?))>`,
  'y',
);
const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * Reads XML 1.0 as strictly as a parser does, of what reports are written in: elements, attributes in double quotes,
 * text and the five entities. Throws for everything else, also for comments and sections that data could have opened.
 */
export function parseXml(xml: string): XmlElement {
  const illegal = ILLEGAL.exec(xml);
  if (illegal !== null) throw new Error(`no character of XML at ${illegal.index}`);
  const body = xml.replace(DECLARATION, '').trimEnd();
  const document: Open = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [document];
  let at = 0;
  while (at < body.length) {
    const current = open.at(-1) ?? document;
    const next = body.indexOf('<', at);
    const text = body.slice(at, next === -1 ? undefined : next);
    if (text.includes(']]>')) throw new Error(`]]> in text at ${at}`);
    current.text += decoded(text);
    if (next === -1) break;
    TAG.lastIndex = next;
    const groups = TAG.exec(body)?.groups;
    if (groups === undefined) throw new Error(`no tag at ${next}: ${body.slice(next, next + 40)}`);
    at = TAG.lastIndex;
    const { start, end, attributes = '', empty } = groups;
    if (start !== undefined) {
      const element: Open = { name: start, attributes: attributesOf(attributes), children: [], text: '' };
      current.children.push(element);
      if (empty === '') open.push(element);
    } else if (current.name === end && open.length > 1) open.pop();
    else throw new Error(`</${end}> ends ${current.name} at ${next}`);
  }
  const [root, ...more] = document.children;
  if (open.length > 1) throw new Error(`${open.at(-1)?.name} never ends`);
  if (root === undefined || more.length > 0 || document.text.trim() !== '') throw new Error('not one root');
  return root;
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/([\w.-]+)="([^"]*)"/g)) {
    if (attributes.has(name)) throw new Error(`${name} twice`);
    attributes.set(name, decoded(value));
  }
  return attributes;
}

function decoded(text: string): string {
  return text.replaceAll(/&(?:#(?<code>\d+);|(?<name>[a-z]+);)?/g, (whole, code?: string, name?: string) => {
    const character = code === undefined ? ENTITIES.get(name ?? '') : String.fromCodePoint(Number(code));
    if (character === undefined) throw new Error(`an ampersand that begins no entity: ${whole}`);
    return character;
  });
}
