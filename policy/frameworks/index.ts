import { C5 } from './c5.ts';
import { CCM } from './ccm.ts';
import { CIS_AWS } from './cis-aws.ts';
import { GDPR } from './gdpr.ts';
import { ISO_27001 } from './iso-27001.ts';
import { NIS2 } from './nis2.ts';
import { NIST_800_53 } from './nist-800-53.ts';
import type { Framework } from './framework.ts';

/** Every framework that controls are mapped to, in the order of reports. */
export const FRAMEWORKS: readonly Framework[] = [GDPR, NIS2, ISO_27001, NIST_800_53, C5, CCM, CIS_AWS];

export interface Mapping {
  readonly framework: Framework;
  readonly requirements: readonly string[];
}

/** What a control means to each standard that knows of it. */
export function mappingsOf(control: string): readonly Mapping[] {
  return FRAMEWORKS.flatMap((framework) => {
    const requirements = framework.mapping.get(control);
    return requirements === undefined ? [] : [{ framework, requirements }];
  });
}
