/** Order by UTF-16 code units: the same in every locale, so that reports are the same bytes everywhere. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
