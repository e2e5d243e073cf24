import { conditionsHold } from '../../../model/aws/conditions.ts';
import { OFF_VPC } from '../../../model/aws/off-vpc-compute.ts';
import { isKnownType } from '../../../model/aws/resource-types.ts';
import type { Resource } from '../../../model/resource.ts';
import type { Unmodelled } from '../topology.ts';
import type { Compilation } from './compilation.ts';
import { MODELLED, SILENT, SILENT_SERVICES, UNMODELLED, type UnmodelledTypes } from './traffic-classes.ts';
import { typesOf } from './type-list.ts';

/** What a type means for the network. */
export type TrafficClass =
  | { readonly kind: 'silent' }
  /** A phase reads it and says so of each resource that it could read. */
  | { readonly kind: 'modelled' }
  | { readonly kind: 'unmodelled'; readonly entry: UnmodelledTypes };

/** Types of other providers that neither send packets nor make anything at AWS. */
const SILENT_ELSEWHERE = /^(random|tls|time|archive|local)_|^(null_resource|terraform_data)$/;

const SERVICES: ReadonlySet<string> = new Set(SILENT_SERVICES.trim().split(/\s+/));
const TYPES = classes();

/** How a type is classified; null for one that no table knows. */
export function trafficClassOf(type: string): TrafficClass | null {
  const known = TYPES.get(type);
  if (known !== undefined) return known;
  if (!isKnownType(type)) return SILENT_ELSEWHERE.test(type) ? { kind: 'silent' } : null;
  const [, service = ''] = type.split('_');
  return SERVICES.has(service) ? { kind: 'silent' } : null;
}

/** Names what can carry traffic and no phase has understood. The last phase. */
export function addUnmodelled(c: Compilation): void {
  for (const resource of c.estate.resources) {
    const reason = unmodelledReason(c, resource);
    if (reason !== null) c.unmodelled.push({ resource, reason });
  }
}

function unmodelledReason(c: Compilation, resource: Resource): Unmodelled['reason'] | null {
  if (resource.init.provisioner !== null) return 'runs a provisioner, whose effects Terraform does not show';
  const known = trafficClassOf(resource.type);
  switch (known?.kind) {
    case 'silent':
      return null;
    case 'modelled':
      return c.understood.has(resource)
        ? null
        : 'can carry traffic, and is written in a way that the model does not read';
    case 'unmodelled':
      return conditionsHold(c.estate, resource, known.entry.when ?? []).holds ? known.entry.reason : null;
    case undefined:
      return c.understood.has(resource) ? null : 'is of a type that no table knows, and may carry traffic';
  }
}

function classes(): ReadonlyMap<string, TrafficClass> {
  const made = new Map<string, TrafficClass>();
  for (const type of typesOf(SILENT)) made.set(type, { kind: 'silent' });
  for (const type of typesOf(MODELLED)) made.set(type, { kind: 'modelled' });
  for (const { type } of OFF_VPC) made.set(type, { kind: 'modelled' });
  for (const entry of UNMODELLED) {
    for (const type of typesOf(entry.types)) made.set(type, { kind: 'unmodelled', entry });
  }
  return made;
}
