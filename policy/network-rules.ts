import { parseCidr } from '../model/aws/cidr.ts';
import { quote } from '../model/json/quote.ts';
import { flowEnd } from './flow-end.ts';
import type { Part } from './part.ts';
import type { PolicyProblem } from './problem.ts';
import { checkKnown, checkUnique, idsOf, known } from './reference-rules.ts';
import { checkCountry } from './site-rules.ts';
import { suggest } from './suggestion.ts';

/** What must hold of the network beyond its shape: flows and links have ends, blocks are blocks, waivers are decided. */
export function checkNetwork(root: Part): readonly PolicyProblem[] {
  const network = root.at('network');
  const sites = idsOf(root, 'sites', 'id');
  const tiers = idsOf(root, 'tiers', 'id');
  const outside = network.items('outside');
  const flows = network.items('flows');
  return [
    ...checkUnique(outside, 'id', 'network outside'),
    ...checkUnique(flows, 'id', 'flow'),
    ...[...outside, ...flows].flatMap((item) => checkName(item)),
    ...outside.flatMap((item) => [
      ...checkBlocks(item),
      ...item.items('locations').flatMap((location) => {
        const country = location.text('country');
        return country === null ? [] : checkCountry(country);
      }),
    ]),
    ...flows.flatMap((flow) => [
      ...['from', 'to'].flatMap((key) =>
        checkEnd(flow, key, { sites, tiers, outside: idsOf(network, 'outside', 'id') }),
      ),
      ...checkPort(flow),
    ]),
    ...network
      .items('links')
      .flatMap((link) => [...known(link.texts('sites'), 'site', sites), ...checkPair(link, 'sites')]),
    ...network
      .items('separatedTiers')
      .flatMap((pair) => [...known(pair.texts('tiers'), 'tier', tiers), ...checkPair(pair, 'tiers')]),
    ...root.items('gateways').flatMap((gateway) => [...checkWaiver(gateway), ...checkImage(gateway)]),
  ];
}

/** "site/tier" and the id of a network are told apart by the slash. */
function checkName(item: Part): readonly PolicyProblem[] {
  const id = item.text('id');
  if (id === null || !id.text.includes('/')) return [];
  return [id.part.problem('PO-VALUE', `the id ${quote(id.text)} holds a slash`, 'Use an id without "/".')];
}

function checkBlocks(item: Part): readonly PolicyProblem[] {
  return item
    .texts('cidrs')
    .filter(({ text }) => parseCidr(text) === null)
    .map(({ text, part }) => {
      const what = `${quote(text)} is no CIDR block`;
      return part.problem('PO-VALUE', what, 'Write an address and a prefix length, such as "192.0.2.0/24".');
    });
}

interface Ends {
  readonly sites: ReadonlySet<string>;
  readonly tiers: ReadonlySet<string>;
  readonly outside: ReadonlySet<string>;
}

function checkEnd(flow: Part, key: string, { sites, tiers, outside }: Ends): readonly PolicyProblem[] {
  const text = flow.text(key);
  if (text === null) return [];
  const end = flowEnd(text.text);
  if (end.kind === 'outside') return checkKnown(text, 'network outside', outside);
  const problems: PolicyProblem[] = [];
  const refuse = (what: string, name: string, ids: ReadonlySet<string>) => {
    if (ids.has(name)) return;
    const fix = suggest(name, ids, `name a ${what} of the policy, as "site/tier".`);
    problems.push(text.part.problem('PO-REFERENCE', `there is no ${what} ${quote(name)}`, fix));
  };
  refuse('site', end.site, sites);
  refuse('tier', end.tier, tiers);
  return problems;
}

function checkPort(flow: Part): readonly PolicyProblem[] {
  const protocol = flow.text('protocol');
  const port = flow.at('port');
  if (protocol === null) return [];
  const hasPorts = protocol.text === 'tcp' || protocol.text === 'udp';
  if (hasPorts && port.value === undefined) {
    return [protocol.part.problem('PO-MISSING', `a flow of ${protocol.text} without "port"`, 'Add the port.')];
  }
  if (!hasPorts && port.value !== undefined) {
    return [port.problem('PO-VALUE', `a port for ${quote(protocol.text)}`, 'Remove it: ICMP has no ports.')];
  }
  return [];
}

function checkImage(gateway: Part): readonly PolicyProblem[] {
  const image = gateway.text('image');
  if (image === null || gateway.text('kind')?.text === 'appliance') return [];
  return [image.part.problem('PO-VALUE', 'a machine image of a gateway that is no appliance', 'Remove it.')];
}

function checkPair(item: Part, key: string): readonly PolicyProblem[] {
  const [first, second] = item.texts(key);
  if (first === undefined || second === undefined || first.text !== second.text) return [];
  return [second.part.problem('PO-DUPID', `${quote(first.text)} is there twice`, 'Name two that differ.')];
}

function checkWaiver(gateway: Part): readonly PolicyProblem[] {
  const inspection = gateway.text('tlsInspection');
  const decision = gateway.text('tlsDecision');
  if (inspection?.text === 'waived' && decision === null) {
    return [inspection.part.problem('PO-MISSING', 'a waiver without "tlsDecision"', 'State the decision.')];
  }
  if (inspection?.text !== 'waived' && decision !== null) {
    const what = 'a decision not to inspect TLS that waives nothing';
    return [decision.part.problem('PO-VALUE', what, 'Set "tlsInspection" to "waived", or remove the decision.')];
  }
  return [];
}
