import { describe, expect, test } from 'vitest';
import { networkOf, ONE_VPC, relaysOf } from '../../../support/network-ways.ts';

const SHARE = '${aws_ram_resource_share.a.arn}';
const share = (principal: string, resource_arn = '${aws_subnet.app.arn}') => ({
  aws_ram_resource_share: { a: { name: 'a' } },
  aws_ram_resource_association: { a: { resource_arn, resource_share_arn: SHARE } },
  aws_ram_principal_association: { a: { principal, resource_share_arn: SHARE } },
});
const GUESTS = 'the network behind aws_ram_resource_association.a of west';

const sharing = (resource: { readonly [type: string]: unknown }) =>
  relaysOf(
    networkOf(
      { ...ONE_VPC, ...resource },
      { provider: { aws: { region: 'eu-west-1', allowed_account_ids: ['111122223333'] } } },
    ),
    'other',
  );

describe('a subnet', () => {
  test('shared with another account has hosts of strangers', () => {
    expect(sharing(share('999988887777'))).toStrictEqual([
      `${GUESTS} * -> from aws_ram_resource_association.a to 0.0.0.0/0 v6 *`,
      `aws_ram_resource_association.a * -> ${GUESTS}`,
    ]);
  });

  test('shared with an account of the estate has not', () => {
    expect(sharing(share('111122223333'))).toStrictEqual([]);
  });

  test('shared with an organisation, or with what is hidden, may have', () => {
    const organisation = 'arn:aws:organizations::111122223333:organization/o-abc';
    expect(sharing(share(organisation))).toContain(`aws_ram_resource_association.a * -> ${GUESTS} ? "${organisation}"`);
    expect(sharing(share('${var.partner}'))).toContain(`aws_ram_resource_association.a * -> ${GUESTS} ? var.partner`);
  });

  test('may be what a hidden share names', () => {
    expect(sharing(share('999988887777', '${var.arn}'))).toContain(
      `aws_ram_resource_association.a * -> ${GUESTS} ? var.arn`,
    );
  });

  test('of a share without principals is shared with nobody', () => {
    const { aws_ram_principal_association: _, ...rest } = share('');
    expect(sharing(rest)).toStrictEqual([]);
  });
});
