import type { DataStore } from '../../checks/data-store.ts';
import type { DataFlow } from '../../checks/flow-map.ts';
import type { DataPlace } from '../../checks/flow-places.ts';
import type { FlowReport } from '../../report/flows/json.ts';

const SOURCE = { file: 'west/cdk.tf.json', line: 1, column: 1 };

/** A place with what the test names. */
export function placeOf(parts: Partial<DataPlace> = {}): DataPlace {
  return {
    kind: 'resource',
    name: 'aws_s3_bucket.ledger',
    stack: 'west',
    address: 'aws_s3_bucket.ledger',
    region: 'eu-west-1',
    within: null,
    country: 'IE',
    site: 'west',
    ...parts,
  };
}

/** An end that is no resource and has no country. */
export function nowhere(kind: DataPlace['kind'], name: string): DataPlace {
  return placeOf({ kind, name, stack: null, address: null, region: null, country: null, site: null });
}

export function storeOf(parts: Partial<DataStore> = {}): DataStore {
  return {
    type: 'aws_s3_bucket',
    place: placeOf(),
    dataClass: 'restricted',
    constructPath: null,
    source: SOURCE,
    verdict: 'inside',
    reason: null,
    ...parts,
  };
}

export function flowOf(parts: Partial<DataFlow> = {}): DataFlow {
  return {
    by: { stack: 'west', address: 'aws_s3_bucket_logging.ledger', source: SOURCE },
    argument: 'target_bucket',
    family: 'log',
    why: 'Requests are recorded in this bucket.',
    dataClass: 'restricted',
    from: placeOf(),
    to: placeOf({ name: 'aws_s3_bucket.logs', address: 'aws_s3_bucket.logs' }),
    verdict: 'inside',
    reason: null,
    ...parts,
  };
}

/** A report of what the test names; its counts do not matter to how it looks. */
export function reportOf(parts: Partial<FlowReport> = {}): FlowReport {
  const { stores = [], flows = [] } = parts;
  return {
    name: 'ledger enclave',
    site: null,
    dataClass: null,
    resources: stores.length,
    countries: [],
    counts: { stores: stores.length, moves: 0, both: 0, still: 0, neither: 0, unclassified: 0, aside: 0 },
    stores,
    movers: [],
    flows,
    difference: 0,
    incompleteBecause: [],
    ...parts,
  };
}

/** A report in which every text is one of a hostile input. */
export function hostileReport(text: string): FlowReport {
  const source = { file: text, line: 1, column: 1 };
  const place = placeOf({ name: text, stack: text, address: text, region: text, within: text, site: text });
  const host = { ...nowhere('host', text), region: text };
  return reportOf({
    name: text,
    site: text,
    dataClass: text,
    countries: [{ country: 'IE', isAllowed: true, reason: text }],
    stores: [
      storeOf({ type: text, place, dataClass: text, constructPath: text, source }),
      storeOf({ type: text, place, dataClass: text, source, verdict: 'unproven', reason: text }),
    ],
    movers: [{ type: text, place, flows: { outside: 1, unproven: 0, inside: 1 } }],
    flows: [
      flowOf({ by: { stack: text, address: text, source }, argument: text, why: text, from: place, to: host }),
      flowOf({ dataClass: text, from: place, to: placeOf({ country: 'US' }), verdict: 'outside', reason: text }),
    ],
    incompleteBecause: [text],
  });
}
