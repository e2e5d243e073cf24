import { expect, it } from 'vitest';
import check from '../../../checks/residency/res-013-inference.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';
import { testRows } from '../../support/flow-tester.ts';

const west = (resource: object, rest: object = {}) => ({ west: { resource, ...rest } });
const tagged = (dataClass: string) => ({ tags: { 'ledger:data-class': dataClass } });
const agent = (model: string, rest: object = {}) => ({
  aws_bedrockagent_agent: { clerk: { agent_name: 'clerk', foundation_model: model, ...rest } },
});
const desk = (model: string) => ({
  aws_lambda_function: { desk: { function_name: 'desk', environment: [{ variables: { MODEL: model } }] } },
});
const EU_PROFILE = 'eu.anthropic.claude-sonnet-4-20250514-v1:0';
const everyEuCountry = {
  jurisdiction: {
    set: 'EU',
    source: 'GDPR',
    countries: ['IE', 'DE', 'SE', 'IT', 'ES', 'FR'].map((country) => ({
      country,
      legalBasis: 'member state',
      decision: 'GDPR',
      since: '2018-05-25',
    })),
  },
  sites: [
    { id: 'west', name: 'West', country: 'IE', region: 'eu-west-1', account: '111111111111', zoneIds: ['euw1-az1'] },
  ],
  stacks: [{ name: 'west', sites: ['west'] }],
  evidence: [],
  monitor: undefined,
};

testRows(check, 'ai');

testCheck(check, {
  pass: [
    { name: 'a model of the Region', stacks: west(agent('anthropic.claude-3-haiku-20240307-v1:0')) },
    {
      name: 'a profile of the EU for what may go to each of its Regions',
      stacks: west(agent(EU_PROFILE, tagged('operational'))),
      policy: everyEuCountry,
    },
    {
      name: 'an agent beside a host that only begins like a profile',
      stacks: west({ ...agent('amazon.nova-lite-v1:0'), ...desk('us.example.com') }),
    },
  ],
  fail: [
    {
      name: 'a profile of the whole world',
      stacks: west(agent('global.anthropic.claude-sonnet-4-20250514-v1:0')),
      fails: { 'aws_bedrockagent_agent.clerk': 'leaves' },
    },
    {
      name: 'a profile of the United States by its ARN in a Region of the policy',
      stacks: west({
        aws_bedrock_inference_profile: {
          clerk: {
            model_source: [
              { copy_from: 'arn:aws:bedrock:eu-west-1:111111111111:inference-profile/us.amazon.nova-pro-v1:0' },
            ],
          },
        },
      }),
      fails: { 'aws_bedrock_inference_profile.clerk': 'leaves' },
    },
    {
      name: 'a profile whose beginning alone is known',
      stacks: west(agent('us.anthropic.${var.model}'), { variable: { model: {} } }),
      fails: { 'aws_bedrockagent_agent.clerk': 'leaves' },
    },
    {
      name: 'restricted data in a profile of the EU',
      stacks: west(agent(EU_PROFILE, tagged('restricted'))),
      policy: everyEuCountry,
      fails: { 'aws_bedrockagent_agent.clerk': 'leaves' },
    },
    {
      name: 'a guardrail with a profile of the United States',
      stacks: west({
        aws_bedrock_guardrail: {
          clerk: { cross_region_config: [{ guardrail_profile_identifier: 'us.guardrail.v1:0' }] },
        },
      }),
      fails: { 'aws_bedrock_guardrail.clerk': 'leaves' },
    },
    {
      name: 'a profile in the environment of a function',
      stacks: west(desk('us.anthropic.claude-3-haiku-20240307-v1:0')),
      fails: { 'aws_lambda_function.desk': 'leaves' },
    },
  ],
  unproven: [
    {
      name: 'a model without a value',
      stacks: west(agent('${var.model}'), { variable: { model: {} } }),
      unproven: { 'aws_bedrockagent_agent.clerk': 'var.model' },
    },
    {
      name: 'a profile whose ARN tells only where it is asked',
      stacks: west(agent('arn:aws:bedrock:eu-west-1:111111111111:inference-profile/${var.model}'), {
        variable: { model: {} },
      }),
      unproven: { 'aws_bedrockagent_agent.clerk': 'var.model' },
    },
    {
      name: 'a profile of an application',
      stacks: west(agent('arn:aws:bedrock:eu-west-1:111111111111:application-inference-profile/abc')),
      unproven: { 'aws_bedrockagent_agent.clerk': 'no table knows' },
    },
    {
      name: 'a profile of which some Regions are refused',
      stacks: west(agent(EU_PROFILE, tagged('operational'))),
      unproven: { 'aws_bedrockagent_agent.clerk': 'of which some are refused' },
    },
    {
      name: 'a prefix that is new',
      stacks: west(agent('sa.anthropic.claude-3-haiku-20240307-v1:0')),
      unproven: { 'aws_bedrockagent_agent.clerk': 'no table knows' },
    },
  ],
});

it('has an exception not cover another model or a graver class', () => {
  const lite = agent('us.amazon.nova-lite-v1:0', tagged('operational'));
  for (const graver of [
    agent('global.amazon.nova-lite-v1:0', tagged('operational')),
    agent('us.amazon.nova-lite-v1:0', tagged('restricted')),
  ]) {
    expect(isCovered(check, { stacks: west(lite) }, { stacks: west(graver) })).toBe(false);
  }
});
