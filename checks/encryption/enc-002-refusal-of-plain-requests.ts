import type { Companions, Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import { tagText } from '../../model/tags.ts';
import { type At, defineCheck, type Outcome, resourcesOf } from '../check.ts';
import { type Guarded, GUARDED } from './guarded-types.ts';
import { type PlainRequest, refusesPlain } from './plain-refusal.ts';
import { blocksClientKeys, type ForeignUpload, refusesUpload } from './upload-refusal.ts';

const SUBJECTS = [...GUARDED.keys()];

export default defineCheck({
  id: 'ENC-002',
  why: 'Buckets, queues, topics and file systems take requests over plain HTTP, or mounts without TLS, from whoever may use them, unless their policy refuses these.',
  fix: 'Deny everyone every action on the resource and on what lies in it where aws:SecureTransport is false, under no other condition. Where keys.uploads of the policy names the data class of a bucket, block SSE-C in its encryption and deny s3:PutObject under any key but its own.',
  references: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html',
    'https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html',
    'https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html',
  ],
  resourceTypes: [
    ...SUBJECTS,
    ...[...GUARDED.values()].map(({ companion }) => companion),
    'aws_s3_bucket_server_side_encryption_configuration',
  ],

  messages: {
    noPolicy: ({ companion }: { readonly companion: string }) =>
      `takes requests without TLS: it has no policy that refuses them (${companion})`,
    plain: ({ action, policy }: { readonly action: string; readonly policy: string }) =>
      `takes requests without TLS: no statement of ${policy} denies everyone ${action} where aws:SecureTransport is false`,
    clientKeys: ({ policy }: { readonly policy: string }) =>
      `takes objects under keys that clients send (SSE-C): neither a rule of its encryption nor ${policy} refuses them`,
    otherKeys: ({ policy }: { readonly policy: string }) =>
      `takes objects under other keys of KMS than its own: no statement of ${policy} denies everyone s3:PutObject under them`,
  },

  subjects: resourcesOf(...SUBJECTS),

  inspect({ resource }, { estate, policy, all, pass, fail, unproven }) {
    const guarded = GUARDED.get(resource.type);
    if (guarded === undefined) return unproven('is of a type that is not known');
    const written = guarded.name === undefined ? null : asString(resource.attribute(guarded.name));
    const name = typeof written === 'string' ? written : null;
    const { items, open } = companionsOf(resource, guarded, estate);
    const own = guarded.own === undefined ? [] : [policyOf(resource, resource.attribute(guarded.own))];
    const policies = [
      ...own.filter(({ value }) => value.kind !== 'null'),
      ...items.map((item) => policyOf(item, item.attribute('policy'))),
    ];
    const hidden: Hidden[] = [...open.map(({ value }) => value), ...policies.flatMap(({ because }) => because ?? [])];
    const [first] = hidden;
    // Read once for all requests.
    const certain = policies
      .filter(({ because }) => because === null)
      .map(({ source, value }) => ({ source, document: estate.document(value) }));
    if (certain.length === 0) {
      if (first !== undefined) return unproven(first);
      return fail({}, 'noPolicy', { companion: guarded.companion });
    }
    return all([
      ...guarded.requests.map((request) => judge(request)),
      ...judgeUploads(),
      // Another that may be its policy might replace the one that refuses.
      ...hidden.map((value) => unproven(value)),
    ]);

    /** Under which keys objects may come, where the policy asks that of data of their class. */
    function judgeUploads(): readonly Outcome[] {
      const { uploads } = policy.keys;
      if (resource.type !== 'aws_s3_bucket' || uploads.length === 0) return [];
      const dataClass = tagText(resource, policy.tags.dataClass);
      if (isHidden(dataClass)) return [unproven(dataClass)];
      if (dataClass === null)
        return [unproven('has no data class, so it is not known under which keys objects may come')];
      if (!uploads.includes(dataClass)) return [];
      const isBlocked = blocksClientKeys(resource, estate);
      const byClient = isBlocked === true ? pass() : judgeUpload('client key', 'clientKeys');
      const isOpen = isHidden(isBlocked) && byClient.verdict === 'fail';
      return [isOpen ? unproven(isBlocked) : byClient, judgeUpload('other key', 'otherKeys')];
    }

    function judgeUpload(upload: ForeignUpload, message: 'clientKeys' | 'otherKeys'): Outcome {
      return all(
        certain.map(({ source, document }) => {
          const refused = refusesUpload(document, upload, resource, name, estate);
          if (refused === true) return pass();
          if (isHidden(refused)) return unproven(refused);
          return fail(placeOf(source), message, { policy: source.address });
        }),
      );
    }

    function placeOf(source: Resource): At {
      return source === resource ? { path: ['policy'] } : { related: [source], location: source.locate('policy') };
    }

    /** AWS keeps one policy: of several that name the resource, each must refuse. */
    function judge(request: PlainRequest): Outcome {
      return all(
        certain.map(({ source, document }) => {
          const refused = refusesPlain(document, request, resource, name, estate);
          if (refused === true) return pass();
          if (isHidden(refused)) return unproven(refused);
          return fail(placeOf(source), 'plain', { action: request.action, policy: source.address });
        }),
      );
    }
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_s3_bucket: { ledger: { bucket: 'ledger' } },
              aws_s3_bucket_policy: {
                ledger: {
                  bucket: '${aws_s3_bucket.ledger.id}',
                  policy: JSON.stringify({
                    Statement: [
                      {
                        Effect: 'Deny',
                        Principal: '*',
                        Action: 's3:*',
                        Resource: ['arn:aws:s3:::ledger', 'arn:aws:s3:::ledger/*'],
                        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
                      },
                    ],
                  }),
                },
              },
            },
          },
        },
      },
    ],
    violating: [{ stacks: { west: { resource: { aws_sqs_queue: { ledger: { name: 'ledger' } } } } } }],
  },
});

/** What may be about any resource of a type, sorted: by the one whose URL it names, or by nothing. */
interface ByUrl {
  readonly named: ReadonlyMap<Resource, readonly Resource[]>;
  readonly open: Companions['open'];
}

/** Sorted once for a list, which the resources of a type share: else each of a thousand queues would read a thousand policies. */
const SORTED: WeakMap<Companions['open'], ByUrl> = new WeakMap();

/** As the estate finds them, and those that name a queue by its URL. */
function companionsOf(target: Resource, { companion, by }: Guarded, estate: Estate): Companions {
  const { items, open } = estate.companions(target, companion, by);
  const sorted = SORTED.get(open) ?? sortByUrl(open, target.type, estate);
  SORTED.set(open, sorted);
  return { items: [...items, ...(sorted.named.get(target) ?? [])], open: sorted.open };
}

function sortByUrl(open: Companions['open'], type: string, estate: Estate): ByUrl {
  const named = new Map<Resource, Resource[]>();
  const others: Companions['open'][number][] = [];
  for (const one of open) {
    const { value, resource } = one;
    const owner = value.kind === 'reference' && value.path.join('.') === 'url' ? estate.find(value.target) : null;
    if (owner?.type !== type) others.push(one);
    else if (named.has(owner)) named.get(owner)?.push(resource);
    else named.set(owner, [resource]);
  }
  return { named, open: others };
}

/** A policy, and why it may not be there. */
function policyOf(source: Resource, value: Value) {
  const because = source.init.isSymbolic
    ? unknown('instances', source.address, 'has a count or for_each that only the plan knows')
    : null;
  return { source, value, because };
}
