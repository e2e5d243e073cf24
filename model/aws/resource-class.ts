/**
 * What a resource type does with data, in the words of tables and policies. A type may do several of them; `inert` is
 * none of them and stands alone.
 */
export const RESOURCE_CLASSES = ['stores', 'moves', 'computes', 'network', 'identity', 'key', 'log', 'inert'] as const;
export type ResourceClass = (typeof RESOURCE_CLASSES)[number];

/** The classes as people read them. */
const CLASS_NAMES: Readonly<Record<ResourceClass, string>> = {
  stores: 'stores data',
  moves: 'moves data',
  computes: 'computes',
  network: 'network',
  identity: 'identity',
  key: 'key',
  log: 'log',
  inert: 'inert',
};

/** What a type does, and why it is said to. */
export interface Classification {
  /** In the order of `RESOURCE_CLASSES`, never empty. */
  readonly classes: readonly ResourceClass[];
  readonly reason: string;
}

export function isResourceClass(text: string): text is ResourceClass {
  return RESOURCE_CLASSES.some((known) => known === text);
}

export function describeClasses(classes: readonly ResourceClass[]): string {
  return classes.map((name) => CLASS_NAMES[name]).join(', ');
}
