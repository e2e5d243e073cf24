/** Characters, or bytes, that are written at a time. */
const LONGEST = 1024 * 1024;

/** Bytes of a UTF-16 code unit in UTF-8, at most. */
const MOST_BYTES = 3;

/** The same text in fewer parts, for each costs a write. */
export function* joined(parts: Iterable<string>): Generator<string> {
  let waiting = '';
  for (const part of parts) {
    waiting += part;
    if (waiting.length < LONGEST) continue;
    yield waiting;
    waiting = '';
  }
  if (waiting !== '') yield waiting;
}

/** The same text in UTF-8. What is yielded holds its bytes only until the next is asked for. */
export function* encoded(parts: Iterable<string>): Generator<Uint8Array> {
  const room = Buffer.allocUnsafe(LONGEST);
  let used = 0;
  for (const part of parts) {
    const most = part.length * MOST_BYTES;
    if (used > 0 && used + most > room.length) {
      yield room.subarray(0, used);
      used = 0;
    }
    if (most > room.length) yield Buffer.from(part, 'utf8');
    else used += room.write(part, used, 'utf8');
  }
  if (used > 0) yield room.subarray(0, used);
}
