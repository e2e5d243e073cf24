import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, display, isHidden } from '../../model/value.ts';
import { defineCheck, type Outcome, resourcesOf } from '../check.ts';
import { SUBNET_TYPES } from '../subnet-tier.ts';
import { LINK_MESSAGES, type LinkInspection } from './links/link-messages.ts';
import { CONTROL, judgeVpc } from './links/vpc-control.ts';
import { judgeTunnels } from './links/vpn-tunnels.ts';

/** Judged only where the provider can say it: provider 5 knows neither the control of VPCs nor that of transit gateways. */
const FROM_6: ReadonlySet<string> = new Set(['aws_vpc', 'aws_default_vpc', 'aws_ec2_transit_gateway']);

const JUDGES: ReadonlyMap<string, (resource: Resource, inspection: LinkInspection) => Outcome> = new Map([
  ['aws_vpc', judgeVpc],
  ['aws_default_vpc', judgeVpc],
  ['aws_ec2_transit_gateway', judgeTransit],
  ['aws_dx_connection', judgeLine],
  ['aws_dx_lag', judgeBundle],
  ['aws_dx_hosted_connection', judgeHosted],
  ['aws_vpn_connection', judgeTunnels],
]);

const SUBJECTS = [...JUDGES.keys()];

export default defineCheck({
  id: 'ENC-012',
  why: 'Between the machines of a site, and on the lines between sites, packets cross equipment and ground of others. What the network encrypts by itself nobody reads there, whatever an application forgot.',
  fix: 'Add aws_vpc_encryption_control in mode "enforce" for each VPC, enable encryption_support of transit gateways, order lines with request_macsec and set encryption_mode "must_encrypt", and list only IKEv2, AES-256, SHA-2 and groups from 14 to 21 for both tunnels of a VPN.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-encryption-controls.html',
    'https://docs.aws.amazon.com/directconnect/latest/UserGuide/MACsec.html',
    'https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html',
    'https://www.rfc-editor.org/rfc/rfc8247',
  ],
  resourceTypes: [...SUBJECTS, CONTROL, ...SUBNET_TYPES],

  messages: LINK_MESSAGES,

  subjects: (context) =>
    resourcesOf(...SUBJECTS)(context).filter(
      ({ resource }) => !FROM_6.has(resource.type) || resource.init.providerMajor !== 5,
    ),

  inspect({ resource }, inspection) {
    const judge = JUDGES.get(resource.type);
    return judge === undefined ? inspection.unproven('is of a type that is not known') : judge(resource, inspection);
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
              aws_vpc_encryption_control: { ledger: { vpc_id: '${aws_vpc.ledger.id}', mode: 'enforce' } },
              aws_ec2_transit_gateway: { west: { encryption_support: 'enable' } },
            },
          },
        },
      },
    ],
    violating: [
      { stacks: { west: { resource: { aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } } } } } },
      {
        stacks: {
          west: {
            resource: {
              aws_dx_connection: {
                ledger: { name: 'ledger', location: 'EqDB3', bandwidth: '10Gbps', encryption_mode: 'should_encrypt' },
              },
            },
          },
        },
      },
    ],
  },
});

function judgeTransit(gateway: Resource, { estate, pass, fail, unproven }: LinkInspection): Outcome {
  const argument = 'encryption_support';
  const path = [argument];
  const value = estate.effective(gateway, ...path);
  const state = asString(value);
  if (isHidden(state)) return unproven(state);
  if (state === 'enable') return pass();
  return fail({ path, value, remedy: { set: [{ path, to: "'enable'" }] } }, 'transit', {
    argument,
    state: display(value),
  });
}

/** A line has MACsec where it was asked for, and drops what comes without where it must. */
function judgeLine(line: Resource, { all, pass, fail, unproven }: LinkInspection): Outcome {
  const asked = line.attribute('request_macsec');
  const isAsked = asBoolean(asked);
  const demanded = line.attribute('encryption_mode');
  const mode = asString(demanded);
  const at = (argument: string, to: string) => ({ path: [argument], remedy: { set: [{ path: [argument], to }] } });
  return all([
    isHidden(isAsked)
      ? unproven(isAsked)
      : isAsked === true
        ? pass()
        : fail({ ...at('request_macsec', 'true'), value: asked }, 'line', {
            argument: 'request_macsec',
            state: display(asked),
          }),
    isHidden(mode)
      ? unproven(mode)
      : mode === 'must_encrypt'
        ? pass()
        : fail({ ...at('encryption_mode', "'must_encrypt'"), value: demanded }, 'line', {
            argument: 'encryption_mode',
            state: display(demanded),
          }),
  ]);
}

/** A bundle of lines that are ordered by themselves is as they are. */
function judgeBundle(bundle: Resource, { estate, pass, unproven }: LinkInspection): Outcome {
  const value = bundle.attribute('connection_id');
  const target = estate.resolve(value, ['aws_dx_connection'], bundle);
  if (target.kind === 'hidden') return unproven(target.value);
  if (target.kind === 'resource') return pass();
  return unproven('orders lines of its own, of which no argument shows whether they have MACsec');
}

function judgeHosted(_line: Resource, { fail }: LinkInspection): Outcome {
  return fail({}, 'hosted');
}
