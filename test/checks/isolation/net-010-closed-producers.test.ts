import check from '../../../checks/isolation/net-010-closed-producers.ts';
import { testCheck } from '../../support/check-tester.ts';

const service = (rest: object = {}, others: object = {}, more: object = {}) => ({
  stacks: {
    west: {
      resource: { aws_vpc_endpoint_service: { ledger: { acceptance_required: true, ...rest } }, ...others },
      ...more,
    },
  },
});
const SERVICE = 'aws_vpc_endpoint_service.ledger';
const principal = (principal_arn: unknown) => ({
  aws_vpc_endpoint_service_allowed_principal: {
    desk: { vpc_endpoint_service_id: '${aws_vpc_endpoint_service.ledger.id}', principal_arn },
  },
});
const PRINCIPAL = 'aws_vpc_endpoint_service_allowed_principal.desk';
const accepter = (endpoint: object, vpc_endpoint_id: unknown = '${aws_vpc_endpoint.desk.id}') => ({
  stacks: {
    links: {
      provider: {
        aws: [
          { region: 'eu-west-1', allowed_account_ids: ['111111111111'] },
          { alias: 'north', region: 'eu-north-1', allowed_account_ids: ['222222222222'] },
        ],
      },
      resource: {
        aws_vpc_endpoint_service: { ledger: { acceptance_required: true } },
        aws_vpc_endpoint: { desk: { vpc_id: 'vpc-0', ...endpoint } },
        aws_vpc_endpoint_connection_accepter: {
          desk: { vpc_endpoint_service_id: '${aws_vpc_endpoint_service.ledger.id}', vpc_endpoint_id },
        },
      },
    },
  },
});
const ACCEPTER = 'aws_vpc_endpoint_connection_accepter.desk';
const NORTH = { provider: 'aws.north' };

testCheck(check, {
  pass: [
    { name: 'a service that admits nobody', ...service() },
    {
      name: 'principals of sites and those that the policy registers',
      ...service({
        allowed_principals: ['arn:aws:iam::222222222222:root', 'arn:aws:iam::444444444444:role/desk'],
        supported_regions: ['eu-west-1', 'eu-north-1'],
      }),
      policy: { network: { principals: [{ principal: '444444444444', reason: 'Partner.' }] } },
    },
    {
      name: 'one registered role of an account',
      ...service({}, principal('arn:aws:iam::444444444444:role/desk')),
      policy: { network: { principals: [{ principal: 'arn:aws:iam::444444444444:role/desk', reason: 'Partner.' }] } },
    },
    {
      name: 'a role of the estate',
      ...service({}, { ...principal('${aws_iam_role.desk.arn}'), aws_iam_role: { desk: {} } }),
    },
    { name: 'acceptance as text', ...service({ acceptance_required: 'true' }) },
    { name: 'an endpoint of the own site', ...accepter({}) },
    {
      name: 'an endpoint of a linked site',
      ...accepter(NORTH),
      policy: { network: { links: [{ sites: ['west', 'north'], reason: 'The desk.' }] } },
    },
  ],
  fail: [
    { name: 'no acceptance', ...service({ acceptance_required: false }), fails: { [SERVICE]: 'unasked' } },
    { name: 'everyone', ...service({ allowed_principals: ['*'] }), fails: { [SERVICE]: 'everyone' } },
    { name: 'everyone, by a resource of its own', ...service({}, principal('*')), fails: { [PRINCIPAL]: 'everyone' } },
    {
      name: 'an account of somebody else among own ones',
      ...service({ allowed_principals: ['arn:aws:iam::111111111111:root', 'arn:aws:iam::999999999999:root'] }),
      fails: { [SERVICE]: 'stranger' },
    },
    {
      name: 'another role of an account of which one role is registered',
      ...service({}, principal('arn:aws:iam::444444444444:role/other')),
      policy: { network: { principals: [{ principal: 'arn:aws:iam::444444444444:role/desk', reason: 'Partner.' }] } },
      fails: { [PRINCIPAL]: 'stranger' },
    },
    {
      name: 'a role that a provider makes in the account of somebody else',
      ...service(
        {},
        { ...principal('${aws_iam_role.desk.arn}'), aws_iam_role: { desk: { provider: 'aws.other' } } },
        {
          provider: {
            aws: [
              { region: 'eu-west-1', allowed_account_ids: ['111111111111'] },
              { alias: 'other', region: 'eu-west-1', allowed_account_ids: ['999999999999'] },
            ],
          },
        },
      ),
      fails: { [PRINCIPAL]: 'stranger' },
    },
    {
      name: 'a Region without a site',
      ...service({ supported_regions: ['eu-west-1', 'us-east-1'] }),
      fails: { [SERVICE]: 'region' },
    },
    { name: 'an endpoint of a site that is not linked', ...accepter(NORTH), fails: { [ACCEPTER]: 'unlinked' } },
    {
      name: 'an endpoint in a Region without a site',
      ...accepter({ region: 'us-east-1' }),
      fails: { [ACCEPTER]: 'undeclared' },
    },
  ],
  unproven: [
    {
      name: 'acceptance without a value',
      ...service({ acceptance_required: '${var.ask}' }, {}, { variable: { ask: {} } }),
      unproven: { [SERVICE]: 'var.ask' },
    },
    {
      name: 'a Region without a name',
      ...service({ supported_regions: [''] }),
      unproven: { [SERVICE]: 'without a name' },
    },
    {
      name: 'principals without a value',
      ...service({ allowed_principals: '${var.all}' }, {}, { variable: { all: {} } }),
      unproven: { [SERVICE]: 'var.all' },
    },
    {
      name: 'one principal and one Region without a value',
      ...service(
        { allowed_principals: ['${var.one}'], supported_regions: ['${var.region}'] },
        {},
        { variable: { one: {}, region: {} } },
      ),
      unproven: { [SERVICE]: 'var.one' },
    },
    {
      name: 'an endpoint outside the estate',
      ...accepter({}, 'vpce-0123456789abcdef0'),
      unproven: { [ACCEPTER]: 'names nothing in the estate' },
    },
    {
      name: 'acceptance that is not said',
      ...service({ acceptance_required: null }),
      unproven: { [SERVICE]: 'does not say' },
    },
  ],
});
