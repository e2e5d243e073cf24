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

/** Where a model runs; null for one that runs in the Region of who asks it. */
export function endOfModel(text: string): FlowEnd | null {
  const arn = parseArn(text);
  const id = arn === null ? text : arn.resource.slice(arn.resource.lastIndexOf('/') + 1);
  const prefix = /^([a-z-]+)\.[a-z0-9-]+\./.exec(id)?.[1] ?? '';
  const places = PROFILES.get(prefix);
  if (places !== undefined) return { kind: 'world', places };
  if (prefix === 'eu') {
    return { kind: 'unknown', because: `is the profile ${id}, which runs in any of several Regions of the EU` };
  }
  if (arn === null || !REGIONS.has(arn.region)) return null;
  return { kind: 'region', region: arn.region, account: null };
}
