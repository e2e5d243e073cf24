import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue, checks } from '../../checks/index.ts';
import type { Result } from '../../checks/report.ts';
import { run } from '../../checks/run.ts';
import { parseEstate } from '../../model/synth/estate.ts';
import { loadPolicy } from '../../policy/load.ts';
import { type PlannedResource, planText } from '../support/plan-text.ts';

const text = readFileSync(new URL('../../enclave.yaml', import.meta.url), 'utf8');
const loaded = loadPolicy({ path: 'enclave.yaml', text, controlIds: catalogue.map(({ id }) => id) });

/** What no enclave should have, by address; every argument is written. */
const BAD: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'aws_ebs_volume.open': { availability_zone: 'us-east-1a', encrypted: false, size: 1, region: 'us-east-1' },
  'aws_db_instance.open': {
    identifier: 'open',
    storage_encrypted: false,
    publicly_accessible: true,
    skip_final_snapshot: true,
    region: 'us-east-1',
  },
  'aws_security_group.open': {
    name: 'open',
    ingress: [{ from_port: 0, to_port: 0, protocol: '-1', cidr_blocks: ['0.0.0.0/0'] }],
    vpc_id: 'vpc-1',
  },
  'aws_s3_bucket.open': { bucket: 'open', force_destroy: true, region: 'us-east-1' },
  'aws_s3_bucket_server_side_encryption_configuration.open': {
    bucket: 'open',
    rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: 'AES256' }] }],
  },
  'aws_lb_listener.open': {
    load_balancer_arn: 'arn:aws:elasticloadbalancing:eu-west-1:1:x',
    port: 80,
    protocol: 'HTTP',
  },
  'aws_vpc_peering_connection.open': { vpc_id: 'vpc-1', peer_vpc_id: 'vpc-2', peer_owner_id: '999999999999' },
};

/** The plan, with one argument known only after apply. */
function resourcesWithout(
  hidden: { readonly address: string; readonly argument: string } | null,
): readonly PlannedResource[] {
  return Object.entries(BAD).map(([address, all]) => {
    const isHidden = (argument: string): boolean => hidden?.address === address && hidden.argument === argument;
    const known = Object.entries(all).filter(([argument]) => !isHidden(argument));
    const unknown = Object.keys(all).filter(isHidden);
    return {
      address,
      after: Object.fromEntries(known),
      unknown: { id: true, ...Object.fromEntries(unknown.map((argument) => [argument, true])) },
      sensitive: Object.fromEntries(
        unknown.filter((argument) => Array.isArray(all[argument])).map((name) => [name, []]),
      ),
      // What is written is not known: an expression of HCL that mentions a variable.
      expressions: Object.fromEntries(Object.keys(all).map((argument) => [argument, { references: ['var.given'] }])),
    };
  });
}

function verdictsOf(resources: readonly PlannedResource[]): ReadonlyMap<string, Result['verdict']> {
  if (loaded.kind === 'refused') throw new Error('the policy is refused');
  const bytes = new TextEncoder().encode(planText({ resources }));
  const plans = [{ name: 'dublin-data', path: 'dublin-data.json', chunks: [bytes], sha256: '' }];
  const estate = parseEstate({ stacks: [], plans, problems: [], declaredStacks: ['dublin-data'] });
  expect(estate.problems).toEqual([]);
  const { results } = run({
    checks,
    catalogue,
    estate,
    policy: loaded.policy,
    exceptions: [],
    inputs: [],
    policyFile: { path: 'enclave.yaml', sha256: '' },
    exceptionFiles: [],
    asOf: '2026-11-01',
    stage: 'apply',
    version: '0',
    filter: { controls: [], severities: [], sites: [] },
  });
  return new Map(
    results.map(({ control, subject, site, verdict }) => [JSON.stringify([control, subject.address, site]), verdict]),
  );
}

describe('a value that a plan does not know', () => {
  const before = verdictsOf(resourcesWithout(null));
  const places = Object.entries(BAD).flatMap(([address, all]) =>
    Object.keys(all).map((argument) => ({ address, argument })),
  );

  it('is looked for where there is much to find', () => {
    const failed = [...before].filter(([, verdict]) => verdict === 'fail');
    expect(failed.length).toBeGreaterThan(10);
  });

  it.each(places)('$address $argument makes no failure pass', (place) => {
    const after = verdictsOf(resourcesWithout(place));
    const waved = [...before].filter(([key, verdict]) => verdict === 'fail' && after.get(key) === 'pass');
    expect(waved).toEqual([]);
  });
});
