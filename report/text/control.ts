import type { Check, ControlMetadata, Example } from '../../checks/check.ts';
import { DECIDED_BY_COMMAND } from '../../policy/catalogue.ts';
import { mappingsOf } from '../../policy/frameworks/index.ts';
import { cdktfProgram } from '../cdktf-program.ts';
import { clean, paragraph, type Style } from './style.ts';

/** All that is known of a control: what it requires and why, what a failure says, and both in CDKTF. */
export function controlLines(control: ControlMetadata, check: Check | null, style: Style): readonly string[] {
  const { id, family, severity, title, why, fix, resourceTypes } = control;
  const line = labelled(style);
  return [
    `${style.colour.bold(id)} ${family}, ${severity}, ${statusOf(id, check)}`,
    ...paragraph(style, { indent: 2, text: title }),
    '',
    ...line('decided', DECIDED_BY_COMMAND.get(id) ?? ''),
    ...line('why', why),
    ...line('fix', fix),
    ...line('types', resourceTypes.join(', ')),
    ...(check?.messageIds ?? []).flatMap((message, index) =>
      line(index === 0 ? 'fails' : '', `... ${check?.messageForm(message) ?? ''}`),
    ),
    ...sourceLines(control, style),
    ...(check === null ? [] : exampleLines('Complies', check.examples.compliant, style)),
    ...(check === null ? [] : exampleLines('Fails', check.examples.violating, style)),
  ];
}

function statusOf(id: string, check: Check | null): string {
  if (check !== null) return 'implemented';
  return DECIDED_BY_COMMAND.has(id) ? 'by command: it counts in no verdict' : 'planned: it counts in no verdict yet';
}

/** What a control rests on: the requirements of standards, and what was read. */
export function sourceLines({ id, references }: ControlMetadata, style: Style): readonly string[] {
  const line = labelled(style);
  return [
    ...mappingsOf(id).flatMap(({ framework, requirements }) =>
      line('maps', `${framework.name}: ${requirements.join(', ')}`),
    ),
    ...references.flatMap((reference) => line('see', reference)),
  ];
}

/** The first example is the plainest. */
function exampleLines(word: string, examples: readonly Example[], style: Style): readonly string[] {
  const [example] = examples;
  if (example === undefined) return [];
  const { stacks, plan, policy } = example;
  return [
    '',
    style.colour.bold(`${word}, in CDKTF (without the arguments that do not matter)`),
    ...programs((name) => `the stack ${name} as it is in AWS`, plan?.before, style),
    ...programs((name) => `the stack ${name} as it was synthesised`, plan?.synthesised, style),
    ...programs((name) => `${plan === undefined ? '' : 'what the plan makes of '}the stack ${name}`, stacks, style),
    ...(policy === undefined
      ? []
      : indented('with this in the policy', JSON.stringify(policy, null, 2).split('\n'), style)),
  ];
}

function programs(
  heading: (stack: string) => string,
  stacks: Example['stacks'] | undefined,
  style: Style,
): readonly string[] {
  return Object.entries(stacks ?? {}).flatMap(([name, stack]) => {
    const lines = cdktfProgram(stack);
    return lines.length === 0 ? [] : indented(heading(name), lines, style);
  });
}

/** Code is not wrapped: it is there to be copied. */
function indented(heading: string, lines: readonly string[], style: Style): readonly string[] {
  return [
    '',
    `  ${style.colour.dim(`// ${heading}`)}`,
    ...lines.map((line) => {
      const [indent = ''] = /^ */.exec(line) ?? [];
      return `  ${indent}${clean(style, line.slice(indent.length))}`;
    }),
  ];
}

function labelled(style: Style) {
  return (label: string, text: string): readonly string[] =>
    text === '' ? [] : paragraph(style, { indent: 2, label: label === '' ? ' '.repeat(7) : label, text });
}
