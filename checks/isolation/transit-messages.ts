import type { Inspection } from '../check.ts';

interface Setting {
  readonly argument: string;
  readonly value: string;
}

export const messages = {
  default: ({ argument, value }: Setting) =>
    `has ${argument} ${value}, so attachments share a table that nobody chose for them`,
  omitted: ({ argument, value }: Setting) =>
    `omits ${argument}, which means ${value}, so attachments share a table that nobody chose for them`,
  shares: ({ effect, gateway }: { readonly effect: string; readonly gateway: string }) =>
    `${effect} the default table of ${gateway}, as every attachment is that does not say otherwise`,
  sets: ({ table }: { readonly table: string }) => `makes ${table} the table of every attachment`,
  unassociated: ({ gateway }: { readonly gateway: string }) => `is associated with no route table of ${gateway}`,
  mixed: ({ table, other, segment }: { readonly table: string; readonly other: string; readonly segment: string }) =>
    `shares ${table} with ${other}, a ${segment}`,
  propagates: ({ from, to, table }: { readonly from: string; readonly to: string; readonly table: string }) =>
    `announces a ${from} in ${table}, which serves ${to}`,
  leftovers: ({ route, range }: { readonly route: string; readonly range: string }) =>
    `sends what ${route} covers to others, and no blackhole stops the private addresses of ${range} that belong to nobody`,
};

export type Inspect = Inspection<typeof messages>;
