/** Cyrillic and Greek letters that look like Latin ones, small as `toLowerCase` makes them. */
const LOOK_ALIKE: ReadonlyMap<string, string> = new Map(
  // Each with the Latin letter after it.
  'аa вb еe кk мm нh оo рp сc тt уy хx ѕs іi јj ԁd ԛq ԝw һh ɡg ıi ɑa οo αa βb εe ηn ιi κk νv ρp τt υu χx γy'
    .split(' ')
    .map(([letter = '', latin = '']) => [letter, latin]),
);

/**
 * A name as far as two writings of it are one person: without case, accents, punctuation, invisible characters, the
 * order of its words, and with letters that look alike for each other. Empty where no letter or digit is left.
 */
export function personOf(name: string): string {
  const letters = name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}'’.]/gu, '');
  const latin = Array.from(letters, (letter) => LOOK_ALIKE.get(letter) ?? letter).join('');
  return latin
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .toSorted()
    .join(' ');
}

/** Whether two names hold one mail address. */
export function sharesMail(left: string, right: string): boolean {
  const known = new Set(mailsIn(left));
  return mailsIn(right).some((mail) => known.has(mail));
}

function mailsIn(name: string): readonly string[] {
  return (
    name
      .normalize('NFKC')
      .toLowerCase()
      .match(/[^\s<>(),;:]+@[^\s<>(),;:]+/g) ?? []
  );
}
