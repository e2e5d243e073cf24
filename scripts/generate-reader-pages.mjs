// Writes the transcripts of docs/engineer.md and docs/auditor.md from real runs of the built program on a copy of the
// enclave's stacks: keys of one site that do not rotate, and a bundle of evidence. The date of judgement and the commit are
// fixed; digests of what is signed are not, and are shown as an ellipsis.
import { generateKeyPairSync } from 'node:crypto';
import { fill, inEnclaveCopy } from './enclave-copy.mjs';

const AS_OF = ['--as-of', '2026-11-22'];
const WITHOUT_ROTATION = {
  file: 'stacks/monitor/log-archive.ts',
  from: 'enableKeyRotation: true,',
  to: 'enableKeyRotation: false,',
};
const ONE_CONTROL = ['--control', 'KEY-004'];

inEnclaveCopy((copy) => {
  copy.trefoil(0, 'synth', '--quiet');
  copy.trefoil(0, 'check', '--format', 'json:main.json', ...AS_OF);
  copy.synthesiseWith(WITHOUT_ROTATION);
  const id = firstFailure(copy.trefoil(1, 'check', ...ONE_CONTROL, '--format', 'json', ...AS_OF));
  const change = ['check', '--base', 'main.json', '--block', 'changes', ...AS_OF];
  const shown = {
    finding: copy.trefoil(1, 'check', ...ONE_CONTROL, ...AS_OF),
    change: copy.trefoil(1, ...change, '--quiet'),
    explain: `$ trefoil explain ${id}\n${copy.trefoil(0, 'explain', id, ...AS_OF)}`,
    except: `$ trefoil except ${id}\n${copy.trefoil(0, 'except', id, ...AS_OF)}`,
  };
  fill('docs/engineer.md', shown);

  copy.trefoil(0, 'synth', '--quiet');
  copy.write('.github/CODEOWNERS', '/enclave.yaml @example/data-protection\n');
  copy.commit('enclave.yaml', '.github/CODEOWNERS');
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  copy.write('seal.key', privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600);
  copy.write('seal.pub', publicKey.export({ type: 'spki', format: 'pem' }));
  const written = copy.trefoil(0, 'evidence', '--policy-history', '--key', 'seal.key', '--out', 'evidence-1', ...AS_OF);
  const by = ['--public-key', 'seal.pub'];
  const verified = copy.trefoil(0, 'verify', 'evidence-1', ...by, '--reproduce');
  const sample = copy.trefoil(0, 'sample', 'evidence-1', ...by, '--seed', '2026-Q4', '--size', '4');
  copy.write('evidence-1/report.txt', 'all is well\n');
  const edited = copy.refusal(4, 'verify', 'evidence-1', ...by);
  fill('docs/auditor.md', {
    evidence: steady(written),
    verify: steady(verified),
    sample: steady(sample),
    edited: steady(edited),
  });
});

function firstFailure(report) {
  return JSON.parse(report).results.find(({ verdict }) => verdict === 'fail').id;
}

/** Without what a signature of a new key, the clock and the build of the program change. */
function steady(text) {
  return text.replaceAll(/\b[\da-f]{64}\b/g, '…').replaceAll(/\d{4}-\d\d-\d\dT[\d:]+Z/g, '2026-11-22T09:00:00Z');
}
