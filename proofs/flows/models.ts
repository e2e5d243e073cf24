import { parseArn } from '../../model/aws/arn.ts';
import { REGIONS } from '../../model/aws/jurisdictions.ts';
import type { FlowEnd } from './flow.ts';

/** Inference profiles by the prefix of their id, and where they may run what they are asked. */
const PROFILES: ReadonlyMap<string, string> = new Map([
  ['global', 'any commercial Region of AWS'],
  ['us', 'Regions of the United States'],
  ['us-gov', 'GovCloud Regions of the United States'],
  ['apac', 'Regions of Asia and the Pacific'],
  ['au', 'Regions of Australia'],
  ['jp', 'Regions of Japan'],
  ['ca', 'Regions of Canada'],
]);

/** Regions among which the profiles of the EU choose; each profile has several of them. */
const EU_REGIONS = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];

/** Vendors of models, of which the id goes on where a profile has been named: `us.anthropic.`. */
const VENDORS =
  'ai21|amazon|anthropic|cohere|deepseek|google|luma|meta|minimax|mistral|moonshot|nvidia|openai|qwen|stability|twelvelabs|writer';

const PROFILE_ID = new RegExp(String.raw`^(?:${[...PROFILES.keys(), 'eu'].join('|')})\.(?:${VENDORS})\.`);

/** Whether a text, whatever it is the value of, is the id or the ARN of a profile that chooses among Regions. */
export function namesProfile(text: string): boolean {
  if (PROFILE_ID.test(text)) return true;
  return text.startsWith('arn:') && /^arn:[a-z-]+:bedrock:[^:]*:[^:]*:inference-profile\/./.test(text);
}

/** Where a model runs; null for one that runs in the Region of who asks it. */
export function endOfModel(text: string): FlowEnd | null {
  const arn = parseArn(text);
  const id = arn === null ? text : arn.resource.slice(arn.resource.lastIndexOf('/') + 1);
  const prefix = /^([a-z-]+)\.[a-z0-9-]+[.:]/.exec(id)?.[1] ?? '';
  const places = PROFILES.get(prefix);
  if (places !== undefined) return { kind: 'world', places };
  if (prefix === 'eu') return { kind: 'regions', regions: EU_REGIONS, profile: id };
  if (
    prefix.length === 2 ||
    /^(?:(?:application-)?inference-profile|(?:default-)?prompt-router)\//.test(arn?.resource ?? '')
  ) {
    return {
      kind: 'unknown',
      because: `names ${arn === null ? id : arn.resource}, and no table knows in which Regions that runs`,
    };
  }
  if (arn === null || !REGIONS.has(arn.region)) return null;
  return { kind: 'region', region: arn.region, account: null };
}
