import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { isPlainCollection } from '../../../model/aws/plain-collections.ts';

it.each([
  ['a set of texts', 'aws_route_table', 'propagating_vgws', true],
  ['what is only read', 'aws_networkfirewall_firewall', 'firewall_status', true],
  ['a set of texts in a block', 'aws_eks_cluster', 'vpc_config.public_access_cidrs', true],
  ['blocks that may stand as an argument', 'aws_route_table', 'route', false],
  ['rules of a security group', 'aws_security_group', 'ingress', false],
  ['blocks', 'aws_instance', 'network_interface', false],
  ['an argument of another type', 'aws_subnet', 'propagating_vgws', false],
  ['a type that is not known', 'aws_route_tables_of_tomorrow', 'propagating_vgws', false],
])('%s', (_, type, path, expected) => {
  expect(isPlainCollection(type, path)).toBe(expected);
});

it('holds nothing that the installed bindings make blocks', () => {
  expect(() => execFileSync(process.execPath, ['scripts/generate-plain-collections.mjs'])).not.toThrow();
});
