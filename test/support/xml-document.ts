import { SaxesParser } from 'saxes';

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

/**
 * Reads XML 1.0 with a parser that accepts nothing but well-formed documents. Throws also for comments, sections, declarations
 * of types and instructions: no report has any, so data must have opened them.
 */
export function parseXml(xml: string): XmlElement {
  const document: Open = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [document];
  const current = (): Open => open.at(-1) ?? document;
  const refuse = (what: string) => (): never => {
    throw new Error(`a report has no ${what}`);
  };
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('comment', refuse('comment'));
  parser.on('cdata', refuse('section'));
  parser.on('doctype', refuse('type'));
  parser.on('processinginstruction', refuse('instruction'));
  parser.on('text', (text) => {
    current().text += text;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Open = { name, attributes: new Map(Object.entries(attributes)), children: [], text: '' };
    current().children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(xml).close();
  const [root] = document.children;
  if (root === undefined) throw new Error('no root');
  return root;
}
