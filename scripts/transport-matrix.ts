// What docs/transport-matrix.md says: how every type that sends or takes data is encrypted on the way. Pure.
import type { Channel } from '../checks/encryption/channels/channel-form.ts';
import { DOCUMENTED } from '../checks/encryption/channels/documents.ts';
import { ORACLE } from '../checks/encryption/channels/option-groups.ts';
import { FAMILIES, GROUPED } from '../checks/encryption/channels/parameter-groups.ts';
import type { Condition } from '../checks/encryption/stores/store-form.ts';
import { GUARDED } from '../checks/encryption/guarded-types.ts';
import { TLS_SERVICES, tlsPolicies, tlsPolicySource } from '../model/aws/tls-policies.ts';
import { CHANNEL_SITUATIONS, channelCases, channelVerdict } from '../test/support/channel-cases.ts';
import { code, prose } from './control-pages.ts';

const INTRODUCTION = `<!-- Written by "npm run docs" from the tables of channels. Change those, not this page. -->

# Encryption in transit, type by type

What trefoil verifies of every resource type that sends or takes data inside the enclave ([ENC-011](controls/enc-011.md)). The verdicts are those of the control when it judges an estate made for the row: the argument has an encrypting value, is omitted, has another value, has a value that only the run knows. A dash stands where the type has no such case.`;

/** The page. */
export function transportMatrix(): string {
  const rows = channelCases().map((one) => {
    const verdicts = CHANNEL_SITUATIONS.map((situation) => {
      const example = one.examples.get(situation);
      return example === undefined ? '–' : (channelVerdict(one, example) ?? 'not judged');
    });
    return [code(one.type), onInWords(one.channel), whereInWords(one.channel), ...verdicts];
  });
  return `${[
    INTRODUCTION,
    table(['type', 'encrypted where', 'only where', ...CHANNEL_SITUATIONS], rows),
    '## Databases whose parameter groups decide',
    'The group that the database names, or the default group of its engine and version.',
    table(
      ['type', 'names its group by', 'type of the group'],
      [...GROUPED].map(([type, { argument, group }]) => [code(type), code(argument), code(group)]),
    ),
    table(
      ['family of the group', 'parameter', 'values that refuse plain connections', 'where no group sets it'],
      FAMILIES.map(({ words, parameter, on, omitted }) => [words, code(parameter), on.map(code).join(', '), omitted]),
    ),
    `An instance of Oracle names its option group by ${code(ORACLE.argument)}: ${code(ORACLE.setting)} in the option ${code(ORACLE.option)} must be ${code(ORACLE.on)}. The option for TLS opens a second port, and leaves the plain one open.`,
    '## Documents',
    `Read as documents: ${[...DOCUMENTED.keys()].map(code).join(', ')}.`,
    '## Policies that must refuse requests without TLS',
    'By [ENC-002](controls/enc-002.md): each action, for everyone, on the resource or on all that lies in it.',
    table(
      ['type', 'policies', 'actions'],
      [...GUARDED].map(([type, { companion, own, requests }]) => [
        code(type),
        [companion, ...(own === undefined ? [] : [`${type}.${own}`])].map(code).join(', '),
        requests.map(({ action }) => code(action)).join(', '),
      ]),
    ),
    '## Security policies of listeners and endpoints',
    'By [ENC-010](controls/enc-010.md): the oldest version of TLS that a named policy takes, and whether all of its ciphers have forward secrecy. A name that is not here is unproven.',
    ...TLS_SERVICES.map((service) =>
      [
        `${prose(tlsPolicySource(service))}:`,
        table(
          ['policy', 'oldest version', 'forward secrecy'],
          tlsPolicies(service).map(({ name, minimum, forwardSecrecyOnly }) => [
            code(name),
            minimum,
            forwardSecrecyOnly === null ? 'not looked up' : forwardSecrecyOnly ? 'always' : 'not always',
          ]),
        ),
      ].join('\n\n'),
    ),
  ].join('\n\n')}\n`;
}

function onInWords({ argument, on }: Channel): string {
  if (on === 'written') return `${code(argument)} is written`;
  if (typeof on === 'boolean') return `${code(argument)} is ${on}`;
  if ('startsWith' in on) return `${code(argument)} begins with ${on.startsWith.join(' or ')}`;
  return `${code(argument)} is ${on.join(' or ')}`;
}

function whereInWords({ in: block, when = [] }: Channel): string {
  return [...(block === undefined ? [] : [`${code(block)} is written`]), ...when.map(conditionInWords)].join(', ');
}

function conditionInWords(condition: Condition): string {
  if ('anyUser' in condition) return '';
  if ('isGiven' in condition) return `${code(condition.argument)} is ${condition.isGiven ? 'written' : 'omitted'}`;
  const values = typeof condition.is === 'boolean' ? String(condition.is) : condition.is.join(' or ');
  return `${code(condition.argument)} is ${values}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
