import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { egressQuestion, ingressQuestion } from '../../checks/gateway/cut.ts';
import { type Enclave, enclaveOf, type EnclaveSite } from '../../checks/gateway/enclave.ts';
import type { Io, Output } from '../../cli/io.ts';
import { readEstate, readPolicy } from '../../cli/read-estate.ts';
import { ask } from '../../proofs/network/ask.ts';
import { compileFlowGraph } from '../../proofs/network/flow/compile.ts';
import type { Question } from '../../proofs/network/question.ts';
import { verify } from '../../proofs/network/verify.ts';
import { type Edit, EnclaveCopy } from './enclave-copy.ts';

const SITES = ['dublin', 'ireland-2', 'norway'];
const QUESTIONS = SITES.flatMap((site) => [
  { name: `out of ${site}`, site, questionOf: egress },
  { name: `into ${site}`, site, questionOf: ingressQuestion },
]);

/** What the edges of the sites in Ireland send to the Internet passes no firewall. */
const PAST_THE_FIREWALL: Edit = {
  file: 'stacks/gateway/gateway-network.ts',
  from: "edge.routes, '0.0.0.0/0', { vpcEndpointId: endpoint });",
  to: "edge.routes, '0.0.0.0/0', { gatewayId: internet.id });",
};

const SILENT: Output = { isTerminal: false, columns: null, write: async () => {} };

let copy: EnclaveCopy;
let sound: Enclave;
let leaky: Enclave;

beforeAll(async () => {
  copy = new EnclaveCopy();
  copy.synth();
  sound = await read();
  copy.edited([PAST_THE_FIREWALL], () => {
    copy.synth();
  });
  leaky = await read();
});

afterAll(() => {
  copy.remove();
});

describe('the proof of the enclave of this repository, its gateways taken out', () => {
  for (const { name, site, questionOf } of QUESTIONS) {
    it(`holds ${name}, by a certificate that is checked`, () => {
      const { findings, verification } = proofOf(sound, questionOf(siteOf(sound, site), sound));
      expect(findings.length).toBeGreaterThan(0);
      expect(findings.filter(({ finding }) => finding.kind !== 'none')).toEqual([]);
      expect(verification).toEqual({ kind: 'ok' });
    });
  }

  it('says something: with its gateways every site reaches others and is reached', () => {
    for (const { site, questionOf } of QUESTIONS) {
      const question = questionOf(siteOf(sound, site), sound);
      const without = { certain: new Set<never>(), doubtful: new Map<never, never>() };
      const { findings } = ask(sound.topology, { ...question, without });
      expect(findings.some(({ finding }) => finding.kind === 'path')).toBe(true);
    }
  });
});

describe('the proof of an enclave with a route past its firewall', () => {
  it('does not hold out of the site, and no certificate says that it does', () => {
    const question = egress(siteOf(leaky, 'dublin'), leaky);
    const { findings, verification } = proofOf(leaky, question);
    expect(findings.some(({ finding }) => finding.kind === 'path')).toBe(true);
    expect(verification.kind).toBe('broken');

    const { certificate } = ask(sound.topology, egress(siteOf(sound, 'dublin'), sound));
    expect(verify(compileFlowGraph(leaky.topology), { question, certificate, proved: question.from })).toEqual({
      kind: 'broken',
      at: 'another graph',
    });
  });

  it('holds of the site whose gateways are appliances', () => {
    const { findings, verification } = proofOf(leaky, egress(siteOf(leaky, 'norway'), leaky));
    expect(findings.filter(({ finding }) => finding.kind !== 'none')).toEqual([]);
    expect(verification).toEqual({ kind: 'ok' });
  });
});

function egress(site: EnclaveSite, enclave: Enclave): Question {
  return egressQuestion(site, enclave, 'all');
}

/** The answer, and whether its certificate shows that nothing gets through from any place that was asked about. */
function proofOf({ topology }: Enclave, question: Question) {
  const { findings, certificate } = ask(topology, question);
  const verification = verify(compileFlowGraph(topology), { question, certificate, proved: question.from });
  return { findings, verification };
}

function siteOf({ sites }: Enclave, id: string): EnclaveSite {
  const found = sites.find(({ site }) => site.id === id);
  if (found === undefined) throw new Error(`the enclave has no site ${id}`);
  return found;
}

/** The enclave as the command line reads it. */
async function read(): Promise<Enclave> {
  const io: Io = {
    stdout: SILENT,
    stderr: SILENT,
    cwd: copy.directory,
    environment: {},
    now: () => new Date('2026-11-01T00:00:00Z'),
    preload: '',
  };
  const { policy } = await readPolicy('enclave.yaml', io);
  const inputs = { paths: [join(copy.directory, 'cdktf.out')], variables: [] };
  const { estate } = await readEstate(inputs, io, async () => {});
  return enclaveOf({ estate, policy, asOf: '2026-11-01' });
}
