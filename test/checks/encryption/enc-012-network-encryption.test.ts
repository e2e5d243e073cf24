import check from '../../../checks/encryption/enc-012-network-encryption.ts';
import { testCheck } from '../../support/check-tester.ts';

type Body = { readonly [key: string]: unknown };

const west = (resource: Body, more: Body = {}) => ({ west: { ...more, resource } });
const VPC = { aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } } };
const control = (body: Body, more: Body = {}) =>
  west({ ...VPC, ...more, aws_vpc_encryption_control: { ledger: { vpc_id: '${aws_vpc.ledger.id}', ...body } } });
const subnet = (tier: string) => ({
  aws_subnet: { ledger: { vpc_id: '${aws_vpc.ledger.id}', tags: { 'ledger:tier': tier } } },
});
const variable = { variable: { value: { type: 'string' } } };

const tunnel = (name: string, more: Body = {}) =>
  Object.fromEntries(
    Object.entries({
      ike_versions: ['ikev2'],
      phase1_encryption_algorithms: ['AES256', 'AES256-GCM-16'],
      phase1_integrity_algorithms: ['SHA2-256'],
      phase1_dh_group_numbers: [14, 20],
      phase2_encryption_algorithms: ['AES256-GCM-16'],
      phase2_integrity_algorithms: ['SHA2-512'],
      phase2_dh_group_numbers: ['21'],
      ...more,
    }).map(([key, value]) => [`${name}_${key}`, value]),
  );
const vpn = (more: Body = {}) => ({
  aws_vpn_connection: { ledger: { ...tunnel('tunnel1'), ...tunnel('tunnel2', more) } },
});

const RACK = 'arn:aws:outposts:eu-north-1:222222222222:outpost/op-0123456789abcdef0';
const rack = {
  north: {
    resource: {
      aws_vpc: { ledger: {} },
      aws_subnet: { ledger: { vpc_id: '${aws_vpc.ledger.id}', outpost_arn: RACK } },
    },
  },
};
const EVIDENCE = {
  id: 'north-network',
  kind: 'network-encryption',
  subject: 'north:aws_vpc.ledger',
  states: 'Machines speak TLS only',
  issuer: 'Watch AS',
  issued: '2026-01-01',
  expires: '2027-12-31',
  document: 'Capture of the traffic',
};

