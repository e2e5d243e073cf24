import type { Inspection } from '../../check.ts';

/** What can be wrong with traffic inside the enclave. */
export const CHANNEL_MESSAGES = {
  plain: ({ argument, state }: { readonly argument: string; readonly state: string }) =>
    `sends or takes data without encryption: ${argument} is ${state}`,
  optional: ({
    parameter,
    state,
    group,
  }: {
    readonly parameter: string;
    readonly state: string;
    readonly group: string;
  }) => `takes connections without TLS: ${parameter} is ${state} in ${group}`,
  oracle: ({ setting, state, group }: { readonly setting: string; readonly state: string; readonly group: string }) =>
    `takes connections without encryption: ${setting} is ${state} in ${group}`,
  document: ({ argument, part, state }: { readonly argument: string; readonly part: string; readonly state: string }) =>
    `sends or takes data without encryption: ${part} is ${state} in the document of ${argument}`,
};

export type ChannelInspection = Inspection<typeof CHANNEL_MESSAGES>;
