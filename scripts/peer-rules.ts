// What docs/peer-rules.md says: rules of other scanners on encryption and keys, and what trefoil has for each. Pure.
import { catalogue, checks } from '../checks/index.ts';
import { code, prose } from './control-pages.ts';
import { PEER_RULES, type PeerRules } from './peer-rule-table.ts';

const INTRODUCTION = `<!-- Written by "npm run docs" from scripts/peer-rule-table.ts. Change that, not this page. -->

# Rules of other scanners on encryption, transport and keys

For those who come from another scanner: each of its rules for AWS on encryption at rest, encryption in transit and keys, and the controls that judge the same. The lists are those that the tools publish, as of August 2026. A row holds the rules on one kind of resource; where some of them ask for more than encryption, the row says so.

Controls ask for more than the rules beside them: a customer key of the site and not any key, in the right country, through references, aliases and other stacks, and *unproven* where the input does not tell. A control in italics is planned and judges nothing yet.`;

/** The page. */
export function peerRules(): string {
  const implemented = new Set(checks.map(({ id }) => id));
  const none = PEER_RULES.filter(({ controls }) => controls === '');
  const planned = PEER_RULES.filter(
    ({ controls }) => controls !== '' && !controls.split(' ').some((id) => implemented.has(id)),
  );
  const counts =
    `${String(PEER_RULES.length)} rows: ${String(PEER_RULES.length - none.length - planned.length)} are judged, ` +
    `${String(planned.length)} wait for a planned control, ${String(none.length)} for none.`;
  return `${[
    INTRODUCTION,
    counts,
    [
      '| on | demands | Checkov | Trivy | KICS | cdk-nag | Control Tower | trefoil |',
      '| --- | --- | --- | --- | --- | --- | --- | --- |',
      ...PEER_RULES.map((rules) => row(rules, implemented)),
    ].join('\n'),
  ].join('\n\n')}\n`;
}

function row(
  { on, demands, checkov, trivy, kics, cdkNag, controlTower, controls, why }: PeerRules,
  implemented: ReadonlySet<string>,
): string {
  const ids = (list: string | undefined) => (list === undefined ? '' : list.split(' ').map(code).join(' '));
  const ours =
    controls === ''
      ? prose(`none: ${why ?? ''}`)
      : controls
          .split(' ')
          .map((id) => link(id, implemented))
          .join(' ');
  const cells = [
    ids(on.replaceAll(',', '')),
    prose(demands),
    ids(checkov),
    ids(trivy),
    ids(kics),
    ids(cdkNag),
    ids(controlTower),
    ours,
  ];
  return `| ${cells.join(' | ')} |`;
}

function link(id: string, implemented: ReadonlySet<string>): string {
  if (!catalogue.some((control) => control.id === id)) throw new TypeError(`${id} is no control of the catalogue`);
  const text = `[${id}](controls/${id.toLowerCase()}.md)`;
  return implemented.has(id) ? text : `*${text}*`;
}
