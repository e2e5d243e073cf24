import { type ControlSelfTest, selfTest } from '../checks/self-test.ts';
import { certificatesOf, type SiteCertificate } from '../checks/gateway/certificates.ts';
import { checks } from '../checks/index.ts';
import { coverageOf } from '../checks/coverage.ts';
import { appendixOf } from '../report/appendix-of.ts';
import { REPORT_FILE } from '../report/bundle.ts';
import { coverageJson } from '../report/coverage-json.ts';
import { reporters } from '../report/index.ts';
import { withheldData } from '../report/withheld-data.ts';
import { fileOptions } from './check.ts';
import type { Judgement } from './judge.ts';
import { joined } from './parts.ts';

/** Files by their path in a bundle. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>;

/** What a bundle holds of a judgement by a program of that digest. The same inputs make the same bytes again. */
export function contentOf({ report, context }: Judgement, toolSha256: string | null): BundleFiles {
  // Without frames: the source files are no inputs, and change while these stay.
  const options = fileOptions({ quiet: false, color: false, debug: false }, new Map());
  const tested = selfTest(checks);
  const certificates = certificatesOf(context);
  refuseDefects(tested, certificates);
  // Where sets of packets end tells a block or a port that is sensitive; the proof itself is made again at any time.
  const tells = context.estate.stacks.every(({ secrets }) => secrets === null || secrets.size === 0);
  const shown = certificates.map((certificate) => (tells ? certificate : { ...certificate, certificate: null }));
  const told = (value: object): Uint8Array =>
    Buffer.from(
      `${JSON.stringify(
        withheldData(value, (text) => context.estate.withhold(text)),
        null,
        2,
      )}\n`,
    );
  const coverage = { ...coverageOf(context, report), incompleteBecause: report.incompleteBecause };
  return new Map([
    [REPORT_FILE, bytesOf(reporters.json(report))],
    ['report.html', bytesOf(reporters.html(report, { ...options, appendix: appendixOf(context, report, toolSha256) }))],
    ['report.txt', bytesOf(reporters.text(report, options))],
    ['coverage.json', Buffer.from(coverageJson(coverage))],
    ['certificates.json', told({ schemaVersion: 1, certificates: shown })],
    ['self-test.json', told({ schemaVersion: 1, controls: tested })],
    ['README.txt', Buffer.from(README)],
  ]);
}

/** A program that misjudges what is known must not sign what it judged. */
function refuseDefects(tested: readonly ControlSelfTest[], certificates: readonly SiteCertificate[]): void {
  const wrong = tested.find((control) => control.wrong.length > 0);
  if (wrong !== undefined) throw new Error(`${wrong.control} misjudges its example ${wrong.wrong.join(', ')}`);
  const broken = certificates.find((certificate) => certificate.broken !== null);
  if (broken !== undefined) {
    throw new Error(`the certificate of ${broken.control} at ${broken.site} is broken at ${broken.broken}`);
  }
}

function bytesOf(parts: Iterable<string>): Uint8Array {
  return Buffer.concat(Array.from(joined(parts), (text) => Buffer.from(text, 'utf8')));
}

const README = `Evidence of a run of trefoil, a checker of infrastructure as code.

report.html        the whole report to read, search and print; it needs no network
report.json        every verdict on every subject, with what was seen; report.txt sums it up
coverage.json      every resource of the estate once: looked at by which controls, or not, and why
certificates.json  why nothing passes the border of a site but by a gateway, with the gateways taken out
self-test.json     how each control judged examples whose answers are known, in this very program
policy/            the policy that judged
exceptions/        the exceptions that were applied
evidence/          the signed statements of what Terraform cannot show
statement.json     the signed statement (in-toto in DSSE, Ed25519) with the digest of each file

To verify it:   trefoil verify <this> --public-key seal.pub
To draw a sample of what was judged:   trefoil sample <this> --public-key seal.pub --seed 1 --size 25
To judge again, where the inputs are:   trefoil verify <this> --public-key seal.pub --reproduce

It proves what the configuration says, not what runs: drift, hands in consoles and what lies outside of the
stacks are not in it. A signature proves who signed, and a chain of bundles that none is missing before the
last; that the last is the newest, only somebody knows who was told its digest.
`;
