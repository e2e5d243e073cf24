import { parsers } from 'prettier/plugins/markdown';

/** A node of Markdown as CommonMark with the tables of GitHub has it. */
export interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly children?: readonly MarkdownNode[];
}

/** Reads Markdown with remark, which Prettier carries. */
export async function parseMarkdown(text: string): Promise<MarkdownNode> {
  // Its parser takes no option of Prettier.
  return (await parsers.markdown.parse(text, {} as never)) as MarkdownNode;
}

/** Every node, in the order of the text. */
export function* nodesOf(node: MarkdownNode): Generator<MarkdownNode> {
  yield node;
  for (const child of node.children ?? []) yield* nodesOf(child);
}
