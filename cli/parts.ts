/** Characters that are written at a time. */
const LONGEST = 1024 * 1024;

/** The same text in fewer parts, for each costs a write. */
export function* joined(parts: Iterable<string>): Generator<string> {
  let waiting: string[] = [];
  let length = 0;
  for (const part of parts) {
    waiting.push(part);
    length += part.length;
    if (length < LONGEST) continue;
    yield waiting.join('');
    waiting = [];
    length = 0;
  }
  if (length > 0) yield waiting.join('');
}
