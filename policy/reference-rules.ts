import { quote } from '../model/json/quote.ts';
import { dayNumber } from './dates.ts';
import type { Part, TextPart } from './part.ts';
import type { PolicyProblem } from './problem.ts';
import { checkCountry } from './site-rules.ts';
import { suggest } from './suggestion.ts';

/** Names must be unique where they are defined, and defined where they are used. */
export function checkReferences(root: Part): readonly PolicyProblem[] {
  const sites = idsOf(root, 'sites', 'id');
  const stacks = idsOf(root, 'stacks', 'name');
  const classes = idsOf(root, 'dataClasses', 'id');
  const siteOf = (part: Part, key: string) => checkKnown(part.text(key), 'site', sites);
  const stackOf = (part: Part) => checkKnown(part.text('stack'), 'stack', stacks);
  const network = root.at('network');
  const keys = root.at('keys');
  return [
    ...root.items('resourceTypes').flatMap(checkClasses),
    ...DEFINED.flatMap(([list, key, what]) => checkUnique(root.items(list), key, what)),
    ...root.items('stacks').flatMap((stack) => known(stack.texts('sites'), 'site', sites)),
    ...root
      .items('sites')
      .flatMap((site) => site.items('supportingPlaces'))
      .flatMap((place) => known(place.texts('dataClasses'), 'data class', classes)),
    ...root
      .items('gateways')
      .flatMap((gateway) => [...siteOf(gateway, 'site'), ...stackOf(gateway), ...checkGatewayStack(gateway, root)]),
    ...keys.items('register').flatMap((key) => siteOf(key, 'site')),
    ...keys.items('sharing').flatMap((sharing) => known(sharing.texts('sites'), 'site', sites)),
    ...keys
      .items('custody')
      .flatMap((rule) => [...siteOf(rule, 'site'), ...known(rule.texts('dataClasses'), 'data class', classes)]),
    ...known(keys.texts('uploads'), 'data class', classes),
    ...network.items('publicAccessExclusions').flatMap(stackOf),
    ...network.items('publicAddresses').flatMap(stackOf),
    ...checkMonitor(root, sites),
    ...root.items('evidence').flatMap((evidence) => checkEvidence(evidence, root)),
  ];
}

/** Lists whose entries have names, the key of the name, and what such an entry is called. */
const DEFINED = [
  ['sites', 'id', 'site'],
  ['stacks', 'name', 'stack'],
  ['dataClasses', 'id', 'data class'],
  ['tiers', 'id', 'tier'],
  ['gateways', 'id', 'gateway'],
  ['evidence', 'id', 'evidence'],
  ['globalServices', 'resourceType', 'global service'],
  ['resourceTypes', 'type', 'resource type'],
] as const;

/** What is inert does nothing else. */
function checkClasses(entry: Part): readonly PolicyProblem[] {
  const classes = entry.texts('classes');
  const inert = classes.find(({ text }) => text === 'inert');
  if (inert === undefined || classes.length < 2) return [];
  return [inert.part.problem('PO-VALUE', '"inert" stands beside other classes', 'Leave "inert" out, or it alone in.')];
}

export function checkUnique(items: readonly Part[], key: string, what: string): readonly PolicyProblem[] {
  const seen = new Set<string>();
  return items.flatMap((item) => {
    const id = item.text(key);
    if (id === null) return [];
    if (seen.has(id.text)) return [id.part.problem('PO-DUPID', `the ${what} ${quote(id.text)} is there twice`, RENAME)];
    seen.add(id.text);
    return [];
  });
}

const RENAME = 'Remove one, or rename it.';

export function idsOf(root: Part, list: string, key: string): ReadonlySet<string> {
  return new Set(root.items(list).flatMap((item) => item.text(key)?.text ?? []));
}

export function known(texts: readonly TextPart[], what: string, ids: ReadonlySet<string>): readonly PolicyProblem[] {
  return texts.flatMap((text) => checkKnown(text, what, ids));
}

