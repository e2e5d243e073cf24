import { describe, expect, it } from 'vitest';
import { NOT_IN_TRANSIT } from '../../../../checks/encryption/channels/not-in-transit.ts';
import { CHANNELS } from '../../../../checks/encryption/channels/channel-table.ts';
import { isKnownType } from '../../../../model/aws/resource-types.ts';
import { typesOfBindings } from '../../../../scripts/provider-arguments.ts';
import { channelCases, channelVerdict } from '../../../support/channel-cases.ts';
import { argumentExists } from '../../../support/provider-arguments.ts';
import { channelArguments } from '../../../support/table-arguments.ts';

const CASES = channelCases();

/** What a name of an argument, or of a block around it, says that is about encryption in transit. */
const ABOUT_TRANSIT = new RegExp(
  [
    '(?:^|_)(?:m?tls|ssl|https|macsec|plaintext|insecure|in_transit|transit_encryption|secure_transport)(?:_|$)',
    'encryption_in_transit|client_broker|node_to_node|cluster_endpoint_encryption|inter_container_traffic',
    'encryption_(?:mode|support)$|(?<!content_)security_policy|security_protocol|minimum_protocol_version|(?:rpc|transfer)_protection',
    '(?:viewer|origin)_protocol_policy|require_encryption|ike_versions|dh_group|_algorithms$|http_tokens',
  ].join('|'),
);

/** The block that is about TLS, of whose arguments one says whether it is on; else the argument itself. */
function wholeOf(argument: string): string {
  const steps = argument.split('.');
  const first = steps.findIndex((step) => ABOUT_TRANSIT.test(step));
  return steps.slice(0, first === -1 ? steps.length : first + 1).join('.');
}

describe('the table of channels', () => {
  it('names types of the provider', () => {
    expect(Object.keys(CHANNELS).length).toBeGreaterThan(35);
    expect(Object.keys(CHANNELS).filter((type) => !isKnownType(type))).toEqual([]);
  });

  it('names arguments and blocks that the provider has', () => {
    expect(channelArguments().filter(({ type, argument }) => !argumentExists(type, argument))).toEqual([]);
  });

  it('have every argument of the provider that is about encryption in transit, or say why not', () => {
    const judged = new Map<string, readonly string[]>();
    for (const { type, argument } of channelArguments()) judged.set(type, [...(judged.get(type) ?? []), argument]);
    const isIn = (path: string, whole: string): boolean => path === whole || path.startsWith(`${whole}.`);
    const excused = NOT_IN_TRANSIT.flatMap(({ items }) => items);
    const used = new Set<string>();
    const open = [...typesOfBindings()].flatMap(([name, paths]) => {
      const type = `aws_${name}`;
      return paths
        .filter((path) => path.split('.').some((step) => ABOUT_TRANSIT.test(step)))
        .filter((path) => judged.get(type)?.some((argument) => isIn(path, wholeOf(argument))) !== true)
        .filter((path) => {
          const reason = excused.find((item) => isIn(`${type} ${path}`, item));
          if (reason !== undefined) used.add(reason);
          return reason === undefined;
        })
        .map((path) => `${type} ${path}`);
    });
    expect(open).toEqual([]);
    expect(excused.filter((item) => !used.has(item))).toEqual([]);
    expect(new Set(excused).size).toBe(excused.length);
  });

  it('give a reason for each argument that is not judged, as a clause', () => {
    for (const { because } of NOT_IN_TRANSIT) expect(because).toMatch(/^[a-z].*[^.]$/);
  });

  it.each(CASES.map((one) => [`${one.type}.${one.channel.argument}`, one] as const))(
    'decides %s in every situation',
    (_name, one) => {
      const verdicts = Object.fromEntries([...one.examples].map(([at, example]) => [at, channelVerdict(one, example)]));
      const isLeft = one.channel.omitted === 'encrypted' && one.examples.has('omitted');
      expect(verdicts).toMatchObject({
        encrypted: 'pass',
        plain: 'fail',
        unknown: 'unproven',
        ...(isLeft ? { omitted: 'pass' } : {}),
      });
    },
  );
});
