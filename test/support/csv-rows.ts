import { parse } from 'csv-parse/sync';

/** Reads RFC 4180: CRLF after each row, quotes around whole cells and doubled in them. Throws for the rest. */
export function parseCsv(text: string): readonly (readonly string[])[] {
  if (!text.endsWith('\r\n')) throw new Error('the last row does not end');
  return parse(text, { recordDelimiter: '\r\n', relaxColumnCount: true });
}
