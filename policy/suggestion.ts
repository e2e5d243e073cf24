/** Longer ones are not compared: each comparison takes the time of both lengths. */
const LONGEST = 200;

/** The candidate that someone most likely meant by a misspelt word; null when none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > LONGEST) return null;
  const lower = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.floor(word.length / 3) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(lower, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A fix in one sentence or two: the word that was meant, when one is near, and else the fallback. */
export function suggest(word: string, candidates: Iterable<string>, fallback: string): string {
  const candidate = nearest(word, candidates);
  if (candidate !== null) return `Did you mean ${candidate}? Otherwise ${fallback}`;
  return fallback.charAt(0).toUpperCase() + fallback.slice(1);
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
