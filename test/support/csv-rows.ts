const CELL = /"(?<quoted>(?:[^"]|"")*)"|(?<bare>[^",\r\n]*)/y;

/** Reads RFC 4180 to the letter: CRLF after each row, quotes around whole cells and doubled in them. Throws for the rest. */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    CELL.lastIndex = at;
    const groups = CELL.exec(text)?.groups;
    if (groups === undefined) throw new Error(`no cell at ${at}`);
    row.push(groups['quoted']?.replaceAll('""', '"') ?? groups['bare'] ?? '');
    at = CELL.lastIndex;
    if (text[at] === ',') at += 1;
    else if (text.startsWith('\r\n', at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else throw new Error(`no end of a cell at ${at}: ${JSON.stringify(text.slice(at, at + 20))}`);
  }
  if (row.length > 0) throw new Error('the last row does not end');
  return rows;
}
