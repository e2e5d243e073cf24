import type { Inspection } from '../check.ts';

interface Pair {
  readonly first: string;
  readonly second: string;
}

export const messages = {
  undeclared: ({ argument, where }: { readonly argument: string; readonly where: string }) =>
    `leads to ${where} (${argument}), where no site of the policy is`,
  unlinked: ({ first, second }: Pair) =>
    `links ${first} with ${second}, a pair that network.links of the policy does not declare`,
  joined: ({ first, second, other, hub }: Pair & { readonly other: string; readonly hub: string }) =>
    `links ${first} with ${second} over ${hub}, to which ${other} is joined, a pair that network.links of the policy does not declare`,
  accepts: ({ argument, value }: { readonly argument: string; readonly value: string }) =>
    `lets networks of other accounts in without anybody accepting them: ${argument} is ${value}`,
  segment: ({ segment }: { readonly segment: string }) =>
    `lets networks into its segment ${segment} without anybody accepting them`,
};

export type Inspect = Inspection<typeof messages>;
