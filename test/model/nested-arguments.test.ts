import { strict as assert } from 'node:assert';
import { describe, it } from 'vitest';
import { nestedArguments } from '../../model/nested-arguments.ts';
import { describeHidden, display } from '../../model/value.ts';
import { estateOf } from '../../checks/example-estate.ts';

function read(type: string, body: object, path: string) {
  const estate = estateOf({ stacks: { west: { variable: { cards: {} }, resource: { [type]: { ledger: body } } } } });
  const [resource] = estate.resources;
  assert.ok(resource);
  const { items, open } = nestedArguments(estate, resource, path.split('.'));
  return {
    items: items.map((item) => [item.path.join('.'), display(item.value), item.isInBlock]),
    open: open.map(describeHidden),
  };
}

const CARD = 'network_interfaces.associate_public_ip_address';

describe('nestedArguments', () => {
  it('reads the argument of every block', () => {
    assert.deepEqual(
      read(
        'aws_launch_template',
        { network_interfaces: [{ associate_public_ip_address: true }, { associate_public_ip_address: 'false' }] },
        CARD,
      ).items,
      [
        ['network_interfaces.0.associate_public_ip_address', 'true', true],
        ['network_interfaces.1.associate_public_ip_address', '"false"', true],
      ],
    );
  });

  it('gives the meaning of absence for each block that omits it', () => {
    const blocks = { network_configuration: [{ subnets: [] }, { assign_public_ip: true }] };
    assert.deepEqual(read('aws_ecs_service', blocks, 'network_configuration.assign_public_ip').items, [
      ['network_configuration.0.assign_public_ip', 'false', true],
      ['network_configuration.1.assign_public_ip', 'true', true],
    ]);
  });

  it('gives it once where the block is missing', () => {
    assert.deepEqual(read('aws_eks_cluster', {}, 'vpc_config.endpoint_public_access').items, [
      ['vpc_config.endpoint_public_access', 'true', false],
    ]);
  });

  it('says what hides blocks', () => {
    assert.deepEqual(read('aws_launch_template', { network_interfaces: '${var.cards}' }, CARD), {
      items: [],
      open: ['var.cards'],
    });
  });
});
