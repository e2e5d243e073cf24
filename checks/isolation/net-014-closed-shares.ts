import type { Path, Resource } from '../../model/resource.ts';
import { asBoolean, asItems, asString, isHidden, type Value } from '../../model/value.ts';
import { defineCheck, type Outcome, resourcesOf } from '../check.ts';
import { ACL_LISTED, aclGrants } from './acl-grants.ts';
import { foreignGrants, type Grant, grantOf, isInside, limitValue } from './policy-grants.ts';
import { judgeAccepted, judgeShare, judgeSharedResource } from './ram-shares.ts';
import { DIRECT_SHARES, type DirectShare, RESOURCE_POLICIES } from './resource-policies.ts';
import { type Inspect, messages } from './share-messages.ts';

const ACL_ARGUMENTS = ['acl', 'grant', 'access_control_policy'] as const;
const PUBLIC_BLOCKS = ['aws_s3_account_public_access_block', 'aws_s3_bucket_public_access_block'] as const;
const BLOCK_ARGUMENTS = [
  'block_public_acls',
  'block_public_policy',
  'ignore_public_acls',
  'restrict_public_buckets',
] as const;

export default defineCheck({
  id: 'NET-014',
  why: 'A share or a resource policy is a way between accounts that no network shows: what a foreign account may read needs no route to leave.',
  fix: 'Share only with accounts of the policy, its organisation or principals under network.principals; tie service principals to the source account, and keep allow_external_principals off and public access blocked.',
  references: [
    'https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  ],
  resourceTypes: [
    'aws_ram_resource_share',
    'aws_ram_resource_association',
    'aws_ram_resource_share_accepter',
    ...PUBLIC_BLOCKS,
    ...DIRECT_SHARES.keys(),
    ...RESOURCE_POLICIES.keys(),
    ...ACL_LISTED,
  ],

  messages,

  subjects: (context) =>
    resourcesOf(
      'aws_ram_resource_share',
      'aws_ram_resource_association',
      'aws_ram_resource_share_accepter',
      ...PUBLIC_BLOCKS,
      ...DIRECT_SHARES.keys(),
      ...RESOURCE_POLICIES.keys(),
      ...ACL_LISTED,
    )(context).filter(({ resource }) => isShared(resource)),

  inspect({ resource }, inspection) {
    const direct = DIRECT_SHARES.get(resource.type);
    if (direct !== undefined) return judgeDirect(resource, direct, inspection);
    const argument = RESOURCE_POLICIES.get(resource.type);
    if (argument !== undefined) {
      return inspection.all([judgePolicy(resource, argument, inspection), judgeAcl(resource, inspection)]);
    }
    if (ACL_LISTED.has(resource.type)) return judgeAcl(resource, inspection);
    switch (resource.type) {
      case 'aws_ram_resource_share':
        return judgeShare(resource, inspection);
      case 'aws_ram_resource_association':
        return judgeSharedResource(resource, inspection);
      case 'aws_ram_resource_share_accepter':
        return judgeAccepted(resource, inspection);
      default:
        return judgeBlock(resource, inspection);
    }
  },

  examples: {
    compliant: [
      {
        policy: { network: { organisation: 'o-ledger12345' } },
        stacks: {
          west: {
            resource: {
              aws_ram_resource_share: { sites: { name: 'sites' } },
              aws_ram_principal_association: {
                north: {
                  principal: '222222222222',
                  resource_share_arn: '${aws_ram_resource_share.sites.arn}',
                },
              },
              aws_sqs_queue_policy: {
                ledger: {
                  queue_url: 'https://sqs.eu-west-1.amazonaws.com/111111111111/ledger',
                  policy: JSON.stringify({
                    Version: '2012-10-17',
                    Statement: [
                      {
                        Effect: 'Allow',
                        Principal: '*',
                        Action: 'sqs:SendMessage',
                        Resource: '*',
                        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-ledger12345' } },
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
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_s3_bucket_policy: {
                ledger: {
                  bucket: 'ledger',
                  policy: JSON.stringify({
                    Version: '2012-10-17',
                    Statement: [
                      {
                        Effect: 'Allow',
                        Principal: { AWS: 'arn:aws:iam::999999999999:root' },
                        Action: 's3:GetObject',
                        Resource: 'arn:aws:s3:::ledger/*',
                      },
                    ],
                  }),
                },
              },
            },
          },
        },
      },
      { stacks: { west: { resource: { aws_lambda_permission: { s3: { principal: 's3.amazonaws.com' } } } } } },
    ],
  },
});

/** Types that may have a policy, or name accounts, are subjects only where they do. */
function isShared(resource: Resource): boolean {
  const mayHaveList = ACL_LISTED.has(resource.type);
  if (mayHaveList && ACL_ARGUMENTS.some((name) => resource.attribute(name).kind !== 'null')) return true;
  const argument = RESOURCE_POLICIES.get(resource.type);
  if (argument !== undefined) return isPolicy(resource) || resource.attribute(...argument).kind !== 'null';
  const direct = DIRECT_SHARES.get(resource.type);
  if (direct !== undefined) return !direct.isOptional || !isOmitted(resource, direct);
  return !mayHaveList;
}

/** Resources that are nothing but a policy. */
function isPolicy({ type }: Resource): boolean {
  return type.endsWith('_policy');
}

function isOmitted(resource: Resource, { principals }: DirectShare): boolean {
  return principals.every((name) => {
    const { items, open } = asItems(resource.attribute(name));
    return items.length === 0 && open.length === 0;
  });
}

function judgeAcl(resource: Resource, inspection: Inspect): Outcome {
  return inspection.all(aclGrants(resource, inspection).map(({ path, grant }) => refuse(grant, path, inspection)));
}

function judgePolicy(resource: Resource, path: readonly string[], inspection: Inspect): Outcome {
  const value = resource.attribute(...path);
  if (value.kind === 'null') return isPolicy(resource) ? inspection.unproven('states no policy') : inspection.pass();
  const document = inspection.estate.document(value);
  return inspection.all(foreignGrants(document, inspection).map((grant) => refuse(grant, path, inspection)));
}

function refuse(grant: Grant, path: Path, { pass, fail, unproven }: Inspect): Outcome {
  switch (grant.kind) {
    case 'own':
    case 'organisation':
    case 'registered':
      return pass();
    case 'hidden':
      return unproven(grant.value);
    case 'everyone':
    case 'service':
    case 'foreign':
      return fail({ path, extent: grant.terms }, grant.kind, { principal: grant.principal });
  }
}

function judgeDirect(resource: Resource, direct: DirectShare, inspection: Inspect): Outcome {
  const { all, unproven } = inspection;
  const { principals, limits, terms } = direct;
  const granted = Object.fromEntries([...terms, ...limits].map((name) => [name, resource.attribute(name)]));
  if (isOmitted(resource, direct)) return unproven('names nobody');
  const grants = principals.flatMap((name) => {
    const { items, open } = asItems(resource.attribute(name));
    return [...items, ...open].map((value) => ({ name, grant: asEveryone(grantOf(value, inspection)) }));
  });
  const limit = limitsOf(resource, limits, inspection);
  const isLimited = limit.some(isInside);
  const hidden = limit.find(({ kind }) => kind === 'hidden');
  return all(
    grants.map(({ name, grant }) => {
      if (isLimited || isInside(grant)) return inspection.pass();
      if (hidden?.kind === 'hidden') return unproven(hidden.value);
      return refuse(grant.kind === 'hidden' ? grant : { ...grant, terms: granted }, [name], inspection);
    }),
  );
}

/** Images and snapshots call everyone `all`. */
function asEveryone(grant: Grant): Grant {
  return grant.kind === 'foreign' && grant.principal === 'all' ? { kind: 'everyone', principal: 'all' } : grant;
}

function limitsOf(resource: Resource, names: readonly string[], inspection: Inspect): readonly Grant[] {
  const values = names.map((name) => resource.attribute(name)).filter(({ kind }) => kind !== 'null');
  const conditions = resource.type === 'aws_cloudwatch_event_permission' ? resource.blocks('condition') : null;
  const organisations = (conditions?.items ?? [])
    .filter((block) => asString(block.attribute('key')) === 'aws:PrincipalOrgID')
    .map((block) => block.attribute('value'));
  return [...values, ...organisations, ...(conditions?.open ?? [])].map((value) =>
    limitValue(value, 'ArnLike', inspection),
  );
}

function judgeBlock(block: Resource, { all, pass, fail, unproven }: Inspect): Outcome {
  return all(
    BLOCK_ARGUMENTS.map((argument) => {
      const value: Value = block.attribute(argument);
      const isOn = asBoolean(value);
      if (isHidden(isOn)) return unproven(isOn);
      return isOn === true ? pass() : fail({ path: [argument], value }, 'unblocked', { argument });
    }),
  );
}
