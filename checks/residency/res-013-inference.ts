import type { Resource } from '../../model/resource.ts';
import type { Flow } from '../../proofs/flows/flow.ts';
import { typesOfFamily } from '../../proofs/flows/flows.ts';
import { endOfModel, namesProfile } from '../../proofs/flows/models.ts';
import type { Mover } from '../../proofs/flows/mover.ts';
import { type Context, defineCheck } from '../check.ts';
import { flowsOfFamilies, inspectLeaving, LEAVING_MESSAGES } from './flow-outcome.ts';
import { leavesOf } from './leaves.ts';

const TYPES = typesOfFamily('ai');
const OF_TABLE = new Set(TYPES);

/** A profile in an argument of any other resource: in the environment of a function, in a parameter. */
const NAMED: Mover = {
  types: [],
  path: '',
  names: 'model',
  direction: 'out',
  family: 'ai',
  why: 'What reads the argument sends its prompts to the profile.',
};

export default defineCheck({
  id: 'RES-013',
  why: 'A cross-Region inference profile lets AWS choose where each prompt runs, and the prompt is kept and opened there.',
  fix: 'Ask for models by their own id in the Region of the site; use a profile only where the policy allows every one of its Regions for the class of data.',
  references: [
    'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html',
    'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-cross-region-support.html',
  ],
  resourceTypes: TYPES,
  messages: LEAVING_MESSAGES,

  subjects({ estate }: Context) {
    return estate.resources
      .filter((resource) => flowsOfInference(resource, { estate }).length > 0)
      .map((resource) => ({ kind: 'resource', resource }));
  },

  inspect: ({ resource }, inspection) => inspectLeaving(flowsOfInference(resource, inspection), inspection),

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_bedrockagent_agent: {
                clerk: {
                  agent_name: 'clerk',
                  agent_resource_role_arn: 'arn:aws:iam::111111111111:role/clerk',
                  foundation_model: 'anthropic.claude-3-haiku-20240307-v1:0',
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
              aws_bedrockagent_agent: {
                clerk: {
                  agent_name: 'clerk',
                  agent_resource_role_arn: 'arn:aws:iam::111111111111:role/clerk',
                  foundation_model: 'global.anthropic.claude-sonnet-4-20250514-v1:0',
                },
              },
            },
          },
        },
      },
    ],
  },
});

function flowsOfInference(resource: Resource, context: Pick<Context, 'estate'>): readonly Flow[] {
  return OF_TABLE.has(resource.type) ? flowsOfFamilies(resource, context, ['ai']) : namedProfiles(resource);
}

function namedProfiles(resource: Resource): readonly Flow[] {
  if (resource.init.mode !== 'managed') return [];
  return leavesOf(resource).flatMap((leaf) => {
    const { value } = leaf;
    if (value.kind !== 'string' || value.sensitive || !namesProfile(value.value)) return [];
    const end = endOfModel(value.value);
    if (end === null) return [];
    return [{ from: resource, source: resource, mover: NAMED, path: leaf.path, value, end, open: [] }];
  });
}
