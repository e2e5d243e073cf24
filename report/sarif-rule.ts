import type { ReportingDescriptor, ToolComponent } from 'sarif';
import type { Severity } from '../checks/check.ts';
import type { ControlStatus } from '../checks/report.ts';
import { escapeMarkdown, escapeMessage, visible } from './escape.ts';
import type { RunFault } from './run-faults.ts';
import { relationshipsOf } from './sarif-taxonomy.ts';

const LEVELS = {
  low: 'note',
  medium: 'warning',
  high: 'error',
  critical: 'error',
} as const satisfies Record<Severity, string>;

/** Within the bands in which code scanning services show these words. */
const SCORES = { low: '2.0', medium: '5.5', high: '8.0', critical: '9.5' } as const satisfies Record<Severity, string>;

export function level(severity: Severity): (typeof LEVELS)[Severity] {
  return LEVELS[severity];
}

export function ruleOf(
  { id, family, severity, title, why, fix, references }: ControlStatus,
  taxonomies: readonly ToolComponent[],
): ReportingDescriptor {
  const relationships = relationshipsOf(id, taxonomies);
  const pages = references.filter((reference) => /^https:\/\/[\x21-\x7e]+$/.test(reference) && !/[<>]/.test(reference));
  const [first] = pages;
  return {
    id,
    name: id,
    shortDescription: { text: escapeMessage(title) },
    fullDescription: { text: escapeMessage(why) },
    help: {
      text: escapeMessage(`${title}. Why: ${why} Fix: ${fix}`),
      markdown: [
        `**${escapeMarkdown(title)}**`,
        `**Why:** ${escapeMarkdown(why)}`,
        `**Fix:** ${escapeMarkdown(fix)}`,
        ...(pages.length === 0 ? [] : [pages.map((page) => `- <${page}>`).join('\n')]),
        `\`trefoil explain ${visible(id)}\``,
      ].join('\n\n'),
    },
    ...(first === undefined ? {} : { helpUri: first }),
    ...(relationships.length === 0 ? {} : { relationships }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['security', 'compliance', family],
      severity,
      'security-severity': SCORES[severity],
      precision: 'very-high',
    },
  };
}

/** Rules for what keeps a run from being a whole one. */
export const FAULTS = ['incomplete', 'refused'] as const satisfies readonly RunFault['kind'][];

const FAULT_TEXTS = {
  incomplete: 'Everything that was asked for was looked at',
  refused: 'Every exception applies as it was written',
} as const satisfies Record<RunFault['kind'], string>;

export function faultRule(kind: RunFault['kind']): ReportingDescriptor {
  const text = `${FAULT_TEXTS[kind]}. Where that does not hold, a control without a finding has not passed.`;
  return {
    id: `trefoil-${kind}`,
    name: `trefoil-${kind}`,
    shortDescription: { text: FAULT_TEXTS[kind] },
    fullDescription: { text },
    help: { text },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['security', 'compliance'], 'security-severity': SCORES.critical, precision: 'very-high' },
  };
}
