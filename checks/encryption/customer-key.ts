import type { Resource } from '../../model/resource.ts';
import type { Hidden, Value } from '../../model/value.ts';
import type { Context, Outcome } from '../check.ts';
import { keyOf } from './key-of.ts';

/** The part of an inspection that does not depend on the messages of a check. */
export interface Asking extends Context {
  readonly pass: () => Outcome;
  readonly unproven: (because: Hidden | readonly Hidden[] | string) => Outcome;
}

/** What follows when no key is named, and when a key is named that AWS manages or owns. */
export interface WithoutCustomerKey {
  readonly none: () => Outcome;
  readonly awsManaged: (key: string) => Outcome;
}

/** Whether `value`, an argument of `user`, names a customer-managed key of the estate or the register. */
export function judgeCustomerKey(value: Value, user: Resource, asking: Asking, otherwise: WithoutCustomerKey): Outcome {
  const target = keyOf(value, user, asking);
  switch (target.kind) {
    case 'key':
    case 'registered':
      return asking.pass();
    case 'none':
      return otherwise.none();
    case 'aws-managed':
      return otherwise.awsManaged(target.name);
    case 'outside':
      return asking.unproven(`uses the key ${target.arn}, which is neither in the estate nor in the register`);
    case 'hidden':
      return asking.unproven(target.value);
  }
}
