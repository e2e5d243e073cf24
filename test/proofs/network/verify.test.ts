import { describe, expect, it } from 'vitest';
import { decide } from '../../../proofs/network/decide.ts';
import { compileFlowGraph } from '../../../proofs/network/flow/compile.ts';
import type { FlowGraph } from '../../../proofs/network/flow/graph.ts';
import type { Certificate, Question } from '../../../proofs/network/question.ts';
import { verify } from '../../../proofs/network/verify.ts';
import {
  addresses,
  at,
  between,
  Network,
  permit,
  route,
  services,
  sure,
  tcp,
  YES,
} from '../../support/network/topology.ts';

/** A VPC whose data subnet is closed, and a web subnet that is not. */
function ledger(): { graph: FlowGraph; question: Question; certificate: Certificate; proved: Question['from'] } {
  const net = new Network();
  const vpc = net.vpc('10.0.0.0/16');
  const internet = net.outside('the Internet');
  const door = net.door('internet', vpc, internet);
  const web = net.subnet(vpc, '10.0.1.0/24', { name: 'web', routes: [route('0.0.0.0/0', { kind: 'door', door })] });
  const nat = net.nat(web, '10.0.1.5', { name: 'nat' });
  const app = net.subnet(vpc, '10.0.2.0/24', { name: 'app', routes: [route('203.0.113.0/24', { kind: 'nat', nat })] });
  const data = net.subnet(vpc, '10.0.3.0/24', { name: 'data' });
  const group = net.group({ egress: [permit({ peer: addresses('198.51.100.0/24'), services: services(tcp(443)) })] });
  const shown = net.interface(web, '10.0.1.10', { name: 'shown', isPublic: YES, groups: sure(group) });
  const topology = net.topology;
  const question = between([web, app, data, shown], [internet]);
  const { decisions, certificate } = decide(topology, question);
  expect(decisions.map(({ kind }) => kind)).toEqual(['path', 'path', 'none', 'path']);
  return { graph: compileFlowGraph(topology), question, certificate: certificate(), proved: [at(data)] };
}

describe('the checker', () => {
  it('accepts what the engine found', () => {
    const { graph, ...claim } = ledger();
    expect(verify(graph, claim)).toEqual({ kind: 'ok' });
  });

  it('says by which edge packets get in that a certificate leaves out', () => {
    const { graph, certificate, ...claim } = ledger();
    const without = (node: string): Certificate => ({
      ...certificate,
      nodes: certificate.nodes.filter((item) => item.node !== node),
    });
    const answers = certificate.nodes.map(({ node }) => [
      node,
      verify(graph, { ...claim, certificate: without(node) }).kind,
    ]);
    expect(answers.filter(([, kind]) => kind === 'ok')).toEqual([]);
    expect(answers.length).toBeGreaterThan(8);
    expect(verify(graph, { ...claim, certificate: without('sent in app') })).toEqual({
      kind: 'broken',
      at: 'sent in app -> emitted in app',
    });
  });

  it('misses no address, service or box on the way to a target', () => {
    const { graph, certificate, ...claim } = ledger();
    const { nodes } = certificate;
    const mutants = nodes.flatMap(({ node, boxes }, index) =>
      boxes.flatMap((box, number) =>
        (['sources', 'destinations', 'services'] as const).flatMap((side) =>
          box[side].map((_, part) => {
            const kept = box[side].filter((__, other) => other !== part);
            const changed = kept.length === 0 ? [] : [{ ...box, [side]: kept }];
            const left = [...boxes.slice(0, number), ...changed, ...boxes.slice(number + 1)];
            return { node, nodes: nodes.map((item, other) => (other === index ? { node, boxes: left } : item)) };
          }),
        ),
      ),
    );
    const accepted = mutants.filter(
      (mutant) => verify(graph, { ...claim, certificate: { ...certificate, nodes: mutant.nodes } }).kind === 'ok',
    );
    // Beyond what can arrive at a node its set may be larger than it must be; the places themselves have no such part.
    expect(accepted.filter(({ node }) => node.startsWith('sent'))).toEqual([]);
    expect(accepted.length).toBeLessThan(mutants.length / 2);
  });

  it('does not let a place be proved that has packets', () => {
    const { graph, question, certificate } = ledger();
    expect(verify(graph, { question, certificate, proved: question.from })).toEqual({
      kind: 'broken',
      at: 'sent in web',
    });
  });

  it('takes no certificate of another network, nor of one with a guard changed', () => {
    const { graph, ...claim } = ledger();
    const other = {
      ...graph,
      edges: graph.edges.map((edge) => (edge.terms.length === 0 ? edge : { ...edge, terms: [] })),
    };
    expect(verify(other, claim)).toEqual({ kind: 'broken', at: 'another graph' });
    for (const [index, { terms }] of graph.edges.entries()) {
      for (const [dropped] of terms.entries()) {
        const edges = graph.edges.map((edge, own) =>
          own === index ? { ...edge, terms: edge.terms.filter((_, number) => number !== dropped) } : edge,
        );
        expect(verify({ ...graph, edges }, claim).kind).toBe('broken');
      }
    }
  });
});
