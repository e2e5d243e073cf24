import { partitionOf, regionCountry } from '../../model/aws/jurisdictions.ts';
import type { ProviderConfig, Resource } from '../../model/resource.ts';
import { asString, isHidden, shown, string, type Value } from '../../model/value.ts';
import { countryAllowed } from '../../policy/sites.ts';
import { type At, type Context, defineCheck, type Outcome, type Subject } from '../check.ts';
import { awsProviders } from './aws-providers.ts';
import { endpointOf } from './endpoint.ts';
import { type Leaf, leavesIn, leavesOf } from './leaves.ts';
import { isAllowedPartition, partitionSigns } from './partitions.ts';

type Judged = Extract<Subject, { kind: 'resource' | 'stack' }>;

/** Services with no data but that of the account, in the names that `endpoints` has for them. */
const WITHOUT_DATA = new Set(['iam', 'identitystore', 'organizations', 'route53', 'sso', 'ssoadmin', 'sts']);

export default defineCheck({
  id: 'RES-008',
  why: 'A partition is an AWS of its own, with its own operator and law. An ARN, a Region or an endpoint of another one, China before all, is a way for data and access out of the enclave.',
  fix: 'Use Regions, ARNs and endpoints of the partition of the policy; take the partition from data.aws_partition, and leave endpoints of the provider unset.',
  references: ['https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html'],
  resourceTypes: [],
  messages: {
    arn: ({ text, partition }: { text: string; partition: string }) => `names ${text} of the partition ${partition}`,
    host: ({ text, partition }: { text: string; partition: string }) =>
      `names the host ${text} of the partition ${partition}`,
    region: ({ text, partition }: { text: string; partition: string }) =>
      `names the Region ${text} of the partition ${partition}`,
    endpoint: ({ provider, host }: { provider: string; host: string }) =>
      `sends calls of the provider ${provider} to ${host}, which is outside the partition`,
    endpointCountry: ({ provider, host, reason }: { provider: string; host: string; reason: string }) =>
      `sends calls of the provider ${provider} to ${host}: ${reason}`,
  },

  subjects({ estate }: Context): readonly Judged[] {
    const read = estate.stacks.flatMap(({ dataSources }) => dataSources).filter(({ type }) => type.startsWith('aws_'));
    return [
      ...estate.stacks.map(({ name }) => ({ kind: 'stack' as const, stack: name, location: null })),
      ...[...estate.resources, ...read].map((resource: Resource) => ({ kind: 'resource' as const, resource })),
    ];
  },

  inspect(subject, { estate, policy, asOf, pass, fail, unproven, all }) {
    if (subject.kind === 'resource') {
      const outcomes: Outcome[] = [];
      for (const leaf of leavesOf(subject.resource)) {
        for (const outcome of judge(leaf, () => ({ path: leaf.path, value: leaf.value }))) outcomes.push(outcome);
      }
      return all(outcomes);
    }
    const stack = estate.stacks.find(({ name }) => name === subject.stack);
    if (stack === undefined) return unproven('is not among the inputs that could be read');
    return all(awsProviders(stack).flatMap(judgeProvider));

    /** `at` is asked only of what fails: a path for every leaf would cost more than the search. */
    function judge(leaf: Leaf, at: () => At): readonly Outcome[] {
      return partitionSigns(leaf, policy, estate).map((sign) =>
        sign.kind === 'unclear' ? unproven(sign.because) : fail(at(), sign.kind, sign),
      );
    }

    function judgeProvider({ name, alias, body }: ProviderConfig): readonly Outcome[] {
      if (body === null) return [];
      const provider = alias === null ? name : `${name}.${alias}`;
      // One of several providers says it, and in one of several arguments.
      const extent = { provider: string(provider) };
      const at = ({ path, value }: Pick<Leaf, 'path' | 'value'>, argument: string): At => {
        return { path, value, extent, location: body.locate([argument]) };
      };
      return [
        judgeRegion(provider, body.value('region'), extent),
        ...leavesIn(body.value('endpoints'), ['endpoints']).map((leaf) =>
          judgeEndpoint({ provider, region: body.value('region'), leaf }, at(leaf, 'endpoints')),
        ),
        ...body.names.flatMap((argument) =>
          leavesIn(body.value(argument), [argument]).flatMap((leaf) => judge(leaf, () => at(leaf, argument))),
        ),
      ];
    }

    /** A known Region of another partition is found with the other arguments. */
    function judgeRegion(provider: string, value: Value, extent: At['extent']): Outcome {
      const region = asString(value);
      if (isHidden(region)) return unproven(region);
      if (region === null)
        return unproven(`takes the Region of the provider ${provider} from the environment of the run`);
      const partition = partitionOf(region);
      if (partition === null)
        return unproven(`has the provider ${provider} in ${shown(region, value)}, which no table knows`);
      return isAllowedPartition(partition, policy)
        ? pass()
        : fail({ value, extent }, 'region', { text: shown(region, value), partition });
    }

    function judgeEndpoint(
      { provider, region, leaf: { path, value } }: { provider: string; region: Value; leaf: Leaf },
      at: At,
    ): Outcome {
      const text = asString(value);
      if (text === null || text === '') return pass();
      if (isHidden(text)) return unproven(text);
      const endpoint = endpointOf(text, policy.partition);
      const host = shown(endpoint.host, value);
      switch (endpoint.kind) {
        case 'outside':
          return fail(at, 'endpoint', { provider, host });
        case 'unclear':
          return unproven(`sends calls of the provider ${provider} to ${host}, which names no Region`);
        case 'region': {
          const judgement = countryAllowed(regionCountry(endpoint.region) ?? '', policy, asOf);
          if (judgement.kind !== 'allowed') {
            return fail(at, 'endpointCountry', { provider, host, reason: judgement.reason });
          }
          // Where its Region lies elsewhere, nothing tells in which of the two countries a service keeps its data.
          const isHere = region.kind === 'string' && regionCountry(region.value) === regionCountry(endpoint.region);
          if (isHere || isHidden(region) || WITHOUT_DATA.has(String(path.at(-1)))) return pass();
          return unproven(`sends calls of the provider ${provider} to ${host}, and its Region is another`);
        }
      }
    }
  },

  examples: {
    compliant: [{ stacks: { west: { resource: { aws_iam_role: { worker: { name: 'worker' } } } } } }],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_sns_topic_subscription: {
                receipts: { endpoint: 'arn:aws-cn:sqs:cn-north-1:111111111111:receipts', protocol: 'sqs' },
              },
            },
          },
        },
      },
    ],
  },
});
