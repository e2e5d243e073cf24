import type { Inspection } from '../../check.ts';

/** What can be wrong with the encryption of links and networks. */
export const LINK_MESSAGES = {
  unenforced: 'does not demand that packets inside it are encrypted: no aws_vpc_encryption_control is about it',
  watched: ({ control, mode }: { readonly control: string; readonly mode: string }) =>
    `does not demand that packets inside it are encrypted: the mode of ${control} is ${mode}`,
  excluded: ({ control, argument }: { readonly control: string; readonly argument: string }) =>
    `leaves packets unencrypted that ${argument} of ${control} excludes`,
  transit: ({ argument, state }: { readonly argument: string; readonly state: string }) =>
    `carries packets of its VPCs without encryption: ${argument} is ${state}`,
  line: ({ argument, state }: { readonly argument: string; readonly state: string }) =>
    `is a line on which frames may pass without MACsec: ${argument} is ${state}`,
  hosted: 'is a line that a partner shares among customers, which has no MACsec',
  weak: ({ argument, value }: { readonly argument: string; readonly value: string }) =>
    `accepts ${value} in ${argument}, which is too weak`,
  anything: ({ argument }: { readonly argument: string }) =>
    `accepts whatever AWS offers, weak ones too, because ${argument} is omitted`,
};

export type LinkInspection = Inspection<typeof LINK_MESSAGES>;
