const WIDE =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const COMBINING = /\p{M}/u;

/** Columns of a terminal that text takes: two for wide East Asian characters and emoji, none for combining marks. */
export function columns(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let sum = 0;
  for (const character of text) sum += columnsOf(character);
  return sum;
}

function columnsOf(character: string): number {
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** The start of a text in at most `room` columns, with an ellipsis where something is missing. */
export function clip(text: string, room: number, ellipsis: string): string {
  if (columns(text) <= room) return text;
  let kept = '';
  let left = room - columns(ellipsis);
  for (const character of text) {
    left -= columnsOf(character);
    if (left < 0) break;
    kept += character;
  }
  return kept + ellipsis;
}

export function pad(text: string, room: number): string {
  return text + ' '.repeat(Math.max(0, room - columns(text)));
}

/** Lines of at most `room` columns. A longer word, such as an address, stays whole so that it can be copied. */
export function wrap(text: string, room: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ')) {
    const size = columns(word);
    if (line !== '' && used + 1 + size > room) {
      lines.push(line);
      line = word;
      used = size;
    } else {
      line = line === '' ? word : `${line} ${word}`;
      used = line === word ? size : used + 1 + size;
    }
  }
  lines.push(line);
  return lines;
}
