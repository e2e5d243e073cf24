import check from '../../../checks/gateway/gtw-008-tamper-resistance.ts';
import { testCheck } from '../../support/check-tester.ts';

const KEY = { aws_kms_key: { gateway: {} } };
const FIREWALL = {
  delete_protection: true,
  firewall_policy_change_protection: true,
  subnet_change_protection: true,
  encryption_configuration: { type: 'CUSTOMER_KMS', key_id: '${aws_kms_key.gateway.arn}' },
};
const ADDRESS = 'aws_networkfirewall_firewall.gateway';
const FRONT = 'aws_lb.front';
const SUBNETS = {
  aws_subnet: {
    gateway: { tags: { 'ledger:tier': 'gateway' } },
    data: { tags: { 'ledger:tier': 'data' } },
  },
};

/** A protected firewall, but for some arguments. */
const firewall = (change: object, variable: object = {}) => ({
  stacks: {
    west: { resource: { ...KEY, aws_networkfirewall_firewall: { gateway: { ...FIREWALL, ...change } } }, variable },
  },
});

const balancer = (front: object, variable: object = {}) => ({
  stacks: { west: { resource: { ...SUBNETS, aws_lb: { front } }, variable } },
});

const appliance = (instance: object, variable: object = {}) => ({
  stacks: { north: { resource: { aws_instance: { appliance: instance, other: {} } }, variable } },
  policy: {
    gateways: [
      {
        id: 'north-data',
        site: 'north',
        purpose: 'data-transmission',
        kind: 'appliance',
        stack: 'north',
        address: 'aws_instance.appliance',
      },
    ],
  },
});

