import { ANALYSIS } from './analysis.ts';
import { DATABASES } from './databases.ts';
import { FILES } from './files.ts';
import { LOGS } from './logs.ts';
import { MESSAGING } from './messaging.ts';
import { SOFTWARE } from './software.ts';
import type { Store, StoreTable } from './store-form.ts';

/** The controls over stores, and the types that each is about. A type of two controls keeps things of two kinds. */
export const STORES = {
  'ENC-005': tableOf(DATABASES),
  'ENC-006': tableOf(FILES),
  'ENC-007': tableOf(MESSAGING),
  'ENC-008': tableOf(SOFTWARE),
  'ENC-009': tableOf(LOGS, ANALYSIS),
} as const;

export type StoreControl = keyof typeof STORES;

/** The arguments by which stores name their keys, by type. */
export const STORE_KEYS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.values(STORES)
    .flatMap((table) => [...table])
    .map(([type]) => [type, Object.values(STORES).flatMap((table) => keysIn(table.get(type)))]),
);

function keysIn(form: Store | undefined): readonly string[] {
  if (form?.kind !== 'store' && form?.kind !== 'member') return [];
  const own = form.kind === 'member' ? form.key : undefined;
  return [own, ...(form.parts ?? []).map(({ key }) => key)].filter((key) => key !== undefined);
}

function tableOf(...tables: readonly StoreTable[]): ReadonlyMap<string, Store> {
  return new Map(tables.flatMap((table) => Object.entries(table)));
}