testCheck(check, {
  pass: [
    { name: 'a VPC that drops what is not encrypted', stacks: control({ mode: 'enforce' }) },
    {
      name: 'a VPC that excludes file systems, whose mounts have TLS, and says of others that it does not',
      stacks: control({
        mode: 'enforce',
        elastic_file_system_exclusion: 'enable',
        lambda_exclusion: 'disable',
        internet_gateway_exclusion: 'disable',
      }),
    },
    {
      name: 'a VPC with a gateway, which excludes the ways out',
      stacks: control(
        { mode: 'enforce', internet_gateway_exclusion: 'enable', nat_gateway_exclusion: 'enable' },
        subnet('gateway'),
      ),
    },
    {
      name: 'a VPC on a rack that somebody attested',
      stacks: rack,
      policy: { evidence: [EVIDENCE] },
    },
    {
      name: 'transit gateways, lines, bundles of them and tunnels',
      stacks: west({
        aws_ec2_transit_gateway: { ledger: { encryption_support: 'enable' } },
        aws_dx_connection: { ledger: { request_macsec: true, encryption_mode: 'must_encrypt' } },
        aws_dx_lag: { ledger: { connection_id: '${aws_dx_connection.ledger.id}' } },
        ...vpn(),
      }),
    },
    {
      name: 'a tunnel where provider 5 has no words for the rest',
      stacks: west(
        { ...VPC, aws_ec2_transit_gateway: { ledger: {} }, ...vpn() },
        { terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '5.100.0' } } } },
      ),
    },
  ],

  fail: [
    {
      name: 'VPCs without a control, the default one too',
      stacks: west({ ...VPC, aws_default_vpc: { ledger: {} } }),
      fails: { 'aws_vpc.ledger': 'unenforced', 'aws_default_vpc.ledger': 'unenforced' },
    },
    { name: 'a VPC that only watches', stacks: control({ mode: 'monitor' }), fails: { 'aws_vpc.ledger': 'watched' } },
    {
      name: 'a VPC with one control that demands it and one that watches',
      stacks: west({
        ...VPC,
        aws_vpc_encryption_control: {
          first: { vpc_id: '${aws_vpc.ledger.id}', mode: 'enforce' },
          second: { vpc_id: '${aws_vpc.ledger.id}', mode: 'monitor' },
        },
      }),
      fails: { 'aws_vpc.ledger': 'watched' },
    },
    ...['lambda', 'virtual_private_gateway', 'vpc_lattice', 'vpc_peering'].map((name) => ({
      name: `a VPC that excludes ${name}, with a gateway or without`,
      stacks: control({ mode: 'enforce', [`${name}_exclusion`]: 'enable' }, subnet('gateway')),
      fails: { 'aws_vpc.ledger': 'excluded' },
    })),
    ...['internet_gateway', 'nat_gateway', 'egress_only_internet_gateway'].map((name) => ({
      name: `a VPC without a gateway that excludes ${name}`,
      stacks: control({ mode: 'enforce', [`${name}_exclusion`]: 'enable' }, subnet('data')),
      fails: { 'aws_vpc.ledger': 'excluded' },
    })),
    {
      name: 'a VPC without any subnet that excludes the ways out',
      stacks: control({ mode: 'enforce', internet_gateway_exclusion: 'enable' }),
      fails: { 'aws_vpc.ledger': 'excluded' },
    },
    {
      name: 'transit gateways without support, which is off unless set',
      stacks: west({ aws_ec2_transit_gateway: { off: { encryption_support: 'disable' }, silent: {} } }),
      fails: { 'aws_ec2_transit_gateway.off': 'transit', 'aws_ec2_transit_gateway.silent': 'transit' },
    },
    {
      name: 'lines without MACsec, that need not use it, or cannot',
      stacks: west({
        aws_dx_connection: {
          bare: {},
          should: { request_macsec: true, encryption_mode: 'should_encrypt' },
          unasked: { request_macsec: false, encryption_mode: 'must_encrypt' },
        },
        aws_dx_hosted_connection: { ledger: {} },
      }),
      fails: {
        'aws_dx_connection.bare': 'line',
        'aws_dx_connection.should': 'line',
        'aws_dx_connection.unasked': 'line',
        'aws_dx_hosted_connection.ledger': 'hosted',
      },
    },
    {
      name: 'a tunnel that says nothing',
      stacks: west({ aws_vpn_connection: { ledger: tunnel('tunnel1') } }),
      fails: { 'aws_vpn_connection.ledger': 'anything' },
    },
    {
      name: 'a tunnel with an empty list',
      stacks: west(vpn({ ike_versions: [] })),
      fails: { 'aws_vpn_connection.ledger': 'anything' },
    },
    ...[
      { ike_versions: ['ikev1', 'ikev2'] },
      { phase1_encryption_algorithms: ['AES128', 'AES256'] },
      { phase1_integrity_algorithms: ['SHA1'] },
      { phase1_dh_group_numbers: [2, 14] },
      { phase2_encryption_algorithms: ['AES128-GCM-16'] },
      { phase2_integrity_algorithms: ['SHA2-256', 'SHA1'] },
      { phase2_dh_group_numbers: [22] },
    ].map((more) => ({
      name: `a tunnel that accepts something weak in ${Object.keys(more).join()}`,
      stacks: west(vpn(more)),
      fails: { 'aws_vpn_connection.ledger': 'weak' },
    })),
  ],

  unproven: [
    {
      name: 'a VPC whose control has a mode that is not known',
      stacks: west(
        { ...VPC, aws_vpc_encryption_control: { ledger: { vpc_id: '${aws_vpc.ledger.id}', mode: '${var.value}' } } },
        variable,
      ),
      unproven: { 'aws_vpc.ledger': 'var.value' },
    },
    {
      name: 'a VPC of which an exclusion is not known',
      stacks: west(
        {
          ...VPC,
          aws_vpc_encryption_control: {
            ledger: { vpc_id: '${aws_vpc.ledger.id}', mode: 'enforce', lambda_exclusion: '${var.value}' },
          },
        },
        variable,
      ),
      unproven: { 'aws_vpc.ledger': 'var.value' },
    },
    {
      name: 'a VPC that excludes ways out, with a subnet of a tier that is not known',
      stacks: west(
        {
          ...VPC,
          ...subnet('${var.value}'),
          aws_vpc_encryption_control: {
            ledger: { vpc_id: '${aws_vpc.ledger.id}', mode: 'enforce', nat_gateway_exclusion: 'enable' },
          },
        },
        variable,
      ),
      unproven: { 'aws_vpc.ledger': 'whether a subnet of it is of a gateway is not known' },
    },
    {
      name: 'a VPC beside a control of which it is not known what it is about',
      stacks: west(
        { ...VPC, aws_vpc_encryption_control: { ledger: { vpc_id: '${var.value}', mode: 'enforce' } } },
        variable,
      ),
      unproven: { 'aws_vpc.ledger': 'var.value' },
    },
    {
      name: 'a VPC with controls of which there may be none',
      stacks: west(
        {
          ...VPC,
          aws_vpc_encryption_control: {
            ledger: { for_each: '${var.value}', vpc_id: '${aws_vpc.ledger.id}', mode: 'enforce' },
          },
        },
        { variable: { value: { type: 'set(string)' } } },
      ),
      unproven: { 'aws_vpc.ledger': 'that only the plan knows' },
    },
    {
      name: 'a VPC with a control that demands it and perhaps one that watches',
      stacks: west(
        {
          ...VPC,
          aws_vpc_encryption_control: {
            first: { vpc_id: '${aws_vpc.ledger.id}', mode: 'enforce' },
            second: { for_each: '${var.value}', vpc_id: '${aws_vpc.ledger.id}', mode: 'monitor' },
          },
        },
        { variable: { value: { type: 'set(string)' } } },
      ),
      unproven: { 'aws_vpc.ledger': 'if aws_vpc_encryption_control.second' },
    },
    {
      name: 'a VPC on a rack that nobody attested',
      stacks: rack,
      unproven: { 'aws_vpc.ledger': 'the policy has no evidence of kind network-encryption for north:aws_vpc.ledger' },
    },
    {
      name: 'a VPC on a rack whose evidence ended',
      stacks: rack,
      policy: { evidence: [{ ...EVIDENCE, expires: '2026-02-01' }] },
      unproven: { 'aws_vpc.ledger': 'expired on 2026-02-01' },
    },
    {
      name: 'a transit gateway, a line and a tunnel that are not known',
      stacks: west(
        {
          aws_ec2_transit_gateway: { ledger: { encryption_support: '${var.value}' } },
          aws_dx_connection: {
            asked: { request_macsec: '${var.value}', encryption_mode: 'must_encrypt' },
            mode: { request_macsec: true, encryption_mode: '${var.value}' },
          },
          ...vpn({ ike_versions: ['${var.value}'] }),
        },
        variable,
      ),
      unproven: {
        'aws_ec2_transit_gateway.ledger': 'var.value',
        'aws_dx_connection.asked': 'var.value',
        'aws_dx_connection.mode': 'var.value',
        'aws_vpn_connection.ledger': 'var.value',
      },
    },
    {
      name: 'bundles that order lines of their own, or of which that is not known',
      stacks: west({ aws_dx_lag: { own: {}, hidden: { connection_id: '${var.value}' } } }, variable),
      unproven: { 'aws_dx_lag.own': 'orders lines of its own', 'aws_dx_lag.hidden': 'var.value' },
    },
  ],
});
