import type { SourceLocation } from '../../model/source.ts';
import { isHidden, string } from '../../model/value.ts';
import { type At, type Context, defineCheck, type Outcome, type Subject } from '../check.ts';
import { awsProviders } from './aws-providers.ts';
import { type Leaf, leavesIn, leavesOf } from './leaves.ts';
import { personalDataIn } from './personal-data.ts';

type Judged = Extract<Subject, { kind: 'resource' | 'stack' }>;

/** Arguments that name or describe, which control planes, bills and logs repeat. */
const DESCRIBING = /(?:^|_)(?:name|names|name_prefix|description|comment|title|label|bucket|bucket_prefix|identifier)$/;

/** Names of hosts: what a gateway lets through, and nothing that describes somebody. */
const HOSTS = new Set(['domain_name', 'dns_name', 'host_name', 'server_name']);

/** Data sources that tell of the account and the Region, and of nobody. */
const IMPERSONAL = new Set([
  'aws_availability_zone',
  'aws_availability_zones',
  'aws_caller_identity',
  'aws_partition',
  'aws_region',
]);

export default defineCheck({
  id: 'RES-016',
  why: 'Names, tags and descriptions are copied to control planes, bills, logs and state all over the world, unencrypted and for years; AWS asks its customers to keep personal data out of them.',
  fix: 'Name teams, roles and systems by their own names, keep who is responsible in a register, and take addresses and numbers of people out of names, tags and descriptions.',
  references: ['https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html'],
  resourceTypes: [],
  messages: {
    holds: ({ argument, kind, count }: { argument: string; kind: string; count: number }) =>
      `holds personal data in ${argument}: ${kind}, found ${String(count)} time(s)`,
    key: ({ argument, kind, count }: { argument: string; kind: string; count: number }) =>
      `holds personal data in a key of ${argument}: ${kind}, found ${String(count)} time(s)`,
  },

  subjects({ estate }: Context): readonly Judged[] {
    const tagging = estate.stacks.filter((stack) =>
      awsProviders(stack).some(({ body }) => body?.names.includes('default_tags')),
    );
    return [
      ...tagging.map(({ name }) => ({ kind: 'stack' as const, stack: name, location: null })),
      ...estate.resources.map((resource) => ({ kind: 'resource' as const, resource })),
    ];
  },

  inspect(subject, { estate, fail, unproven, all }) {
    if (subject.kind === 'resource') {
      return all(
        leavesOf(subject.resource)
          .filter(describes)
          .flatMap((leaf) => judge(leaf, {})),
      );
    }
    const stack = estate.stacks.find(({ name }) => name === subject.stack);
    if (stack === undefined) return unproven('is not among the inputs that could be read');
    return all(
      awsProviders(stack).flatMap(({ name, alias, body }) => {
        if (body === null) return [];
        const extent = { provider: string(alias === null ? name : `${name}.${alias}`) };
        const location: SourceLocation = body.locate(['default_tags']);
        return leavesIn(body.value('default_tags'), ['default_tags']).flatMap((leaf) =>
          judge(leaf, { extent, location }),
        );
      }),
    );

    /** Neither the value nor, where it is a key, the path is shown: a report must not spread what it finds. */
    function judge(leaf: Leaf, rest: Pick<At, 'extent' | 'location'>): readonly Outcome[] {
      if (!mayShow(leaf)) return [];
      const { path, value } = leaf;
      const tags = path.findIndex((step) => isTags(step));
      const keys = tags === -1 ? [] : path.slice(tags + 1).filter((step) => typeof step === 'string');
      const shown = keys.some((key) => personalDataIn(key).length > 0) ? path.slice(0, tags + 1) : path;
      const argument = shown.join('.');
      const ofKeys = keys
        .flatMap(personalDataIn)
        .map((found) => fail({ ...rest, path: shown }, 'key', { argument, ...found }));
      return [...ofKeys, ...ofValue()];

      function ofValue(): readonly Outcome[] {
        const texts = value.kind === 'template' ? value.parts.filter((part) => typeof part === 'string') : [];
        if (value.sensitive) return [unproven(`has a sensitive value in ${argument}`)];
        if (value.kind === 'string') texts.push(value.value);
        const found = texts
          .flatMap(personalDataIn)
          .map((data) => fail({ ...rest, path: shown }, 'holds', { argument, ...data }));
        const symbols = value.kind === 'template' ? value.parts.filter((part) => typeof part !== 'string') : [value];
        const hidden = symbols.filter(
          (part) => part.kind === 'unknown' || (part.kind === 'reference' && !isJudged(part.target)),
        );
        return [
          ...found,
          ...hidden.flatMap((part) => (part.kind === 'unknown' || part.kind === 'reference' ? [unproven(part)] : [])),
        ];
      }
    }

    /** What another resource of the estate is named is judged there; what AWS names it by is an id. */
    function isJudged(target: Parameters<typeof estate.find>[0]): boolean {
      const resource = estate.find(target);
      return resource !== null && (resource.init.mode === 'managed' || IMPERSONAL.has(resource.type));
    }
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: { resource: { aws_s3_bucket: { ledger: { bucket: 'ledger-receipts', tags: { owner: 'payments' } } } } },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: { resource: { aws_s3_bucket: { ledger: { tags: { owner: 'kari.nordmann@example.com' } } } } },
        },
      },
    ],
  },
});

function describes(leaf: Leaf): boolean {
  if (leaf.isUnder(isTags)) return true;
  const { argument } = leaf;
  return DESCRIBING.test(argument) && !HOSTS.has(argument);
}

/** Whether there is anything to tell of a leaf, which of nearly all there is not. */
function mayShow(leaf: Leaf): boolean {
  const { value } = leaf;
  if (value.sensitive === true || isHidden(value)) return true;
  return (value.kind === 'string' && showsPersonalData(value.value)) || leaf.isUnder(showsPersonalData);
}

function showsPersonalData(text: string): boolean {
  return personalDataIn(text).length > 0;
}

function isTags(step: string | number): boolean {
  return step === 'tags' || step === 'tags_all' || step === 'default_tags';
}
