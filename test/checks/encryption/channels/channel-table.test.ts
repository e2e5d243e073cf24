import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../../../checks/encryption/channels/channel-table.ts';
import { isKnownType } from '../../../../model/aws/resource-types.ts';
import { channelCases, channelVerdict } from '../../../support/channel-cases.ts';
import { argumentExists } from '../../../support/provider-arguments.ts';
import { channelArguments } from '../../../support/table-arguments.ts';

const CASES = channelCases();

describe('the table of channels', () => {
  it('names types of the provider', () => {
    expect(Object.keys(CHANNELS).length).toBeGreaterThan(35);
    expect(Object.keys(CHANNELS).filter((type) => !isKnownType(type))).toEqual([]);
  });

  it('names arguments and blocks that the provider has', () => {
    expect(channelArguments().filter(({ type, argument }) => !argumentExists(type, argument))).toEqual([]);
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
