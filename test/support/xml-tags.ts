/** Tags of XML in their order; throws for what no parser takes. */
export function tagsOf(xml: string): readonly string[] {
  const open: string[] = [];
  const names: string[] = [];
  let end = 0;
  for (const match of xml.matchAll(
    /<(?<close>\/?)(?<name>[a-z]+)(?<attributes>(?:\s[a-zA-Z:-]+="[^"<]*")*)\s*(?<empty>\/?)>/g,
  )) {
    const between = xml.slice(end, match.index);
    if (/[<>]/.test(between)) throw new Error(`markup in text: ${between.slice(0, 80)}`);
    end = match.index + match[0].length;
    const { close, name = '', empty } = match.groups ?? {};
    if (close === '/') {
      if (open.pop() !== name) throw new Error(`unbalanced ${name}`);
    } else {
      names.push(name);
      if (empty === '') open.push(name);
    }
  }
  const entities = xml.replaceAll(/<style>.*?<\/style>/gs, '').match(/&(?!(?:amp|lt|gt|quot|#39);)/);
  if (entities !== null) throw new Error('an ampersand that begins no entity');
  if (open.length > 0) throw new Error(`never closed: ${open.join()}`);
  return names;
}
