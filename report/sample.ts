import type { BaseResult } from '../checks/compare.ts';
import { sha256 } from '../model/sha256.ts';
import { compareText } from '../model/text-order.ts';
import { stringifyJson, visible } from './escape.ts';

/** Which results an auditor looks at by hand. */
export interface Sample {
  readonly seed: string;
  /** How many there were to draw from. */
  readonly population: number;
  /** In the order in which they were drawn. */
  readonly drawn: readonly { readonly draw: string; readonly result: BaseResult }[];
}

/**
 * Draws without the drawer's hand in it, so that whoever has the report and the seed draws the same: the `size` results of
 * the smallest SHA-256 of `<seed>\n<id>` in UTF-8. A larger sample of the same seed begins with the smaller one.
 */
export function drawSample(results: readonly BaseResult[], seed: string, size: number): Sample {
  const drawn = results
    .map((result) => ({ draw: sha256(`${seed}\n${result.id}`), result }))
    .toSorted((left, right) => compareText(left.draw, right.draw))
    .slice(0, size);
  return { seed, population: results.length, drawn };
}

export function sampleText({ seed, population, drawn }: Sample): string {
  const lines = drawn.flatMap(({ draw, result }, index) => {
    const { verdict, id, site, subject, message } = result;
    const place = subject.constructPath === null ? '' : `, ${subject.constructPath}`;
    return [`${index + 1}. ${verdict} ${id}`, `   ${site}${place}: ${message}`, `   draw ${draw.slice(0, 16)}`];
  });
  const head = `${drawn.length} of ${population} results, drawn by seed ${JSON.stringify(seed)}`;
  return `${[head, ...lines].map(visible).join('\n')}\n`;
}

export function sampleJson({ seed, population, drawn }: Sample): string {
  const results = drawn.map(({ draw, result }) => ({
    draw,
    id: result.id,
    control: result.control,
    verdict: result.verdict,
    site: result.site,
    stack: result.subject.stack,
    address: result.subject.address,
    constructPath: result.subject.constructPath,
    message: result.message,
  }));
  return `${stringifyJson({ schemaVersion: 1, seed, population, drawn: results }, 2)}\n`;
}
