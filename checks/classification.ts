import type { Classification } from '../model/aws/resource-class.ts';
import { classOf } from '../model/aws/resource-classes.ts';
import type { ClassifiedType } from '../policy/policy.ts';

/** What a type does, why, and who says so. */
export interface TypeClass extends Classification {
  readonly from: 'table' | 'policy';
}

/** What is known of a type: what the policy says of it, else what the tables say; null where neither has a row. */
export function classificationOf(type: string, classified: readonly ClassifiedType[]): TypeClass | null {
  const entry = classified.find((candidate) => candidate.type === type);
  if (entry !== undefined) return { classes: entry.classes, reason: entry.reason, from: 'policy' };
  const row = classOf(type);
  return row === null ? null : { ...row, from: 'table' };
}
