import type { Inspection } from '../../check.ts';

/** What can be wrong with a store, whichever control asks. */
export const STORE_MESSAGES = {
  unencrypted: ({ argument, state }: { readonly argument: string; readonly state: string }) =>
    `is not encrypted at rest: ${argument} is ${state}`,
  noKey: ({ argument }: { readonly argument: string }) =>
    `is encrypted with a key of AWS, because ${argument} names no customer key`,
  awsManaged: ({ argument, key }: { readonly argument: string; readonly key: string }) =>
    `is encrypted with ${key}, which is of AWS (${argument})`,
  keyless: 'cannot be encrypted at rest with a customer key: the service offers none for this type',
  inherits: ({ owner }: { readonly owner: string }) => `is as ${owner} is, which fails`,
};

export type StoreInspection = Inspection<typeof STORE_MESSAGES>;