export function checkKnown(name: TextPart | null, what: string, ids: ReadonlySet<string>): readonly PolicyProblem[] {
  if (name === null || ids.has(name.text)) return [];
  const fix = suggest(name.text, ids, `add the ${what} to the policy, or remove the reference.`);
  return [name.part.problem('PO-REFERENCE', `there is no ${what} ${quote(name.text)}`, fix)];
}

/** A gateway stands in a stack of its own site. */
function checkGatewayStack(gateway: Part, root: Part): readonly PolicyProblem[] {
  const site = gateway.text('site');
  const stack = gateway.text('stack');
  const expected = root.items('stacks').find((item) => item.text('name')?.text === stack?.text);
  if (site === null || stack === null || expected === undefined) return [];
  if (expected.texts('sites').some(({ text }) => text === site.text)) return [];
  const what = `the stack ${quote(stack.text)} is not of the site ${quote(site.text)}`;
  return [stack.part.problem('PO-REFERENCE', what, 'Name the stack of that site that holds the gateway.')];
}

function checkMonitor(root: Part, sites: ReadonlySet<string>): readonly PolicyProblem[] {
  const monitor = root.at('monitor');
  const id = monitor.text('site');
  const unknown = checkKnown(id, 'site', sites);
  const site = root.items('sites').find((item) => item.text('id')?.text === id?.text);
  if (id === null || site === undefined) return unknown;
  const problems: PolicyProblem[] = [];
  if (site.text('role')?.text !== 'monitor') {
    const what = `the site ${quote(id.text)} of the monitor has not the role "monitor"`;
    problems.push(id.part.problem('PO-REFERENCE', what, 'Name the site of the monitor, or give it the role.'));
  }
  const account = monitor.text('account');
  const wanted = site.text('account');
  if (account !== null && wanted !== null && account.text !== wanted.text) {
    const what = `the account of the monitor is ${quote(account.text)}, that of its site ${quote(wanted.text)}`;
    problems.push(account.part.problem('PO-REFERENCE', what, 'Correct one of them.'));
  }
  return problems;
}

/** Evidence about a rack states a country, about an Outpost of some site; it expires after it is issued. */
function checkEvidence(evidence: Part, root: Part): readonly PolicyProblem[] {
  const subject = evidence.text('subject');
  const states = evidence.text('states');
  switch (evidence.text('kind')?.text) {
    case 'outpost-country': {
      const outposts = root.items('sites').flatMap((site) => site.texts('outposts').map(({ text }) => text));
      const unknown = checkKnown(subject, 'Outpost', new Set(outposts));
      return [...unknown, ...checkStatedCountry(states)];
    }
    case 'key-custody':
      return checkStatedCountry(states);
    case 'appliance':
      return checkKnown(subject, 'gateway', idsOf(root, 'gateways', 'id'));
    default:
      return [];
  }
}

const COUNTRY_FIX = 'State the country of the rack by its ISO 3166-1 alpha-2 code.';

/** Every date is a day of the calendar, and no period ends before it starts. */
export function checkPeriods(items: readonly Part[], from: string, to: string): readonly PolicyProblem[] {
  return items.flatMap((item) => {
    const start = item.text(from);
    const end = item.text(to);
    const problems = [start, end].flatMap((date) => {
      if (date === null || !/^\d{4}-\d{2}-\d{2}$/.test(date.text) || dayNumber(date.text) !== null) return [];
      return [date.part.problem('PO-DATE', `there is no day ${quote(date.text)}`, 'Correct the date.')];
    });
    const first = dayNumber(start?.text ?? '');
    const last = dayNumber(end?.text ?? '');
    if (end === null || first === null || last === null || last >= first) return problems;
    const what = `"${to}" is before "${from}"`;
    return [...problems, end.part.problem('PO-PERIOD', what, 'Correct one of the dates.')];
  });
}

function checkStatedCountry(states: TextPart | null): readonly PolicyProblem[] {
  if (states === null) return [];
  if (/^[A-Z]{2}$/.test(states.text)) return checkCountry(states);
  return [states.part.problem('PO-COUNTRY', `${quote(states.text)} is no country code`, COUNTRY_FIX)];
}