testCheck(check, {
  pass: [
    { name: 'a protected firewall', ...firewall({}) },
    { name: 'protections as text', ...firewall({ delete_protection: 'true', subnet_change_protection: '1' }) },
    {
      name: 'zone protection that a firewall of a VPC does not have',
      ...firewall({ availability_zone_change_protection: false }),
    },
    {
      name: 'a firewall of a transit gateway, which has no subnets',
      ...firewall({
        transit_gateway_id: 'tgw-0123456789abcdef0',
        subnet_change_protection: null,
        availability_zone_change_protection: true,
      }),
    },
    {
      name: 'a firewall that may have a transit gateway, with both protections',
      ...firewall({ transit_gateway_id: '${var.transit}', availability_zone_change_protection: true }, { transit: {} }),
    },
    {
      name: 'an encryption block in a list, under provider 5',
      stacks: {
        west: {
          terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '5.100.0' } } },
          resource: {
            ...KEY,
            aws_networkfirewall_firewall: {
              gateway: [{ ...FIREWALL, encryption_configuration: [FIREWALL.encryption_configuration] }],
            },
          },
        },
      },
    },
    {
      name: 'a registered key',
      ...firewall({
        encryption_configuration: {
          type: 'CUSTOMER_KMS',
          key_id: 'arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-4000-8000-000000000001',
        },
      }),
      policy: {
        keys: {
          maximumRotationDays: 365,
          register: [
            {
              arn: 'arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-4000-8000-000000000001',
              site: 'west',
              owner: 'Security',
              reason: 'Held in an HSM.',
            },
          ],
        },
      },
    },
    { name: 'a protected front door', ...balancer({ enable_deletion_protection: true }) },
    {
      name: 'an open balancer inside the enclave, beside a protected one in gateway subnets',
      stacks: {
        west: {
          resource: {
            ...SUBNETS,
            aws_lb: {
              inside: { internal: true, subnets: ['${aws_subnet.data.id}'] },
              fleet: {
                internal: true,
                subnet_mapping: [{ subnet_id: '${aws_subnet.gateway.id}' }],
                enable_deletion_protection: true,
              },
            },
          },
        },
      },
    },
    {
      name: 'a protected appliance beside an instance that is no gateway',
      ...appliance({ disable_api_termination: true }),
    },
  ],
  fail: [
    ...['delete_protection', 'firewall_policy_change_protection', 'subnet_change_protection'].flatMap((argument) => [
      {
        name: `a firewall with ${argument} off`,
        ...firewall({ [argument]: false }),
        fails: { [ADDRESS]: 'unprotected' },
      },
      {
        name: `a firewall without ${argument}`,
        ...firewall({ [argument]: null }),
        fails: { [ADDRESS]: 'unprotected' },
      },
    ]),
    {
      name: 'a firewall of a transit gateway without zone protection',
      stacks: {
        west: {
          resource: {
            ...KEY,
            aws_ec2_transit_gateway: { hub: {} },
            aws_networkfirewall_firewall: {
              gateway: { ...FIREWALL, transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}' },
            },
          },
        },
      },
      fails: { [ADDRESS]: 'unprotected' },
    },
    {
      name: 'a firewall without an encryption block',
      ...firewall({ encryption_configuration: null }),
      fails: { [ADDRESS]: 'ownedKey' },
    },
    {
      name: 'a firewall with a key that AWS owns',
      ...firewall({ encryption_configuration: { type: 'AWS_OWNED_KMS_KEY' } }),
      fails: { [ADDRESS]: 'ownedKey' },
    },
    {
      name: 'a customer key that is not named',
      ...firewall({ encryption_configuration: { type: 'CUSTOMER_KMS' } }),
      fails: { [ADDRESS]: 'ownedKey' },
    },
    {
      name: 'a key that AWS manages',
      ...firewall({ encryption_configuration: { type: 'CUSTOMER_KMS', key_id: 'alias/aws/network-firewall' } }),
      fails: { [ADDRESS]: 'awsManaged' },
    },
    { name: 'an open front door', ...balancer({ internal: false }), fails: { [FRONT]: 'unprotected' } },
    {
      name: 'an open balancer of a fleet of appliances',
      ...balancer({ load_balancer_type: 'gateway', internal: true }),
      fails: { [FRONT]: 'unprotected' },
    },
    {
      name: 'an open balancer in a gateway subnet',
      ...balancer({ internal: true, subnets: ['${aws_subnet.data.id}', '${aws_subnet.gateway.id}'] }),
      fails: { [FRONT]: 'unprotected' },
    },
    {
      name: 'an appliance that one call ends',
      ...appliance({ disable_api_termination: false }),
      fails: { 'aws_instance.appliance': 'unprotected' },
    },
    {
      name: 'an appliance that is not protected from its end',
      ...appliance({}),
      fails: { 'aws_instance.appliance': 'unprotected' },
    },
  ],
  unproven: [
    {
      name: 'a protection from a variable',
      ...firewall({ delete_protection: '${var.protect}' }, { protect: {} }),
      unproven: { [ADDRESS]: 'var.protect' },
    },
    {
      name: 'a firewall that may have a transit gateway, without zone protection',
      ...firewall({ transit_gateway_id: '${var.transit}' }, { transit: {} }),
      unproven: { [ADDRESS]: 'var.transit' },
    },
    {
      name: 'a key from a variable',
      ...firewall({ encryption_configuration: { type: 'CUSTOMER_KMS', key_id: '${var.key}' } }, { key: {} }),
      unproven: { [ADDRESS]: 'var.key' },
    },
    {
      name: 'a type of encryption from a variable',
      ...firewall(
        { encryption_configuration: { type: '${var.type}', key_id: '${aws_kms_key.gateway.arn}' } },
        { type: {} },
      ),
      unproven: { [ADDRESS]: 'var.type' },
    },
    {
      name: 'a type of encryption from a variable, without a key',
      ...firewall({ encryption_configuration: { type: '${var.type}' } }, { type: {} }),
      unproven: { [ADDRESS]: 'var.type' },
    },
    {
      name: 'a key outside the estate',
      ...firewall({
        encryption_configuration: {
          type: 'CUSTOMER_KMS',
          key_id: 'arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-4000-8000-000000000001',
        },
      }),
      unproven: { [ADDRESS]: 'outside the estate' },
    },
    {
      name: 'an encryption block that a dynamic block makes',
      ...firewall(
        {
          encryption_configuration: undefined,
          dynamic: { encryption_configuration: { for_each: '${var.blocks}', content: { type: 'CUSTOMER_KMS' } } },
        },
        { blocks: {} },
      ),
      unproven: { [ADDRESS]: 'encryption_configuration' },
    },
    {
      name: 'an open balancer that may be a front door',
      ...balancer({ internal: '${var.internal}', subnets: ['${aws_subnet.data.id}'] }, { internal: {} }),
      unproven: { [FRONT]: 'var.internal' },
    },
    {
      name: 'an open balancer in a subnet outside the estate',
      ...balancer({ internal: true, subnets: ['subnet-0123456789abcdef0'] }),
      unproven: { [FRONT]: 'outside the estate' },
    },
    {
      name: 'an open balancer in a subnet from a variable',
      ...balancer({ internal: true, subnets: '${var.subnets}' }, { subnets: {} }),
      unproven: { [FRONT]: 'var.subnets' },
    },
    {
      name: 'an open balancer in a subnet whose tier is not known',
      stacks: {
        west: {
          variable: { tier: {} },
          resource: {
            aws_subnet: { some: { tags: { 'ledger:tier': '${var.tier}' } } },
            aws_lb: { front: { internal: true, subnets: ['${aws_subnet.some.id}'] } },
          },
        },
      },
      unproven: { [FRONT]: 'var.tier' },
    },
    {
      name: 'the protection of an appliance from a variable',
      ...appliance({ disable_api_termination: '${var.protect}' }, { protect: {} }),
      unproven: { 'aws_instance.appliance': 'var.protect' },
    },
  ],
});
