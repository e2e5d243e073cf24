import { CHANGES, type Comparison, type FixedBecause, type FixedFinding, type Report } from '../../checks/report.ts';
import { paragraph, type Style } from './style.ts';

const MOST_FIXED = 12;

/** `Against base.json: 2 new, 1 worsened, 12 existing, 3 fixed; only new and worsened findings block`. */
export function comparisonLine({ results }: Report, { base, blocks, fixed }: Comparison): string {
  const counts = CHANGES.map((change) => `${results.filter((result) => result.change === change).length} ${change}`);
  const rule = blocks === 'changes' ? '; only new and worsened findings block' : '';
  return `Against ${base.path} of ${base.asOf}: ${[...counts, `${fixed.length} fixed`].join(', ')}${rule}`;
}

/** What limits the comparison, and what is no finding any more. */
export function comparisonSection({ comparison }: Report, style: Style): readonly string[] {
  if (comparison === null) return [];
  const { limits, fixed } = comparison;
  const left = fixed.length - MOST_FIXED;
  return [
    ...(limits.length === 0 ? [] : ['', style.colour.bold('Limits of the comparison')]),
    ...limits.flatMap((limit) => paragraph(style, { indent: 2, text: limit })),
    ...(fixed.length === 0 ? [] : ['', style.colour.bold(`Fixed: ${fixed.length}`)]),
    ...fixed.slice(0, MOST_FIXED).flatMap((finding) => fixedLines(finding, style)),
    ...(left > 0 ? [`  + ${left} more; --format json:report.json lists them all`] : []),
  ];
}

const BECAUSE: { readonly [because in FixedBecause]: string } = {
  passes: 'passes now',
  'not-applicable': 'is not judged by it any more',
  gone: 'is gone',
};

function fixedLines({ control, subject, verdict, message, because }: FixedFinding, style: Style): readonly string[] {
  const { stack, address } = subject;
  const name = stack === null || stack === address ? address : `${address} in ${stack}`;
  return [
    ...paragraph(style, { indent: 2, text: `${control} ${name} ${BECAUSE[because]}`, paint: style.colour.green }),
    ...paragraph(style, { indent: 4, label: 'was', text: `${verdict}: ${message}` }),
  ];
}
