import { strict as assert } from 'node:assert';
import { describe, it } from 'vitest';
import {
  describeAddress,
  describeDestination,
  describePacket,
  describePlace,
  describeRange,
  describeService,
  describeTrace,
} from '../../../proofs/network/describe.ts';
import type { Address } from '../../../proofs/network/question.ts';
import { at, doubt, hiddenAddress, Network, origin, range } from '../../support/network/topology.ts';

function number(text: string): Address {
  const { family, first } = range(text);
  return { kind: 'number', family, value: first };
}

describe('an address', () => {
  it.each([
    '0.0.0.0',
    '10.0.1.5',
    '255.255.255.255',
    '::',
    '::1',
    '2a05:d014::5',
    '64:ff9b::c000:221',
    '1::',
    '1:2:3:4:5:6:7:8',
  ])('%s is written as people write it', (text) => {
    assert.equal(describeAddress(number(text)), text);
  });

  it('is shortened at its longest run of zeros, the first of equal ones, and never at a single one', () => {
    assert.equal(describeAddress(number('1:0:0:2:0:0:0:3')), '1:0:0:2::3');
    assert.equal(describeAddress(number('1:0:0:2:3:0:0:4')), '1::2:3:0:0:4');
    assert.equal(describeAddress(number('1:0:2:3:4:5:6:7')), '1:0:2:3:4:5:6:7');
  });

  it('that only AWS knows goes by its name', () => {
    assert.equal(
      describeAddress({ kind: 'unknown', unknown: hiddenAddress('the ledger', '10.0.0.0/8') }),
      'the ledger',
    );
  });
});

describe('a service', () => {
  it.each([
    [6 * 65_536 + 443, 'tcp 443'],
    [17 * 65_536 + 53, 'udp 53'],
    [65_536 + 8 * 256, 'icmp type 8 code 0'],
    [58 * 65_536 + 129 * 256 + 1, 'icmpv6 type 129 code 1'],
    [50 * 65_536, 'esp'],
    [99 * 65_536, 'protocol 99'],
  ])('%d is %s', (service, text) => {
    assert.equal(describeService(service), text);
  });
});

describe('a range', () => {
  it.each(['0.0.0.0/0', '10.0.0.0/16', '::/0', '2000::/3', '2a05:d014:1::/56'])('%s is a block', (text) => {
    assert.equal(describeRange(range(text)), text);
  });

  it('of one address is that address, and of no block its ends', () => {
    assert.equal(describeRange(range('10.0.0.7/32')), '10.0.0.7');
    assert.equal(describeRange({ family: 4, first: 1n, last: 6n }), '0.0.0.1-0.0.0.6');
    assert.equal(describeRange({ family: 4, first: 2n, last: 5n }), '0.0.0.2-0.0.0.5');
  });
});

describe('the destination of a route', () => {
  it('is its block, the name of one, or unknown', () => {
    assert.equal(describeDestination({ kind: 'range', range: range('10.0.0.0/8') }), '10.0.0.0/8');
    assert.equal(
      describeDestination({ kind: 'unknown', unknown: hiddenAddress('the block', '2000::/3') }),
      'the block',
    );
    assert.equal(describeDestination({ kind: 'any', doubts: [doubt('var.cidr')] }), 'an unknown destination');
  });
});

describe('a trace', () => {
  it('says the packet, each hop, and what a hop makes of it', () => {
    const packet = { source: number('10.0.1.5'), destination: number('203.0.113.9'), service: 6 * 65_536 + 443 };
    const after = { ...packet, source: number('10.0.3.4') };
    const network = new Network();
    const subnet = network.subnet(network.vpc('10.0.0.0/16'), '10.0.1.0/24', { name: 'aws_subnet.data' });
    const trace = {
      from: at(subnet),
      to: at(network.outside('the Internet')),
      packet,
      hops: [
        { at: origin('aws_subnet.data'), what: 'takes the route to 0.0.0.0/0', by: null, packet },
        { at: origin('aws_nat_gateway.edge'), what: 'translates the source', by: null, packet: after },
        { at: origin('aws_internet_gateway.world'), what: 'leaves for the Internet', by: null, packet: after },
      ],
    };
    assert.equal(describePacket(packet), 'tcp 443 from 10.0.1.5 to 203.0.113.9');
    assert.deepEqual(describeTrace(trace), [
      'tcp 443 from 10.0.1.5 to 203.0.113.9',
      '  aws_subnet.data takes the route to 0.0.0.0/0',
      '  aws_nat_gateway.edge translates the source, as tcp 443 from 10.0.3.4 to 203.0.113.9',
      '  aws_internet_gateway.world leaves for the Internet',
    ]);
  });

  it('names every kind of place', () => {
    const network = new Network();
    const subnet = network.subnet(network.vpc('10.0.0.0/16'), '10.0.1.0/24', { name: 'aws_subnet.data' });
    const outside = network.outside('the Internet');
    const places = [
      subnet,
      network.interface(subnet, '10.0.1.5', { name: 'aws_instance.app' }),
      outside,
      network.managedCompute(outside, ['out'], { name: 'aws_lambda_function.report' }),
    ];
    assert.deepEqual(
      places.map((place) => describePlace(at(place))),
      ['aws_subnet.data', 'aws_instance.app', 'the Internet', 'aws_lambda_function.report'],
    );
  });
});
