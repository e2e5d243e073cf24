const LONGEST_QUOTE = 60;

/** Input text as it may stand in a message: printable ASCII in double quotes, the rest escaped, cut when long. */
export function quote(text: string): string {
  const isLong = text.length > LONGEST_QUOTE;
  const shown = JSON.stringify(isLong ? text.slice(0, LONGEST_QUOTE) : text);
  const escaped = shown.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return isLong ? `${escaped} (the first ${LONGEST_QUOTE} of ${text.length} characters)` : escaped;
}
