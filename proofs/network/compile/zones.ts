import type { Resource } from '../../../model/resource.ts';
import { asString, describeHidden, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type { Subnet, Vpc, Zone } from '../topology.ts';
import type { Compilation, Draft } from './compilation.ts';

/**
 * How a zone is written. Two names of one way are of one zone or of two as they look; whether `eu-west-1a` is `euw1-az1`
 * only the account knows.
 */
interface Written {
  readonly way: string;
  readonly name: string;
  readonly hidden: Hidden;
}

const WRITTEN = new WeakMap<Zone, Written>();

/** The zone of a subnet as its resource writes it; `settleZones` then compares those of a VPC. */
export function zoneOf(c: Compilation, resource: Resource): Zone {
  const { zone, zoneId } = c.estate.place(resource);
  const id = written(zoneId, 'zone id');
  const read = id ?? written(zone, 'zone name');
  if (read === null) {
    const hidden = unknown(
      'default',
      `${resource.address}.availability_zone`,
      'is omitted, so that AWS chooses the zone',
    );
    return { kind: 'hidden', doubts: [hidden] };
  }
  if (read.way === '') return { kind: 'hidden', doubts: [read.hidden] };
  const known: Zone = { kind: 'known', name: read.name };
  WRITTEN.set(known, read);
  return known;
}

/** Hides the zones of a VPC that are written in another way than most of them. */
export function settleZones(vpc: Vpc, subnets: readonly Draft<Subnet>[]): void {
  const counts = new Map<string, number>();
  for (const { zone } of subnets) {
    const way = WRITTEN.get(zone)?.way;
    if (way !== undefined) counts.set(way, (counts.get(way) ?? 0) + 1);
  }
  if (counts.size < 2) return;
  const [[usual] = ['']] = [...counts].toSorted(([, left], [, right]) => right - left);
  for (const subnet of subnets) {
    const own = WRITTEN.get(subnet.zone);
    if (own !== undefined && own.way !== usual) subnet.zone = { kind: 'hidden', doubts: [mixed(own, vpc)] };
  }
}

function mixed({ hidden }: Written, vpc: Vpc): Hidden {
  const detail = `names its zone in another way than other subnets of ${vpc.origin.name}`;
  return unknown('operation', describeHidden(hidden), detail);
}

function written(value: Value, way: string): Written | null {
  const text = asString(value);
  if (text === null) return null;
  if (!isHidden(text))
    return {
      way,
      name: text,
      hidden: unknown('environment', text, `is a ${way} beside zones that are written otherwise`),
    };
  if (text.kind !== 'reference') return { way: '', name: '', hidden: text };
  // `data.aws_availability_zones.available.names[0]`: other indexes of the same list are other zones.
  const index = text.path.at(-1);
  const list = describeHidden({ ...text, path: text.path.slice(0, -1) });
  if (typeof index !== 'number') return { way: '', name: '', hidden: text };
  return { way: `${text.target.stack} ${list}`, name: `${list}[${index}]`, hidden: text };
}
