// What docs/encryption-matrix.md says: how every type that stores data is encrypted at rest, and the verdicts on it. Pure.
import { BUCKET_ENCRYPTION_TYPES } from '../checks/encryption/bucket-encryption.ts';
import { VOLUME_TYPES } from '../checks/encryption/ebs-volumes.ts';
import { NOT_AT_REST } from '../checks/encryption/stores/not-at-rest.ts';
import type { Condition, Part, Store } from '../checks/encryption/stores/store-form.ts';
import { STORES } from '../checks/encryption/stores/store-table.ts';
import { defaultOf } from '../model/aws/defaults.ts';
import { classifiedTypes, classOf } from '../model/aws/resource-classes.ts';
import { NULL } from '../model/value.ts';
import { CATALOGUE } from '../policy/catalogue.ts';
import { type StoreCase, storeCases, SITUATIONS, verdictOn } from '../test/support/store-cases.ts';
import { code, prose } from './control-pages.ts';

const INTRODUCTION = `<!-- Written by "npm run docs" from the tables of stores. Change those, not this page. -->

# Encryption at rest, type by type

What trefoil verifies of every resource type that stores data. Each row is one thing that a resource of the type keeps. The verdicts are those of the control when it judges an estate made for the row:

| Column | What the arguments say |
| --- | --- |
| customer key | encryption on, with a customer-managed key of the estate |
| omitted | nothing |
| off | the switch is off or chooses a key of AWS, whatever key is named |
| key outside | a key that neither the estate nor the register of the policy has |
| key of AWS | a key that AWS manages (\`alias/aws/...\`); of a member: its owner has one |
| key of other site | a customer key of another site: the control, then KEY-001 |
| unknown | a value that only the run knows |

A dash stands where the type has no such case. *Takes the bucket's* means that what is written to a bucket without a word on encryption is as good as the bucket, and unproven while the bucket is not in the estate.`;

/** The page. */
export function encryptionMatrix(): string {
  const cases = storeCases();
  const controls = Object.keys(STORES).map((control) => {
    const rows = cases.filter((kept) => kept.control === control).map(rowOf);
    const title = CATALOGUE.find(({ id }) => id === control)?.title ?? '';
    return [
      `## ${control}`,
      `${prose(title)}.`,
      table(['type', 'encrypted by', 'only where', 'omitted means', ...SITUATIONS], rows),
    ].join('\n\n');
  });
  return `${[
    INTRODUCTION,
    ...controls,
    '## Judged by other controls',
    'Volumes, snapshots and images of EC2, and what starts from them, are judged by [ENC-003](controls/enc-003.md); what buckets do by default by [ENC-001](controls/enc-001.md).',
    table(
      ['control', 'types'],
      [
        ['ENC-001', BUCKET_ENCRYPTION_TYPES.map(code).join(', ')],
        ['ENC-003', VOLUME_TYPES.map(code).join(', ')],
      ],
    ),
    '## Arguments that are not judged here',
    'Their names speak of encryption; the reason why they need no row above. A test finds every argument of the provider with such a name either above or here.',
    table(
      ['argument', 'it'],
      NOT_AT_REST.flatMap(({ because, items }) => items.map((item) => [code(item.replace(' ', '.')), prose(because)])),
    ),
    '## Types without an argument',
    'Types that store data and that Terraform gives no argument on encryption. AWS encrypts what they keep with keys of its own, or as another resource says that holds the data; they are in no verdict of the controls above.',
    table(
      ['type', 'what it does'],
      withoutArgument().map((type) => [code(type), prose(classOf(type)?.reason ?? '')]),
    ),
  ].join('\n\n')}\n`;
}

function rowOf(kept: StoreCase): readonly string[] {
  const { control, type, form, part } = kept;
  const verdicts = SITUATIONS.map((situation) => {
    const example = kept.examples.get(situation);
    if (example === undefined) return '–';
    const verdict = verdictOn(kept, example, control) ?? 'not judged';
    if (situation !== 'key of other site') return verdict;
    return `${verdict}, ${verdictOn(kept, example, 'KEY-001') ?? 'not judged'}`;
  });
  const how = part === null ? wholeInWords(form) : partInWords(part);
  return [code(type), how, part === null ? '' : whereInWords(part), absenceInWords(type, form, part), ...verdicts];
}

function wholeInWords(form: Store): string {
  switch (form.kind) {
    case 'member':
      return [
        ...(form.key === undefined ? [] : [`${code(form.key)}, else`]),
        `${[form.of].flat().map(code).join(' or ')}: as its owner (${form.owners.map(code).join(', ')})`,
      ].join(' ');
    case 'account':
      return `${code(form.by)} of its Region and account`;
    case 'emr':
      return 'the document in `configuration`';
    case 'keyless':
      return 'no customer key';
    case 'store':
      return '';
  }
}

function partInWords({ switch: argument, on = true, key, bucket }: Part): string {
  const values = typeof on === 'boolean' ? String(on) : on.join(', ');
  const said = [
    ...(argument === undefined ? [] : [`${code(argument)} is ${values}`]),
    ...(key === undefined ? [] : [code(key)]),
    ...(bucket === undefined ? [] : [`or takes the bucket's: ${code(bucket)}`]),
  ];
  return said.length === 0 ? 'what no argument shows' : said.join('; ');
}

function whereInWords(part: Part): string {
  const block = part.in === undefined ? [] : [`${code(part.in)} is written`];
  return [...block, ...(part.when ?? []).map(conditionInWords)].join(', ');
}

function conditionInWords(condition: Condition): string {
  if ('anyUser' in condition) {
    return condition.anyUser
      .map(({ type, argument, is }) => `${code(`${type}.${argument}`)} is ${is.join(' or ')}`)
      .join(', or ');
  }
  if ('isGiven' in condition) return `${code(condition.argument)} is ${condition.isGiven ? 'written' : 'omitted'}`;
  const values = typeof condition.is === 'boolean' ? String(condition.is) : condition.is.join(' or ');
  return `${code(condition.argument)} is ${values}`;
}

/** What an omitted switch means without any other argument, of each major of the provider where they differ. */
function absenceInWords(type: string, form: Store, part: Part | null): string {
  const argument = part === null ? (form.kind === 'keyless' ? form.switch : undefined) : part.switch;
  if (argument === undefined) {
    if (part?.unclear !== undefined) return 'not seen';
    if (part?.bucket !== undefined) return 'the default of the bucket';
    return part?.key === undefined ? '' : 'a key of AWS';
  }
  const [before, from6] = [5, 6].map((major) => {
    const meaning = defaultOf(type, argument, major, () => NULL);
    if (meaning === undefined) return 'cannot be omitted';
    if (meaning.kind === 'unknown') return 'AWS decides';
    return meaning.value === null ? 'the key decides' : String(meaning.value);
  });
  return before === from6 ? (before ?? '') : `${before} before provider 6, ${from6} from 6`;
}

/** Types that keep data and of which no table says how. */
function withoutArgument(): readonly string[] {
  const named = new Set([
    ...Object.values(STORES).flatMap((rows) => [...rows.keys()]),
    ...BUCKET_ENCRYPTION_TYPES,
    ...VOLUME_TYPES,
    ...NOT_AT_REST.flatMap(({ items }) => items.map((item) => item.slice(0, item.indexOf(' ')))),
  ]);
  return classifiedTypes()
    .filter((type) => classOf(type)?.classes.includes('stores') === true && !named.has(type))
    .toSorted();
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
