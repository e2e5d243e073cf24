import check from '../../../checks/encryption/enc-014-hardened-compute.ts';
import { testCheck } from '../../support/check-tester.ts';

type Body = { readonly [key: string]: unknown };

const west = (resource: Body, more: Body = {}) => ({ west: { ...more, resource } });
const machines = (...types: readonly string[]) =>
  west({ aws_instance: Object.fromEntries(types.map((type, index) => [`m${index}`, { instance_type: type }])) });
const failing = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`aws_instance.m${index}`, 'former']));

const NITRO = `
  a1.large c5.large c6gn.16xlarge c8g.large m5.large m7i-flex.large r5b.large r8g.large t3.micro
  t3a.nano t4g.nano d3en.xlarge i3en.large i4i.large i7ie.large i8g.large im4gn.large is4gen.large
  g4dn.xlarge g5g.xlarge g6e.xlarge p4d.24xlarge p5.48xlarge x2idn.16xlarge x2gd.large x8g.large
  f2.6xlarge inf2.xlarge trn1.2xlarge dl1.24xlarge vt1.3xlarge hpc7g.4xlarge z1d.large mac2.metal
  i3.metal u-6tb1.56xlarge u7i-12tb.224xlarge`
  .trim()
  .split(/\s+/);
const XEN = `
  c1.medium c3.large c4.large d2.xlarge f1.2xlarge g3s.xlarge h1.2xlarge i2.xlarge i3.large m1.small
  m4.large p2.xlarge p3.2xlarge r4.large t1.micro t2.micro`
  .trim()
  .split(/\s+/);

testCheck(check, {
  pass: [
    { name: 'machines of the Nitro System', stacks: machines(...NITRO) },
    {
      name: 'what starts machines in other ways',
      stacks: west({
        aws_launch_template: { ledger: { instance_type: 'm6g.large' }, silent: { name: 'silent' } },
        aws_launch_configuration: { ledger: { instance_type: 'c6i.large' } },
        aws_autoscaling_group: {
          ledger: {
            mixed_instances_policy: {
              launch_template: { override: [{ instance_type: 'm6g.large' }, { weighted_capacity: '2' }] },
            },
          },
        },
        aws_eks_node_group: { ledger: { instance_types: ['m6g.large', 'm7g.large'] } },
        aws_batch_compute_environment: { ledger: { compute_resources: { instance_type: ['c6g.large'] } } },
        aws_ec2_host: { ledger: { instance_family: 'm5' } },
        aws_spot_fleet_request: { ledger: { launch_specification: [{ instance_type: 'r6g.large' }] } },
        aws_emr_instance_fleet: { ledger: { instance_type_configs: [{ instance_type: 'm6g.xlarge' }] } },
      }),
    },
  ],

  fail: [
    { name: 'machines on Xen', stacks: machines(...XEN), fails: failing(XEN.length) },
    {
      name: 'one of several',
      stacks: west({
        aws_eks_node_group: { ledger: { instance_types: ['m6g.large', 'm4.large'] } },
        aws_batch_compute_environment: { ledger: { compute_resources: { instance_type: ['c6g.large', 'c4.large'] } } },
        aws_autoscaling_group: {
          ledger: {
            mixed_instances_policy: {
              launch_template: { override: [{ instance_type: 'm6g.large' }, { instance_type: 'm4.large' }] },
            },
          },
        },
        aws_ec2_fleet: { ledger: { launch_template_config: { override: { instance_type: 't2.micro' } } } },
        aws_ec2_host: { ledger: { instance_type: 'm4.large' } },
      }),
      fails: {
        'aws_eks_node_group.ledger': 'former',
        'aws_batch_compute_environment.ledger': 'former',
        'aws_autoscaling_group.ledger': 'former',
        'aws_ec2_fleet.ledger': 'former',
        'aws_ec2_host.ledger': 'former',
      },
    },
  ],

  unproven: [
    {
      name: 'a machine that a template outside decides, beside one whose template is judged',
      stacks: west({
        aws_launch_template: { ledger: { instance_type: 'm6g.large' } },
        aws_instance: {
          inside: { launch_template: { id: '${aws_launch_template.ledger.id}' } },
          outside: { launch_template: { name: 'elsewhere' } },
        },
      }),
      unproven: { 'aws_instance.outside': 'takes its machine from the template "elsewhere"' },
    },
    {
      name: 'machines that nobody knows, or not yet',
      stacks: west(
        {
          aws_instance: { hidden: { instance_type: '${var.machine}' }, new: { instance_type: 'q9.large' } },
          aws_batch_compute_environment: { ledger: { compute_resources: { instance_type: ['optimal'] } } },
          aws_eks_node_group: { ledger: { instance_types: ['m6g.large', '${var.machine}'] } },
          aws_launch_template: { part: { instance_type: 'm${var.machine}.large' } },
        },
        { variable: { machine: { type: 'string' } } },
      ),
      unproven: {
        'aws_instance.hidden': 'var.machine',
        'aws_instance.new': 'instance_type is q9.large',
        'aws_batch_compute_environment.ledger': 'is optimal',
        'aws_eks_node_group.ledger': 'var.machine',
        'aws_launch_template.part': 'var.machine',
      },
    },
  ],
});
