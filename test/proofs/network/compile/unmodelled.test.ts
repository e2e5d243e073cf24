import { describe, expect, test } from 'vitest';
import { OFF_VPC } from '../../../../model/aws/off-vpc-compute.ts';
import { resourceTypes } from '../../../../model/aws/resource-types.ts';
import { Compilation } from '../../../../proofs/network/compile/compilation.ts';
import { topologyOf } from '../../../../proofs/network/compile/topology-of.ts';
import { MODELLED, SILENT, SILENT_SERVICES, UNMODELLED } from '../../../../proofs/network/compile/traffic-classes.ts';
import { typesOf } from '../../../../proofs/network/compile/type-list.ts';
import { addUnmodelled, trafficClassOf } from '../../../../proofs/network/compile/unmodelled.ts';
import { estateFrom } from '../../../support/terraform-json.ts';

function unmodelledIn(resource: unknown, understood: readonly string[] = []) {
  const estate = estateFrom({ west: { resource } });
  const compilation = new Compilation(estate);
  for (const known of estate.resources) if (understood.includes(known.address)) compilation.understood.add(known);
  addUnmodelled(compilation);
  return compilation.unmodelled.map((item) => `${item.resource.address}: ${item.reason}`);
}

describe('the tables', () => {
  test('classify every type of the provider', () => {
    expect(resourceTypes().filter((type) => trafficClassOf(type) === null)).toStrictEqual([]);
  });

  test('name each type once, and none that the provider lacks', () => {
    const services = SILENT_SERVICES.trim().split(/\s+/);
    const known = new Set(resourceTypes());
    const named = [SILENT, MODELLED, ...UNMODELLED.map(({ types }) => types)].flatMap(typesOf);
    const ofServices = resourceTypes().filter((type) => services.includes(type.split('_')[1] ?? ''));
    expect(named.filter((type) => !known.has(type))).toStrictEqual([]);
    expect(named.filter((type, index) => named.indexOf(type) !== index)).toStrictEqual([]);
    expect(ofServices.filter((type) => named.includes(type))).toStrictEqual([]);
    expect(OFF_VPC.filter(({ type }) => !known.has(type))).toStrictEqual([]);
  });

  test('hold no service that carries traffic to be silent', () => {
    const silent = new Set(
      SILENT_SERVICES.trim()
        .split(/\s+/)
        .map((service) => `aws_${service}_x`),
    );
    const rows = OFF_VPC.filter(({ type }) => silent.has(`${type.split('_').slice(0, 2).join('_')}_x`));
    expect(rows).toStrictEqual([]);
  });
});

test('each modelled type is read by some phase', () => {
  const types = [...typesOf(MODELLED), ...OFF_VPC.map(({ type }) => type)];
  const unread = types.filter((type) =>
    topologyOf(estateFrom({ west: { resource: { [type]: { a: {} } } } })).unmodelled.some(({ reason }) =>
      reason.endsWith('is written in a way that the model does not read'),
    ),
  );
  // Read with the balancer that it names.
  expect(unread).toStrictEqual(['aws_elb_attachment']);
});

describe('a resource', () => {
  test('that carries no traffic is fine', () => {
    expect(unmodelledIn({ aws_iam_role: { a: {} }, aws_s3_bucket: { a: {} }, random_id: { a: {} } })).toStrictEqual([]);
  });

  test('of a modelled type is named unless a phase has understood it', () => {
    const resource = { aws_route: { seen: {}, missed: {} } };
    expect(unmodelledIn(resource, ['aws_route.seen'])).toStrictEqual([
      'aws_route.missed: can carry traffic, and is written in a way that the model does not read',
    ]);
  });

  test.each([
    ['aws_vpc_route_server_peer', 'carries traffic by routes that only its BGP peers know'],
    ['aws_ec2_transit_gateway_multicast_domain', 'copies packets to every member of a multicast group'],
    ['aws_odb_network', 'is a network of Oracle Database@AWS with routes and peers of its own'],
    ['aws_appmesh_route', 'routes requests between services by proxies that the estate does not show'],
    ['aws_cloudformation_stack', 'makes resources from a template, which Terraform does not show'],
    ['aws_opsworks_stack', 'makes instances by itself, in a network that Terraform does not show'],
    ['aws_fms_policy', 'may add firewalls, lists and security groups of its own while the estate runs'],
    ['awscc_ec2_vpc', 'is of a type that no table knows, and may carry traffic'],
    ['kubernetes_service', 'is of a type that no table knows, and may carry traffic'],
    ['helm_release', 'is of a type that no table knows, and may carry traffic'],
    ['aws_teleport_gate', 'is of a type that no table knows, and may carry traffic'],
  ])('%s is named', (type, reason) => {
    expect(unmodelledIn({ [type]: { a: {} } })).toStrictEqual([`${type}.a: ${reason}`]);
  });

  test('with a provisioner is named, whatever it is', () => {
    expect(
      unmodelledIn({ null_resource: { quiet: {}, loud: { provisioner: { 'local-exec': { command: 'true' } } } } }),
    ).toStrictEqual(['null_resource.loud: runs a provisioner, whose effects Terraform does not show']);
  });

  test('is named by a condition, also by one that the input hides', () => {
    const host = (vpc: unknown) => unmodelledIn({ aws_codeconnections_host: { a: vpc } }).length;
    expect(host({})).toBe(0);
    expect(host({ vpc_configuration: { vpc_id: 'vpc-1' } })).toBe(1);
    expect(host({ vpc_configuration: '${var.network}' })).toBe(1);
  });
});
